import { milestones } from '../../../../shared/clinical/milestone.ts';
import type { Refusal } from '../../../../shared/contract/contract-errors.ts';
import type { SessionCommand } from '../../../../shared/contract/session-commands.ts';
import type { Instant } from '../../../../shared/values/instant.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import type { SessionEvent } from '../events/session-event.ts';
import { sessionStatusOf } from '../questions/signed-state.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * When a command can be given. `open`: it is done to a patient or a pump that is here, and an ended session has neither.
 * `signed`: it is about a signature. `at-its-time`: also afterwards, about a moment of the session, which it names.
 * `any`: until the record is signed.
 */
export type When = 'open' | 'signed' | 'at-its-time' | 'any';

/** Why this cannot be recorded in a session that has ended or was signed; null where it can, or where it is open. */
export function afterEndRefusal(
  state: SessionState,
  command: SessionCommand,
  when: When,
  target: SessionEvent | null,
  now: Instant,
): Refusal | null {
  const status = sessionStatusOf(state);
  if (status === 'open') return null;
  if (status === 'signed') {
    if (when === 'signed') return null;
    const signed = state.signing.versions.at(-1);
    const author = signed?.signatures[0]?.name ?? 'somebody';
    const message = `This record was signed by ${author} as version ${signed?.version ?? 1}. Begin an amendment to change it.`;
    return { code: 'SESSION_SIGNED', message };
  }
  const endedMs = state.ended?.atMs ?? now.utcMs;
  const at = writtenMinute({ ...now, utcMs: endedMs });
  const undoesEnd = command.type === 'undo' && target?.kind === 'session-ended';
  if (status === 'amending' && undoesEnd) {
    return { code: 'SESSION_SIGNED', message: 'A signed session is not taken up again. Record what happened afterwards as a new one.' };
  }
  if (when === 'open') {
    const undo = status === 'ended' ? ' To go on with it, undo its end first.' : ' Record what was missed with its own time.';
    return { code: 'SESSION_ENDED', message: `This session ended at ${at}.${undo}` };
  }
  return when === 'at-its-time' ? lateEntryRefusal(command, endedMs, at) : null;
}

/**
 * An entry without a stated time gets that of its recording, at which the patient has left. So a time before the end is
 * asked for, but of milestones that come after it.
 */
function lateEntryRefusal(command: SessionCommand, endedMs: number, at: string): Refusal | null {
  const isAfterwards = command.type === 'reach-milestone' && milestones[command.milestone].stage === 'post';
  if (isAfterwards) return null;
  const stated = 'at' in command ? command.at : undefined;
  if (stated !== undefined && stated.utcMs <= endedMs) return null;
  const message = `This session ended at ${at}. Say when it happened: a time before that, with the reason it is entered late.`;
  return { code: 'SESSION_TIME_IMPOSSIBLE', message, subject: 'at' };
}
