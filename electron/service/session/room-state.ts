import type { ProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { EventId, MonitorId, PatientId, SessionId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { RecordedEvent } from './session-event.ts';

export interface KnownPatient {
  readonly patientId: PatientId;
  readonly name: string;
  /** ISO date. */
  readonly birthDate: string;
  readonly recordNumber: string;
}

export interface ConfiguredMonitor {
  readonly monitorId: MonitorId;
  readonly name: string;
  readonly protocol: ProtocolId;
  readonly port: { readonly path: string; readonly stableId: string | null };
  readonly simulated: boolean;
}

/** One line per session: enough to list them and to find a patient's last visit without reading every event. */
export interface SessionLine {
  readonly sessionId: SessionId;
  readonly patientId: PatientId;
  readonly patientName: string;
  readonly birthDate: string;
  readonly protocolId: string;
  readonly protocolVersion: number;
  readonly course: { readonly number: number; readonly of: number } | null;
  readonly openedMs: UtcMs;
  readonly started: Happened<UtcMs> | null;
  readonly ended: Happened<UtcMs> | null;
  readonly weight: Happened<number> | null;
}

/** A fact with the event it rests on, so that undoing the event takes it back. */
export interface Happened<T> {
  readonly value: T;
  readonly eventId: EventId;
}

/** What the room knows between sessions: a fold over the whole log. People are folded in `staff/`. */
export interface RoomState {
  readonly setUp: { readonly roomName: string; readonly demo: boolean } | null;
  readonly patients: ReadonlyMap<PatientId, KnownPatient>;
  readonly monitors: ReadonlyMap<MonitorId, ConfiguredMonitor>;
  /** In the order of opening. */
  readonly sessions: ReadonlyMap<SessionId, SessionLine>;
  /** The last moment at which something was written: after a crash, where the gap begins. */
  readonly lastRecordedMs: UtcMs | null;
}

export const emptyRoomState: RoomState = {
  setUp: null,
  patients: new Map(),
  monitors: new Map(),
  sessions: new Map(),
  lastRecordedMs: null,
};

export function foldRoom(events: Iterable<RecordedEvent>, from: RoomState = emptyRoomState): RoomState {
  let state = from;
  for (const event of events) state = evolveRoom(state, event);
  return state;
}

export function evolveRoom(before: RoomState, event: RecordedEvent): RoomState {
  const state = { ...before, lastRecordedMs: event.recorded.utcMs };
  switch (event.kind) {
    case 'room-set-up':
      return { ...state, setUp: event.body };
    case 'patient-added':
      return { ...state, patients: new Map(state.patients).set(event.body.patientId, event.body) };
    case 'monitor-configured':
      return { ...state, monitors: new Map(state.monitors).set(event.body.monitorId, event.body) };
    case 'monitor-removed': {
      const monitors = new Map(state.monitors);
      monitors.delete(event.body.monitorId);
      return { ...state, monitors };
    }
    default:
      return { ...state, sessions: evolveSessions(state.sessions, event) };
  }
}

function evolveSessions(sessions: RoomState['sessions'], event: RecordedEvent): RoomState['sessions'] {
  if (event.sessionId === null) return sessions;
  if (event.kind === 'session-opened') {
    const line: SessionLine = {
      ...event.body,
      sessionId: event.sessionId,
      openedMs: event.occurred.utcMs,
      started: null,
      ended: null,
      weight: null,
    };
    return new Map(sessions).set(event.sessionId, line);
  }
  const line = sessions.get(event.sessionId);
  const change = line === undefined ? null : sessionLineChange(line, event);
  return line === undefined || change === null ? sessions : new Map(sessions).set(event.sessionId, { ...line, ...change });
}

function sessionLineChange(line: SessionLine, event: RecordedEvent): Partial<SessionLine> | null {
  switch (event.kind) {
    case 'weight-recorded':
      return { weight: { value: event.body.grams, eventId: event.eventId } };
    case 'dose-started':
      return { started: { value: event.occurred.utcMs, eventId: event.eventId } };
    case 'session-ended':
      return { ended: { value: event.occurred.utcMs, eventId: event.eventId } };
    case 'time-corrected':
      return withMoved(line, event.body.eventId, event.body.to.utcMs);
    case 'event-undone':
      return withoutFact(line, event.body.eventId);
    default:
      return null;
  }
}

function withMoved(line: SessionLine, eventId: EventId, toMs: UtcMs): Partial<SessionLine> | null {
  if (line.started?.eventId === eventId) return { started: { value: toMs, eventId } };
  if (line.ended?.eventId === eventId) return { ended: { value: toMs, eventId } };
  return null;
}

function withoutFact(line: SessionLine, eventId: EventId): Partial<SessionLine> | null {
  if (line.started?.eventId === eventId) return { started: null };
  if (line.ended?.eventId === eventId) return { ended: null };
  if (line.weight?.eventId === eventId) return { weight: null };
  return null;
}
