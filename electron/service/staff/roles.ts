import type { MilestoneKey } from '../../../shared/clinical/milestone.ts';
import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import type { Role } from '../../../shared/contract/room-board.ts';
import type { SessionCommand, SessionCommandType } from '../../../shared/contract/session-commands.ts';
import type { SessionEvent, SessionEventKind } from '../session/session-event.ts';

/**
 * Who may do what, as one table. It is enforced in the room service; the page only spares people a useless tap.
 * What no row names is denied.
 */

const clinical: readonly Role[] = ['nurse', 'prescriber'];
const allInRoom: readonly Role[] = ['nurse', 'therapist', 'prescriber'];

export const sessionRoles: Readonly<Record<SessionCommandType, readonly Role[]>> = {
  'record-weight': clinical,
  'order-dose': clinical,
  'reach-milestone': allInRoom,
  'start-dose': clinical,
  'change-rate': clinical,
  'pause-dose': clinical,
  'resume-dose': clinical,
  'give-bolus': clinical,
  'change-bag': clinical,
  'order-injection': clinical,
  'order-devices': clinical,
  'order-lozenges': clinical,
  'give-injection': clinical,
  'give-device': clinical,
  'place-lozenge': clinical,
  'expel-lozenge': clinical,
  'check-identity': clinical,
  'confirm-double-check': clinical,
  'record-remote-facts': clinical,
  'complete-dose': clinical,
  'stop-dose-early': clinical,
  'open-rating': allInRoom,
  'answer-item': allInRoom,
  'finish-rating': allInRoom,
  'mark-not-assessable': allInRoom,
  'record-observation': allInRoom,
  'amend-observation': allInRoom,
  // Whoever sees it says so; what is given for it is the nurse's.
  'record-adverse-event': allInRoom,
  'update-adverse-event': allInRoom,
  'give-drug': clinical,
  'draw-controlled-drug': clinical,
  'waste-controlled-drug': clinical,
  'enter-vitals': clinical,
  'mark-slot-missed': allInRoom,
  'request-stop': allInRoom,
  'confirm-pump': clinical,
  undo: allInRoom,
  'correct-time': allInRoom,
  'end-session': clinical,
  'confirm-criterion': clinical,
  'record-escort': clinical,
  'override-criterion': clinical,
  'assess-discharge': clinical,
  'hand-over': clinical,
  'close-item': allInRoom,
  'sign-session': clinical,
  'cosign-session': allInRoom,
  'begin-amendment': allInRoom,
  'close-amendment': allInRoom,
};

export const roomTasks = [
  'read-protocols',
  'publish-protocol',
  'add-person',
  'configure-monitor',
  'remove-monitor',
  'load-text-pack',
  'choose-formats',
  'find-patient',
  'add-patient',
  'open-session',
  'read-records',
  'read-drug-log',
  'keep-drug-log',
  'write-private-notes',
  'configure-private-notes',
] as const;
export type RoomTask = (typeof roomTasks)[number];

export const roomRoles: Readonly<Record<RoomTask, readonly Role[]>> = {
  'read-protocols': ['nurse', 'therapist', 'prescriber', 'it'],
  // Who approves a protocol answers for its doses.
  'publish-protocol': ['prescriber'],
  'add-person': ['it', 'nurse', 'prescriber'],
  'configure-monitor': ['it', 'nurse'],
  'remove-monitor': ['it', 'nurse'],
  'load-text-pack': ['it', 'nurse', 'prescriber'],
  'choose-formats': ['it', 'nurse', 'prescriber'],
  'find-patient': allInRoom,
  'add-patient': clinical,
  'open-session': clinical,
  'read-records': allInRoom,
  'read-drug-log': clinical,
  'keep-drug-log': clinical,
  // Notes of conversations are a mental-health professional's (45 CFR 164.501); IT may switch them off, never read one.
  'write-private-notes': ['therapist', 'prescriber'],
  'configure-private-notes': ['prescriber', 'it'],
};

/** The milestones that are the therapist's to see. The others are the nurse's. */
export const therapistMilestones: readonly MilestoneKey[] = ['intention', 'onset', 'peak', 'emerging'];

/** What a therapist may undo or correct: the kinds of entry a therapist can make. */
const therapistKinds: readonly SessionEventKind[] = [
  'rating-opened',
  'item-answered',
  'rating-finished',
  'rating-not-assessable',
  'slot-missed',
  'observation-recorded',
  'observation-amended',
  'stop-requested',
  'adverse-event-recorded',
  'adverse-event-updated',
];

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
  if (command.type === 'reach-milestone' && !therapistMilestones.includes(command.milestone)) return notAllowed(role, clinical);
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

/** Why this role cannot be the second person of a clinical act; what else it takes is for the act to say. */
export function witnessRoleRefusal(role: Role): Refusal | null {
  if (allInRoom.includes(role)) return null;
  return { code: 'STAFF_NOT_ALLOWED', message: `A witness works with patients; this is not for ${roleNames[role]}.`, subject: 'witness' };
}

function isTherapistEntry(event: SessionEvent): boolean {
  if (event.kind === 'milestone-reached') return therapistMilestones.includes(event.body.milestone);
  return therapistKinds.includes(event.kind);
}

function notAllowed(role: Role, allowed: readonly Role[]): Refusal {
  const who = allowed.map((name) => roleNames[name]).join(' or ');
  return { code: 'STAFF_NOT_ALLOWED', message: `This is not for ${roleNames[role]} to record. Ask ${who} to sign in for it.` };
}
