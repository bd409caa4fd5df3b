import { describe, expect, test } from 'vitest';
import { effectiveHistory } from '../../electron/service/session/state/history.ts';
import { dosing, offsetMin, PlayedSession, startMs } from './played-session.ts';

const ms = (minutes: number): number => startMs + minutes * 60_000;

describe('history', () => {
  test('HIST-1 an undo takes an entry out of the history and leaves it in the log', () => {
    const session = dosing().at(6);
    const onset = session.do({ type: 'reach-milestone', milestone: 'onset' });
    session.do({ type: 'undo', eventId: onset.eventId });
    expect(effectiveHistory(session.log).some((entry) => entry.event.eventId === onset.eventId)).toBe(false);
    expect(session.log.map((event) => event.kind).slice(-2)).toEqual(['milestone-reached', 'event-undone']);
    expect(session.log.at(-1)?.supersedes).toBe(onset.eventId);
  });

  test('HIST-2 a correction moves an entry, keeps its first time and marks it; the last correction counts', () => {
    const session = dosing().at(36);
    const peak = session.do({ type: 'reach-milestone', milestone: 'peak' });
    session.at(38).do({ type: 'correct-time', eventId: peak.eventId, utcMs: ms(33), reason: 'seen earlier' });
    session.do({ type: 'correct-time', eventId: peak.eventId, utcMs: ms(34), reason: 'read the clock again' });
    const entry = effectiveHistory(session.log).find((candidate) => candidate.event.eventId === peak.eventId);
    expect(entry).toMatchObject({ atMs: ms(34), amendedFromMs: ms(36), late: false });
    expect(peak.occurred).toEqual({ utcMs: ms(36), offsetMin });
  });

  test('HIST-3 undoing a correction gives the first time back', () => {
    const session = dosing().at(36);
    const peak = session.do({ type: 'reach-milestone', milestone: 'peak' });
    const correction = session.do({ type: 'correct-time', eventId: peak.eventId, utcMs: ms(30), reason: 'wrong' });
    session.do({ type: 'undo', eventId: correction.eventId });
    expect(session.open.milestones.find((entry) => entry.milestone === 'peak')).toMatchObject({ atMs: ms(36), amendedFromMs: null });
  });

  test('HIST-4 clinical sequence, and at one instant the sequence of recording', () => {
    const session = dosing().at(20);
    session.do({ type: 'reach-milestone', milestone: 'peak' });
    session.do({ type: 'reach-milestone', milestone: 'onset', at: { utcMs: ms(16) } });
    session.do({ type: 'enter-vitals', values: { spo2: 97 } });
    const kinds = effectiveHistory(session.log).map((entry) =>
      entry.event.kind === 'milestone-reached' ? entry.event.body.milestone : entry.event.kind,
    );
    expect(kinds.slice(-3)).toEqual(['onset', 'peak', 'vitals-entered']);
  });

  test('HIST-5 late means recorded more than five minutes after the fact', () => {
    const session = dosing().at(20);
    session.do({ type: 'reach-milestone', milestone: 'onset', at: { utcMs: ms(15) } });
    session.do({ type: 'reach-milestone', milestone: 'peak', at: { utcMs: ms(15) - 1, reason: 'hands busy' } });
    expect(session.open.milestones.filter((entry) => ['onset', 'peak'].includes(entry.milestone)).map((entry) => entry.late)).toEqual([
      true,
      false,
    ]);
    expect(session.log.at(-1)?.body).toMatchObject({ lateReason: 'hands busy' });
  });

  test('HIST-7 a log without an opening is no session', () => {
    expect(new PlayedSession().state).toBeNull();
  });
});
