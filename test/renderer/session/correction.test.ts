import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mgGrowing } from '../../../renderer/format/amounts.ts';
import { clockTimeAt } from '../../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../../shared/values/formats.ts';
import { correctionOf, emptyCorrection, markNotes, type CorrectionDraft } from '../../../renderer/screens/session/correction.ts';
import { correctionEffect } from '../../../renderer/screens/session/dose-correction.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import type { Mark, SessionSection } from '../../../shared/contract/room-board.ts';
import { goldenBoard, type BoardState } from '../../fixtures/boards/golden-board.ts';
import { at, offsetMin } from '../../fixtures/boards/golden-times.ts';

const clock = clockTimeAt(offsetMin, formatsOfCountry.uk);
const now = { utcMs: at(38), offsetMin, hours: 24 } as const;

function sessionOf(state: BoardState): SessionSection {
  const { session } = goldenBoard({ state });
  if (session === null) throw new Error('the golden board has a session');
  return session;
}
function markOf(session: SessionSection, label: string): Mark {
  const mark = session.marks.find((candidate) => candidate.label === label);
  if (mark === undefined) throw new Error(`the golden session has no mark "${label}"`);
  return mark;
}
function effectOf(session: SessionSection, label: string, toMin: number | null, nowMin = 38): readonly string[] {
  const mark = markOf(session, label);
  return correctionEffect(session.dose, session.marks, { mark, toMs: toMin === null ? null : at(toMin) }, at(nowMin), clock.minute);
}
const timeDraft = (typed: string, reason: string): CorrectionDraft => ({ act: 'time', time: { typed, reason }, undoReason: '' });

test('PAGE-22 neither another time nor an undo goes out without its reason', () => {
  const mark = markOf(sessionOf('full'), 'Onset of effect');
  const typed = clock.minute(at(4));
  for (const reason of ['', '   ']) {
    expect(correctionOf(timeDraft(typed, reason), mark, now)).toEqual({ ok: false, waitsFor: 'say why' });
    expect(correctionOf({ ...timeDraft(typed, 'x'), act: 'undo', undoReason: reason }, mark, now)).toEqual({
      ok: false,
      waitsFor: 'say why',
    });
  }
  expect(correctionOf(timeDraft(typed, ' read off the pump '), mark, now)).toEqual({
    ok: true,
    command: { type: 'correct-time', eventId: mark.eventId, utcMs: at(4), reason: 'read off the pump' },
  });
  expect(correctionOf({ ...timeDraft('', ''), act: 'undo', undoReason: ' wrong button ' }, mark, now)).toEqual({
    ok: true,
    command: { type: 'undo', eventId: mark.eventId, reason: 'wrong button' },
  });
});

test('PAGE-22 a time that is none, has not come yet, or is the one it has, is said before it is sent', () => {
  const mark = markOf(sessionOf('full'), 'Onset of effect');
  const waits = (typed: string): unknown => correctionOf(timeDraft(typed, 'why'), mark, now);
  expect(waits('')).toMatchObject({ ok: false, waitsFor: 'enter the time' });
  expect(waits('25:00')).toMatchObject({ ok: false, waitsFor: expect.stringContaining('time of day') });
  expect(waits(clock.minute(at(40)))).toMatchObject({ ok: false, waitsFor: expect.stringContaining('not come yet') });
  expect(waits(clock.second(mark.atMs))).toMatchObject({ ok: false, waitsFor: 'this is the time it has now' });
});

test('PAGE-22 what was said about the pump can be undone but has no time to correct', () => {
  const mark: Mark = { ...markOf(sessionOf('full'), 'Onset of effect'), kind: 'pump-confirmed', milestone: null };
  expect(emptyCorrection(mark).act).toBe('undo');
  expect(emptyCorrection(markOf(sessionOf('full'), 'Infusion started')).act).toBe('time');
});

test('PAGE-23 correcting the start says from how much to how much, and from when the minutes count', () => {
  const session = sessionOf('full');
  expect(effectOf(session, 'Infusion started', -5)).toEqual([
    `Minutes from the start, and what is due, count from ${clock.minute(at(-5))} instead of ${clock.minute(at(0))}.`,
    'Delivered up to now: from 29.25 to 34.25 mg.',
    `The bag is empty about ${clock.minute(at(45 + 2 / 3))} instead of ${clock.minute(at(52 + 1 / 3))}.`,
  ]);
});

test('PAGE-23 the amount said for a start is the one the record will show', () => {
  const session = sessionOf('full');
  const [start, ...rest] = session.dose.segments;
  if (start === undefined) throw new Error('the golden dose runs');
  const seconds = fc.integer({ min: -40 * 60, max: 10 * 60 - 1 }).filter((toSeconds) => toSeconds !== 0);
  fc.assert(
    fc.property(seconds, (toSeconds) => {
      const after = deliveredUg({ ...session.dose, segments: [{ ...start, fromMs: at(toSeconds / 60) }, ...rest] }, at(38));
      expect(effectOf(session, 'Infusion started', toSeconds / 60).join(' ')).toContain(`${mgGrowing(after)} mg.`);
    }),
    { seed: 22, numRuns: 100 },
  );
});

test('PAGE-23 every part of the dose is reckoned where it stands', () => {
  const session = sessionOf('full');
  expect(effectOf(session, 'Infusion paused', 12)).toContain('Delivered up to now: from 29.25 to 31.25 mg.');
  expect(effectOf(session, 'Infusion resumed', 20)).toContain('Delivered up to now: from 29.25 to 24.25 mg.');
  expect(effectOf(session, 'Rate changed', null)).toContain('Delivered up to now: from 29.25 to 33.00 mg.');
  const early = { ...session, dose: { ...session.dose, endedMs: at(34), predictedEndMs: null, state: 'stopped' as const } };
  const stopped = { ...early, marks: [...early.marks, { ...markOf(session, 'Rate changed'), label: 'Stopped early', atMs: at(34) }] };
  expect(effectOf(stopped, 'Stopped early', 30)).toEqual([
    'Delivered up to now: from 26.25 to 23.25 mg.',
    'Left over, to be accounted for: from 13.75 to 16.75 mg.',
  ]);
  expect(effectOf(stopped, 'Stopped early', null)[0]).toBe('The dose is then open again.');
});

test('PAGE-23 where other entries of the dose stand on it no figure is promised', () => {
  const session = sessionOf('full');
  for (const [label, toMin] of [
    ['Infusion started', 12],
    ['Infusion started', null],
    ['Infusion paused', null],
    ['Infusion resumed', null],
    ['Infusion paused', -2],
    ['Rate changed', 14],
  ] as const) {
    const said = effectOf(session, label, toMin);
    expect(said, `${label} to ${toMin}`).toHaveLength(1);
    expect(said[0], `${label} to ${toMin}`).not.toMatch(/\d/);
  }
});

test('PAGE-23 undoing a start that nothing stands on says that no dose was started', () => {
  const session = sessionOf('full');
  const only = { ...session, dose: { ...session.dose, segments: session.dose.segments.slice(0, 1) } };
  expect(effectOf(only, 'Infusion started', null, 8)).toEqual([
    'The infusion then counts as not started: from 8.00 to 0 mg delivered, and no clock runs.',
  ]);
});

test('PAGE-23 an entry that is no part of the dose says nothing of it', () => {
  expect(effectOf(sessionOf('full'), 'Onset of effect', 4)).toEqual([]);
});

test('PAGE-24 a corrected entry shows its first time beside the new one, a late one when it was entered', () => {
  const marks = sessionOf('finished').marks;
  const amended = marks.find((mark) => mark.amendedFromMs !== null);
  const late = marks.find((mark) => mark.late);
  if (amended === undefined || late === undefined) throw new Error('the golden session has both');
  expect(markNotes(amended, clock).amended).toBe(`amended, first ${clock.minute(at(108))}`);
  expect(markNotes(late, clock)).toEqual({ about: `Nurse · entered ${clock.minute(late.enteredMs)} late`, amended: null });
});
