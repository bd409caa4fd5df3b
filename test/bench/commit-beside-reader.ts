import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { answer, createRoomFixture, sessionDrafts } from '../store/room-fixture.ts';
import { quantile } from './statistics.ts';

export interface CommitBesideReader {
  /** Of a commit of one event, in ms: with nobody else at the record, and while a thread drains it. */
  readonly alone: { readonly p50: number; readonly p99: number };
  readonly beside: { readonly p50: number; readonly p99: number };
  readonly rowsPerSec: number;
}

const [rounds, commitsPerRound] = [10, 200];
/** As long as a hub in the same house takes for an answer. */
const pauseMs = 5;

/** What draining the log by a thread beside it costs whoever records. Rounds with and without it take turns. */
export async function benchCommitBesideReader(): Promise<CommitBesideReader> {
  const room = createRoomFixture(77);
  const store = room.open();
  const [sessionId, ratingId] = [room.ids.uuid(), room.ids.uuid()];
  for (let session = 0; session < 40; session += 1) store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 250));
  const workerData = { file: store.database.file, key: room.key, pauseMs };
  const thread = new Worker(new URL('../store/draining-thread.ts', import.meta.url), { workerData });
  await once(thread, 'message');
  const times = { rest: [] as number[], drain: [] as number[] };
  let [tick, drainedMs] = [0, 0];
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const told of ['rest', 'drain'] as const) {
        thread.postMessage(told);
        await sleep(20);
        const start = performance.now();
        for (let commit = 0; commit < commitsPerRound; commit += 1) {
          const drafts = [answer(room.ids, sessionId, ratingId, (tick += 1))];
          const before = performance.now();
          store.events.appendAll(drafts);
          times[told].push(performance.now() - before);
        }
        if (told === 'drain') drainedMs += performance.now() - start;
      }
    }
    const read = once(thread, 'message');
    thread.postMessage('end');
    const [rows] = (await read) as [number];
    const of = (list: readonly number[]) => ({ p50: quantile(list, 0.5), p99: quantile(list, 0.99) });
    return { alone: of(times.rest), beside: of(times.drain), rowsPerSec: (rows * 1000) / drainedMs };
  } finally {
    await thread.terminate();
    store.close();
    room.close();
  }
}
