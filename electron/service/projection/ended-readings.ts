import type { SessionId } from '../../../shared/values/ids.ts';
import { atOnce } from '../platform/in-turns.ts';
import type { SessionState } from '../session/state/session-state.ts';
import { toStoreError } from '../store/database.ts';
import { idToBlob } from '../store/event-row.ts';
import { readingsSeal, type ReadingsSeal } from '../store/record-seal.ts';
import type { Store } from '../store/store.ts';
import { sessionReadings, type ReadVitals } from './session-readings.ts';

interface Looked {
  /** The last event of the session when it was looked at: with another, it may have been open in between. */
  readonly throughSeq: number;
  vitals: ReadVitals | null;
  seal: ReadingsSeal | null;
}

/** Somebody reads a record, signs it and prints it; beside them somebody reads another. */
const keptMax = 2;

/**
 * What the monitors said in sessions that are over, and its hash. To read three hours of two monitors takes a tenth of a
 * second, in the thread that records: `gather` does it in steps of ten minutes, and it is kept of the sessions that were
 * looked at last. What is asked for without is read at once.
 */
export class EndedReadings {
  readonly #store: () => Pick<Store, 'readings' | 'database'>;
  readonly #looked = new Map<SessionId, Looked>();

  constructor(store: () => Pick<Store, 'readings' | 'database'>) {
    this.#store = store;
  }

  /** Nothing of a session that still goes on: there will be more of it in a second. */
  *gather(state: SessionState): Generator<void> {
    if (state.ended === null) return;
    yield* this.#vitalsOf(state);
    yield* this.#sealOf(state);
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
    const { database } = this.#store();
    try {
      looked.seal ??= yield* readingsSeal(database.connection, idToBlob(state.sessionId, 'sessionId'));
    } catch (error) {
      throw toStoreError(error, database.file);
    }
    return looked.seal;
  }

  /** Of a session that goes on nothing is kept. */
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
