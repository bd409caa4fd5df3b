import type { SessionId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { atOnce } from '../platform/in-turns.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { Connection } from '../store/connection.ts';
import { toStoreError } from '../store/database.ts';
import { idToBlob } from '../store/event-row.ts';
import { HashedReadings, type ReadingsSeal } from '../store/record-seal.ts';
import type { Store } from '../store/store.ts';
import { sessionReadings, type ReadVitals } from './session-readings.ts';

interface Looked {
  /** The last event of the session when it was looked at: with another, it may have been open in between. */
  readonly throughSeq: number;
  vitals: ReadVitals | null;
  seal: ReadingsSeal | null;
}

/** The hash of the session that goes on, as far as it was taken. */
interface Begun {
  readonly sessionId: SessionId;
  readonly connection: Connection;
  readonly hashed: HashedReadings;
}

/** Somebody reads a record, signs it and prints it; beside them somebody reads another. */
const keptMax = 2;
/** A second younger than this may still be on its way to the disk. */
const settledMs = 60_000;

/**
 * What a record needs of what the monitors said: the readings of sessions that are over, and the hash of any session's.
 * To read three hours of two monitors takes a tenth of a second, in the thread that records: `gather` does it in steps
 * of ten minutes, and it is kept of the sessions that were looked at last. Of the session that goes on, the hash is kept
 * as far as its minutes are past. What is asked for without being gathered is read at once.
 */
export class RecordReadings {
  readonly #store: () => Pick<Store, 'readings' | 'database'>;
  readonly #looked = new Map<SessionId, Looked>();
  #begun: Begun | null = null;

  constructor(store: () => Pick<Store, 'readings' | 'database'>) {
    this.#store = store;
  }

  *gather(state: SessionState, nowMs: UtcMs): Generator<void> {
    if (state.ended === null) yield* this.#hash(state, (hashed) => hashed.advance((nowMs - settledMs) / 1000));
    else {
      yield* this.#vitalsOf(state);
      yield* this.#sealOf(state);
    }
  }

  vitals(state: SessionState): ReadVitals {
    return atOnce(this.#vitalsOf(state));
  }

  seal(state: SessionState): ReadingsSeal {
    return atOnce(this.#sealOf(state));
  }

  *#vitalsOf(state: SessionState): Generator<void, ReadVitals> {
    const looked = this.#lookedAt(state);
    if (looked.vitals !== null) return looked.vitals;
    looked.vitals = (yield* sessionReadings(this.#store().readings, state.sessionId, state.openedMs)).vitals;
    return looked.vitals;
  }

  *#sealOf(state: SessionState): Generator<void, ReadingsSeal> {
    const looked = this.#lookedAt(state);
    looked.seal ??= yield* this.#hash(state, function* (hashed) {
      if (state.ended !== null) yield* hashed.advance();
      return hashed.seal();
    });
    return looked.seal;
  }

  *#hash<Result>(state: SessionState, work: (hashed: HashedReadings) => Generator<void, Result>): Generator<void, Result> {
    const { connection, file } = this.#store().database;
    try {
      return yield* work(this.#hashedOf(state, connection));
    } catch (error) {
      throw toStoreError(error, file);
    }
  }

  /** What was begun of the session that goes on, where it still holds and the file was not opened again meanwhile. */
  #hashedOf({ sessionId, ended }: SessionState, connection: Connection): HashedReadings {
    const begun = this.#begun;
    if (begun?.sessionId === sessionId && begun.connection === connection && begun.hashed.holds) return begun.hashed;
    const hashed = new HashedReadings(connection, idToBlob(sessionId, 'sessionId'));
    if (ended === null) this.#begun = { sessionId, connection, hashed };
    return hashed;
  }

  /** Of a session that goes on nothing is kept but its hash. */
  #lookedAt({ sessionId, ended, log }: SessionState): Looked {
    const throughSeq = log.at(-1)?.seq ?? 0;
    const before = this.#looked.get(sessionId);
    this.#looked.delete(sessionId);
    const looked = before?.throughSeq === throughSeq ? before : { throughSeq, vitals: null, seal: null };
    if (ended !== null) this.#looked.set(sessionId, looked);
    const oldest = this.#looked.size > keptMax ? this.#looked.keys().next().value : undefined;
    if (oldest !== undefined) this.#looked.delete(oldest);
    return looked;
  }
}
