import { expect, test } from 'vitest';
import { SyncDriver, type SentBatch, type SyncLog, type SyncTarget } from '../../electron/service/sync/sync-driver.ts';
import { createChainedLog } from '../hub/chained-log.ts';
import { createManualClock } from '../support/manual-clock.ts';

const log = createChainedLog(3);
log.add(7);
const syncLog: SyncLog = {
  head: () => ({ seq: log.rows.length }),
  at: (seq) => log.rows[seq - 1] ?? null,
  epochs: () => log.epochs.map((epoch) => ({ ...epoch, cause: 'created' as const })),
  after: (seq, { rows }) => ({ rows: log.rows.slice(seq, seq + rows) as ReturnType<SyncLog['after']>['rows'], takenBack: [] }),
};

/** A target that refuses a number of connections, then takes what comes. */
function takingTarget(refusals: number): SyncTarget & { readonly batches: SentBatch[] } {
  const batches: SentBatch[] = [];
  let left = refusals;
  return {
    batches,
    connect: async () => {
      if ((left -= 1) >= 0) throw new Error('refused');
      return {
        held: async () => {
          const rows = batches.flatMap((batch) => batch.rows);
          const last = rows.at(-1);
          return last === undefined ? [] : [{ epoch: last.epoch, firstSeq: 1, lastSeq: last.seq, lastHash: last.hash }];
        },
        append: async (batch) => {
          batches.push(batch);
          return 'appended';
        },
        end: () => undefined,
      };
    },
    fault: (error) => ({ kind: 'again', words: String(error), tooLarge: false }),
  };
}

test('SYNC-3 a timer that comes a little before its time is set once more: what failed is tried again', async () => {
  const clock = createManualClock();
  const early = { monoMs: () => clock.monoMs(), after: (ms: number, task: () => void) => clock.after(Math.max(0.2, ms - 0.7), task) };
  const target = takingTarget(3);
  const driver = new SyncDriver({ log: syncLog, target, clock: early, random: () => 0.9 }, [], () => undefined);
  for (let passed = 0; passed < 40 && driver.state.phase.is !== 'up-to-date'; passed += 1) await clock.pass(250);
  expect(driver.state).toMatchObject({ phase: { is: 'up-to-date' }, arrived: { seq: 7 } });
  expect(target.batches.flatMap(({ rows }) => rows)).toEqual(log.rows);
  driver.close();
  expect(clock.pending).toBe(0);
});

test('SYNC-5 of a row that could not be taken in an earlier run only the place is sent', async () => {
  const clock = createManualClock();
  const target = takingTarget(0);
  const driver = new SyncDriver({ log: syncLog, target, clock, random: () => 0 }, [{ seq: 4, words: 'odd' }], () => undefined);
  for (let passed = 0; passed < 40 && driver.state.phase.is !== 'up-to-date'; passed += 1) await clock.pass(250);
  const rows = target.batches.flatMap((batch) => batch.rows);
  expect(rows.filter(({ body }) => body === null).map(({ seq, withheld, hash }) => ({ seq, withheld, hash }))).toEqual([
    { seq: 4, withheld: 'not-taken', hash: log.rows[3]?.hash },
  ]);
  driver.close();
});
