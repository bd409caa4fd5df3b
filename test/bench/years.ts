import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { testRoomKey, type TestRoom } from '../support/test-room.ts';
import { openRoomOfYears } from './room-of-years.ts';
import { residentOfService } from './service-memory.ts';
import { median } from './statistics.ts';

const fewSessions = 5;
const rounds = 7;
/** Nobody notices less, and a ratio of less says nothing. */
const noticedMs = 5;

/** At rest: ten seconds after its start, when nobody has asked for anything. */
const restMs = 10_000;

/** What is done in a room, and what a room of many sessions takes for it beside one of a few. Times are medians, and less than five milliseconds count as five. */
export interface Growth {
  readonly what: string;
  readonly unit: 'ms' | 'MB';
  readonly few: number;
  readonly many: number;
  readonly ratio: number;
}

interface Measured {
  readonly times: Readonly<Record<string, number>>;
  readonly residentMb: number;
}

export async function benchYears(sessions: number): Promise<readonly Growth[]> {
  const [small, large] = [await measure(fewSessions), await measure(sessions)];
  const times = Object.entries(small.times).map(([what, few]) => {
    const many = large.times[what] ?? Number.NaN;
    return { what, unit: 'ms', few, many, ratio: Math.max(many, noticedMs) / Math.max(few, noticedMs) } as const;
  });
  const [few, many] = [small.residentMb, large.residentMb];
  return [...times, { what: 'service at rest, resident', unit: 'MB', few, many, ratio: many / few }];
}

async function measure(sessions: number): Promise<Measured> {
  const test = await openRoomOfYears(sessions);
  try {
    const times = new Map<string, number[]>();
    const took = (what: string, ms: number): unknown => times.set(what, [...(times.get(what) ?? []), ms]);
    // What is worked out for the first time is kept on disk at a later turn.
    for (const [what, read] of Object.entries(lookups(test)))
      took(`${what} never looked at, its longest step`, longestStep(read).longestMs);
    for (let turn = 0; turn < 5; turn += 1) await test.pass(1000);
    for (let round = 0; round < rounds; round += 1) {
      took('start of the room', await timed(() => test.restart()));
      for (const [what, read] of Object.entries(lookups(test))) {
        const { totalMs, longestMs } = longestStep(read);
        took(`${what}, first after a start`, totalMs);
        took(`${what}, its longest step`, longestMs);
      }
    }
    for (const [what, { answer }] of Object.entries(lookups(test))) took(`${what}, again`, repeated(answer));
    for (const ms of tapTimes(test)) took('tap to disk', ms);
    const medians = Object.fromEntries([...times].map(([what, each]) => [what, median(each)]));
    return { times: medians, residentMb: await residentOf(test) };
  } finally {
    await test.close();
  }
}

async function residentOf(test: TestRoom): Promise<number> {
  const copy = mkdtempSync(join(tmpdir(), 'vigil-years-'));
  const folder = join(copy, 'room');
  try {
    await test.restart(() => cpSync(test.folder, folder, { recursive: true }));
    writeFileSync(join(folder, 'key'), `${Buffer.from(testRoomKey).toString('hex')}\n`, { mode: 0o600 });
    return await residentOfService(['--data', folder], restMs);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** As a procedure answers: the steps, a turn of the event loop each, and then the answer. */
export interface Lookup {
  readonly steps: () => Iterable<unknown>;
  readonly answer: () => unknown;
}

export function lookups({ room }: TestRoom): Readonly<Record<string, Lookup>> {
  const { records, drugLog } = room;
  const newest = room.recorder.sessions.newest(1)[0]?.sessionId ?? '';
  return {
    Home: { steps: () => records.gatherList(), answer: () => records.list() },
    'finding a patient': { steps: () => records.gatherPatients('demo', 20), answer: () => records.findPatients('demo', 20) },
    'drug log': { steps: () => drugLog.gather(), answer: () => drugLog.view() },
    'a record': { steps: () => [], answer: () => records.record(newest) },
  };
}

function longestStep({ steps, answer }: Lookup): { readonly totalMs: number; readonly longestMs: number } {
  const marks = [performance.now()];
  for (const _step of steps()) marks.push(performance.now());
  answer();
  marks.push(performance.now());
  const each = marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark));
  return { totalMs: (marks.at(-1) ?? 0) - (marks[0] ?? 0), longestMs: Math.max(...each) };
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
