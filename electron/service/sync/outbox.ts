import { heldBack, leaves, leavesWhole, nothingHeld, type HeldBack, type Leaving } from '../session/events/leaves.ts';
import { isSessionEvent, type RecordedEvent, type SessionEvent } from '../session/events/session-event.ts';
import type { Connection } from '../store/connection.ts';
import type { Database } from '../store/database.ts';
import { EventReader } from '../store/event-reader.ts';
import { blobToId, rowToEvent, type EventRow } from '../store/event-row.ts';
import { StoreError } from '../store/store-error.ts';
import type { OutgoingBatch, OutgoingEpoch, OutgoingRow, TakenBack } from './outgoing-row.ts';

/** A row of the view `event`. */
interface LoggedRow extends EventRow {
  readonly epoch: Buffer;
  readonly prev: Buffer;
}

/** Where the room's log ends; `seq` 0 and zeros while it is empty. */
export interface OutgoingHead {
  readonly roomId: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}

export interface BatchLimits {
  readonly rows: number;
  /** Of the bodies. One event alone may be more. */
  readonly bytes: number;
}

export const liveBatch: BatchLimits = { rows: 200, bytes: 256 * 1024 };

/** Events by which what left before them may have to be taken back. */
const takingKinds: ReadonlySet<string> = new Set(['text-moved-across', 'observation-amended']);

/**
 * What the log of a room gives to places outside it, in its order. For a thread beside the one that records, or a command
 * with a copy of the room: nothing of the record can be written through it, and no read of it outlives the call.
 */
export class Outbox {
  readonly #database: Database;
  readonly #events: EventReader;

  /** @param database a connection of its own (`openReader`), or a copy of the room (`openRoomCopy`); closed with the outbox */
  constructor(database: Database) {
    this.#database = database;
    this.#events = new EventReader(database);
  }

  close(): void {
    this.#database.close();
  }

  head(): OutgoingHead {
    return this.#reading((connection) => {
      const roomId = connection.prepare<[], Buffer>('SELECT room_id FROM room').pluck().get();
      const last = connection.prepare<[], LoggedRow>('SELECT * FROM event ORDER BY seq DESC LIMIT 1').get();
      const epoch = last?.epoch ?? connection.prepare<[], Buffer>('SELECT epoch FROM epoch ORDER BY first_seq DESC LIMIT 1').pluck().get();
      if (roomId === undefined || epoch === undefined) throw new StoreError('STORE_FAILED', 'The room has no id yet.', this.#database.file);
      return {
        roomId: blobToId(roomId),
        epoch: blobToId(epoch),
        seq: last?.seq ?? 0,
        hash: (last?.hash ?? Buffer.alloc(32)).toString('hex'),
      };
    });
  }

  /** The epoch and hash of an event; null where the log has no such number. */
  at(seq: number): Pick<OutgoingRow, 'epoch' | 'hash'> | null {
    const row = this.#reading((connection) => connection.prepare<[number], LoggedRow>('SELECT * FROM event WHERE seq = ?').get(seq));
    return row === undefined ? null : { epoch: blobToId(row.epoch), hash: row.hash.toString('hex') };
  }

  /** Oldest first. */
  epochs(): OutgoingEpoch[] {
    const sql = 'SELECT epoch, first_seq, cause FROM epoch ORDER BY first_seq';
    const rows = this.#reading((connection) =>
      connection.prepare<[], { epoch: Buffer; first_seq: number; cause: OutgoingEpoch['cause'] }>(sql).all(),
    );
    return rows.map(({ epoch, first_seq, cause }) => ({ epoch: blobToId(epoch), firstSeq: first_seq, cause }));
  }

  /** The events after a number, as many as fit. What leaves of each is judged by all that its session's log says now. */
  after(seq: number, limits: BatchLimits = liveBatch): OutgoingBatch {
    return this.#reading((connection) => {
      const rows = rowsAfter(connection, seq, limits);
      const logs = new SessionLogs(this.#events);
      return { rows: rows.map((row) => outgoingRow(row, logs)), takenBack: takenBackBy(rows, logs, this.#epochOf(connection)) };
    });
  }

  #epochOf(connection: Connection): (seq: number) => string {
    const epoch = connection
      .prepare<[number], Buffer>('SELECT epoch FROM epoch WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1')
      .pluck();
    return (seq) => blobToId(epoch.get(seq) ?? Buffer.alloc(16));
  }

  /** One moment of the log for everything that `work` reads, which is over when it returns: a read that stays open keeps the log from being taken into its file. */
  #reading<Result>(work: (connection: Connection) => Result): Result {
    return this.#database.read((connection) => {
      connection.exec('BEGIN');
      try {
        return work(connection);
      } finally {
        connection.exec('COMMIT');
      }
    });
  }
}

function rowsAfter(connection: Connection, seq: number, { rows, bytes }: BatchLimits): LoggedRow[] {
  const sizes = connection
    .prepare<[number, number], number>('SELECT octet_length(body) FROM event_log WHERE seq > ? ORDER BY seq LIMIT ?')
    .pluck()
    .all(seq, rows);
  let [count, sum] = [0, 0];
  for (const size of sizes) {
    sum += size;
    if (count > 0 && sum > bytes) break;
    count += 1;
  }
  return connection.prepare<[number, number], LoggedRow>('SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?').all(seq, count);
}

/** The logs of the sessions of one batch, each read once, where anything depends on it. */
class SessionLogs {
  readonly #events: EventReader;
  readonly #read = new Map<string, { readonly log: readonly SessionEvent[]; readonly held: HeldBack } | null>();

  constructor(events: EventReader) {
    this.#events = events;
  }

  /** null where a part of it cannot be read, so that nobody knows what of it was held back. */
  of(sessionId: string): { readonly log: readonly SessionEvent[]; readonly held: HeldBack } | null {
    const known = this.#read.get(sessionId);
    if (known !== undefined) return known;
    const read = this.#tryToRead(sessionId);
    this.#read.set(sessionId, read);
    return read;
  }

  #tryToRead(sessionId: string): { readonly log: readonly SessionEvent[]; readonly held: HeldBack } | null {
    try {
      const log = this.#events.readSession(sessionId).filter(isSessionEvent);
      return { log, held: heldBack(log) };
    } catch (error) {
      if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return null;
      throw error;
    }
  }
}

function outgoingRow(row: LoggedRow, logs: SessionLogs): OutgoingRow {
  const id = (blob: Buffer | null): string | null => (blob === null ? null : blobToId(blob));
  const leaving = leavesWhole(row.kind) ? null : judged(row, logs);
  const isExact = leaving === null || leaving.as === 'exact';
  return {
    epoch: blobToId(row.epoch),
    seq: row.seq,
    eventId: blobToId(row.event_id),
    sessionId: id(row.session_id),
    kind: row.kind,
    occurredMs: row.occurred_ms,
    occurredOffsetMin: row.occurred_offset_min,
    recordedMs: row.recorded_ms,
    recordedOffsetMin: row.recorded_offset_min,
    monoUs: row.mono_us,
    bootId: row.boot_id,
    actor: id(row.actor),
    commandId: id(row.command_id),
    supersedes: id(row.supersedes),
    body: isExact ? row.body : null,
    withheld: isExact ? null : leaving.because,
    redacted: leaving?.as === 'redacted' ? JSON.stringify(leaving.body) : null,
    prev: row.prev.toString('hex'),
    hash: row.hash.toString('hex'),
  };
}

/** One that cannot be read leaves nowhere, and keeps no other back. */
function judged(row: LoggedRow, logs: SessionLogs): Leaving {
  const unknown: Leaving = { as: 'withheld', because: 'unknown' };
  const event = eventIn(row);
  if (event === null) return unknown;
  if (event.sessionId === null) return leaves(event, nothingHeld);
  const session = logs.of(event.sessionId);
  return session === null ? unknown : leaves(event, session.held);
}

function eventIn(row: LoggedRow): RecordedEvent | null {
  try {
    return rowToEvent(row);
  } catch {
    return null;
  }
}

/** Of the sessions in which these rows take something back: what left otherwise as the log stood before them. */
function takenBackBy(rows: readonly LoggedRow[], logs: SessionLogs, epochOf: (seq: number) => string): TakenBack[] {
  const firstSeq = rows[0]?.seq ?? 0;
  const sessions = new Set(
    rows.flatMap(({ kind, session_id }) => (session_id !== null && takingKinds.has(kind) ? [blobToId(session_id)] : [])),
  );
  return [...sessions].flatMap((sessionId) => {
    const session = logs.of(sessionId);
    if (session === null) return [];
    const earlier = session.log.filter(({ seq }) => seq < firstSeq);
    const before = heldBack(earlier);
    return earlier.flatMap((event) => {
      const leaving = leaves(event, session.held);
      if (leaving.as === 'exact' || leaving.because === becauseOf(leaves(event, before))) return [];
      const redacted = leaving.as === 'redacted' ? JSON.stringify(leaving.body) : null;
      return [{ epoch: epochOf(event.seq), seq: event.seq, withheld: leaving.because, redacted }];
    });
  });
}

function becauseOf(leaving: Leaving): string | null {
  return leaving.as === 'exact' ? null : leaving.because;
}
