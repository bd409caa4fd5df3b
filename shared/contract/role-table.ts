import { milestones, type MilestoneKey } from '../clinical/milestone.ts';
import type { Role } from './board/people.ts';
import type { SessionCommandType } from './session-commands.ts';

/**
 * Who may do what, as one table. The room service enforces it; the page reads it to know whose an act is, and whom to
 * ask. What no row names is denied.
 */

/** Whoever gives drugs and answers for it. */
export const clinical: readonly Role[] = ['nurse', 'prescriber'];
/** Whoever works with patients. */
export const allInRoom: readonly Role[] = ['nurse', 'therapist', 'prescriber'];

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
  'change-surroundings': allInRoom,
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
  'correct-administration': clinical,
  'correct-vitals': clinical,
  'correct-volume-left': clinical,
  'mark-artefact': clinical,
  'end-session': clinical,
  'confirm-criterion': clinical,
  'record-escort': clinical,
  'override-criterion': clinical,
  'assess-discharge': clinical,
  'leave-against-advice': clinical,
  'hand-over': clinical,
  'answer-rems': clinical,
  // Whoever rates a form whose cut needs it.
  'record-sex': allInRoom,
  'close-item': allInRoom,
  'sign-session': clinical,
  'cosign-session': allInRoom,
  'begin-amendment': allInRoom,
  'close-amendment': allInRoom,
};

export const roomTasks = [
  'read-protocols',
  'publish-protocol',
  'configure-monitor',
  'remove-monitor',
  'load-text-pack',
  'choose-formats',
  'choose-second-persons',
  'choose-privacy-cover',
  'keep-recovery-keys',
  'choose-pin-age',
  'leave-kiosk',
  'find-patient',
  'add-patient',
  'open-session',
  'read-records',
  'read-looks',
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
  'configure-monitor': ['it', 'nurse'],
  'remove-monitor': ['it', 'nurse'],
  'load-text-pack': ['it', 'nurse', 'prescriber'],
  'choose-formats': ['it', 'nurse', 'prescriber'],
  'choose-second-persons': ['it', 'nurse', 'prescriber'],
  'choose-privacy-cover': ['it', 'nurse', 'prescriber'],
  // With a second person: whoever holds such a key opens the whole record.
  'keep-recovery-keys': ['it', 'nurse', 'prescriber'],
  // Whoever answers for others in the room, and whoever keeps it.
  'choose-pin-age': ['it', 'prescriber'],
  // Behind it lies the computer.
  'leave-kiosk': ['it'],
  'find-patient': allInRoom,
  'add-patient': clinical,
  'open-session': clinical,
  'read-records': allInRoom,
  // Who answers for records, and who answers for privacy. IT is told record numbers, and no names of patients.
  'read-looks': ['prescriber', 'it'],
  'read-drug-log': clinical,
  'keep-drug-log': clinical,
  // Notes of conversations are a mental-health professional's (45 CFR 164.501); IT may switch them off, never read one.
  'write-private-notes': ['therapist', 'prescriber'],
  'configure-private-notes': ['prescriber', 'it'],
};

const makers: readonly Role[] = ['nurse', 'prescriber', 'it'];
const ranked: readonly Role[] = ['prescriber', 'it'];

/** Who makes whom, and gives them their first PIN. What else it takes for the ranks stands in `staff/makers.ts`. */
export const madeBy: Readonly<Record<Role, readonly Role[]>> = { nurse: makers, therapist: makers, prescriber: ranked, it: ranked };

/** Roles that answer for others: one of them is made by two people. */
export function isRank(role: Role): boolean {
  return ranked.includes(role);
}

/** What somebody is asked for: a task of the room, or as much of a command of the session as its role depends on. */
export type Asked =
  | { readonly task: RoomTask }
  | {
      readonly type: SessionCommandType;
      readonly milestone?: MilestoneKey;
      /** What is undone or moved is an entry that no therapist makes. */
      readonly ofClinical?: true;
    };

/** Whether this role does such a thing. */
export function isFor(role: Role, asked: Asked): boolean {
  if ('task' in asked) return roomRoles[asked.task].includes(role);
  const { type, milestone, ofClinical } = asked;
  if (!(sessionRoles[type] ?? []).includes(role)) return false;
  if (role !== 'therapist') return true;
  return ofClinical !== true && (type !== 'reach-milestone' || milestone === undefined || milestones[milestone].seenBy === 'therapist');
}
