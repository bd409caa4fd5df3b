import type { CommandId, EventId, PatientId, PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import type { Statement } from './connection.ts';
import type { Database } from './database.ts';
import { blobToId, idToBlob, rowToEvent, sameId, type EventRow } from './event-row.ts';
import { isDrugSource, isOpening, isSignIn, openingPatient, signInPerson } from './migrations/0050-lookup.ts';
import { isLook, isOfRoom, lookPatient, lookPerson } from './migrations/0070-looks.ts';
import { namedLosses } from './named-losses.ts';
import { StoreError } from './store-error.ts';

export interface SessionEntry {
  readonly sessionId: SessionId;
  /** Of the event that opened it. */
  readonly seq: number;
  readonly openedMs: UtcMs;
  /** Null where it cannot be read: the others are found all the same. */
  readonly opened: RecordedEvent<'session-opened'> | null;
}

export type LooksSought = { readonly personId: PersonId } | { readonly patientId: PatientId } | { readonly all: true };

/** Rows as `EventRow`. */
export const selectEvents = 'SELECT event_log.*, boot.boot_id FROM event_log JOIN boot USING (boot)';

/** Left to choose, SQLite scans the whole log to save itself a sort of a few rows. */
function selectFrom(index: string): string {
  return `SELECT event_log.*, boot.boot_id FROM event_log INDEXED BY ${index} JOIN boot USING (boot)`;
}

/** Events are read this many at a time, so that no statement stays open between two of them and appends may go on. */
const pageLength = 500;
/** Fewer, because whoever waits between two of them works out the drug log in the same step. */
export const drugPageLength = 200;
/** Most runs are short: of an amendment, or of a command. */
const firstPageLength = 20;
/** As many refusals as lock a person out for the longest time. */
const refusalsPage = 15;

function drugSources(max: number): string {
  return `${selectFrom('event_drug')} WHERE ${isDrugSource} AND seq > ? ORDER BY seq LIMIT ${max}`;
}

/** The events of a room's record as its database holds them. Each is checked again as it is read. */
export class EventReader {
  readonly #database: Database;
  readonly #onPage: () => void;
  readonly #page: Statement<[afterSeq: number, throughSeq: number, limit: number], EventRow>;
  readonly #hash: Statement<[seq: number], Buffer>;
  /** Read when a session is. */
  #setAside: ReadonlySet<SessionId> | null = null;
  readonly #isLast: Statement<[sessionId: Buffer, seq: number, next: number, again: Buffer], number>;

  /** @param onPage told of every page of events that was read: reading a long log takes a while, and says so */
  constructor(database: Database, onPage: () => void = () => undefined) {
    this.#database = database;
    this.#onPage = onPage;
    this.#page = database.connection.prepare(`${selectEvents} WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`);
    this.#hash = database.connection.prepare<[number], Buffer>('SELECT hash FROM event_log WHERE seq = ?').pluck();
    // A later event of the session begins a run of its own, or stands next to this one.
    this.#isLast = database.connection
      .prepare<[Buffer, number, number, Buffer], number>(
        `SELECT NOT EXISTS (SELECT 1 FROM event_log INDEXED BY event_run WHERE run_start = 1 AND session_id = ? AND seq > ?)
          AND NOT EXISTS (SELECT 1 FROM event_log WHERE seq = ? AND session_id = ?)`,
      )
      .pluck();
  }

  /** Every event, oldest first, up to where the log ends now. Each is checked again as it is read. */
  *readAll({ afterSeq = 0 }: { readonly afterSeq?: number } = {}): Generator<RecordedEvent> {
    const through = this.#database.read((connection) =>
      connection.prepare<[], number | null>('SELECT max(seq) FROM event_log').pluck().get(),
    );
    for (const row of this.#rows(afterSeq, through ?? 0)) yield this.#event(row);
  }

  /**
   * The events of one session, oldest first. Throws `StoreError` for one that a salvage set aside: what is left of it would
   * be folded into something that never was.
   */
  readSession(sessionId: SessionId): RecordedEvent[] {
    if (this.isSetAside(sessionId)) throw this.#lacking(sessionId);
    return this.readEntries(sessionId);
  }

  /** As `readSession`, also of a session that was set aside: entries one by one, which nothing may be worked out from. */
  readEntries(sessionId: SessionId): RecordedEvent[] {
    return this.#readRuns('run', idToBlob(sessionId, 'sessionId'));
  }

  /** Whether entries or readings of a session are lost, or may be, by what a salvage of the room named. */
  isSetAside(sessionId: SessionId): boolean {
    this.#setAside ??= this.#database.read((connection) => namedLosses(connection).setAside);
    return this.#setAside.has(sessionId);
  }

  /** What the room knows between sessions, oldest first: its events but those of starts, clocks, sign-ins, drugs and looks. */
  readRoom(): RecordedEvent[] {
    const sql = `${selectFrom('event_of_room')} WHERE ${isOfRoom} AND seq > ? ORDER BY seq LIMIT ${pageLength}`;
    return [...this.#pages(sql)].map((row) => this.#event(row));
  }

  /** What the controlled-drug log is worked out from, oldest first. */
  readDrugSources(): RecordedEvent[] {
    return [...this.#pages(drugSources(pageLength))].map((row) => this.#event(row));
  }

  /** As `readDrugSources`, those after an event, no more than a page of them; fewer than `drugPageLength` are the last. */
  readDrugPage(afterSeq: number): RecordedEvent[] {
    return this.#all(drugSources(drugPageLength), afterSeq).map((row) => this.#event(row));
  }

  /** The wrong PINs of a person since their last right one, oldest first. */
  readRefusals(personId: PersonId): RecordedEvent<'sign-in-refused'>[] {
    const sql = `${selectFrom('event_sign_in')} WHERE ${isSignIn} AND ${signInPerson} = ? AND seq < ? ORDER BY seq DESC LIMIT ${refusalsPage}`;
    const refusals: RecordedEvent<'sign-in-refused'>[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; ; before = refusals.at(-1)?.seq ?? 0) {
      const rows = this.#all(sql, personId, before);
      for (const row of rows) {
        const event = this.#event(row);
        if (event.kind !== 'sign-in-refused') return refusals.toReversed();
        refusals.push(event);
      }
      if (rows.length < refusalsPage) return refusals.toReversed();
    }
  }

  /** Who looked at what before an event, newest first, no more than `max`: by whom, at whose record, or all of it. */
  readLooks(of: LooksSought, before: number, max: number): RecordedEvent<'looked-at'>[] {
    const [index, whose, value] =
      'personId' in of
        ? (['event_look_person', `AND ${lookPerson} = ?`, [of.personId]] as const)
        : 'patientId' in of
          ? (['event_look_patient', `AND ${lookPatient} = ?`, [of.patientId]] as const)
          : (['event_look', '', []] as const);
    const sql = `${selectFrom(index)} WHERE ${isLook} ${whose} AND seq < ? ORDER BY seq DESC LIMIT ?`;
    return this.#all(sql, ...value, before, max).map((row) => {
      const event = this.#event(row);
      if (event.kind !== 'looked-at') throw this.#unreadable(row, 'it is no look');
      return event;
    });
  }

  /** What a command led to; empty where it was never carried out. */
  findCommand(commandId: CommandId): RecordedEvent[] {
    return this.#readRuns('command', idToBlob(commandId, 'commandId'));
  }

  /** What a command asked for, as it was appended; null for one from before that was kept. */
  findDigest(commandId: CommandId): Uint8Array | null {
    const find = 'SELECT digest FROM command WHERE command_id = ?';
    const id = idToBlob(commandId, 'commandId');
    return this.#database.read((connection) => connection.prepare<[Buffer], Buffer>(find).pluck().get(id)) ?? null;
  }

  findEvent(eventId: EventId): RecordedEvent | null {
    const blob = idToBlob(eventId, 'eventId');
    const [row] = this.#all(`${selectEvents} WHERE event_id = ?`, blob);
    return row === undefined ? null : this.#event(row);
  }

  /** The sessions in which anything was undone after an event. */
  sessionsUndoneIn(afterSeq: number): SessionId[] {
    const sql = `SELECT DISTINCT session_id FROM event_log INDEXED BY event_drug
      WHERE ${isDrugSource} AND kind = 'event-undone' AND session_id IS NOT NULL AND seq > ?`;
    return this.#database.read((connection) => connection.prepare<[number], Buffer>(sql).pluck().all(afterSeq)).map(blobToId);
  }

  /** The chain hash of an event; null where there is no such event. */
  hashOf(seq: number): Buffer | null {
    return this.#database.read(() => this.#hash.get(seq)) ?? null;
  }

  /** Whether the log has no event of a session after this one, which is of it. */
  isLastOf(sessionId: SessionId, seq: number): boolean {
    const id = idToBlob(sessionId, 'sessionId');
    return this.#database.read(() => this.#isLast.get(id, seq, seq + 1, id)) === 1;
  }

  /** Every session of which there is any event, in the order of their first. */
  sessionIds(): SessionId[] {
    const sql = `SELECT session_id FROM event_log INDEXED BY event_run WHERE run_start = 1 AND session_id IS NOT NULL
      GROUP BY session_id ORDER BY min(seq)`;
    return this.#database.read((connection) => connection.prepare<[], Buffer>(sql).pluck().all()).map(blobToId);
  }

  /** The last sessions that were opened, newest first. */
  newestSessions(max: number): SessionEntry[] {
    const sql = `${selectFrom('event_opening')} WHERE ${isOpening} ORDER BY seq DESC LIMIT ?`;
    return this.#all(sql, max).map((row) => this.#entry(row));
  }

  /** Every session of a patient, newest first. */
  sessionsOf(patientId: PatientId): SessionEntry[] {
    const sql = `${selectFrom('event_opening_patient')} WHERE ${isOpening} AND ${openingPatient} = ? ORDER BY seq DESC`;
    return this.#all(sql, patientId).map((row) => this.#entry(row));
  }

  /**
   * The event that opened a session, which can mostly be read where the rest of it cannot; null where there is no such
   * session, or it cannot be read.
   */
  opening(sessionId: SessionId): SessionEntry['opened'] {
    const sql = `${selectFrom('event_run')} WHERE run_start = 1 AND session_id = ? ORDER BY seq LIMIT 1`;
    const [row] = this.#all(sql, idToBlob(sessionId, 'sessionId'));
    return row === undefined ? null : this.#entry(row).opened;
  }

  #all(sql: string, ...values: readonly (string | number | Buffer)[]): EventRow[] {
    return this.#database.read((connection) => connection.prepare<unknown[], EventRow>(sql).all(...values));
  }

  #entry(row: EventRow): SessionEntry {
    if (row.session_id === null) throw this.#unreadable(row, 'it opens no session');
    return { sessionId: blobToId(row.session_id), seq: row.seq, openedMs: row.occurred_ms, opened: this.#openingIn(row) };
  }

  #openingIn(row: EventRow): SessionEntry['opened'] {
    try {
      const event = rowToEvent(row);
      return event.kind === 'session-opened' ? event : null;
    } catch {
      return null;
    }
  }

  /** @param sql of events after a `seq`, in order, a page of them */
  *#pages(sql: string): Generator<EventRow> {
    for (let after = 0; ;) {
      const rows = this.#all(sql, after);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageLength) return;
      this.#onPage();
      after = last.seq;
    }
  }

  /** The events of one session or command, which stand in the log as a few unbroken runs. */
  #readRuns(kind: 'run' | 'command', id: Buffer): RecordedEvent[] {
    const [flag, column, index] =
      kind === 'run' ? (['run_start', 'session_id', 'event_run'] as const) : (['command_start', 'command_id', 'event_command'] as const);
    const find = `SELECT seq FROM event_log INDEXED BY ${index} WHERE ${flag} = 1 AND ${column} = ? ORDER BY seq`;
    const starts = this.#database.read((connection) => connection.prepare<[Buffer], number>(find).pluck().all(id));
    const events: RecordedEvent[] = [];
    for (const start of starts) {
      for (const row of this.#rows(start - 1, Number.MAX_SAFE_INTEGER)) {
        if (row.seq > start && (row[flag] === 1 || !sameId(row[column], id))) break;
        events.push(this.#event(row));
      }
    }
    return events;
  }

  *#rows(afterSeq: number, throughSeq: number): Generator<EventRow> {
    let after = afterSeq;
    for (let length = firstPageLength; after < throughSeq; length = Math.min(pageLength, length * 8)) {
      const from = after;
      const rows = this.#database.read(() => this.#page.all(from, throughSeq, length));
      const last = rows.at(-1);
      if (last === undefined) return;
      this.#onPage();
      yield* rows;
      after = last.seq;
    }
  }

  #event(row: EventRow): RecordedEvent {
    try {
      return rowToEvent(row);
    } catch (error) {
      throw this.#unreadable(row, error instanceof Error ? error.message : String(error), error);
    }
  }

  #lacking(sessionId: SessionId): StoreError {
    const file = this.#database.file;
    const words = `Session ${sessionId} was set aside when ${file} was salvaged: entries or readings of it are lost, so that it cannot be read as a whole. "vigil export --session ${sessionId} --format entries" writes what is left.`;
    return new StoreError('STORE_CORRUPT', words, file);
  }

  #unreadable(row: EventRow, why: string, cause?: unknown): StoreError {
    const file = this.#database.file;
    return new StoreError('STORE_CORRUPT', `Event ${row.seq} (${row.kind}) in ${file} cannot be read: ${why}`, file, cause);
  }
}
