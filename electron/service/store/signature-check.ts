import { isBesideRecord } from '../session/events/events-beside-record.ts';
import { sessionEventBodies } from '../session/events/session-event.ts';
import { atOnce } from '../platform/in-turns.ts';
import type { Connection } from './connection.ts';
import { blobToId, type EventRow } from './event-row.ts';
import { readingsSeal, recordHashOf, type ReadingsSeal } from './record-seal.ts';

interface Followed {
  /** Of what a signature covers. */
  lastSeq: number;
  lastHash: string;
  /** Of the last signature; null before the first. */
  signed: { readonly version: number; readonly recordHash: string } | null;
  amending: boolean;
}

/** Beside a signed record these may be written: they sign it or open it. */
const besideSigned: ReadonlySet<string> = new Set(['session-cosigned', 'amendment-begun']);

export interface SignaturesToCheck {
  /** An event: later signatures are checked. */
  readonly signedAfter: number;
  /** A place: what was signed of a session that has readings behind it is checked, whenever it was. */
  readonly readAfter: number;
}

function sessionsWithReadings(connection: Connection, after: number): ReadonlySet<string> {
  const sql = 'SELECT DISTINCT session_id FROM reading_stream WHERE stream IN (SELECT DISTINCT stream FROM reading WHERE place > ?)';
  return new Set(
    connection
      .prepare<[number], Buffer>(sql)
      .pluck()
      .all(after)
      .map((id) => id.toString('hex')),
  );
}

/**
 * Proves each signature from the file alone: that it was given on the record as it stands in the chain and in the
 * readings, and that nothing was written into a signed record without an amendment. Fed every event in order.
 */
export class SignatureCheck {
  readonly #sessions = new Map<string, Followed>();
  readonly #readings: { readonly seq: number; readonly session: Buffer; readonly rows: number; readonly hash: string }[] = [];
  readonly #add: (seq: number, what: string) => void;
  readonly #setAside: ReadonlySet<string>;
  /** Signatures of sessions that a salvage set aside: what they were given on is not all there. */
  readonly unproved: number[] = [];

  /** @param setAside sessions of which entries or readings are lost, and named as lost */
  constructor(add: (seq: number, what: string) => void, setAside: ReadonlySet<string> = new Set()) {
    this.#add = add;
    this.#setAside = new Set([...setAside].map((sessionId) => sessionId.replaceAll('-', '')));
  }

  take(row: EventRow): void {
    if (row.session_id === null || isBesideRecord(row.kind)) return;
    const key = row.session_id.toString('hex');
    if (this.#setAside.has(key)) {
      if (row.kind === 'session-signed') this.unproved.push(row.seq);
      return;
    }
    const session = this.#sessions.get(key) ?? { lastSeq: 0, lastHash: '', signed: null, amending: false };
    this.#sessions.set(key, session);
    try {
      this.#follow(session, row, row.session_id);
    } catch {
      this.#add(row.seq, `event ${row.seq} is a signature that cannot be read`);
    }
    session.lastSeq = row.seq;
    session.lastHash = row.hash.toString('hex');
  }

  /**
   * The readings of every signed session, against what was signed.
   *
   * @param only signatures behind an event, and those of sessions that have readings behind a place; null: all
   * @param onShare told how many of the signatures were looked at, 0 to 1
   */
  checkReadings(connection: Connection, only: SignaturesToCheck | null, onShare: (share: number) => void): void {
    const withNew = only === null ? null : sessionsWithReadings(connection, only.readAfter);
    const known = new Map<string, ReadingsSeal>();
    for (const [index, { seq, session, rows, hash }] of this.#readings.entries()) {
      onShare(index / this.#readings.length);
      const key = session.toString('hex');
      if (only !== null && seq <= only.signedAfter && withNew?.has(key) !== true) continue;
      const found = known.get(key) ?? atOnce(readingsSeal(connection, session));
      known.set(key, found);
      if (found.readingRows === rows && found.readingsHash === hash) continue;
      this.#add(seq, `the readings of the session are not those that were signed with event ${seq}`);
    }
  }

  #follow(session: Followed, row: EventRow, sessionId: Buffer): void {
    const { seq, kind } = row;
    if (session.signed !== null && !session.amending && !besideSigned.has(kind)) {
      this.#add(seq, `event ${seq} changes a record that was signed as version ${session.signed.version}, without an amendment`);
    }
    if (kind === 'amendment-begun') session.amending = true;
    if (kind === 'amendment-closed') session.amending = false;
    if (kind === 'session-cosigned') {
      const { recordHash } = sessionEventBodies['session-cosigned'].parse(JSON.parse(row.body));
      if (recordHash !== session.signed?.recordHash) this.#add(seq, `event ${seq} co-signs a record that nobody signed`);
    }
    if (kind !== 'session-signed') return;
    const { version, recordHash, seal } = sessionEventBodies['session-signed'].parse(JSON.parse(row.body));
    if (seal.throughSeq !== session.lastSeq || seal.eventHash !== session.lastHash) {
      this.#add(seq, `event ${seq} signs a record that ends with event ${seal.throughSeq}; it ended with event ${session.lastSeq}`);
    }
    if (recordHashOf(blobToId(sessionId), seal) !== recordHash) this.#add(seq, `event ${seq} signs another record than the one it names`);
    const expected = (session.signed?.version ?? 0) + 1;
    if (version !== expected) this.#add(seq, `event ${seq} signs version ${version}, where version ${expected} is next`);
    session.signed = { version, recordHash };
    session.amending = false;
    this.#readings.push({ seq, session: sessionId, rows: seal.readingRows, hash: seal.readingsHash });
  }
}
