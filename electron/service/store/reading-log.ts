import type { Reading } from '../../../shared/clinical/reading.ts';
import type { MonitorId, SessionId } from '../../../shared/values/ids.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';
import type { Statement } from './connection.ts';
import type { Database } from './database.ts';
import { blobToId, checkBootId, checkInstant, idToBlob } from './event-row.ts';
import { decodeReadings, encodeReadings, parseNotes, valueColumns, withoutRepeats, type Notes } from './reading-row.ts';
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

/** A row of the table with the text of its notes. */
export interface StoredRow {
  readonly place: number;
  readonly at_s: number;
  readonly stream: number;
  readonly part: number;
  readonly offset_min: number;
  readonly mono_ms: number;
  readonly device_lag_s: number | null;
  readonly notes: number | null;
  readonly extra: string | null;
  readonly text: string | null;
  readonly [valueColumn: string]: number | string | null;
}

interface Stream {
  readonly sessionId: SessionId;
  readonly monitorId: MonitorId;
  readonly bootId: string;
}

/** The second that is being written, and what it holds already. */
interface OpenSecond {
  readonly atS: number;
  rows: number;
  /** The last part of each stream. */
  readonly parts: Map<number, number>;
}

const columns = ['place', 'stream', 'part', 'offset_min', 'mono_ms', 'device_lag_s', ...valueColumns, 'notes', 'extra'];
/** Rows as `StoredRow`. */
export const selectReadings = 'SELECT reading.*, reading_notes.text FROM reading LEFT JOIN reading_notes USING (notes)';
/** Fixed for ever: `place` is made with it, and `at_s` taken from it. */
const placesPerSecond = 65_536;
/** `reading_hour` says in which of them there are rows. */
export const hourS = 3600;
/** Readings are read ten minutes at a time, so that no statement stays open between two rows and memory stays bounded. */
export const windowS = 600;
/** Texts whose number is known without asking; far more than any monitor uses in a session. */
const notesKept = 500;

/** The append-only log of what monitors said, apart from the events because it is far larger and is written once a second. */
export class ReadingLog {
  readonly #database: Database;
  readonly #insert: Statement<unknown[]>;
  readonly #inSecond: Statement<[from: number, to: number], { place: number; stream: number; part: number }>;
  readonly #streams = new Map<string, number>();
  readonly #lastHour = new Map<number, number>();
  readonly #notes = new Map<string, number>();
  #second: OpenSecond | null = null;

  constructor(database: Database) {
    this.#database = database;
    const connection = database.connection;
    this.#insert = connection.prepare(`INSERT INTO reading (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    this.#inSecond = connection.prepare('SELECT place, stream, part FROM reading WHERE place >= ? AND place < ? ORDER BY place');
  }

  /** Appends the rows of all monitors of a second in one transaction, or none of them. */
  appendSecond(rows: readonly ReadingRow[]): void {
    if (rows.length === 0) return;
    try {
      this.#database.write(() => {
        for (const row of rows) this.#append(row);
      });
    } catch (error) {
      // What is known of the database may have been undone with the transaction.
      this.#streams.clear();
      this.#lastHour.clear();
      this.#notes.clear();
      this.#second = null;
      throw error;
    }
  }

  /** The rows of a session received in `fromMs` ≤ t < `toMs`, by time, and within a second as they came. */
  *readSession(sessionId: SessionId, fromMs: UtcMs = 0, toMs: UtcMs = Number.MAX_SAFE_INTEGER): Generator<StoredReadingRow> {
    for (const rows of this.readWindows(sessionId, fromMs, toMs)) yield* rows;
  }

  /** As `readSession`, ten minutes at a time; whoever waits between two of them keeps nobody waiting. */
  *readWindows(sessionId: SessionId, fromMs: UtcMs = 0, toMs: UtcMs = Number.MAX_SAFE_INTEGER): Generator<readonly StoredReadingRow[]> {
    const streams = this.#streamsOf(sessionId);
    const [fromS, toS] = [Math.ceil(fromMs / 1000), Math.ceil(toMs / 1000)];
    const sql = `${selectReadings} WHERE place >= ? AND place < ? ORDER BY place`;
    // Once for all windows: a long session has many, and most of them hold little.
    const page = this.#database.read((connection) => connection.prepare<[number, number], StoredRow>(sql));
    const notesOf = createNotesReader();
    for (const hour of this.#hoursOf(sessionId, Math.floor(fromS / hourS), Math.ceil(toS / hourS))) {
      for (let at = hour * hourS; at < (hour + 1) * hourS; at += windowS) {
        const [from, until] = [Math.max(at, fromS), Math.min(at + windowS, toS)];
        if (from >= until) continue;
        const rows = this.#database.read(() => page.all(from * placesPerSecond, until * placesPerSecond));
        const decoded: StoredReadingRow[] = [];
        for (const row of rows) {
          const stream = streams.get(row.stream);
          if (stream !== undefined) decoded.push(this.#decode(row, stream, notesOf));
        }
        if (decoded.length > 0) yield decoded;
      }
    }
  }

  /** How many rows there are. */
  count(): number {
    return this.#database.read((connection) => connection.prepare<[], number>('SELECT count(*) FROM reading').pluck().get() ?? 0);
  }

  #append(row: ReadingRow): void {
    const at = checkInstant(row.at, 'at');
    const atS = Math.floor(at.utcMs / 1000);
    const monoMs = Math.round(row.monoMs);
    if (!Number.isSafeInteger(monoMs)) throw new TypeError(`monoMs is not a monotonic time: ${row.monoMs}`);
    const stream = this.#stream(row);
    this.#noteHour(stream, Math.floor(atS / hourS));
    const second = this.#secondAt(atS);
    for (const readings of withoutRepeats(row.readings)) {
      const { values, deviceLagS, notes, extra } = encodeReadings(readings, atS);
      if (second.rows >= placesPerSecond) throw new RangeError(`no second holds more than ${placesPerSecond} rows`);
      const place = atS * placesPerSecond + second.rows;
      // A second comes again where the clock stood still or was set back.
      const part = (second.parts.get(stream) ?? -1) + 1;
      const notesNumber = notes === null ? null : this.#notesNumber(notes);
      this.#insert.run(place, stream, part, at.offsetMin, monoMs, deviceLagS, ...values, notesNumber, extra);
      second.rows += 1;
      second.parts.set(stream, part);
    }
  }

  #secondAt(atS: number): OpenSecond {
    if (this.#second?.atS === atS) return this.#second;
    const second: OpenSecond = { atS, rows: 0, parts: new Map() };
    for (const { place, stream, part } of this.#inSecond.all(atS * placesPerSecond, (atS + 1) * placesPerSecond)) {
      second.rows = place - atS * placesPerSecond + 1;
      second.parts.set(stream, part);
    }
    this.#second = second;
    return second;
  }

  #stream(row: ReadingRow): number {
    const key = `${row.sessionId} ${row.monitorId} ${row.bootId}`;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const ids = [idToBlob(row.sessionId, 'sessionId'), idToBlob(row.monitorId, 'monitorId'), checkBootId(row.bootId)] as const;
    const find = 'SELECT stream FROM reading_stream WHERE session_id = ? AND monitor_id = ? AND boot_id = ?';
    const insert = 'INSERT INTO reading_stream (session_id, monitor_id, boot_id) VALUES (?, ?, ?)';
    const connection = this.#database.connection;
    const stored = connection.prepare<typeof ids, number>(find).pluck();
    const stream = stored.get(...ids) ?? Number(connection.prepare(insert).run(...ids).lastInsertRowid);
    this.#streams.set(key, stream);
    return stream;
  }

  #noteHour(stream: number, hour: number): void {
    if (this.#lastHour.get(stream) === hour) return;
    this.#database.connection.prepare('INSERT INTO reading_hour (stream, hour) VALUES (?, ?) ON CONFLICT DO NOTHING').run(stream, hour);
    this.#lastHour.set(stream, hour);
  }

  /** The number under which these notes stand; checked and written where they are new. */
  #notesNumber(text: string): number {
    const known = this.#notes.get(text);
    if (known !== undefined) return known;
    parseNotes(text);
    const connection = this.#database.connection;
    const stored = connection.prepare<[string], number>('SELECT notes FROM reading_notes WHERE text = ?').pluck().get(text);
    const notes = stored ?? Number(connection.prepare('INSERT INTO reading_notes (text) VALUES (?)').run(text).lastInsertRowid);
    if (this.#notes.size >= notesKept) this.#notes.clear();
    this.#notes.set(text, notes);
    return notes;
  }

  /** The hours (since 1970) from `fromHour` to before `toHour` in which there is anything, in order. */
  #hoursOf(sessionId: SessionId, fromHour: number, toHour: number): number[] {
    const sql = `SELECT DISTINCT hour FROM reading_stream JOIN reading_hour USING (stream)
      WHERE session_id = ? AND hour >= ? AND hour < ? ORDER BY hour`;
    const id = idToBlob(sessionId, 'sessionId');
    return this.#database.read((connection) => connection.prepare<[Buffer, number, number], number>(sql).pluck().all(id, fromHour, toHour));
  }

  #streamsOf(sessionId: SessionId): Map<number, Stream> {
    const sql = 'SELECT stream, monitor_id, boot_id FROM reading_stream WHERE session_id = ?';
    const rows = this.#database.read((connection) =>
      connection.prepare<[Buffer], { stream: number; monitor_id: Buffer; boot_id: string }>(sql).all(idToBlob(sessionId, 'sessionId')),
    );
    return new Map(rows.map((row) => [row.stream, { sessionId, monitorId: blobToId(row.monitor_id), bootId: row.boot_id }]));
  }

  #decode(row: StoredRow, stream: Stream, notesOf: NotesReader): StoredReadingRow {
    const file = this.#database.file;
    try {
      return {
        sessionId: stream.sessionId,
        monitorId: stream.monitorId,
        bootId: stream.bootId,
        at: checkInstant({ utcMs: row.at_s * 1000, offsetMin: row.offset_min }, 'at'),
        monoMs: row.mono_ms,
        part: row.part,
        readings: rowReadings(row, notesOf),
      };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StoreError('STORE_CORRUPT', `A reading of ${row.at_s} in ${file} cannot be read: ${why}`, file, error);
    }
  }
}

export type NotesReader = (row: Pick<StoredRow, 'notes' | 'text'>) => Notes | null;

/** Reads the notes of one row after another; rows mostly have the notes of an earlier one. */
export function createNotesReader(): NotesReader {
  const known = new Map<number, Notes>();
  return ({ notes, text }) => {
    if (notes === null) return null;
    const before = known.get(notes);
    if (before !== undefined) return before;
    if (text === null) throw new TypeError('its notes are missing');
    const parsed = parseNotes(text);
    if (known.size >= notesKept) known.clear();
    known.set(notes, parsed);
    return parsed;
  };
}

/** The readings in a row of the table. Throws where it holds something else. */
export function rowReadings(row: StoredRow, notesOf: NotesReader): Reading[] {
  const values = valueColumns.map((column) => {
    const value = row[column] ?? null;
    if (value !== null && typeof value !== 'number') throw new TypeError(`${column} is not a number`);
    return value;
  });
  return decodeReadings({ values, deviceLagS: row.device_lag_s, notes: notesOf(row), extra: row.extra }, row.at_s);
}
