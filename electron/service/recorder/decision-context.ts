import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import { secondPersonActOf } from '../../../shared/contract/second-persons.ts';
import type { PatientId, SessionId } from '../../../shared/values/ids.ts';
import { dayOf, type Instant } from '../../../shared/values/instant.ts';
import type { Clock, Ids } from '../platform/platform.ts';
import type { DecisionContext } from '../session/decide/decision.ts';
import type { RoomState } from '../session/room/room-state.ts';
import type { SessionState } from '../session/state/session-state.ts';
import { textPackHashes } from '../session/room/text-pack-state.ts';
import { namesIn } from '../staff/names.ts';
import type { Person, StaffDirectory } from '../staff/person.ts';
import { roleRefusal, secondPersonRefusal } from '../staff/roles.ts';
import type { SessionCache } from './session-cache.ts';

/** Where the recorder stands when a command comes in. */
export interface DecisionSources {
  readonly options: {
    readonly clock: Clock;
    readonly ids: Ids;
    readonly monitorLive: () => boolean;
    readonly evidence?: (state: SessionState) => Pick<DecisionContext, 'vitals' | 'seal'>;
  };
  readonly room: RoomState;
  readonly staff: StaffDirectory;
  readonly sessions: SessionCache;
  /** The session that is open in this room. */
  readonly openSessionId: SessionId | null;
}

/** Whose command it is: the person at the page, and who stands by. */
export interface Actors {
  readonly person: Person;
  readonly second: Person | null;
  readonly ownPinChecked: boolean;
}

/** Everything a decision about this session may know. Throws `RefusedError` where its protocol is not here. */
export function decisionContext({ person, second, ownPinChecked }: Actors, state: SessionState, around: DecisionSources): DecisionContext {
  const { options, room, staff } = around;
  const { clock, ids, monitorLive, evidence } = options;
  const { protocolId, protocolVersion } = state.opened;
  const protocol = room.protocols.find(protocolId, protocolVersion);
  if (protocol === null) {
    const message = `Version ${protocolVersion} of protocol ${protocolId} is not installed here.`;
    throw new RefusedError({ code: 'PROTOCOL_NOT_FOUND', message });
  }
  return {
    now: clock.now(),
    newId: () => ids.uuid(),
    protocol,
    monitorLive: monitorLive(),
    actor: { personId: person.personId, name: person.name, role: person.role },
    ownPinChecked,
    nameOf: namesIn(staff.people, state.log),
    formats: room.formats,
    ...evidence?.(state),
    secondPerson: second && { personId: second.personId, name: second.name, role: second.role },
    roleRefusal: (command, target) =>
      roleRefusal(person.role, command, target) ??
      (second && secondPersonRefusal(second.role, secondPersonActOf(command.type), room.secondPersons)),
    secondPersons: room.secondPersons,
    todayElsewhereUg: () => todayElsewhereUg(state, around.sessions, clock.now()),
    lastVisitGrams: lastSaid(around.sessions, state.opened.patientId, ({ weight }) => weight?.grams, state.sessionId),
    textPackHashes: textPackHashes(room.textPacks),
    otherSessionOpen: around.openSessionId !== null && around.openSessionId !== state.sessionId,
  };
}

/** Of this patient's other sessions that were opened on the same day, by the room's clock: of one that is over, on its day. */
function todayElsewhereUg(state: SessionState, sessions: SessionCache, now: Instant): number {
  const today = dayOf(state.ended === null ? now : { utcMs: state.openedMs, offsetMin: now.offsetMin });
  let ug = 0;
  for (const { sessionId, openedMs } of sessions.ofPatient(state.opened.patientId)) {
    if (sessionId === state.sessionId) continue;
    const day = dayOf({ utcMs: openedMs, offsetMin: now.offsetMin });
    if (day < today) break;
    // One of today that cannot be read stands in the way of an order: nobody knows what it gave.
    const other = day > today ? null : sessions.find(sessionId);
    if (other === null) continue;
    ug += deliveredUg(other.dose.timeline, now.utcMs);
  }
  return ug;
}

/** What was said last in a session of this patient that can be read, other than `except`; null where it was in none. */
export function lastSaid<T>(
  sessions: SessionCache,
  patientId: PatientId,
  pick: (state: SessionState) => T | null | undefined,
  except: SessionId | null = null,
): T | null {
  for (const { sessionId } of sessions.ofPatient(patientId)) {
    const state = sessionId === except ? null : sessions.readable(sessionId);
    const said = state === null ? null : pick(state);
    if (said !== null && said !== undefined) return said;
  }
  return null;
}
