import { milestones } from '../../../shared/clinical/milestone.ts';
import { allInRoom, clinical, roomRoles, sessionRoles, type RoomTask } from '../../../shared/contract/role-table.ts';
import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import type { Role } from '../../../shared/contract/board/people.ts';
import { maySecond, type SecondPersonAct, type SecondPersons } from '../../../shared/contract/second-persons.ts';
import type { SessionCommand } from '../../../shared/contract/session-commands.ts';
import type { SessionEvent } from '../session/events/session-event.ts';
import { isTherapistEntry } from '../session/events/event-words.ts';

/** The table of roles, enforced. */

const roleNames: Readonly<Record<Role, string>> = {
  nurse: 'a nurse',
  therapist: 'a therapist',
  prescriber: 'a prescriber',
  it: 'IT',
};

/**
 * Why this role may not do it, or null. `target` is the event an undo or a correction is about (null when there is
 * none, which the decision refuses by itself).
 */
export function roleRefusal(role: Role, command: SessionCommand, target: SessionEvent | null): Refusal | null {
  const allowed = sessionRoles[command.type] ?? [];
  if (!allowed.includes(role)) return notAllowed(role, allowed);
  if (role !== 'therapist') return null;
  if (command.type === 'reach-milestone' && milestones[command.milestone].seenBy !== 'therapist') return notAllowed(role, clinical);
  if ((command.type === 'undo' || command.type === 'correct-time') && target !== null && !isTherapistEntry(target)) {
    return notAllowed(role, clinical);
  }
  return null;
}

/** As `roleRefusal`, for what is not about a session. */
export function roomRoleRefusal(role: Role, task: RoomTask): Refusal | null {
  const allowed = roomRoles[task] ?? [];
  return allowed.includes(role) ? null : notAllowed(role, allowed);
}

/**
 * Why this role cannot be the second person of an act, or null. Whoever stands by works with patients; which of them may
 * sign for this act in particular is the clinic's choice, where the act is one that it chooses for.
 */
export function secondPersonRefusal(role: Role, act: SecondPersonAct | null, chosen: SecondPersons): Refusal | null {
  if (!allInRoom.includes(role)) {
    return { code: 'STAFF_NOT_ALLOWED', message: `A witness works with patients; this is not for ${roleNames[role]}.`, subject: 'witness' };
  }
  if (act === null || maySecond(chosen, act, role)) return null;
  const who = chosen[act].map((name) => roleNames[name]).join(' or ');
  return { code: 'STAFF_NOT_ALLOWED', message: `The second person here is ${who}, as this clinic has chosen.`, subject: 'witness' };
}

function notAllowed(role: Role, allowed: readonly Role[]): Refusal {
  const who = allowed.map((name) => roleNames[name]).join(' or ');
  return { code: 'STAFF_NOT_ALLOWED', message: `This is not for ${roleNames[role]} to record. Ask ${who} to sign in for it.` };
}
