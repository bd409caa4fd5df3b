import type { Reading } from '../../../shared/clinical/reading.ts';
import type { MonitorId, SessionId } from '../../../shared/values/ids.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';
import type { Statement } from './connection.ts';
import type { Database } from './database.ts';
import { blobToId, checkBootId, checkInstant, idToBlob } from './event-row.ts';
import { decodeReadings, encodeReadings, valueColumns, withoutRepeats } from './reading-row.ts';
import { StoreError } from './store-error.ts';

/** What one monitor said in one second. */
export interface ReadingRow {
  readonly sessionId: SessionId;
  readonly monitorId: MonitorId;
  /** Receipt, by the room's clock; kept to the second. */
  readonly at: Instant;
  /** Monotonic milliseconds of the boot, at receipt; kept to the millisecond. */
  readonly monoMs: number;
  readonly bootId: string;
  readonly readings: readonly Reading[];
}

/** A row as it stands in the log. `part` counts up where the same second came again (the clock was set back). */
export interface StoredReadingRow extends ReadingRow {
  readonly part: number;
}

interface Row {
  readonly stream: number;
  readonly at_s: number;
  readonly part: number;
  readonly offset_min: number;
  readonly mono_ms: number;
  readonly device_lag_s: number | null;
  readonly notes: string | null;
  readonly [valueColumn: string]: number | string | null;
}

interface Stream {
  readonly number: number;
  readonly sessionId: SessionId;
  readonly monitorId: MonitorId;
  readonly bootId: string;
}

const columns = ['stream', 'at_s', 'part', 'offset_min', 'mono_ms', 'device_lag_s', ...valueColumns, 'notes'];
/** Readings are read ten minutes at a time, so that no statement stays open between two rows and memory stays bounded. */
const windowS = 600;

/** The append-only log of what monitors said, apart from the events because it is far larger and is written once a second. */
export class ReadingLog {
  readonly #database: Database;
  readonly #afterWrite: () => void;
  readonly #insert: Statement<unknown[]>;
  readonly #lastPart: Statement<[stream: number, atS: number], number | null>;
  readonly #streams = new Map<string, Stream>();
  /** The newest second and part of each stream written since the database was opened. */
  readonly #newest = new Map<number, { readonly atS: number; readonly part: number }>();

  /** @param afterWrite runs each second, once that second is on disk */
  constructor(database: Database, afterWrite: () => void) {
    this.#database = database;
    this.#afterWrite = afterWrite;
    const connection = database.connection;
    this.#insert = connection.prepare(`INSERT INTO reading (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    this.#lastPart = connection
      .prepare<[number, number], number | null>('SELECT max(part) FROM reading WHERE stream = ? AND at_s = ?')
      .pluck();
  }

  /** Appends the rows of all monitors of a second in one transaction, or none of them. */
  appendSecond(rows: readonly ReadingRow[]): void {
    if (rows.length === 0) return;
    const newest = new Map(this.#newest);
    const newStreams: Stream[] = [];
    this.#database.write(() => {
      for (const row of rows) this.#append(row, newest, newStreams);
    });
    for (const stream of newStreams) this.#streams.set(streamKey(stream), stream);
    for (const [stream, place] of newest) this.#newest.set(stream, place);
    this.#afterWrite();
  }

  /** The rows of a session received in `fromMs` ≤ t < `toMs`, by time, then monitor, then part. */
  *readSession(sessionId: SessionId, fromMs: UtcMs = 0, toMs: UtcMs = Number.MAX_SAFE_INTEGER): Generator<StoredReadingRow> {
    for (const stream of this.#windows(sessionId, fromMs, toMs)) yield* stream;
  }

  /** How many rows there are. */
  count(): number {
    return this.#database.read((connection) => connection.prepare<[], number>('SELECT count(*) FROM reading').pluck().get() ?? 0);
  }

  #append(row: ReadingRow, newest: Map<number, { readonly atS: number; readonly part: number }>, newStreams: Stream[]): void {
    const at = checkInstant(row.at, 'at');
    const atS = Math.floor(at.utcMs / 1000);
    const monoMs = Math.round(row.monoMs);
    if (!Number.isSafeInteger(monoMs)) throw new TypeError(`monoMs is not a monotonic time: ${row.monoMs}`);
    const stream = this.#stream(row, newStreams).number;
    for (const readings of withoutRepeats(row.readings)) {
      const { values, deviceLagS, notes } = encodeReadings(readings, atS);
      const before = newest.get(stream);
      // Only a clock that stood still or went back can meet a second that is taken.
      const part = before !== undefined && atS > before.atS ? 0 : (this.#lastPart.get(stream, atS) ?? -1) + 1;
      this.#insert.run(stream, atS, part, at.offsetMin, monoMs, deviceLagS, ...values, notes);
      if (before === undefined || atS >= before.atS) newest.set(stream, { atS, part });
    }
  }

  #stream(row: ReadingRow, newStreams: Stream[]): Stream {
    const key = streamKey(row);
    const known = this.#streams.get(key) ?? newStreams.find((stream) => streamKey(stream) === key);
    if (known !== undefined) return known;
    const ids = [idToBlob(row.sessionId, 'sessionId'), idToBlob(row.monitorId, 'monitorId'), checkBootId(row.bootId)] as const;
    const connection = this.#database.connection;
    const find = 'SELECT stream FROM reading_stream WHERE session_id = ? AND monitor_id = ? AND boot_id = ?';
    const stored = connection
      .prepare<[Buffer, Buffer, string], number>(find)
      .pluck()
      .get(...ids);
    const insert = 'INSERT INTO reading_stream (session_id, monitor_id, boot_id) VALUES (?, ?, ?)';
    const number = stored ?? Number(connection.prepare(insert).run(...ids).lastInsertRowid);
    const stream = { number, sessionId: row.sessionId, monitorId: row.monitorId, bootId: row.bootId };
    newStreams.push(stream);
    return stream;
  }

  *#windows(sessionId: SessionId, fromMs: UtcMs, toMs: UtcMs): Generator<StoredReadingRow[]> {
    const streams = this.#streamsOf(sessionId);
    if (streams.size === 0) return;
    const numbers = [...streams.keys()];
    const many = numbers.map(() => '?').join(', ');
    const span = `SELECT min(at_s) AS first, max(at_s) AS last FROM reading WHERE stream IN (${many}) AND at_s >= ? AND at_s < ?`;
    const page = `SELECT * FROM reading WHERE stream IN (${many}) AND at_s >= ? AND at_s < ? ORDER BY at_s, stream, part`;
    const [fromS, toS] = [Math.ceil(fromMs / 1000), Math.ceil(toMs / 1000)];
    const bounds = this.#database.read((connection) =>
      connection.prepare<number[], { first: number | null; last: number | null }>(span).get(...numbers, fromS, toS),
    );
    if (bounds === undefined || bounds.first === null || bounds.last === null) return;
    for (let at = bounds.first; at <= bounds.last; at += windowS) {
      const until = Math.min(at + windowS, toS, bounds.last + 1);
      const from = at;
      const rows = this.#database.read((connection) => connection.prepare<number[], Row>(page).all(...numbers, from, until));
      if (rows.length > 0) yield rows.map((row) => this.#decode(row, streams.get(row.stream)));
    }
  }

  #streamsOf(sessionId: SessionId): Map<number, Stream> {
    const sql = 'SELECT stream, monitor_id, boot_id FROM reading_stream WHERE session_id = ?';
    const rows = this.#database.read((connection) =>
      connection.prepare<[Buffer], { stream: number; monitor_id: Buffer; boot_id: string }>(sql).all(idToBlob(sessionId, 'sessionId')),
    );
    return new Map(
      rows.map((row) => [row.stream, { number: row.stream, sessionId, monitorId: blobToId(row.monitor_id), bootId: row.boot_id }]),
    );
  }

  #decode(row: Row, stream: Stream | undefined): StoredReadingRow {
    const file = this.#database.file;
    try {
      if (stream === undefined) throw new TypeError('its stream is unknown');
      return {
        sessionId: stream.sessionId,
        monitorId: stream.monitorId,
        bootId: stream.bootId,
        at: checkInstant({ utcMs: row.at_s * 1000, offsetMin: row.offset_min }, 'at'),
        monoMs: row.mono_ms,
        part: row.part,
        readings: rowReadings(row),
      };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StoreError('STORE_CORRUPT', `A reading of ${row.at_s} in ${file} cannot be read: ${why}`, file, error);
    }
  }
}

/** The readings in a row of the table. Throws where it holds something else. */
export function rowReadings(row: Row): Reading[] {
  const values = valueColumns.map((column) => {
    const value = row[column] ?? null;
    if (value !== null && typeof value !== 'number') throw new TypeError(`${column} is not a number`);
    return value;
  });
  return decodeReadings({ values, deviceLagS: row.device_lag_s, notes: row.notes }, row.at_s);
}

function streamKey(of: { readonly sessionId: string; readonly monitorId: string; readonly bootId: string }): string {
  return `${of.sessionId.toLowerCase()} ${of.monitorId.toLowerCase()} ${of.bootId}`;
}
