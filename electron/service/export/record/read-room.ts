import { RefusedError } from '../../../../shared/contract/contract-errors.ts';
import { idSchema, type SessionId } from '../../../../shared/values/ids.ts';
import { atOnce } from '../../platform/in-turns.ts';
import { sessionReadings, type ReadVitals } from '../../projection/session-readings.ts';
import { isSessionEvent, type SessionEvent } from '../../session/events/session-event.ts';
import { foldRoom, type RoomState } from '../../session/room/room-state.ts';
import { foldSession, type SessionState } from '../../session/state/session-state.ts';
import { foldStaff, type StaffDirectory } from '../../staff/person.ts';
import type { RoomCopy } from '../../store/room-copy.ts';
import { sessionSource, type SessionSource } from './session-source.ts';

/** What a room knows beside its sessions, read from its files. */
export interface ReadRoom {
  readonly room: RoomState;
  readonly staff: StaffDirectory;
}

export function readRoom({ events }: RoomCopy): ReadRoom {
  const ofRoom = events.readRoom();
  return { room: foldRoom(ofRoom), staff: foldStaff(ofRoom) };
}

/** Oldest first; none where there is no such session. */
export function sessionLog({ events }: RoomCopy, sessionId: SessionId): readonly SessionEvent[] {
  return events.readSession(sessionId).filter(isSessionEvent);
}

/** A session that is still open is told up to its last entry. Throws `RefusedError` where there is no such session, or its protocol is not installed. */
export function readSource(copy: RoomCopy, read: ReadRoom, sessionId: SessionId): SessionSource {
  const state = idSchema.safeParse(sessionId).success ? foldSession(sessionLog(copy, sessionId)) : null;
  if (state === null) throw new RefusedError({ code: 'SESSION_NOT_FOUND', message: `There is no session ${sessionId} in this room.` });
  const { room } = read;
  const vitals = ({ openedMs }: SessionState): ReadVitals => atOnce(sessionReadings(copy.readings, sessionId, openedMs)).vitals;
  const from = {
    roomId: copy.roomId,
    room,
    readings: copy.readings,
    vitals,
    recordHash: copy.recordHash,
    proof: copy.proof,
    names: read.staff.people,
  };
  return sessionSource(from, state, state.log.at(-1)?.recorded.utcMs ?? state.openedMs);
}
