import { holdLimits } from '../../../shared/clinical/hold-limit.ts';
import type { ProtocolLibrary } from '../../../shared/clinical/protocol-library.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Patient, ProtocolSummary, SessionSummary } from '../../../shared/contract/room-contract.ts';
import type { RecordEntry, SigningView } from '../../../shared/contract/signing.ts';
import type { PatientId, SessionId } from '../../../shared/values/ids.ts';
import type { NameOf } from '../session/events/session-event.ts';
import type { Formats } from '../../../shared/values/formats.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { KnownPatient } from '../session/room/room-state.ts';
import { protocolOf } from '../session/questions/session-protocol.ts';
import type { ReadVitals } from './session-readings.ts';
import type { SessionFacts } from '../session/questions/session-facts.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { SessionEntry } from '../store/event-reader.ts';
import { recordHistory } from './record-history.ts';
import { sessionView } from './session-view.ts';
import { sessionSigning } from './session-signing.ts';

/** Where the records are read from. The recorder's folds come as functions: they are always the newest. */
export interface RecordSources {
  readonly patients: () => ReadonlyMap<PatientId, KnownPatient>;
  readonly find: (sessionId: SessionId) => SessionState | null;
  /** What the monitors said in a session. */
  readonly vitals: (state: SessionState) => ReadVitals;
  readonly facts: (sessionId: SessionId) => SessionFacts | null;
  /** Gets the facts of these at hand, one at each step. */
  readonly gatherFacts: (sessionIds: Iterable<SessionId>) => Generator<void>;
  /** The last that were opened, newest first. */
  readonly newest: (max: number) => readonly SessionEntry[];
  /** Newest first. */
  readonly ofPatient: (patientId: PatientId) => readonly SessionEntry[];
  readonly namesIn: (state: SessionState) => NameOf;
  readonly protocols: () => ProtocolLibrary;
  /** ISO date in the room. */
  readonly today: () => string;
  readonly nowMs: () => UtcMs;
  readonly offsetMin: () => number;
  readonly formats: () => Formats;
  /** Hash of the record as it stands. */
  readonly recordHash: (state: SessionState) => string | null;
  readonly privateMarksShown: () => boolean;
}

/** A session as it stands, with the protocol it goes by and what its monitors said. */
interface ReadSession {
  readonly state: SessionState;
  readonly protocol: Protocol;
  readonly vitals: ReadVitals;
}

/** Sessions on the home screen: today's, and enough of the days before to find one. */
const listedMax = 60;

/** Past and present sessions, and the patients they are of, as the screens ask for them. */
export class SessionRecords {
  readonly #from: RecordSources;

  constructor(sources: RecordSources) {
    this.#from = sources;
  }

  /** Does what `list` needs in short steps. */
  gatherList(): Generator<void> {
    return this.#from.gatherFacts(this.#from.newest(listedMax).map(({ sessionId }) => sessionId));
  }

  list(): readonly SessionSummary[] {
    const protocols = this.#from.protocols();
    return this.#from.newest(listedMax).map((entry) => {
      const facts = this.#from.facts(entry.sessionId);
      return facts === null ? unreadable(entry, protocols) : summaryOf(facts, protocols);
    });
  }

  record(sessionId: SessionId): { session: SessionView; read: ReadSession } {
    const read = this.#read(sessionId);
    const { state, protocol, vitals } = read;
    const session = sessionView(state, {
      protocol,
      ...vitals,
      offsetMin: this.#from.offsetMin(),
      formats: this.#from.formats(),
      nowMs: this.#from.nowMs(),
      monitorLive: false,
      privateMarksShown: this.#from.privateMarksShown(),
      nameOf: this.#from.namesIn(state),
    });
    return { session, read };
  }

  /** What a person sees before they sign. */
  signing(sessionId: SessionId): SigningView {
    const { state, protocol, vitals } = this.#read(sessionId);
    return sessionSigning(state, {
      protocol,
      vitals,
      offsetMin: this.#from.offsetMin(),
      recordHash: this.#from.recordHash(state),
      nameOf: this.#from.namesIn(state),
    });
  }

  #read(sessionId: SessionId): ReadSession {
    const state = this.find(sessionId);
    return { state, protocol: protocolOf(state, this.#from.protocols()), vitals: this.#from.vitals(state) };
  }

  /** Every entry with its versions. */
  history(sessionId: SessionId): RecordEntry[] {
    const state = this.find(sessionId);
    return recordHistory(state, this.#from.namesIn(state));
  }

  /** Throws `RefusedError` where there is no such session. */
  find(sessionId: SessionId): SessionState {
    const state = this.#from.find(sessionId);
    if (state === null) throw new RefusedError({ code: 'SESSION_NOT_FOUND', message: 'There is no such session in this room.' });
    return state;
  }

  /** By name, record number or birth date; every patient for an empty query. By name. */
  findPatients(query: string, max: number): Patient[] {
    return this.#matching(query, max).map(({ patientId }) => this.patient(patientId));
  }

  /** Does what `findPatients` needs in short steps. */
  *gatherPatients(query: string, max: number): Generator<void> {
    for (const { patientId } of this.#matching(query, max)) {
      this.patient(patientId);
      yield;
    }
  }

  #matching(query: string, max: number): readonly KnownPatient[] {
    const words = query.trim().toLowerCase().split(/\s+/);
    const found: KnownPatient[] = [];
    for (const patient of this.#from.patients().values()) {
      const text = `${patient.name} ${patient.recordNumber} ${patient.birthDate}`.toLowerCase();
      if (words.every((word) => text.includes(word))) keepFirst(found, patient, max);
    }
    return found;
  }

  patient(patientId: PatientId): Patient {
    const known = this.#from.patients().get(patientId);
    if (known === undefined) throw new RefusedError({ code: 'PATIENT_NOT_FOUND', message: 'This patient is not known in this room.' });
    const sessionIds = this.#from.ofPatient(patientId).map((entry) => entry.sessionId);
    // A session that is still open is not a last visit.
    const last = this.#lastEnded(sessionIds);
    return {
      ...known,
      lastVisit: last === null ? null : { atMs: last.openedMs, weightGrams: last.weightGrams },
      sessions: sessionIds.length,
    };
  }

  /** Looks at no more sessions than it must, of those that are given newest first. */
  #lastEnded(sessionIds: readonly SessionId[]): SessionFacts | null {
    for (const sessionId of sessionIds) {
      const facts = this.#from.facts(sessionId);
      if (facts !== null && facts.endedMs !== null) return facts;
    }
    return null;
  }

  /** What may be chosen for a session today: of each protocol the version in force. */
  protocols(): readonly ProtocolSummary[] {
    const library = this.#from.protocols();
    const offered = library.offered(this.#from.today());
    const [entry] = this.#from.newest(1);
    const newest = entry === undefined ? null : this.#from.facts(entry.sessionId);
    // A session that runs keeps its version, and its screens must find the figures of that one.
    const kept = newest?.endedMs === null ? library.find(newest.protocolId, newest.protocolVersion) : null;
    return (kept === null || offered.includes(kept) ? offered : [...offered, kept]).map(protocolSummary);
  }
}

const byName = new Intl.Collator();

/** Puts a patient in their place among the first `max` by name; of one name in the order in which they were added. */
function keepFirst(found: KnownPatient[], patient: KnownPatient, max: number): void {
  const last = found.at(-1);
  if (found.length >= max && last !== undefined && byName.compare(last.name, patient.name) <= 0) return;
  const place = found.findIndex(({ name }) => byName.compare(name, patient.name) > 0);
  found.splice(place === -1 ? found.length : place, 0, patient);
  if (found.length > max) found.pop();
}

function protocolSummary(protocol: Protocol): ProtocolSummary {
  const { id, version, name, status, route, summary, limits } = protocol;
  return { protocolId: id, version, name, status, route, holdLimits: [...holdLimits(limits)], summary };
}

function nameOfProtocol(
  { protocolId, protocolVersion }: Pick<SessionFacts, 'protocolId' | 'protocolVersion'>,
  protocols: ProtocolLibrary,
): string {
  return protocols.find(protocolId, protocolVersion)?.name ?? protocolId;
}

/** What its opening says, if it can be read, of a session whose log cannot be. */
function unreadable({ sessionId, openedMs, opened }: SessionEntry, protocols: ProtocolLibrary): SessionSummary {
  const said = opened?.body ?? null;
  return {
    sessionId,
    patientName: said?.patientName ?? null,
    birthDate: said?.birthDate ?? null,
    protocolName: said && nameOfProtocol(said, protocols),
    course: said?.course ?? null,
    openedMs,
    startedMs: null,
    endedMs: null,
    state: 'unreadable',
    signed: null,
  };
}

function summaryOf(facts: SessionFacts, protocols: ProtocolLibrary): SessionSummary {
  const { sessionId, patientName, birthDate, course, openedMs, startedMs, endedMs, signed } = facts;
  const protocolName = nameOfProtocol(facts, protocols);
  const state = endedMs === null ? 'open' : 'ended';
  return { sessionId, patientName, birthDate, protocolName, course, openedMs, startedMs, endedMs, state, signed };
}
