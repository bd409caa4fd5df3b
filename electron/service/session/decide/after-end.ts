import { milestones } from '../../../../shared/clinical/milestone.ts';
import type { Refusal } from '../../../../shared/contract/contract-errors.ts';
import type { SessionCommand, SessionCommandType } from '../../../../shared/contract/session-commands.ts';
import type { Instant } from '../../../../shared/values/instant.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import type { SessionEvent } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * What may still be said about a session that has ended.
 *
 *     open ─► ended, unsigned ─► signed ─► amended ─► signed again
 *                 late entries     nothing   late entries
 */
export type Standing = 'open' | 'ended' | 'signed' | 'amending';

export function standingOf(state: SessionState): Standing {
  if (state.signing.amendment !== null) return 'amending';
  if (state.signing.versions.length > 0) return 'signed';
  return state.ended === null ? 'open' : 'ended';
}

/** These are done to a patient or a pump that is here; an ended session has neither. */
const onlyWhileOpen: ReadonlySet<SessionCommandType> = new Set<SessionCommandType>([
  'order-dose',
  'check-identity',
  'confirm-double-check',
  'order-injection',
  'order-devices',
  'order-lozenges',
  'give-injection',
  'give-device',
  'place-lozenge',
  'expel-lozenge',
  'change-bag',
  'record-remote-facts',
  'start-dose',
  'change-rate',
  'pause-dose',
  'resume-dose',
  'give-bolus',
  'change-bag',
  'order-injection',
  'order-devices',
  'order-lozenges',
  'give-injection',
  'give-device',
  'place-lozenge',
  'expel-lozenge',
  'record-remote-facts',
  'complete-dose',
  'stop-dose-early',
  'request-stop',
  'confirm-pump',
  'assess-discharge',
  'hand-over',
  'end-session',
]);
const onlySigned: ReadonlySet<SessionCommandType> = new Set<SessionCommandType>(['cosign-session', 'begin-amendment']);
/** Of what is said afterwards, these are about a moment of the session and name it. */
const namesItsTime: ReadonlySet<SessionCommandType> = new Set<SessionCommandType>([
  'record-weight',
  'enter-vitals',
  'give-drug',
  'open-rating',
  'mark-not-assessable',
  'confirm-criterion',
  'leave-against-advice',
  'record-escort',
]);

/** Why this cannot be recorded in a session that has ended or was signed; null where it can, or where it is open. */
export function afterEndRefusal(state: SessionState, command: SessionCommand, target: SessionEvent | null, now: Instant): Refusal | null {
  const standing = standingOf(state);
  if (standing === 'open') return null;
  if (standing === 'signed') {
    if (onlySigned.has(command.type)) return null;
    // Says itself who signed it.
    if (command.type === 'sign-session') return null;
    const signed = state.signing.versions.at(-1);
    const author = signed?.signatures[0]?.name ?? 'somebody';
    const message = `This record was signed by ${author} as version ${signed?.version ?? 1}. Begin an amendment to change it.`;
    return { code: 'SESSION_SIGNED', message };
  }
  const endedMs = state.ended?.atMs ?? now.utcMs;
  const at = writtenMinute({ ...now, utcMs: endedMs });
  const undoesEnd = command.type === 'undo' && target?.kind === 'session-ended';
  if (standing === 'amending' && undoesEnd) {
    return { code: 'SESSION_SIGNED', message: 'A signed session is not taken up again. Record what happened afterwards as a new one.' };
  }
  if (onlyWhileOpen.has(command.type)) {
    const undo = standing === 'ended' ? ' To go on with it, undo its end first.' : ' Record what was missed with its own time.';
    return { code: 'SESSION_ENDED', message: `This session ended at ${at}.${undo}` };
  }
  return lateEntryRefusal(command, endedMs, at);
}

/** Said afterwards without a time it would stand after the patient has left. */
function lateEntryRefusal(command: SessionCommand, endedMs: number, at: string): Refusal | null {
  const isAfterwards = command.type === 'reach-milestone' && milestones[command.milestone].stage === 'post';
  if (isAfterwards || !(namesItsTime.has(command.type) || command.type === 'reach-milestone')) return null;
  const stated = 'at' in command ? command.at : undefined;
  if (stated !== undefined && stated.utcMs <= endedMs) return null;
  const message = `This session ended at ${at}. Say when it happened: a time before that, with the reason it is entered late.`;
  return { code: 'SESSION_TIME_IMPOSSIBLE', message, subject: 'at' };
}
