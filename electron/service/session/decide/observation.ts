import { saysSomething } from '../../../../shared/clinical/observation.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * An observation stands at the time its first key was pressed. Writing long is not entering late, so no reason is
 * asked for; and a page clock that runs a little ahead must not cost the therapist a sentence.
 */
export function decideObservation(state: SessionState, command: CommandOf<'record-observation'>, context: DecisionContext): Decision {
  if (!saysSomething(command)) {
    return refuse('OBSERVATION_EMPTY', 'There is nothing to record yet. Write something, or choose a chip.');
  }
  const begunAt = Math.min(command.begunAt, context.now.utcMs);
  const time = clinicalTime(state, context.now, { utcMs: begunAt, reason: 'time of the first key' });
  if ('refusal' in time) return time;
  return accept({
    kind: 'observation-recorded',
    body: withoutAbsent({ ...contentOf(command), lateReason: command.lateReason }),
    ...occurredAt(time),
  });
}

/** Only its author can change the words of an observation, because it carries their name. Everybody may correct its time. */
export function decideAmendment(state: SessionState, command: CommandOf<'amend-observation'>, context: DecisionContext): Decision {
  const observation = state.observations.find((entry) => entry.eventId === command.eventId);
  if (observation === undefined) {
    return refuse('SESSION_UNKNOWN_EVENT', 'This observation is not in the session, or has been undone. Write a new one.', command.eventId);
  }
  const { actor } = observation;
  if (actor === 'service' || actor.personId !== context.actor.personId) {
    return refuse('STAFF_NOT_ALLOWED', 'Only its author amends an observation. Write one of your own beside it.', command.eventId);
  }
  if (!saysSomething(command)) {
    return refuse('OBSERVATION_EMPTY', 'There would be nothing left of this observation. Undo it instead, with a reason.', command.eventId);
  }
  return accept({
    kind: 'observation-amended',
    body: { eventId: command.eventId, ...contentOf(command), reason: command.reason },
    supersedes: command.eventId,
  });
}

type Content = Pick<CommandOf<'record-observation'>, 'text' | 'chips' | 'details'>;

/** As it is stored: no details where none were given. */
function contentOf({ text, chips, details }: Content) {
  const given = details === undefined ? {} : withoutAbsent(details);
  return withoutAbsent({ text, chips, details: Object.keys(given).length === 0 ? undefined : given });
}

export function decideStopRequest(): Decision {
  return accept({ kind: 'stop-requested', body: {} });
}

export function decideSurroundings(
  state: SessionState,
  { what, at }: CommandOf<'change-surroundings'>,
  context: DecisionContext,
): Decision {
  const time = clinicalTime(state, context.now, at);
  if ('refusal' in time) return time;
  const body = withoutAbsent({ what, lateReason: time.lateReason });
  return accept({ kind: 'surroundings-changed', body, ...occurredAt(time) });
}
