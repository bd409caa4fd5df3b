import { describe, expect, test } from 'vitest';
import { dueItems, type DueFacts, type DueSlot } from '../../shared/clinical/due.ts';
import type { ScheduleRow } from '../../shared/clinical/protocol-schedule.ts';
import { ms, noFacts, t0 } from '../support/due-facts.ts';

const minuteOf = (at: number): number => (at - t0) / 60_000;

const begun: DueFacts = { ...noFacts, openedMs: ms(-30), doseStartMs: ms(0), monitoringStartMs: ms(0) };

type CuffRow = Extract<ScheduleRow, { kind: 'nibp' }>;
const cuffRow = (change: Partial<CuffRow> = {}): CuffRow => ({
  id: 'cuff',
  kind: 'nibp',
  label: 'Pressure',
  detail: '',
  anchor: 'dose-start',
  times: { atMin: [10] },
  earlyMin: 2,
  lateMin: 5,
  ...change,
});
const slotsAt = (minute: number, row: ScheduleRow, facts: Partial<DueFacts> = {}): readonly DueSlot[] =>
  dueItems([row], { ...begun, ...facts }, ms(minute));
const due = (...given: Parameters<typeof slotsAt>): number[] => slotsAt(...given).map(({ dueMs }) => minuteOf(dueMs));
const outcomes = (...given: Parameters<typeof slotsAt>) =>
  slotsAt(...given).map(({ outcome }) => (outcome.kind === 'done' ? outcome.timing : outcome.kind));

describe('when a time of the schedule is', () => {
  test('DUE-12 each dose begins its row anew, whatever order they came in; what was due with the next dose is asked for after it', () => {
    const row = cuffRow({ anchor: 'last-dose', times: { atMin: [10, 20, 30] } });
    expect(due(100, row, { dosesMs: [ms(20), ms(0)] })).toEqual([10, 30, 40, 50]);
    // A pause begins a row, too, and does not end the one before.
    const paused = cuffRow({ anchor: 'dose-paused', times: { atMin: [40] } });
    const pauses = [
      { fromMs: ms(30), toMs: ms(31) },
      { fromMs: ms(5), toMs: ms(6) },
    ];
    expect(slotsAt(100, paused, { pauses }).map(({ key, dueMs }) => [key, minuteOf(dueMs)])).toEqual([
      ['cuff:1', 45],
      ['cuff:2', 70],
    ]);
    const flushed = cuffRow({ anchor: 'milestone:flush' });
    const milestones = [
      { milestone: 'flush', atMs: ms(60) },
      { milestone: 'oral_intake', atMs: ms(1) },
      { milestone: 'flush', atMs: ms(50) },
    ] as const;
    expect(slotsAt(100, flushed, { milestones }).map(({ key, dueMs }) => [key, minuteOf(dueMs)])).toEqual([
      ['cuff:1', 60],
      ['cuff:2', 70],
    ]);
  });

  test('DUE-12 a pause moves what comes after its beginning, one after the other in time, and only where the row says so', () => {
    const pauses = [
      { fromMs: ms(30), toMs: ms(40) },
      { fromMs: ms(5), toMs: ms(10) },
    ];
    const at = (minute: number, shiftsWithPause?: boolean) =>
      due(100, cuffRow({ times: { atMin: [minute] }, ...(shiftsWithPause === undefined ? {} : { shiftsWithPause }) }), { pauses })[0];
    expect([at(28, true), at(28, false), at(28)]).toEqual([43, 28, 28]);
    // What is due as the pause begins is not after it.
    expect([at(5, true), at(5.5, true)]).toEqual([5, 10.5]);
  });

  test('DUE-12 what repeats is told one round ahead, to the end of the dose, to the leaving, and two hundred times', () => {
    const rounds = (until: 'discharge' | 'dose-end', everyMin = 10) => cuffRow({ times: { fromMin: 10, everyMin, until } });
    expect([due(20, rounds('discharge')), due(25, rounds('discharge'))]).toEqual([
      [10, 20],
      [10, 20, 30],
    ]);
    expect([19, 20, 21].map((left) => due(100, rounds('discharge'), { leftMs: ms(left) }).length)).toEqual([1, 2, 2]);
    expect(due(100, rounds('dose-end'), { doseEndMs: ms(20) })).toEqual([10, 20]);
    expect(due(5, rounds('dose-end'), { predictedEndMs: ms(35) })).toEqual([10, 20, 30, 40]);
    expect(due(1000, rounds('discharge', 1))).toHaveLength(200);
  });

  test('DUE-12 rounds after the dose end with the leaving, on its minute too; what hangs on the dose itself stays and is told apart', () => {
    const times = { atMin: [15, 20, 25] };
    const left = { leftMs: ms(20), doseEndMs: ms(0) };
    expect(due(20, cuffRow({ anchor: 'dose-end', times }), left)).toEqual([15, 20]);
    expect(due(20, cuffRow({ times }), left)).toEqual([15, 20, 25]);
    expect(outcomes(20, cuffRow({ times }), left)).toEqual(['missed', 'missed', 'not-applicable']);
    expect(outcomes(19, cuffRow({ times: { atMin: [15] } }), left)).toEqual(['open']);
    expect(slotsAt(20, cuffRow({ times }), left).map(({ replaced }) => replaced)).toEqual([true, true, true]);
    expect(slotsAt(20, cuffRow({ times }), left)[2]?.outcome).toEqual({ kind: 'not-applicable', reason: 'the patient had left' });
  });

  test('DUE-12 a forecast is over for nobody', () => {
    const { kind: _kind, ...rest } = cuffRow();
    const row: ScheduleRow = { ...rest, kind: 'predicted', anchor: 'predicted-end', times: { atMin: [0] } };
    expect(slotsAt(50, row, { predictedEndMs: ms(40), leftMs: ms(45), cuffMs: [ms(40)] })).toMatchObject([
      { state: 'predicted', replaced: false, doneAtMs: null, outcome: { kind: 'forecast' } },
    ]);
    expect(slotsAt(50, row, { predictedEndMs: ms(40), doseEndMs: ms(39) })).toEqual([]);
  });
});

describe('what closes it', () => {
  test('DUE-13 the first act within its time, in whatever order they are told; it answers no second one', () => {
    expect(slotsAt(20, cuffRow(), { cuffMs: [ms(12), ms(9)] })[0]).toMatchObject({ doneAtMs: ms(9), instrument: null, milestone: null });
    const row = cuffRow({ times: { atMin: [10, 14] }, earlyMin: 1 });
    expect(outcomes(60, row, { cuffMs: [ms(12.5)], leftMs: ms(60) })).toEqual(['on-time', 'missed']);
  });

  test('DUE-13 from its early minute to before the next one’s; late is after its tolerance', () => {
    const row = cuffRow({ times: { atMin: [10, 30] } });
    const first = (minute: number) => outcomes(29, row, { cuffMs: [ms(minute)] })[0];
    expect([8, 15, 15.1, 27.9].map(first)).toEqual(['on-time', 'on-time', 'late', 'late']);
    expect(outcomes(29, row, { cuffMs: [ms(28)] })).toEqual(['missed', 'on-time']);
  });

  test('DUE-13 an act before its time is early for it from beyond the middle to the one before', () => {
    const row = cuffRow({ times: { atMin: [10, 30] } });
    const second = (minute: number) => outcomes(60, row, { cuffMs: [ms(9), ms(minute)], leftMs: ms(60) })[1];
    expect([20, 20.1, 27.9, 28].map(second)).toEqual(['missed', 'early', 'early', 'on-time']);
    const first = (minute: number) => outcomes(60, row, { cuffMs: [ms(minute)], leftMs: ms(60) })[0];
    expect([5, 5.1].map(first)).toEqual(['missed', 'early']);
  });

  test('DUE-13 what hangs on the end may be done from the middle of the dose on, what follows the end may not', () => {
    const facts = { doseEndMs: ms(60), leftMs: ms(100) };
    const ofEnd = (minute: number) => outcomes(100, cuffRow({ anchor: 'end', times: { atMin: [0] } }), { ...facts, cuffMs: [ms(minute)] });
    expect([ofEnd(30), ofEnd(31)]).toEqual([['missed'], ['early']]);
    expect(outcomes(100, cuffRow({ anchor: 'dose-end' }), { ...facts, cuffMs: [ms(64)] })).toEqual(['missed']);
    expect(outcomes(100, cuffRow({ anchor: 'dose-end' }), { ...facts, cuffMs: [ms(65.5)] })).toEqual(['early']);
    // Without a start, it counts from the end itself.
    expect(outcomes(100, cuffRow({ anchor: 'end' }), { ...facts, doseStartMs: null, cuffMs: [ms(64)] })).toEqual(['missed']);
  });

  test('DUE-13 what belongs before the dose is due by its start at the latest and closed before it', () => {
    const row = (minute: number) => cuffRow({ anchor: 'opened', times: { atMin: [minute] } });
    expect([due(50, row(20)), due(50, row(60))]).toEqual([[-10], [0]]);
    expect(outcomes(50, row(20), { cuffMs: [ms(-0.1)] })).toEqual(['late']);
    expect(outcomes(50, row(20), { cuffMs: [ms(0)] })).toEqual(['missed']);
  });

  test('DUE-13 only its own milestone answers a row of one', () => {
    const { kind: _kind, ...rest } = cuffRow();
    const row: ScheduleRow = { ...rest, kind: 'milestone', milestone: 'flush' };
    const at = (milestone: 'flush' | 'oral_intake') => slotsAt(12, row, { milestones: [{ milestone, atMs: ms(11) }], cuffMs: [ms(11)] })[0];
    expect(at('flush')).toMatchObject({ state: 'done', milestone: 'flush', instrument: null });
    expect(at('oral_intake')).toMatchObject({ state: 'due', doneAtMs: null });
  });

  test('DUE-13 what a person said of a time stands until it is done after all; the last word counts', () => {
    const missed = [
      { slotKey: 'cuff:1', reason: 'asleep', notApplicable: true },
      { slotKey: 'cuff:1', reason: 'cuff taken away' },
      { slotKey: 'cuff:2', reason: 'another one' },
    ];
    expect(slotsAt(12, cuffRow(), { missed })[0]).toMatchObject({
      state: 'missed',
      outcome: { kind: 'missed', reason: 'cuff taken away' },
    });
    expect(slotsAt(12, cuffRow(), { missed: missed.slice(0, 1) })[0]).toMatchObject({
      state: 'not-applicable',
      outcome: { kind: 'not-applicable', reason: 'asleep' },
    });
    expect(slotsAt(12, cuffRow(), { missed, cuffMs: [ms(11)] })[0]).toMatchObject({ state: 'done', outcome: { kind: 'done' } });
  });
});
