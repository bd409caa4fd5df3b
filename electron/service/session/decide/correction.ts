import type { EventId } from '../../../../shared/values/ids.ts';
import { timeImpossible } from '../state/clinical-time.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { eventLabel } from '../events/event-words.ts';
import { undoneEvents } from '../state/history.ts';
import { sessionEvents, type SessionEvent } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';
import { shown } from '../events/shown-event.ts';
import { signatureKinds } from '../state/signing-state.ts';

/** Nothing is taken out of the log: an undo and a correction are entries of their own, and the first one stays. */

export function decideUndo(state: SessionState, command: CommandOf<'undo'>, context: DecisionContext): Decision {
  const target = findTarget(state, command.eventId);
  if ('refusal' in target) return target;
  if (sessionEvents[target.kind].correctable === 'never') {
    return refuse(
      'SESSION_WRONG_STATE',
      `"${eventLabel(shown(target))}" was written by the room itself and stays in the record.`,
      target.eventId,
    );
  }
  if (signatureKinds.includes(target.kind)) {
    return refuse('SESSION_WRONG_STATE', 'A signature stays in the record. Begin an amendment and sign the next version.', target.eventId);
  }
  if (target.kind === 'session-opened') {
    return refuse(
      'SESSION_WRONG_STATE',
      'The opening of a session cannot be undone. End the session with a reason instead.',
      target.eventId,
    );
  }
  if (target.kind === 'event-undone') {
    return refuse('SESSION_WRONG_STATE', 'An undo stays in the record. Record the entry again, with its own time.', target.eventId);
  }
  if (target.kind === 'session-ended' && context.otherSessionOpen) {
    return refuse(
      'SESSION_ALREADY_OPEN',
      'Another session is open in this room. End that one before this one is taken up again.',
      target.eventId,
    );
  }
  return accept({
    kind: 'event-undone',
    body: withoutAbsent({ eventId: target.eventId, reason: command.reason }),
    supersedes: target.eventId,
  });
}

export function decideTimeCorrection(state: SessionState, command: CommandOf<'correct-time'>, context: DecisionContext): Decision {
  const target = findTarget(state, command.eventId);
  if ('refusal' in target) return target;
  if (sessionEvents[target.kind].correctable !== 'timed') {
    return refuse('SESSION_WRONG_STATE', `"${eventLabel(shown(target))}" has no time that can be corrected.`, target.eventId);
  }
  const of = target.kind === 'milestone-reached' && target.body.milestone === 'arrived' ? 'arrival' : 'anything';
  const impossible = timeImpossible(state, context.now, command.utcMs, of);
  if (impossible !== null) return { refusal: impossible };
  const to = { utcMs: command.utcMs, offsetMin: context.now.offsetMin };
  return accept({
    kind: 'time-corrected',
    body: { eventId: target.eventId, to, reason: command.reason },
    supersedes: target.eventId,
  });
}

/** The event as long as it holds. */
function findTarget(state: SessionState, eventId: EventId): SessionEvent | ReturnType<typeof refuse> {
  const target = state.log.find((event) => event.eventId === eventId);
  if (target === undefined) return refuse('SESSION_UNKNOWN_EVENT', 'This entry is not part of the session.', eventId);
  if (undoneEvents(state.log).has(eventId)) {
    return refuse('SESSION_WRONG_STATE', `"${eventLabel(shown(target))}" has been undone already.`, eventId);
  }
  return target;
}
