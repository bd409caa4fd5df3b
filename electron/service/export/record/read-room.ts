import { RefusedError } from '../../../../shared/contract/contract-errors.ts';
import type { PersonId, SessionId } from '../../../../shared/values/ids.ts';
import type { SessionEvent } from '../../session/events/session-event.ts';
import { foldRoom, type RoomState } from '../../session/room/room-state.ts';
import { foldSession } from '../../session/state/session-state.ts';
import { foldStaff, type StaffDirectory } from '../../staff/person.ts';
import type { RoomCopy } from '../../store/room-copy.ts';
import { sessionSource, type SessionSource } from './session-source.ts';

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

/** A session that is still open is told up to its last entry. Throws `RefusedError` where there is no such session, or its protocol is not installed. */
export function readSource(copy: RoomCopy, read: ReadRoom, sessionId: SessionId): SessionSource {
  const state = foldSession(read.sessions.get(sessionId) ?? []);
  if (state === null) throw new RefusedError({ code: 'SESSION_NOT_FOUND', message: `There is no session ${sessionId} in this room.` });
  const { room } = read;
  const from = { room, readings: copy.readings, recordHash: copy.recordHash, nameOf: nameIn(read) };
  return sessionSource(from, state, state.log.at(-1)?.recorded.utcMs ?? state.openedMs);
}
