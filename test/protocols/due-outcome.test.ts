import { describe, expect, test } from 'vitest';
import { dueItems, type DueFacts, type DueOutcome, type DueSlot } from '../../shared/clinical/due.ts';
import { scheduleRowSchema, type ScheduleRow } from '../../shared/clinical/protocol-schedule.ts';
import { ms, noFacts, t0 } from '../support/due-facts.ts';

const nothing: DueFacts = { ...noFacts, openedMs: ms(-40), doseStartMs: ms(0), monitoringStartMs: ms(0) };
function row(changes: Record<string, unknown>): ScheduleRow {
  const base = {
    id: 'row',
    kind: 'nibp',
    label: 'Blood pressure',
    detail: '',
    anchor: 'dose-start',
    times: { atMin: [10, 20] },
    earlyMin: 1,
    lateMin: 2,
  };
  return scheduleRowSchema.parse({ ...base, ...changes });
}
const slots = (changes: Record<string, unknown>, facts: Partial<DueFacts>, minute: number): readonly DueSlot[] =>
  dueItems([row(changes)], { ...nothing, ...facts }, ms(minute));
const outcomes = (changes: Record<string, unknown>, facts: Partial<DueFacts>, minute: number): DueOutcome[] =>
  slots(changes, facts, minute).map((slot) => slot.outcome);
const minutes = (list: readonly DueSlot[]): number[] => list.map((slot) => (slot.dueMs - t0) / 60_000);

describe('what became of a slot', () => {
  test('PROTOCOL-5 inside its tolerance it is on time, after it late', () => {
    expect(outcomes({}, { cuffMs: [ms(9), ms(23)] }, 30)).toEqual([
      { kind: 'done', timing: 'on-time', atMs: ms(9) },
      { kind: 'done', timing: 'late', atMs: ms(23) },
    ]);
    expect(outcomes({}, { cuffMs: [ms(12)] }, 15)[0]).toEqual({ kind: 'done', timing: 'on-time', atMs: ms(12) });
  });

  test('PROTOCOL-5 an act before its tolerance leaves it due, and counts as early once its time is over', () => {
    const facts = { cuffMs: [ms(7)] };
    expect(slots({}, facts, 11)[0]).toMatchObject({ state: 'due', doneAtMs: null, outcome: { kind: 'open' } });
    expect(outcomes({}, facts, 19)[0]).toEqual({ kind: 'done', timing: 'early', atMs: ms(7) });
    // Nearer to what came before, it is nobody's.
    expect(outcomes({}, { cuffMs: [ms(4)] }, 19)[0]).toEqual({ kind: 'missed', reason: null });
  });

  test('PROTOCOL-6 what nobody did is missed, with a reason where somebody gave one', () => {
    const missed = [{ slotKey: 'row:1', reason: 'patient asked for quiet' }];
    expect(outcomes({}, { missed }, 12)[0]).toEqual({ kind: 'missed', reason: 'patient asked for quiet' });
    expect(slots({}, { missed }, 12)[0]?.state).toBe('missed');
    expect(outcomes({}, {}, 40)).toEqual([{ kind: 'missed', reason: null }, { kind: 'open' }]);
    expect(outcomes({}, { leftMs: ms(30) }, 40)).toEqual([
      { kind: 'missed', reason: null },
      { kind: 'missed', reason: null },
    ]);
  });

  test('PROTOCOL-6 a reading that came after all counts, whatever was marked', () => {
    const facts = { missed: [{ slotKey: 'row:1', reason: 'cuff off' }], cuffMs: [ms(11)] };
    expect(slots({}, facts, 12)[0]).toMatchObject({ state: 'done', outcome: { kind: 'done', timing: 'on-time' } });
  });

  test('PROTOCOL-7 not assessable closes its slot and keeps its reason', () => {
    const rated = { kind: 'rating', instrument: 'suds' };
    const ratings = [{ instrument: 'suds' as const, atMs: ms(10), notAssessable: { reason: 'asleep', detail: null } }];
    expect(slots(rated, { ratings }, 12)[0]).toMatchObject({
      state: 'done',
      outcome: { kind: 'not-assessable', atMs: ms(10), reason: 'asleep', detail: null },
    });
  });

  test('PROTOCOL-8 a pause moves the slots after it where the row says so, and no others', () => {
    const pauses = [{ fromMs: ms(12), toMs: ms(17) }];
    expect(minutes(slots({ shiftsWithPause: true }, { pauses }, 12))).toEqual([10, 25]);
    expect(minutes(slots({}, { pauses }, 12))).toEqual([10, 20]);
    const every = { shiftsWithPause: true, times: { fromMin: 5, everyMin: 10, until: 'dose-end' } };
    expect(minutes(slots(every, { pauses, doseEndMs: ms(40) }, 40))).toEqual([5, 20, 30, 40]);
  });

  test('PROTOCOL-8 while a pause lasts, what comes after it moves with the clock', () => {
    const pauses = [{ fromMs: ms(12), toMs: null }];
    const changes = { shiftsWithPause: true };
    expect(minutes(slots(changes, { pauses }, 15))).toEqual([10, 23]);
    expect(minutes(slots(changes, { pauses }, 30))).toEqual([10, 38]);
  });

  test('PROTOCOL-9 a baseline slot counts from the opening, is closed before the dose and can no longer be closed in it', () => {
    const baseline = { anchor: 'opened', times: { atMin: [15] }, earlyMin: 30, lateMin: 10 };
    const before = { doseStartMs: null, monitoringStartMs: null };
    expect(slots(baseline, before, -24)[0]).toMatchObject({ dueMs: ms(-25), state: 'due' });
    expect(outcomes(baseline, { cuffMs: [ms(-30)] }, 5)).toEqual([{ kind: 'done', timing: 'on-time', atMs: ms(-30) }]);
    expect(slots(baseline, { cuffMs: [ms(5)] }, 6)[0]).toMatchObject({ replaced: true, outcome: { kind: 'missed', reason: null } });
    // The dose came sooner than planned: the slot's time is not after it.
    expect(minutes(slots({ ...baseline, times: { atMin: [50] } }, {}, 1))).toEqual([0]);
  });

  test('PROTOCOL-10 a row counts from any milestone, from the last device, from the end', () => {
    const milestones = [{ milestone: 'emerging' as const, atMs: ms(33) }];
    expect(minutes(slots({ anchor: 'milestone:emerging', times: { atMin: [5] } }, { milestones }, 34))).toEqual([38]);
    expect(slots({ anchor: 'milestone:peak', times: { atMin: [5] } }, { milestones }, 34)).toEqual([]);
    expect(minutes(slots({ anchor: 'monitoring-start', times: { atMin: [40] } }, { monitoringStartMs: ms(10) }, 12))).toEqual([50]);
    expect(minutes(slots({ anchor: 'dose-end', times: { atMin: [15] } }, { doseEndMs: ms(41) }, 42))).toEqual([56]);
  });
});
