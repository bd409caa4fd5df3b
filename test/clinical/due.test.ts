import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueItems, type DueFacts, type DueSlot } from '../../shared/clinical/due.ts';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { ms, noFacts as nothing, t0 } from '../support/due-facts.ts';

const schedule = findProtocol('iv-ketamine-0.5-40')?.schedule ?? [];
const minutesOf = (slots: readonly DueSlot[]): number[] => slots.map((slot) => Math.round(((slot.dueMs - t0) / 60_000) * 100) / 100);
const rowAt = (facts: DueFacts, minute: number, rowId: string): DueSlot[] =>
  dueItems(schedule, facts, ms(minute)).filter((slot) => slot.rowId === rowId);

/** The golden session's facts, as known at a minute. */
function golden(minute: number): DueFacts {
  const until = (times: readonly number[]): number[] => times.filter((time) => time <= minute).map(ms);
  return {
    ...nothing,
    doseStartMs: minute >= 0 ? ms(0) : null,
    doseEndMs: minute >= 52.3333 ? t0 + 3_140_000 : null,
    predictedEndMs: minute >= 23 && minute < 52.3333 ? t0 + 3_140_000 : null,
    expectedEndMs: minute >= 23 && minute < 52.3333 ? t0 + 3_140_000 : null,
    pauses: until([10]).map((fromMs) => ({ fromMs, toMs: minute >= 15 ? ms(15) : null })),
    cuffMs: until([-15, 0, 5, 10, 15, 20, 25, 30, 33, 35, 40, 45, 50, 55, 67, 82, 97, 112]),
    ratings: [
      { instrument: 'cadss-23' as const, atMs: ms(-14) },
      { instrument: 'suds' as const, atMs: ms(11) },
      { instrument: 'suds' as const, atMs: ms(20) },
      { instrument: 'cadss-6' as const, atMs: ms(20) },
      { instrument: 'cadss-23' as const, atMs: ms(40) },
      { instrument: 'cadss-6' as const, atMs: ms(82) },
    ].filter((rating) => rating.atMs <= ms(minute)),
    milestones: minute >= 53 ? [{ milestone: 'flush', atMs: ms(53) }] : [],
    leftMs: minute >= 125 ? ms(125) : null,
  };
}

describe('what is due', () => {
  test('DUE-1 nothing is due before the dose is started', () => {
    expect(dueItems(schedule, nothing, ms(500))).toEqual([]);
  });

  test('DUE-2 cuff slots of the golden session: 5 to 55, then every 15 minutes from the end', () => {
    const during = rowAt(golden(130), 130, 'nibp-during');
    expect(minutesOf(during)).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]);
    expect(during.map((slot) => slot.state)).toEqual(during.map(() => 'done'));
    const after = rowAt(golden(130), 130, 'nibp-after');
    expect(minutesOf(after)).toEqual([67.33, 82.33, 97.33, 112.33]);
    expect(after.map((slot) => slot.doneAtMs)).toEqual([67, 82, 97, 112].map(ms));
  });

  test('DUE-3 a repeat taken early fills no slot: 35 is closed by the reading at 35, not the one at 33', () => {
    const at34 = rowAt(golden(34), 34, 'nibp-during').find((slot) => slot.dueMs === ms(35));
    expect(at34).toMatchObject({ state: 'waiting', doneAtMs: null });
    const at36 = rowAt(golden(36), 36, 'nibp-during').find((slot) => slot.dueMs === ms(35));
    expect(at36).toMatchObject({ state: 'done', doneAtMs: ms(35) });
  });

  test('DUE-4 a slot waits, is due, and is past due after its tolerance', () => {
    const facts = { ...nothing, doseStartMs: ms(0) };
    const sedation = (minute: number): DueSlot['state'] | undefined => rowAt(facts, minute, 'sedation-during')[0]?.state;
    expect([9.9, 10, 13, 13.1].map(sedation)).toEqual(['waiting', 'due', 'due', 'past-due']);
  });

  test('DUE-5 at +38 the sedation check of +30 is past due; pressure and SUDS come at +40, the end and CADSS-23 with it at 52:20', () => {
    const open = dueItems(schedule, golden(38), ms(38)).filter((slot) => slot.state !== 'done' && !slot.replaced && slot.dueMs <= ms(53));
    expect(open.map((slot) => [slot.label, slot.state, minutesOf([slot])[0]])).toEqual([
      ['Sedation check', 'past-due', 30],
      ['Blood pressure', 'waiting', 40],
      ['Sedation check', 'waiting', 40],
      ['SUDS', 'waiting', 40],
      ['Blood pressure', 'waiting', 45],
      ['Blood pressure', 'waiting', 50],
      ['Sedation check', 'waiting', 50],
      ['CADSS-23', 'waiting', 52.33],
      ['Infusion complete', 'predicted', 52.33],
    ]);
  });

  test('DUE-6 a slot that its successor has replaced says so and stays open in the record', () => {
    const facts = { ...nothing, doseStartMs: ms(0) };
    const slots = rowAt(facts, 29, 'sedation-during');
    expect(slots.map((slot) => [slot.state, slot.replaced])).toEqual([
      ['past-due', true],
      ['past-due', true],
      ['waiting', false],
    ]);
  });

  test('DUE-7 a person asks for more: a pause makes SUDS due at once', () => {
    expect(rowAt(golden(10), 10, 'suds-pause')).toMatchObject([{ dueMs: ms(10), state: 'due' }]);
    expect(rowAt(golden(12), 12, 'suds-pause')).toMatchObject([{ state: 'done', doneAtMs: ms(11) }]);
  });

  test('DUE-8 the end of the infusion makes the flush due, and the forecast goes', () => {
    const rows = dueItems(schedule, { ...golden(52.5), milestones: [] }, ms(52.5));
    expect(rows.find((slot) => slot.rowId === 'flush')).toMatchObject({ state: 'due', milestone: 'flush', dueMs: t0 + 3_140_000 });
    expect(rows.some((slot) => slot.rowId === 'dose-end')).toBe(false);
    expect(rowAt(golden(54), 54, 'flush')[0]?.state).toBe('done');
  });

  test('DUE-9 only its own instrument answers a rating slot', () => {
    const facts = { ...nothing, doseStartMs: ms(0), ratings: [{ instrument: 'cadss-23' as const, atMs: ms(20) }] };
    expect(rowAt(facts, 21, 'cadss-6-during')[0]?.state).toBe('due');
    expect(rowAt({ ...facts, doseEndMs: ms(40) }, 41, 'cadss-23-end')[0]?.state).toBe('due');
  });

  test('DUE-10 rounds stop when the patient has left', () => {
    const last = dueItems(schedule, golden(400), ms(400)).at(-1);
    expect(last?.dueMs).toBeLessThanOrEqual(ms(125));
  });

  test('DUE-11 keys are stable while the clock runs, one act closes one slot of a row, and the list is bounded', () => {
    const facts = fc.record({
      cuffMs: fc.array(fc.integer({ min: -10, max: 400 }).map(ms), { maxLength: 60 }),
      end: fc.option(fc.integer({ min: 20, max: 120 })),
      now: fc.integer({ min: 0, max: 3000 }),
    });
    fc.assert(
      fc.property(facts, ({ cuffMs, end, now }) => {
        const known = { ...nothing, doseStartMs: ms(0), doseEndMs: end === null ? null : ms(end), cuffMs };
        const slots = dueItems(schedule, known, ms(now));
        expect(new Set(slots.map((slot) => slot.key)).size).toBe(slots.length);
        expect(slots.length).toBeLessThanOrEqual(200 * schedule.length);
        for (const rowId of ['nibp-during', 'nibp-after']) {
          const done = slots.filter((slot) => slot.rowId === rowId && slot.doneAtMs !== null).map((slot) => slot.doneAtMs);
          expect(new Set(done).size).toBe(done.length);
        }
        const later = dueItems(schedule, known, ms(now + 7));
        for (const slot of slots) expect(later.find((other) => other.key === slot.key)?.dueMs).toBe(slot.dueMs);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});
