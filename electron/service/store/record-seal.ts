import { createHash, hash as digest } from 'node:crypto';
import { atOnce } from '../platform/in-turns.ts';
import type { Connection } from './connection.ts';
import { blobToId, idToBlob } from './event-row.ts';
import { hourS, windowS } from './reading-log.ts';
import { valueColumns } from './reading-row.ts';
import { besideRecord } from '../session/events/events-beside-record.ts';
import type { Store } from './store.ts';

/**
 * What a signature is bound to: the end of the session in the hash chain, and the monitors' readings, which stand in
 * a log of their own outside the chain.
 */
export interface RecordSeal {
  readonly throughSeq: number;
  readonly eventHash: string;
  readonly readingRows: number;
  readonly readingsHash: string;
}

/**
 * The seal of a session up to an event; null where that event is not there. What stands beside the record is passed
 * over: the seal ends with the last event that a signature covers.
 */
export function recordSeal(
  store: Pick<Store, 'database'>,
  sessionId: string,
  throughSeq: number,
  ofReadings = (connection: Connection, session: Buffer): ReadingsSeal => atOnce(readingsSeal(connection, session)),
): (RecordSeal & { readonly recordHash: string }) | null {
  return store.database.read((connection) => {
    const session = idToBlob(sessionId, 'sessionId');
    const last = lastSealed(connection, session, throughSeq);
    if (last === null) return null;
    const seal = { throughSeq: last.seq, eventHash: last.hash.toString('hex'), ...ofReadings(connection, session) };
    return { ...seal, recordHash: recordHashOf(sessionId, seal) };
  });
}

function lastSealed(connection: Connection, session: Buffer, throughSeq: number): { readonly seq: number; readonly hash: Buffer } | null {
  const isThere = connection.prepare<[number]>('SELECT 1 FROM event_log WHERE seq = ?').get(throughSeq) !== undefined;
  if (!isThere) return null;
  const kinds = besideRecord.map((kind) => `'${kind}'`).join(', ');
  const statement = connection.prepare<[Buffer, number], { seq: number; hash: Buffer }>(
    `SELECT seq, hash FROM event_log WHERE session_id = ? AND seq <= ? AND kind NOT IN (${kinds}) ORDER BY seq DESC LIMIT 1`,
  );
  return statement.get(session, throughSeq) ?? null;
}

/**
 * The hash that is shown, printed and signed: SHA-256 over these lines, each ended by a line feed:
 *
 *     vigil-record-1, the session's id, throughSeq, eventHash, readingRows, readingsHash
 */
export function recordHashOf(sessionId: string, seal: RecordSeal): string {
  const lines = ['vigil-record-1', sessionId, seal.throughSeq, seal.eventHash, seal.readingRows, seal.readingsHash];
  return digest('sha256', lines.map((line) => `${line}\n`).join(''), 'hex');
}

/** As an element of the array that is hashed: the first two are put in by stream, the notes by their number. */
const elements = ['stream', 'NULL', 'at_s', 'part', 'offset_min', 'mono_ms', 'device_lag_s', ...valueColumns, 'notes', 'extra'];
const notesElement = elements.indexOf('notes');
const placesPerSecond = 65_536;

export type ReadingsSeal = Pick<RecordSeal, 'readingRows' | 'readingsHash'>;

/**
 * SHA-256 over the session's readings in their order: for each row a JSON array of the monitor's id, the boot, the
 * columns above, the text of its notes and its numbers, ended by a line feed.
 */
export function* readingsSeal(connection: Connection, sessionId: Buffer): Generator<void, ReadingsSeal> {
  const hashed = new HashedReadings(connection, sessionId);
  yield* hashed.advance();
  return hashed.seal();
}

/** The rows of a session in a stretch of places. */
const inStretch = 'place >= ? AND place < ? AND stream IN (SELECT stream FROM reading_stream WHERE session_id = ?)';

/**
 * The hash of a session's readings on its way: `advance` takes them in steps of ten minutes, as the rows are found by
 * time, and `seal` what is left. Of a session that goes on it is asked for again and again, and what was taken once is
 * not read again.
 */
export class HashedReadings {
  readonly #connection: Connection;
  readonly #sessionId: Buffer;
  readonly #hash = createHash('sha256');
  /** What was taken, and the second that it ends before. */
  #readingRows = 0;
  #untilS = 0;

  constructor(connection: Connection, sessionId: Buffer) {
    this.#connection = connection;
    this.#sessionId = sessionId;
  }

  /** Takes the steps that end by a second; all of them where none is given. */
  *advance(endS = Number.POSITIVE_INFINITY): Generator<void> {
    const lines = this.#createLines();
    for (const fromS of this.#stepsLeft()) {
      const untilS = fromS + windowS;
      if (untilS > endS) return;
      const step = lines(fromS, untilS);
      this.#hash.update(step.text);
      this.#readingRows += step.rows;
      this.#untilS = untilS;
      yield;
    }
  }

  /** Whether what was taken is what stands there: after the clock was set back, more is written into an earlier second. */
  get holds(): boolean {
    const count = this.#connection.prepare<[number, number, Buffer], number>(`SELECT count(*) FROM reading WHERE ${inStretch}`).pluck();
    return count.get(0, this.#untilS * placesPerSecond, this.#sessionId) === this.#readingRows;
  }

  /** Of everything that stands there now. It can be advanced and asked again. */
  seal(): ReadingsSeal {
    const [hash, lines] = [this.#hash.copy(), this.#createLines()];
    let readingRows = this.#readingRows;
    for (const fromS of this.#stepsLeft()) {
      const step = lines(fromS, fromS + windowS);
      hash.update(step.text);
      readingRows += step.rows;
    }
    return { readingRows, readingsHash: hash.digest('hex') };
  }

  #stepsLeft(): number[] {
    return hoursOf(this.#connection, this.#sessionId)
      .flatMap(stepsOfHour)
      .filter((fromS) => fromS >= this.#untilS);
  }

  /** Reads the lines of a stretch of seconds. */
  #createLines(): (fromS: number, untilS: number) => { readonly text: string; readonly rows: number } {
    const [connection, sessionId] = [this.#connection, this.#sessionId];
    const streams = streamsOf(connection, sessionId);
    const textOf = createNotesText(connection);
    const select = `SELECT ${elements.join(', ')} FROM reading WHERE ${inStretch} ORDER BY place`;
    const rows = connection.prepare<[number, number, Buffer], unknown[]>(select).raw();
    return (fromS, untilS) => {
      const lines: string[] = [];
      for (const row of rows.all(fromS * placesPerSecond, untilS * placesPerSecond, sessionId)) {
        const stream = streams.get(row[0]);
        if (stream === undefined) continue;
        row[0] = stream.monitorId;
        row[1] = stream.bootId;
        row[notesElement] = textOf(row[notesElement]);
        lines.push(JSON.stringify(row), '\n');
      }
      return { text: lines.join(''), rows: lines.length / 2 };
    };
  }
}

function stepsOfHour(hour: number): number[] {
  return Array.from({ length: hourS / windowS }, (_, step) => hour * hourS + step * windowS);
}

function streamsOf(
  connection: Connection,
  sessionId: Buffer,
): ReadonlyMap<unknown, { readonly monitorId: string; readonly bootId: string }> {
  const sql = 'SELECT stream, monitor_id, boot_id FROM reading_stream WHERE session_id = ?';
  const streams = connection.prepare<[Buffer], { stream: number; monitor_id: Buffer; boot_id: string }>(sql).all(sessionId);
  return new Map(streams.map(({ stream, monitor_id, boot_id }) => [stream, { monitorId: blobToId(monitor_id), bootId: boot_id }]));
}

function hoursOf(connection: Connection, sessionId: Buffer): number[] {
  const hours = 'SELECT DISTINCT hour FROM reading_stream JOIN reading_hour USING (stream) WHERE session_id = ? ORDER BY hour';
  return connection.prepare<[Buffer], number>(hours).pluck().all(sessionId);
}

/** The text of notes by their number; null where there is none. */
function createNotesText(connection: Connection): (notes: unknown) => string | null {
  const text = connection.prepare<[unknown], string>('SELECT text FROM reading_notes WHERE notes = ?').pluck();
  const known = new Map<unknown, string | null>();
  return (notes) => {
    if (!known.has(notes)) known.set(notes, text.get(notes) ?? null);
    return known.get(notes) ?? null;
  };
}
