import { expect, test } from 'vitest';
import { step, type SyncInput } from '../../electron/service/sync/engine.ts';
import { quietLimitMs, right, runSchedule, type Outcome, type Policy } from './simulated/schedule.ts';

const soak = process.env['VIGIL_SOAK'] !== undefined;
const schedules = soak ? 200_000 : 10_000;

function brokenIn(policy: Policy, count: number): readonly string[] {
  const broken = new Set<string>();
  for (let seed = 1; seed <= count; seed += 1) for (const what of runSchedule(seed, policy).broken) broken.add(what);
  return [...broken].toSorted();
}

test('SYNC-1, SYNC-2, SYNC-3, SYNC-4 of ten thousand schedules of faults each ends with room and hub as one: nothing lost, doubled, out of order or stalled', (ctx) => {
  const outcomes: Outcome[] = [];
  const wrong: unknown[] = [];
  for (let seed = 1; seed <= schedules; seed += 1) {
    const outcome = runSchedule(seed);
    outcomes.push(outcome);
    if (outcome.broken.length > 0) wrong.push({ seed, broken: outcome.broken });
  }
  expect(wrong).toEqual([]);
  const faults: Record<string, number> = {};
  for (const outcome of outcomes) for (const [name, count] of Object.entries(outcome.faults)) faults[name] = (faults[name] ?? 0) + count;
  // A schedule without its faults would prove nothing.
  for (const name of [
    'refuse',
    'cut-up',
    'cut-down',
    'swallow-up',
    'swallow-down',
    'slow',
    'hub restored',
    'sender killed',
    'room restored',
    'cloned',
  ]) {
    expect([name, (faults[name] ?? 0) > schedules / 20]).toEqual([name, true]);
  }
  const sends = outcomes.reduce((sum, outcome) => sum + outcome.sends, 0);
  const quiet = outcomes.map(({ quietMs }) => quietMs).toSorted((a, b) => a - b);
  const words = Object.entries(faults).map(([name, count]) => `${name} ${count}`);
  void ctx.annotate(
    `${schedules} schedules, ${sends} batches; ${words.join(', ')}; one after ${quiet[schedules >> 1]?.toFixed(0)} ms in the middle`,
  );
});

test('SYNC-3 whoever was not told to mend something has sent everything within two minutes of the last fault, with no new entry', () => {
  const late = Array.from({ length: 2000 }, (_, index) => runSchedule(index + 1)).filter(
    ({ quietMs, faults }) => faults['locked-out'] === undefined && quietMs > quietLimitMs,
  );
  expect(late).toEqual([]);
});

const onFault =
  (change: (input: SyncInput) => SyncInput | null): Policy['step'] =>
  (state, input, now) => {
    const changed = change(input);
    return changed === null ? { state, effects: [] } : step(state, changed, now);
  };

/** N1: sends by a cursor of its own, which moves when a batch goes out, to a hub that takes what comes. */
const blind: Policy = { ...right, headFrom: 'own-cursor', cursorFirst: true, hubBelievesAll: true };
/** N2: its own cursor leads, also where the hub was restored. */
const ownCursor: Policy = { ...right, headFrom: 'own-cursor' };
/** N4: a row that cannot be taken is a fault like another. */
const noHalving: Policy = {
  ...right,
  step: onFault((input) =>
    input.type === 'failed' && input.fault.kind === 'row' ? { ...input, fault: { ...input.fault, kind: 'again' } } : input,
  ),
};
/** N5: what failed is tried again when something new is recorded. */
const newEventsOnly: Policy = {
  ...right,
  step: (state, input, now) => {
    const isPause = state.phase.is === 'waiting' && state.failures > 0;
    if (isPause && input.type === 'head-moved') return step({ ...state, local: input.seq }, { type: 'try-now' }, now);
    return isPause && input.type === 'tick' ? { state, effects: [] } : step(state, input, now);
  },
};
/** N6: "up to date" is worked out from what was sent. */
const fromSent: Policy = {
  ...right,
  isShownUpToDate: ({ phase, limit, local }) => phase.is === 'up-to-date' || (phase.is === 'sending' && phase.next + limit > local),
};

test('SYNC-1 a sender that moves its cursor first, to a hub that asks nothing, loses entries and would be found', () => {
  expect(brokenIn(blind, 300)).toContain('I3 an entry is not there');
});

test('SYNC-1 a sender whose own cursor leads never notices that the hub was restored, and would be found', () => {
  expect(brokenIn(ownCursor, 300)).toContain('I3 an entry is not there');
});

test('SYNC-5 a sender that does not halve a refused batch is stopped by one row, and would be found', () => {
  expect(brokenIn(noHalving, 300)).toContain('I3 an entry is not there');
});

test('SYNC-3 a sender that tries again only with a new entry stalls, and would be found', () => {
  expect(brokenIn(newEventsOnly, 300)).toContain('I3 an entry is not there');
});

test('SYNC-4 a sender that calls itself up to date by what it sent says what is not so, and would be found', () => {
  expect(brokenIn(fromSent, 300)).toContain('I11 shown as up to date, and not asked');
});
