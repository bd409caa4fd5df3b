import type { NewEvent, SessionEventKind } from '../events/session-event.ts';
import { clinicalTime, type StatedTime } from '../state/clinical-time.ts';
import type { SessionState } from '../state/session-state.ts';
import { accept, type Decision, type DecisionContext } from './decision.ts';

/** An act that says no more than when it was: accepted at its clinical time, with the reason it is entered late. */
export function acceptAt(
  state: SessionState,
  at: StatedTime | undefined,
  context: DecisionContext,
  event: (lateReason: string | undefined) => NewEvent<SessionEventKind>,
): Decision {
  const time = clinicalTime(state, context.now, at);
  if ('refusal' in time) return time;
  const made = event(time.lateReason);
  return accept(time.occurred === undefined ? made : ({ ...made, occurred: time.occurred } as NewEvent<SessionEventKind>));
}
