import type { SessionId } from '../../../../shared/values/ids.ts';
import type { Connection, Statement } from '../connection.ts';
import type { Database } from '../database.ts';
import { mark } from '../event-log.ts';
import { blobToId, contentHash, hashOf, noHash, type EventRow } from '../event-row.ts';
import type { LogHole } from '../named-losses.ts';
import type { SavedSession } from './holes.ts';
import type { Value } from './page-cells.ts';
import type { RowRange, Survey } from './survey.ts';
import { coveringIndexes, type TableShape } from './table-shapes.ts';

/** Room and epochs, without which no hash of an event can be worked out again. */
export interface RoomIdentity {
  readonly roomId: Buffer;
  readonly epochs: readonly { readonly firstSeq: number; readonly epoch: Buffer; readonly cause: string }[];
}

/** What was written into the new database. */
export interface SavedRows {
  readonly events: number;
  readonly lastSeq: number;
  readonly holes: readonly LogHole[];
  readonly sessions: readonly SavedSession[];
  readonly readings: number;
  readonly waves: number;
  readonly checkpoints: number;
  /** Rows that are whole and say nothing any more, because what they belong to is lost. */
  readonly orphans: { readonly readings: readonly RowRange[]; readonly waves: readonly RowRange[] };
}

const rowsAtOnce = 20_000;

/** Writes the rows of a damaged database into a new one that has its tables, as they are. */
export class SavedRoomWriter {
  readonly #survey: Survey;
  readonly #database: Database;
  readonly #shapes: ReadonlyMap<string, TableShape>;

  constructor(survey: Survey, database: Database, shapes: readonly TableShape[]) {
    this.#survey = survey;
    this.#database = database;
    this.#shapes = new Map(shapes.map((shape) => [shape.name, shape]));
  }

  /** @param onShare told how much was written, 0 to 1 */
  write(identity: RoomIdentity, onShare: (share: number | null) => void): SavedRows {
    const { connection } = this.#database;
    this.#writeIdentity(identity);
    const small = coveringIndexes(connection, [...this.#shapes.values()]);
    for (const index of small) this.#insertAll(index.table.name, this.#survey.rowsWithIndex(index));
    const log = this.#writeEvents(identity, onShare);
    this.#insertAll('command', this.#reachedRows('command'));
    const checkpoints = this.#insertAll('checkpoint', this.#rowsUpTo('checkpoint', 1, log.lastSeq));
    const readings = this.#writeReadings(onShare);
    const waves = this.#writeWaves(onShare);
    return {
      ...log,
      checkpoints,
      readings: readings.count,
      waves: waves.count,
      orphans: { readings: readings.orphans, waves: waves.orphans },
    };
  }

  #writeIdentity({ roomId, epochs }: RoomIdentity): void {
    this.#insertAll('room', [[1, roomId]]);
    this.#insertAll(
      'epoch',
      epochs.map(({ firstSeq, epoch, cause }) => [firstSeq, epoch, cause]),
    );
  }

  #writeEvents(
    identity: RoomIdentity,
    onShare: (share: number | null) => void,
  ): Omit<SavedRows, 'readings' | 'waves' | 'checkpoints' | 'orphans'> {
    const insert = this.#inserting('event_log');
    const sessions = new Map<string, SavedSession>();
    const holes: LogHole[] = [];
    const boots = bootsIn(this.#database.connection);
    let before: EventRow | undefined;
    let events = 0;
    this.#inTurns(this.#survey.rows('event_log'), (values) => {
      const row = eventOf(values, boots);
      if (row === null) return;
      mark(row, before);
      const hole = holeBefore(row, before, identity);
      if (hole !== null) holes.push(hole);
      note(sessions, row);
      insert.run(...values.slice(0, -3), row.run_start, row.command_start, row.hash);
      before = row;
      events += 1;
      if (events % 1000 === 0) onShare(null);
    });
    return { events, lastSeq: before?.seq ?? 0, holes, sessions: [...sessions.values()] };
  }

  #writeReadings(onShare: (share: number | null) => void): { readonly count: number; readonly orphans: RowRange[] } {
    const { connection } = this.#database;
    const known = { streams: idsIn(connection, 'stream', 'reading_stream'), notes: idsIn(connection, 'notes', 'reading_notes') };
    const [streamAt, notesAt] = [1, (this.#shapes.get('reading')?.columns.length ?? 0) - 2];
    const hours = new Set<string>();
    const written = this.#writeIfKnown('reading', onShare, (values) => {
      const notes = values[notesAt] ?? null;
      if (!known.streams.has(values[streamAt]) || !(notes === null || known.notes.has(notes))) return false;
      hours.add(`${String(values[streamAt])} ${Math.floor(Number(values[0]) / placesPerHour)}`);
      return true;
    });
    this.#insertAll(
      'reading_hour',
      [...hours].map((hour) => hour.split(' ').map(Number)),
    );
    return written;
  }

  #writeWaves(onShare: (share: number | null) => void): { readonly count: number; readonly orphans: RowRange[] } {
    const streams = idsIn(this.#database.connection, 'stream', 'wave_stream');
    return this.#writeIfKnown('wave_block', onShare, (values) => streams.has(values[1]));
  }

  #writeIfKnown(
    table: 'reading' | 'wave_block',
    onShare: (share: number | null) => void,
    isKnown: (values: readonly Value[]) => boolean,
  ): { readonly count: number; readonly orphans: RowRange[] } {
    const insert = this.#inserting(table);
    const orphans: RowRange[] = [];
    let count = 0;
    this.#inTurns(this.#survey.rows(table), (values) => {
      const place = Number(values[0]);
      if (!isKnown(values)) {
        const last = orphans.at(-1);
        if (last !== undefined && place - last.through <= placesPerSecond)
          orphans[orphans.length - 1] = { from: last.from, through: place };
        else orphans.push({ from: place, through: place });
        return;
      }
      insert.run(...values);
      count += 1;
      if (count % 10_000 === 0) onShare(null);
    });
    return { count, orphans };
  }

  *#rowsUpTo(table: string, column: number, last: number): Generator<readonly Value[]> {
    for (const row of this.#survey.rows(table)) if (Number(row[column]) <= last) yield row;
  }

  *#reachedRows(table: string): Generator<readonly Value[]> {
    for (const { values } of this.#survey.reached(table).cells) if (values !== null) yield values;
  }

  #insertAll(table: string, rows: Iterable<readonly Value[]>): number {
    const insert = this.#inserting(table);
    let count = 0;
    this.#inTurns(rows, (row) => {
      insert.run(...row);
      count += 1;
    });
    return count;
  }

  #inserting(table: string): Statement<unknown[]> {
    const columns = this.#shapes.get(table)?.columns ?? [];
    const names = columns.map(({ name }) => name).join(', ');
    return this.#database.connection.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
  }

  /** In transactions of a bounded length. */
  #inTurns<Row>(rows: Iterable<Row>, take: (row: Row) => void): void {
    const iterator = rows[Symbol.iterator]();
    for (let isOver = false; !isOver;) {
      this.#database.write(() => {
        for (let count = 0; count < rowsAtOnce && !isOver; count += 1) {
          const next = iterator.next();
          if (next.done === true) isOver = true;
          else take(next.value);
        }
      });
    }
  }
}

export const placesPerSecond = 65_536;
const placesPerHour = placesPerSecond * 3600;

function bootsIn(connection: Connection): ReadonlyMap<number, string> {
  const rows = connection.prepare<[], readonly [number, string]>('SELECT boot, boot_id FROM boot').raw().all();
  return new Map(rows);
}

function idsIn(connection: Connection, column: string, table: string): ReadonlySet<unknown> {
  return new Set(connection.prepare<[], number>(`SELECT ${column} FROM ${table}`).pluck().all());
}

type WritableRow = { -readonly [Column in keyof EventRow]: EventRow[Column] };

/** Null where the boot of the event is lost, which its hash is over. */
export function eventOf(values: readonly Value[], boots: ReadonlyMap<number, string>): WritableRow | null {
  const boot_id = boots.get(Number(values[9]));
  if (boot_id === undefined) return null;
  const [seq, event_id, session_id, kind, occurred_ms, occurred_offset_min, recorded_ms, recorded_offset_min, mono_us] = values;
  const [actor, command_id, supersedes, body] = values.slice(10);
  const row = { seq, event_id, session_id, kind, occurred_ms, occurred_offset_min, recorded_ms, recorded_offset_min, mono_us };
  return { ...row, boot_id, actor, command_id, supersedes, body, run_start: 0, command_start: 0, hash: values.at(-1) } as WritableRow;
}

function holeBefore(row: EventRow, before: EventRow | undefined, { roomId, epochs }: RoomIdentity): LogHole | null {
  const from = (before?.seq ?? 0) + 1;
  if (row.seq === from) return null;
  const epoch = epochs.findLast(({ firstSeq }) => firstSeq <= row.seq)?.epoch;
  if (epoch === undefined) return null;
  const after = { hash: row.hash.toString('hex'), content: contentHash({ roomId, epoch }, row).toString('hex') };
  return { from, through: row.seq - 1, before: (before?.hash ?? noHash).toString('hex'), after };
}

function note(sessions: Map<string, SavedSession>, { session_id, seq, kind, recorded_ms }: EventRow): void {
  if (session_id === null) return;
  const sessionId: SessionId = blobToId(session_id);
  const session = sessions.get(sessionId) ?? {
    sessionId,
    firstSeq: seq,
    lastSeq: seq,
    firstMs: recorded_ms,
    lastMs: recorded_ms,
    hasOpening: false,
    ended: false,
  };
  session.lastSeq = seq;
  session.lastMs = Math.max(session.lastMs, recorded_ms);
  if (kind === 'session-opened') session.hasOpening = true;
  if (kind === 'session-ended') session.ended = true;
  if (kind === 'event-undone') session.ended = false;
  sessions.set(sessionId, session);
}

/** Whether room and epochs are those of the record: the hash of an event behind another fits them. */
export function isIdentityOf(
  { roomId, epochs }: RoomIdentity,
  rows: Iterable<readonly Value[]>,
  boots: ReadonlyMap<number, string>,
): boolean {
  let before: EventRow | null = null;
  let compared = 0;
  for (const values of rows) {
    const row = eventOf(values, boots);
    if (row !== null && before !== null && row.seq === before.seq + 1) {
      const epoch = epochs.findLast(({ firstSeq }) => firstSeq <= row.seq)?.epoch;
      if (epoch === undefined || !hashOf({ prev: before.hash, roomId, epoch }, row).equals(row.hash)) return false;
      compared += 1;
      if (compared >= comparedMax) return true;
    }
    before = row;
  }
  return true;
}

const comparedMax = 50;
