import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import { readSessionReadings } from '../projection/session-readings.ts';
import { sessionSection } from '../projection/session-section.ts';
import { lastOfRecord } from '../session/events/events-beside-record.ts';
import { foldRoom, type RoomState } from '../session/room/room-state.ts';
import type { SessionEvent } from '../session/events/session-event.ts';
import { foldSession, type SessionState } from '../session/state/session-state.ts';
import { foldStaff, type StaffDirectory } from '../staff/person.ts';
import type { RoomCopy } from '../store/room-copy.ts';
import type { RecordMaterial } from './record-material.ts';

/** A room read from its files: what it knows, and every session's events. */
export interface ReadRoom {
  readonly room: RoomState;
  readonly staff: StaffDirectory;
  /** In the order in which they were opened. */
  readonly sessions: ReadonlyMap<SessionId, readonly SessionEvent[]>;
}

export function readRoom(copy: RoomCopy): ReadRoom {
  const events = [...copy.events()];
  const sessions = new Map<SessionId, SessionEvent[]>();
  for (const event of events) {
    if (event.sessionId === null) continue;
    const log = sessions.get(event.sessionId);
    if (log === undefined) sessions.set(event.sessionId, [event as SessionEvent]);
    else log.push(event as SessionEvent);
  }
  return { room: foldRoom(events), staff: foldStaff(events), sessions };
}

export function nameIn({ staff }: ReadRoom): (personId: PersonId) => string | null {
  return (personId) => staff.people.get(personId)?.name ?? null;
}

/** The material of one session's record; the reason in words where it cannot be written. */
export function readMaterial(copy: RoomCopy, read: ReadRoom, sessionId: SessionId): RecordMaterial | { readonly reason: string } {
  const state: SessionState | null = foldSession(read.sessions.get(sessionId) ?? []);
  if (state === null) return { reason: `There is no session ${sessionId} in this room.` };
  const { protocolId, protocolVersion } = state.opened;
  const protocol = read.room.protocols.find(protocolId, protocolVersion);
  if (protocol === null)
    return { reason: `Version ${protocolVersion} of protocol ${protocolId}, which the session was run by, is not installed here.` };
  const readings = readSessionReadings(copy.readings, sessionId, state.openedMs);
  const nameOf = nameIn(read);
  const nowMs = state.log.at(-1)?.recorded.utcMs ?? state.openedMs;
  const section = sessionSection(state, { protocol, cuffs: readings.cuffs, nowMs, monitorLive: false, privateMarksShown: false, nameOf });
  return {
    state,
    section,
    trend: readings.trend.columns,
    protocol,
    room: { name: read.room.setUp?.roomName ?? '', demo: read.room.setUp?.demo ?? false, formats: read.room.formats },
    recordHash: copy.recordHash(sessionId, lastOfRecord(state.log)) ?? '',
    nowMs,
    nameOf,
  };
}
