import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Reading } from '../../shared/clinical/reading.ts';
import type { DecodeSink } from '../../electron/service/drivers/driver.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import { createRoomFixture, sessionDrafts, answer } from '../store/room-fixture.ts';

export interface CommitSpeed {
  /** Events in one transaction. */
  readonly batch: number;
  /** Encrypted, validated, chained, witnessed, synchronous=FULL. */
  readonly vigilEventsPerSec: number;
  /** The same events into the same table, unencrypted, nothing validated or chained, synchronous=FULL. */
  readonly bareEventsPerSec: number;
  /** Of the two, paired round by round. */
  readonly ratio: number;
  /** Against finished rows into a table without its unique ids and index: what no event log could be. */
  readonly ratioToFinishedRows: number;
}

const eventsPerRound: Readonly<Record<number, number>> = { 1: 500, 50: 5000 };

interface Contender {
  append(drafts: readonly RecordedEventDraft[]): unknown;
  close(): void;
}

/** Commit throughput of the event log beside bare inserts of the same batches, interleaved, medians of `rounds`. */
export function benchCommit({ rounds = 9, place = tmpdir() }: { readonly rounds?: number; readonly place?: string } = {}): CommitSpeed[] {
  return [1, 50].map((batch) => benchBatch(batch, rounds, place));
}

function benchBatch(batch: number, rounds: number, place: string): CommitSpeed {
  const room = createRoomFixture(batch, mkdtempSync(join(place, 'vigil-bench-')));
  const store = room.open();
  const contenders: readonly Contender[] = [
    { append: (drafts) => store.events.appendAll(drafts), close: () => store.close() },
    openBare(join(room.place, 'bare.db'), { indexed: true, finishedRows: false }),
    openBare(join(room.place, 'rows.db'), { indexed: false, finishedRows: true }),
  ];
  const [sessionId, ratingId] = [room.ids.uuid(), room.ids.uuid()];
  const count = eventsPerRound[batch] ?? 1000;
  const rates: number[][] = contenders.map(() => []);
  let tick = 0;
  try {
    store.events.appendAll(sessionDrafts(room.ids, sessionId, 50));
    for (let round = -2; round < rounds; round += 1) {
      // One transaction is one command with all that follows from it.
      const oneBatch = (): RecordedEventDraft[] => {
        const commandId = room.ids.uuid();
        return Array.from({ length: batch }, () => ({ ...answer(room.ids, sessionId, ratingId, (tick += 1)), commandId }));
      };
      const batches = Array.from({ length: count / batch }, oneBatch);
      // Each begins in turn: the first to touch the drafts pays for what was put off when they were made.
      for (const turn of contenders.keys()) {
        const index = (turn + round + 2) % contenders.length;
        const contender = contenders[index];
        if (contender === undefined) continue;
        const start = performance.now();
        for (const drafts of batches) contender.append(drafts);
        // The first rounds only warm up.
        if (round >= 0) rates[index]?.push((count * 1000) / (performance.now() - start));
      }
    }
  } finally {
    for (const contender of contenders) contender.close();
    room.close();
  }
  const [vigil = [], bare = [], rows = []] = rates;
  // Rounds are paired, so that a slow moment of the disk falls on all.
  const ratioTo = (other: readonly number[]): number => median(vigil.map((speed, index) => speed / (other[index] ?? Number.NaN)));
  return {
    batch,
    vigilEventsPerSec: median(vigil),
    bareEventsPerSec: median(bare),
    ratio: ratioTo(bare),
    ratioToFinishedRows: ratioTo(rows),
  };
}

function openBare(file: string, { indexed, finishedRows }: { readonly indexed: boolean; readonly finishedRows: boolean }): Contender {
  const open = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;
  const connection = new open(file);
  connection.pragma('locking_mode=exclusive');
  connection.pragma('journal_mode=wal');
  connection.pragma('synchronous=FULL');
  connection.exec(`CREATE TABLE event (seq INTEGER PRIMARY KEY, event_id BLOB ${indexed ? 'UNIQUE' : ''}, session_id BLOB, kind TEXT,
    occurred_ms INTEGER, occurred_offset_min INTEGER, recorded_ms INTEGER, recorded_offset_min INTEGER, mono_us INTEGER, boot INTEGER,
    actor BLOB, command_id BLOB, supersedes BLOB, body TEXT, run_start INTEGER, command_start INTEGER, hash BLOB) STRICT`);
  if (indexed) connection.exec('CREATE INDEX event_command ON event (command_id) WHERE command_start = 1');
  const insert = connection.prepare<unknown[]>(`INSERT INTO event VALUES (${Array.from({ length: 17 }, () => '?').join(', ')})`);
  const [begin, commit] = [connection.prepare<[]>('BEGIN IMMEDIATE'), connection.prepare<[]>('COMMIT')];
  const hash = Buffer.alloc(32, 7);
  const finished = Buffer.alloc(16, 9);
  const body = JSON.stringify({ ratingId: '0193a000-0000-7000-8000-000000000001', item: 3, value: 2 });
  const id = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text.replaceAll('-', ''), 'hex'));
  let seq = 0;
  let command: string | null = null;
  function insertDraft(event: RecordedEventDraft): void {
    const { occurred, recorded, actor } = event;
    const person = actor === 'service' ? null : actor.personId;
    const ids = finishedRows ? [finished, finished, finished, finished] : [event.eventId, event.sessionId, person, event.commandId].map(id);
    const text = finishedRows ? body : JSON.stringify(event.body);
    const [at, later] = [occurred.utcMs, recorded.utcMs];
    const mono = Math.round(event.monoMs * 1000);
    const commandStart = event.commandId === command ? 0 : 1;
    command = event.commandId;
    seq += 1;
    insert.run(
      seq,
      ids[0],
      ids[1],
      event.kind,
      at,
      occurred.offsetMin,
      later,
      -300,
      mono,
      1,
      ids[2],
      ids[3],
      null,
      text,
      0,
      commandStart,
      hash,
    );
  }
  return {
    append(drafts): void {
      begin.run();
      for (const event of drafts) insertDraft(event);
      commit.run();
    },
    close: () => void connection.close(),
  };
}

/** Time of one fsync of a small overwrite in `place`, milliseconds: what no durable commit can be faster than. */
export function benchFsync(place: string, samples = 200): { readonly medianMs: number; readonly p99Ms: number } {
  const folder = mkdtempSync(join(place, 'vigil-fsync-'));
  try {
    const handle = openSync(join(folder, 'probe'), 'w', 0o600);
    const page = Buffer.alloc(4096, 1);
    const times: number[] = [];
    for (let sample = -10; sample < samples; sample += 1) {
      writeSync(handle, page, 0, page.length, Math.max(0, sample) * page.length);
      const start = performance.now();
      fsyncSync(handle);
      if (sample >= 0) times.push(performance.now() - start);
    }
    closeSync(handle);
    times.sort((a, b) => a - b);
    return { medianMs: median(times), p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What each monitor of a room says in one second. */
type ReadingSource = (second: number) => readonly (readonly Reading[])[];

/** Bytes that an hour of readings adds to the database, and how long the write of a second takes. */
export function benchReadingBytes(source: ReadingSource): { readonly bytesPerHour: number; readonly medianCommitMs: number } {
  const room = createRoomFixture(60);
  const store = room.open();
  try {
    const sessionId = room.ids.uuid();
    const monitorIds: string[] = [];
    const pageCount = (): number => Number(store.database.connection.pragma('page_count', { simple: true }));
    const before = pageCount();
    const hours = 2;
    const times: number[] = [];
    for (let second = 0; second < hours * 3600; second += 1) {
      const at = { utcMs: 1_795_446_000_000 + second * 1000, offsetMin: -300 };
      const shared = { sessionId, at, monoMs: second * 1000 + 3.5, bootId: sessionId };
      const rows = source(second).map((readings, index) => ({ ...shared, monitorId: (monitorIds[index] ??= room.ids.uuid()), readings }));
      const start = performance.now();
      store.readings.appendSecond(rows);
      times.push(performance.now() - start);
    }
    return { bytesPerHour: ((pageCount() - before) * pageLength) / hours, medianCommitMs: median(times) };
  } finally {
    store.close();
    room.close();
  }
}

/** One monitor with seven metrics, all good. */
export const oneMonitor: ReadingSource = (second) => {
  const wave = Math.sin(second / 60);
  const base = { unit: '/min', quality: 'good' } as const;
  return [
    [
      { metric: 'heart-rate', value: Math.round(72 + 9 * wave), ...base },
      { metric: 'pulse-rate', value: Math.round(71 + 9 * wave), ...base },
      { metric: 'spo2', value: Math.round(97 + wave), unit: '%', quality: 'good' },
      { metric: 'perfusion-index', value: Math.round(210 + 30 * wave) / 100, unit: '%', quality: 'good' },
      { metric: 'resp-rate', value: Math.round(14 + 2 * wave), ...base },
      { metric: 'etco2', value: Math.round(38 + 2 * wave), unit: 'mm[Hg]', quality: 'good' },
      { metric: 'temp', value: Math.round(366 + wave) / 10, unit: 'Cel', quality: 'good' },
      ...(second % 300 === 0 ? [{ metric: 'nibp-sys', value: 128, unit: 'mm[Hg]', quality: 'good' } as const] : []),
    ],
  ];
};

/** The demo's oximeter and cuff, by way of their bytes, as the record of a session has them. Seconds must follow each other. */
export function simulatedOximeterAndCuff(): ReadingSource {
  const scenario = goldenScenario();
  const monitors = (['masimo-ascii1', 'dinamap'] as const).map((protocol) => {
    const driver = findDriver(protocol);
    const monitor = findDriver(protocol).createSimulator(scenario);
    const [decoder, poller] = [driver.createDecoder(), driver.createPoller?.()];
    let said = new Map<string, Reading>();
    let pressures = '';
    const sink: DecodeSink = {
      frame: () => undefined,
      reading: (reading) => void said.set(reading.metric, reading),
      wave: () => undefined,
      discarded: () => undefined,
    };
    function step(tMs: number, monoMs: number): void {
      decoder.push(monitor.advance(tMs), sink);
      const request = poller?.poll(monoMs) ?? null;
      const reply = request === null ? null : monitor.receive(request);
      if (reply === null) return;
      decoder.push(reply, sink);
      poller?.answered(monoMs);
    }
    return (second: number): readonly Reading[] => {
      said = new Map();
      for (let ms = 0; ms < 1000; ms += 100) step(scenario.startMs + second * 1000 + ms, second * 1000 + ms);
      const cuff = [...said.values()].filter((reading) => reading.metric.startsWith('nibp-'));
      // A cuff repeats its last determination until the next one; it is recorded once.
      const repeated = JSON.stringify(cuff) === pressures;
      pressures = JSON.stringify(cuff);
      return repeated ? [...said.values()].filter((reading) => !cuff.includes(reading)) : [...said.values()];
    };
  });
  return (second) => monitors.map((monitor) => monitor(second));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

if (import.meta.main) {
  console.table(benchCommit());
  console.table({ 'one monitor': benchReadingBytes(oneMonitor), 'oximeter and cuff': benchReadingBytes(simulatedOximeterAndCuff()) });
}
