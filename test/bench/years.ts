import { performance } from 'node:perf_hooks';
import type { TestRoom } from '../support/test-room.ts';
import { openRoomOfYears } from './room-of-years.ts';
import { median } from './statistics.ts';

const few = 5;
const rounds = 7;
/** Nobody notices less, and a ratio of less says nothing. */
const noticedMs = 5;

/** What is done in a room, and what a room of many sessions takes for it beside one of a few. Milliseconds, medians; less than five count as five. */
export interface Growth {
  readonly what: string;
  readonly fewMs: number;
  readonly manyMs: number;
  readonly ratio: number;
}

export async function benchYears(sessions: number): Promise<readonly Growth[]> {
  const [small, large] = [await measure(few), await measure(sessions)];
  return Object.entries(small).map(([what, fewMs]) => {
    const manyMs = large[what] ?? Number.NaN;
    return { what, fewMs, manyMs, ratio: Math.max(manyMs, noticedMs) / Math.max(fewMs, noticedMs) };
  });
}

async function measure(sessions: number): Promise<Readonly<Record<string, number>>> {
  const test = await openRoomOfYears(sessions);
  try {
    const starts: number[] = [];
    const first: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round += 1) {
      starts.push(await timed(() => test.restart()));
      for (const [what, work] of Object.entries(reads(test))) (first[`${what}, first`] ??= []).push(await timed(work));
    }
    const again = Object.entries(reads(test)).map(([what, work]) => [what, repeated(work)] as const);
    const medians = Object.entries(first).map(([what, times]) => [what, median(times)] as const);
    const tap = tapTimes(test);
    return Object.fromEntries([['start of the room', median(starts)], ...medians, ...again, ['tap to disk', median(tap)]]);
  } finally {
    await test.close();
  }
}

function reads({ room }: TestRoom): Readonly<Record<string, () => unknown>> {
  const newest = room.recorder.sessions.newest(1)[0]?.sessionId ?? '';
  return {
    Home: () => room.records.list(),
    'finding a patient': () => room.records.findPatients('demo', 20),
    'drug log': () => room.drugLog.view(),
    'a record': () => room.records.record(newest),
  };
}

function tapTimes(test: TestRoom): number[] {
  test.openSession();
  return Array.from({ length: 20 }, (_, count) => {
    const startedMs = performance.now();
    test.execute({ type: 'record-observation', text: `tap ${count}`, chips: [], begunAt: test.clock.now().utcMs });
    return performance.now() - startedMs;
  });
}

function repeated(work: () => unknown): number {
  return median(
    Array.from({ length: rounds }, () => {
      const startedMs = performance.now();
      work();
      return performance.now() - startedMs;
    }),
  );
}

async function timed(work: () => unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
