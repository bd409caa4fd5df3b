import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScaledClock } from '../../electron/service/platform/scaled-clock.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import type { SyncState } from '../../electron/service/sync/engine.ts';
import { hubAddress } from '../../electron/service/sync/hub/hub-address.ts';
import { SyncDriver, type SyncLog, type SyncTarget } from '../../electron/service/sync/sync-driver.ts';
import { postgresTarget } from '../../electron/service/sync/targets/postgres/postgres-target.ts';
import { createChainedLog, type ChainedLog } from '../hub/chained-log.ts';
import { startHubs, type Hubs, type TestHub } from '../hub/hub-fixture.ts';
import { startByteProxy, type ByteProxy, type LineFault } from '../support/byte-proxy.ts';
import { reasonForNoPostgres } from '../support/own-postgres.ts';
import { seeded } from './simulated/schedule.ts';

const soak = process.env['VIGIL_SOAK'] !== undefined;
const schedules = soak ? 10_000 : 60;
const atOnce = 16;
/** Seconds of the engine in one: its longest pause is two of ours. */
const clock = createScaledClock({ base: createSystemClock(), rate: 30 });
const faultMs = 3000;
const quietLimitMs = 60_000;

let hubs: Hubs;
let hub: TestHub;
beforeAll(async () => {
  if (reasonForNoPostgres !== null) return;
  hubs = await startHubs();
  hub = await hubs.create();
});
afterAll(async () => {
  hub?.close();
  await hubs?.close();
});

/** What a room gives, of a log in memory. */
function syncLog(log: ChainedLog): SyncLog {
  return {
    head: () => ({ seq: log.rows.length }),
    at: (seq) => log.rows[seq - 1] ?? null,
    epochs: () => log.epochs.map((epoch) => ({ ...epoch, cause: 'created' as const })),
    after: (seq, { rows }) => ({ rows: log.rows.slice(seq, seq + rows) as ReturnType<SyncLog['after']>['rows'], takenBack: [] }),
  };
}

const weights: readonly (readonly [LineFault['is'], number])[] = [
  ['refuse', 15],
  ['cut-up', 20],
  ['cut-down', 25],
  ['swallow', 15],
  ['slow', 15],
  ['none', 10],
];

/** Counts what befell the connections of a run. */
class Line {
  isQuiet = false;
  readonly counts: Record<string, number>;
  readonly #random: () => number;
  #first: LineFault | null;

  constructor(random: () => number, counts: Record<string, number>, first: LineFault | null) {
    this.#random = random;
    this.counts = counts;
    this.#first = first;
  }

  /** However busy the computer is: a connection that broke before its batch was no such fault. */
  firstIsOver(): void {
    this.#first = null;
  }

  next(): LineFault {
    if (this.#first !== null) return this.#first;
    if (this.isQuiet) return { is: 'none' };
    let rest = this.#random() * 100;
    const is = weights.find(([, weight]) => (rest -= weight) < 0)?.[0] ?? 'none';
    this.counts[is] = (this.counts[is] ?? 0) + 1;
    // Beyond the greeting of TLS and password, into one of the first batches or answers.
    if (is === 'cut-up') return { is, afterBytes: 500 + Math.floor(this.#random() ** 2 * 90_000) };
    if (is === 'cut-down' || is === 'swallow') return { is, afterBytes: 1500 + Math.floor(this.#random() * 3500) };
    return { is };
  }
}

/** Tells of the first batch that failed. */
function telling(target: SyncTarget, onFailed: () => void): SyncTarget {
  return {
    ...target,
    connect: async (onEnded) => {
      const connection = await target.connect(onEnded);
      return {
        ...connection,
        append: async (batch) => {
          try {
            return await connection.append(batch);
          } catch (error) {
            onFailed();
            throw error;
          }
        },
      };
    },
  };
}

interface Ended {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly quietMs: number;
}

type Wrap = (target: SyncTarget, log: ChainedLog) => SyncTarget;

/** What a room sends by, and what befalls its connections until a batch was lost on one of them; null: the lot decides. */
interface Befalling {
  readonly wrap: Wrap;
  readonly first: LineFault | null;
}

const byLot: Befalling = { wrap: (target) => target, first: null };

/** Past the greeting and the question after the head, in the middle of a batch of hundreds. */
const inTheFirstBatch: LineFault = { is: 'cut-up', afterBytes: 10_000 };

/** One room through a bad line: bursts of entries, kills of the sender, a hub that is restored; then quiet. */
async function runRoom(seed: number, counts: Record<string, number>, { wrap, first }: Befalling): Promise<Ended> {
  const random = seeded(seed);
  const log = createChainedLog(seed);
  const login = await hub.addRoom(log.roomId, `Room ${seed}`);
  if (first !== null) log.add(300);
  const line = new Line(random, counts, first);
  const proxy = await startByteProxy(hubs.postgres.port, () => line.next());
  const count = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
  const target = wrap(
    telling(throughProxy(proxy, log, login, seed), () => line.firstIsOver()),
    log,
  );
  const begin = (): SyncDriver => new SyncDriver({ log: syncLog(log), target, clock, random }, [], () => undefined);
  let driver = begin();
  const wrong: string[] = [];
  const untilMs = performance.now() + faultMs;
  const oddDays = [
    random() < 0.3 ? 'sender killed' : '',
    random() < 0.3 ? 'hub restored' : '',
    random() < 0.1 ? 'room restored' : '',
  ].filter(Boolean);
  try {
    while (performance.now() < untilMs) {
      log.add(random() < 0.1 ? 100 + Math.floor(random() * 500) : 1 + Math.floor(random() * 12));
      driver.headMoved(log.rows.length);
      await new Promise((resolve) => setTimeout(resolve, 40 + random() * 300));
      if (random() > 0.15) continue;
      const day = oddDays.pop();
      if (day === undefined) continue;
      count(day);
      if (day === 'hub restored') await restored(log, random);
      else {
        driver.close();
        if (day === 'room restored') {
          log.restoreTo(Math.ceil(log.rows.length * random()));
          log.add(1);
        }
        driver = begin();
      }
      wrong.push(...(await notAPrefix(log)));
    }
    line.isQuiet = true;
    const begunMs = performance.now();
    const quietFromMs = clock.monoMs();
    // By an answer from after the last fault: the hub may have been restored while nobody asked.
    const isOne = ({ phase, arrived }: SyncState = driver.state): boolean =>
      phase.is === 'up-to-date' && arrived?.seq === log.rows.length && arrived.atMs > quietFromMs;
    while (!isOne() && performance.now() - begunMs < quietLimitMs) await new Promise((resolve) => setTimeout(resolve, 20));
    const quietMs = performance.now() - begunMs;
    if (!isOne()) wrong.push(`stalled: ${JSON.stringify([driver.state.phase, driver.state.problem])}`);
    return { seed, wrong: [...wrong, ...(await notWhole(log))], quietMs };
  } finally {
    driver.close();
    await proxy.close();
  }
}

function throughProxy(proxy: ByteProxy, log: ChainedLog, login: { user: string; password: string }, seed: number): SyncTarget {
  const ca = seed % 2 === 0 ? readFileSync(hubs.postgres.caFile, 'utf8') : null;
  const address = hubAddress(`postgresql://${login.user}@127.0.0.1:${proxy.port}/${hub.database}`, login.password, ca);
  return postgresTarget(address, { roomId: log.roomId, name: 'Room' });
}

async function restored(log: ChainedLog, random: () => number): Promise<void> {
  try {
    const rows = await hub.rowsOf(log.roomId);
    // An epoch that is gone as a whole is another day.
    if (rows.length > 0 && new Set(rows.map(({ epoch }) => epoch)).size === 1)
      await hub.restoreTo(log.roomId, Math.floor(rows.length * random()));
  } catch {
    // The server is being killed just then.
  }
}

/** I1: what stands at the hub, of each epoch, is the beginning of what the room recorded under it. */
async function notAPrefix(log: ChainedLog): Promise<string[]> {
  let rows;
  try {
    rows = await hub.rowsOf(log.roomId);
  } catch {
    return [];
  }
  const known = log.rows.filter(({ seq, epoch }) =>
    rows.some((row) => row.seq === seq && row.epoch === epoch && row.hash !== log.rows[seq - 1]?.hash),
  );
  return known.map(({ seq }) => `entry ${seq} is another at the hub`);
}

async function notWhole(log: ChainedLog): Promise<string[]> {
  const rows = await hub.rowsOf(log.roomId);
  const there = new Map(rows.map((row) => [row.hash, row]));
  const wrong = log.rows
    .filter((row) => JSON.stringify({ ...there.get(row.hash), arrivedMs: undefined }) !== JSON.stringify(row))
    .map(({ seq }) => `entry ${seq} is not there as it is`);
  const ids = new Set(rows.map(({ eventId }) => eventId));
  return [...wrong.slice(0, 3), ...(ids.size === rows.length ? [] : ['an entry is there twice'])];
}

async function runAll(seeds: readonly number[], befalling = byLot): Promise<{ ended: Ended[]; counts: Record<string, number> }> {
  const counts: Record<string, number> = {};
  const ended: Ended[] = [];
  const left = [...seeds];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) ended.push(await runRoom(seed, counts, befalling));
    }),
  );
  return { ended, counts };
}

test('SYNC-1, SYNC-2, SYNC-3 over bad lines to a real hub every entry arrives, to the letter, once and in order, and nothing stalls', async (ctx) => {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const { ended, counts } = await runAll(Array.from({ length: schedules }, (_, index) => 5000 + index));
  expect(ended.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(ended.length).toBe(schedules);
  for (const is of ['refuse', 'cut-up', 'cut-down', 'swallow', 'slow', 'hub restored', 'sender killed'])
    expect([is, (counts[is] ?? 0) > 3]).toEqual([is, true]);
  expect(await hub.owner.query('SELECT * FROM vigil.wrong_events()')).toEqual([]);
  const slowest = Math.max(...ended.map(({ quietMs }) => quietMs));
  const words = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  void ctx.annotate(`${schedules} rooms; ${words.join(', ')}; the last was whole ${Math.round(slowest)} ms after the last fault`);
});

test('SYNC-1, SYNC-2 a server that is killed twice in the middle has lost nothing that it acknowledged, and gets the rest', async (ctx) => {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const rooms = runAll(Array.from({ length: 8 }, (_, index) => 7000 + index));
  for (let kills = 0; kills < 2; kills += 1) {
    await new Promise((resolve) => setTimeout(resolve, faultMs / 4));
    await hubs.postgres.kill();
    await hubs.postgres.start();
  }
  const { ended } = await rooms;
  expect(ended.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(ended.length).toBe(8);
});

test('SYNC-1 this can fail: a sender that believes its own cursor, moved before the answer, would be found there', async (ctx) => {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const blind: Wrap = (target, log) => {
    let cursor = 0;
    return {
      ...target,
      connect: async (onEnded) => {
        const connection = await target.connect(onEnded);
        return {
          ...connection,
          held: async () => {
            const last = log.rows[cursor - 1];
            return last === undefined ? [] : [{ epoch: last.epoch, firstSeq: 1, lastSeq: last.seq, lastHash: last.hash }];
          },
          append: async (batch) => {
            cursor = batch.rows.at(-1)?.seq ?? cursor;
            const answer = await connection.append(batch);
            return answer === 'elsewhere' ? 'appended' : answer;
          },
        };
      },
    };
  };
  const seeds = [9000, 9001, 9002, 9003];
  const found = (await runAll(seeds, { wrap: blind, first: inTheFirstBatch })).ended;
  expect(found.filter(({ wrong }) => wrong.some((what) => what.includes('is not there'))).length).toBe(seeds.length);
  // By the right sender the same lines lose nothing.
  const right = (await runAll([9004, 9005, 9006, 9007], { ...byLot, first: inTheFirstBatch })).ended;
  expect(right.flatMap(({ wrong }) => wrong)).toEqual([]);
});
