import { accept, refuse, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { clinicalTime } from './clinical-time.ts';
import type { SessionState } from './session-state.ts';

/**
 * An observation stands at the time its first key was pressed. Writing long is not entering late, so no reason is
 * asked for; and a page clock that runs a little ahead must not cost the therapist a sentence.
 */
export function decideObservation(state: SessionState, command: CommandOf<'record-observation'>, context: DecisionContext): Decision {
  if (command.text === '' && command.chips.length === 0) {
    return refuse('OBSERVATION_EMPTY', 'There is nothing to record yet. Write something, or choose a chip.');
  }
  const begunAt = Math.min(command.begunAt, context.now.utcMs);
  const time = clinicalTime(state, context.now, { utcMs: begunAt, reason: 'time of the first key' });
  if ('refusal' in time) return time;
  return accept({
    kind: 'observation-recorded',
    body: { text: command.text, chips: command.chips },
    ...(time.occurred === undefined ? {} : { occurred: time.occurred }),
  });
}

export function decideStopRequest(state: SessionState): Decision {
  if (state.dose.status !== 'running' && state.dose.status !== 'paused') {
    return refuse('DOSE_NOT_RUNNING', 'No infusion is running that could be stopped. Write it down as an observation.');
  }
  return accept({ kind: 'stop-requested', body: {} });
}
