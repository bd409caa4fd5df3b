import { describe, expect, test } from 'vitest';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { doseAccount } from '../../electron/service/session/state/controlled-drug-state.ts';
import { decideSession, foreseeSession } from '../../electron/service/session/decide/decide-session.ts';
import type { SessionEvent } from '../../electron/service/session/events/session-event.ts';
import { recordHistory } from '../../electron/service/projection/record-history.ts';
import { sessionMarks } from '../../electron/service/projection/session-marks.ts';
import { sessionIn } from './command-table.ts';
import { dosing, startMs, type PlayedSession } from './played-session.ts';

const read = (eventId: string, volumeLeftMl: number): SessionCommandInput => ({
  type: 'correct-volume-left',
  eventId,
  volumeLeftMl,
  reason: 'read and not typed',
});
/** What it asks, with nothing recorded. */
function asked(session: PlayedSession, input: SessionCommandInput): readonly string[] {
  const decision = decideSession(session.state, sessionCommandSchema.parse(input), session.context());
  if (!('refusal' in decision)) return [];
  if (decision.refusal.doubts === undefined) throw new Error(decision.refusal.message);
  return decision.refusal.doubts.map(({ key }) => key);
}
const markOf = (session: PlayedSession, { eventId }: SessionEvent) =>
  sessionMarks(session.open, () => 'Nurse').find((mark) => mark.eventId === eventId);
const changesOf = (session: PlayedSession, { eventId }: SessionEvent) =>
  recordHistory(session.open, () => 'Nurse').find((entry) => entry.eventId === eventId)?.changes;
/** Stopped after ten minutes of 1 mL a minute, with 30 of 40 mL left and nothing read. */
const stopped = (): { session: PlayedSession; stop: SessionEvent } => {
  const session = dosing().at(10);
  const stop = session.do({ type: 'stop-dose-early', reason: 'patient-asked' });
  return { session: session.at(25), stop };
};

describe('what was left in the bag, said afterwards', () => {
  test('CORRECT-12 a reading that was forgotten is added, and a mistyped one corrected: both stay in sight', () => {
    const { session, stop } = stopped();
    expect(markOf(session, stop)?.volumeLeft).toEqual({ workedUl: 30_000, readUl: null });
    const account = doseAccount(session.open.controlledDrugs, session.open.dose, session.nowMs);
    session.do(read(stop.eventId, 30.4));
    expect(markOf(session, stop)).toMatchObject({
      volumeLeft: { workedUl: 30_000, readUl: 30_400 },
      detail: 'patient asked · 10 mg given · 30 mL (30 mg) left by calculation · 30.4 mL read at the pump · the reading was added later',
    });
    session.at(26).do(read(stop.eventId, 29.5));
    expect(changesOf(session, stop)).toMatchObject([
      { kind: 'volume-left-corrected', replaces: null, detail: '30.4 mL read at the pump', reason: 'read and not typed', undone: false },
      { replaces: '30.4 mL read at the pump', detail: '29.5 mL read at the pump' },
    ]);
    // What was read stands beside what was worked out and moves nothing of the dose.
    expect(doseAccount(session.open.controlledDrugs, session.open.dose, session.nowMs)).toEqual(account);
    expect(session.log.find(({ eventId }) => eventId === stop.eventId)?.body).not.toHaveProperty('volumeLeftUl');
  });

  test('CORRECT-12 a mistyped reading stays beside the one that holds', () => {
    const session = dosing().at(10);
    const stop = session.do({ type: 'stop-dose-early', reason: 'patient-asked', volumeLeftMl: 30.9 });
    session.at(11).do(read(stop.eventId, 30.1));
    expect(markOf(session, stop)?.detail).toContain('30.1 mL read at the pump · corrected, first 30.9 mL read at the pump');
  });

  test('CORRECT-12 an undo of the correction takes it back, and asks nothing', () => {
    const { session, stop } = stopped();
    const first = session.insist(read(stop.eventId, 22));
    const second = session.do(read(stop.eventId, 30));
    session.do({ type: 'undo', eventId: second.eventId, reason: 'a slip' });
    expect(markOf(session, stop)?.volumeLeft?.readUl).toBe(22_000);
    session.do({ type: 'undo', eventId: first.eventId, reason: 'a slip' });
    expect(markOf(session, stop)?.volumeLeft?.readUl).toBeNull();
    expect(markOf(session, stop)?.detail).toMatch(/left by calculation$/);
  });

  test('CORRECT-12 the same is refused and asked as when the bag came off, and moving another act asks it no second time', () => {
    const { session, stop } = stopped();
    expect(session.try(read(stop.eventId, 40.1)).refusal).toMatchObject({ code: 'DOSE_BAG_EXCEEDED', subject: 'volumeLeftMl' });
    expect(asked(session, read(stop.eventId, 31))).toEqual([]);
    expect(asked(session, read(stop.eventId, 31.1))).toEqual(['volume-read-differs']);
    expect(session.try(read(stop.eventId, 31.1), [{ key: 'remainder-left', reason: 'the pump shows it' }]).refusal?.doubts).toHaveLength(1);
    const { body } = session.insist(read(stop.eventId, 22), 'the pump ran ahead');
    expect(body.answered).toMatchObject([{ key: 'volume-read-differs', reason: 'the pump ran ahead', needs: 'reason' }]);
    expect(changesOf(session, stop)?.[0]?.reason).toContain('the pump ran ahead');
    const start = session.log.find(({ kind }) => kind === 'dose-started')?.eventId ?? '';
    expect(asked(session, { type: 'correct-time', eventId: start, utcMs: startMs + 60_000, reason: 'by the pump' })).toEqual([]);
  });

  test('CORRECT-12 of two bags each is held against what was in it then', () => {
    const session = dosing().at(10);
    const changed = session.insist({ type: 'change-bag', mg: 10, ml: 10, rateMlPerHour: 15 });
    const end = session.at(30).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    session.at(31);
    expect([markOf(session, changed)?.volumeLeft?.workedUl, markOf(session, end)?.volumeLeft?.workedUl]).toEqual([30_000, 5000]);
    expect(asked(session, read(changed.eventId, 30.5))).toEqual([]);
    expect(session.try(read(end.eventId, 10.1)).refusal?.code).toBe('DOSE_BAG_EXCEEDED');
    expect(asked(session, read(end.eventId, 5.5))).toEqual([]);
    expect(asked(session, read(end.eventId, 5.6))).toEqual(['volume-read-differs']);
    session.do(read(changed.eventId, 30.5));
    expect([markOf(session, changed)?.volumeLeft?.readUl, markOf(session, end)?.volumeLeft?.readUl]).toEqual([30_500, null]);
  });

  test('CORRECT-12 what takes no bag off, was undone or says so already is refused', () => {
    const { session, stop } = stopped();
    const code = (input: SessionCommandInput) => session.try(input).refusal?.code;
    const start = session.log.find(({ kind }) => kind === 'dose-started');
    expect(code(read(start?.eventId ?? '', 30))).toBe('SESSION_WRONG_STATE');
    session.do(read(stop.eventId, 30));
    expect(code(read(stop.eventId, 30))).toBe('SESSION_WRONG_STATE');
    session.do({ type: 'undo', eventId: stop.eventId, reason: 'it ran on' });
    expect(code(read(stop.eventId, 29))).toBe('SESSION_WRONG_STATE');
    expect(session.try(read('018f0000-0000-7000-8000-000000000000', 29)).refusal?.code).toBe('SESSION_WRONG_STATE');
  });

  test.each(['ended', 'amended'] as const)('CORRECT-12 it can be added once the session has %s', (stage) => {
    const session = sessionIn(stage);
    const end = session.log.find(({ kind }) => kind === 'dose-completed' || kind === 'dose-stopped-early');
    if (end === undefined) throw new Error('the dose has an end');
    session.insist(read(end.eventId, 0));
    expect(markOf(session, end)?.volumeLeft?.readUl).toBe(0);
    expect(markOf(session, end)?.detail).toContain('0 mL read at the pump');
  });

  test('CORRECT-12 what is foreseen of it is what is true afterwards', () => {
    const { session, stop } = stopped();
    const ahead = foreseeSession(session.state, sessionCommandSchema.parse(read(stop.eventId, 29)), session.context());
    if ('refusal' in ahead) throw new Error(ahead.refusal.message);
    session.do(read(stop.eventId, 29));
    const marksOf = (state: typeof session.open) => sessionMarks(state, () => null);
    expect(marksOf(ahead.after)).toEqual(marksOf(session.open));
  });
});
