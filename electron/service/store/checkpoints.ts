import type { RecordedEvent } from '../session/events/session-event.ts';
import { checkpointText, entriesHash } from './checkpoint.ts';
import type { CheckpointKey } from './checkpoint-key.ts';
import type { Statement } from './connection.ts';
import type { Database } from './database.ts';
import { blobToId, idToBlob } from './event-row.ts';
import { StoreError } from './store-error.ts';

const eventsMax = 100;
export const checkpointEveryMs = 5 * 60_000;
/** A room that was signed for years before there were checkpoints gets those of its sessions little by little. */
const signaturesAtOnce = 20;

interface Unsigned {
  readonly seq: number;
  readonly session_id: Buffer | null;
}

/**
 * Signs where the log ends: after a hundred events, after five minutes with anything new, at the end of a session, at each
 * signature of a record, and when the room is closed. Never in the commit of an event: whoever waits for that one does not wait
 * for this one.
 */
export class Checkpoints {
  readonly #database: Database;
  readonly #openKey: () => CheckpointKey;
  #opened: CheckpointKey | null = null;
  readonly #insert: Statement<unknown[]>;
  /** The event with which the last checkpoint ends. */
  #through: number;
  #last: number;
  /** When the first event behind it was recorded, on the clock of the room; null: there is none. */
  #sinceMonoMs: number | null;
  #isUrgent = false;
  #signatures: Unsigned[];

  /** @param openKey asked only where something is signed: whoever reads a room, or makes one from a backup, makes no key */
  constructor(database: Database, openKey: () => CheckpointKey) {
    const { connection } = database;
    this.#database = database;
    this.#openKey = openKey;
    this.#insert = connection.prepare(
      'INSERT INTO checkpoint (seq, hash, at_ms, session_id, entries_hash, public_key, signature) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    const last = (table: string): number => connection.prepare<[], number>(`SELECT coalesce(max(seq), 0) FROM ${table}`).pluck().get() ?? 0;
    this.#through = last('checkpoint');
    this.#last = last('event_log');
    // Of an earlier start: as if it had waited for ever.
    this.#sinceMonoMs = this.#last > this.#through ? Number.NEGATIVE_INFINITY : null;
    const signed = `SELECT seq, session_id FROM event_log WHERE seq > ? AND kind = 'session-signed' ORDER BY seq`;
    this.#signatures = this.#unlessDamaged(() => connection.prepare<[number], Unsigned>(signed).all(this.#through)) ?? [];
  }

  get publicKey(): string {
    return this.#key().publicKey;
  }

  #key(): CheckpointKey {
    return (this.#opened ??= this.#openKey());
  }

  /** Whether the checkpoints from before were signed with another key: it was lost, or this is another computer. */
  get isNewKey(): boolean {
    const sql = 'SELECT public_key FROM checkpoint ORDER BY number DESC LIMIT 1';
    const before = this.#database.read((connection) => connection.prepare<[], Buffer>(sql).pluck().get());
    return before !== undefined && before.toString('hex') !== this.publicKey;
  }

  /** Events that are on disk. */
  take(events: readonly RecordedEvent[]): void {
    for (const { seq, kind, sessionId, monoMs } of events) {
      this.#last = seq;
      this.#sinceMonoMs ??= monoMs;
      if (kind === 'session-ended') this.#isUrgent = true;
      if (kind === 'session-signed' && sessionId !== null) this.#signatures.push({ seq, session_id: idToBlob(sessionId, 'sessionId') });
    }
  }

  isDue(monoMs: number): boolean {
    if (this.#signatures.length > 0 || this.#isUrgent) return true;
    return this.#sinceMonoMs !== null && (this.#last - this.#through >= eventsMax || monoMs - this.#sinceMonoMs >= checkpointEveryMs);
  }

  /**
   * Whether something of this run waits for longer than it may, as after the computer slept: it is signed before anything
   * follows it, so that what one checkpoint covers of one run never spans more than `checkpointEveryMs`.
   */
  isOverdue(monoMs: number): boolean {
    return this.#sinceMonoMs !== null && Number.isFinite(this.#sinceMonoMs) && monoMs - this.#sinceMonoMs >= checkpointEveryMs;
  }

  /** Signs what there is; on disk when it returns. Throws `StoreError` where the disk refuses, and then it is due still. */
  sign(nowMs: number): void {
    const signatures = this.#signatures.slice(0, signaturesAtOnce);
    const rest = this.#signatures.slice(signatures.length);
    // In order, so that a start finds what the one before did not come to behind its last checkpoint.
    const through = rest.length === 0 ? this.#last : (signatures.at(-1)?.seq ?? 0);
    const end = through > this.#through && signatures.at(-1)?.seq !== through ? [{ seq: through, session_id: null }] : [];
    if (signatures.length + end.length === 0) return;
    const rows = [...signatures, ...end].flatMap((unsigned) => this.#unlessDamaged(() => this.#rowOf(unsigned, nowMs)) ?? []);
    this.#database.write(() => {
      for (const row of rows) this.#insert.run(...row);
    });
    this.#signatures = rest;
    this.#through = through;
    if (rest.length > 0) return;
    this.#sinceMonoMs = null;
    this.#isUrgent = false;
  }

  /** The values of a row, in the order of the insert; null where there is no such event. */
  #rowOf({ seq, session_id }: Unsigned, nowMs: number): [unknown[]] | null {
    const { connection } = this.#database;
    const place = connection
      .prepare<[number], { hash: Buffer; epoch: Buffer; room_id: Buffer }>('SELECT hash, epoch, room_id FROM event WHERE seq = ?')
      .get(seq);
    if (place === undefined) return null;
    const entries_hash = session_id === null ? null : entriesHash(connection, session_id, seq);
    const row = { seq, hash: place.hash, at_ms: nowMs, session_id, entries_hash };
    const signature = this.#key().sign(checkpointText({ roomId: blobToId(place.room_id), epoch: blobToId(place.epoch) }, row));
    return [[seq, place.hash, nowMs, session_id, entries_hash, Buffer.from(this.publicKey, 'hex'), signature]];
  }

  /** A damaged page, of an old session most likely, keeps neither the room from opening nor the record from going on: verify names it. */
  #unlessDamaged<Result>(work: () => Result): Result | null {
    try {
      return this.#database.read(work);
    } catch (error) {
      if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return null;
      throw error;
    }
  }
}
