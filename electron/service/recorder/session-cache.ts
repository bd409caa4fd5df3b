import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { PatientId, SessionId } from '../../../shared/values/ids.ts';
import { isSessionEvent, type RecordedEvent } from '../session/events/session-event.ts';
import { sessionFacts, type SessionFacts } from '../session/questions/session-facts.ts';
import { foldSession, type SessionState } from '../session/state/session-state.ts';
import type { DerivedRows } from '../store/derived-rows.ts';
import type { EventReader, SessionEntry } from '../store/event-reader.ts';
import { StoreError } from '../store/store-error.ts';
import { openSession } from './open-session.ts';

/** Folded sessions that are kept at hand, more than the home screen lists; the others are read again when asked for. */
const keptMax = 64;

/** A few hundred bytes each. */
const factsKeptMax = 4096;

export interface SessionLog {
  readonly events: EventReader;
  readonly derived: DerivedRows;
}

/**
 * The room's sessions, folded when somebody asks: a room of many years starts as fast as a new one. The facts of a
 * session that is over are kept on disk, too, so that a list after a start folds none that an earlier one has folded.
 */
export class SessionCache {
  readonly #log: () => SessionLog;
  readonly #facts = new Map<SessionId, SessionFacts>();
  readonly #folded = new Map<SessionId, SessionState>();

  constructor(log: () => SessionLog) {
    this.#log = log;
  }

  /** The last that were opened, newest first. */
  newest(max: number): readonly SessionEntry[] {
    return this.#log().events.newestSessions(max);
  }

  /** Newest first. */
  ofPatient(patientId: PatientId): readonly SessionEntry[] {
    return this.#log().events.sessionsOf(patientId);
  }

  /**
   * What lists need of a session, kept of far more sessions than their folds are. Null where the log of this one session
   * cannot be read: a list shows the others all the same.
   */
  facts(sessionId: SessionId): SessionFacts | null {
    const facts = this.#facts.get(sessionId) ?? this.#factsOnDisk(sessionId) ?? this.#workOut(sessionId);
    if (facts === null || this.#facts.has(sessionId)) return facts;
    const oldest = this.#facts.size >= factsKeptMax ? this.#facts.keys().next().value : undefined;
    if (oldest !== undefined) this.#facts.delete(oldest);
    this.#facts.set(sessionId, facts);
    return facts;
  }

  /** Gets the facts of these at hand, a session at each step. */
  *gatherFacts(sessionIds: Iterable<SessionId>): Generator<void> {
    for (const sessionId of sessionIds) {
      if (this.#facts.has(sessionId)) continue;
      this.facts(sessionId);
      yield;
    }
  }

  #factsOnDisk(sessionId: SessionId): SessionFacts | null {
    const { events, derived } = this.#log();
    return unlessDamaged(() => {
      const row = derived.find('session-facts', sessionId);
      return row !== null && events.isLastOf(sessionId, row.throughSeq) ? (JSON.parse(row.body) as SessionFacts) : null;
    });
  }

  #workOut(sessionId: SessionId): SessionFacts | null {
    const state = this.readable(sessionId);
    if (state === null) return null;
    const facts = sessionFacts(state);
    // Those of a session that still goes on are others with its next event.
    const throughSeq = state.ended === null ? undefined : state.log.at(-1)?.seq;
    if (throughSeq !== undefined) {
      this.#log().derived.put({ projection: 'session-facts', subject: sessionId, throughSeq, body: JSON.stringify(facts) });
    }
    return facts;
  }

  /** What its opening says, which can mostly be read where the rest of it cannot; null where there is none to be read. */
  opening(sessionId: SessionId): NonNullable<SessionEntry['opened']>['body'] | null {
    return this.#log().events.opening(sessionId)?.body ?? null;
  }

  /** As the log says it stands now; null where there is no such session. */
  find(sessionId: SessionId): SessionState | null {
    const kept = this.#folded.get(sessionId);
    if (kept !== undefined) return this.#keep(kept);
    return this.#keep(foldSession(this.#log().events.readSession(sessionId).filter(isSessionEvent)));
  }

  /** As `find`, and null where its log cannot be read. */
  readable(sessionId: SessionId): SessionState | null {
    return unlessDamaged(() => this.find(sessionId));
  }

  /** As `find`. Throws `RefusedError` where there is no such session. */
  require(sessionId: SessionId): SessionState {
    const state = this.find(sessionId);
    if (state !== null) return state;
    const message = 'There is no such session in this room. Open one first.';
    throw new RefusedError({ code: 'SESSION_NOT_FOUND', message, subject: sessionId });
  }

  /** The session that is open as a room starts. */
  findOpen(): SessionState | null {
    return openSession(this.#log().events, {
      find: (sessionId) => this.find(sessionId),
      readable: (sessionId) => this.readable(sessionId),
    });
  }

  /**
   * The session that is open once these events were taken, by the one that was open before: it stays the one until it
   * ends, whatever is entered in another.
   */
  openAfter(events: readonly RecordedEvent[], before: SessionState | null): SessionState | null {
    let open = before;
    for (const sessionId of new Set(events.filter(isSessionEvent).map((event) => event.sessionId))) {
      if (sessionId === null || (open !== null && open.sessionId !== sessionId)) continue;
      const state = this.find(sessionId);
      open = state?.ended === null ? state : null;
    }
    return open;
  }

  /** Folds what was just written into its session. */
  take(events: readonly RecordedEvent[]): void {
    const bySession = Map.groupBy(events.filter(isSessionEvent), (event) => event.sessionId);
    for (const [sessionId, added] of bySession) {
      if (sessionId === null) continue;
      this.#facts.delete(sessionId);
      const isOpening = added.some((event) => event.kind === 'session-opened');
      const before = this.#folded.get(sessionId);
      if (before !== undefined || isOpening) this.#keep(foldSession([...(before?.log ?? []), ...added]));
    }
  }

  #keep(state: SessionState | null): SessionState | null {
    if (state === null) return null;
    this.#folded.delete(state.sessionId);
    this.#folded.set(state.sessionId, state);
    const oldest = this.#folded.size > keptMax ? this.#folded.keys().next().value : undefined;
    if (oldest !== undefined) this.#folded.delete(oldest);
    return state;
  }
}

function unlessDamaged<Result>(read: () => Result | null): Result | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return null;
    throw error;
  }
}
