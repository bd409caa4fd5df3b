import { openAtEnd } from '../questions/open-at-end.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import type { SessionState } from '../state/session-state.ts';

/** Ending with something open is allowed (a patient may leave), but not without saying why; before signing each point is asked. */
export function decideEnd(state: SessionState, command: CommandOf<'end-session'>, { protocol }: DecisionContext): Decision {
  if (state.dose.status === 'running' || state.dose.status === 'paused') {
    return refuse('SESSION_WRONG_STATE', 'The infusion has not ended. Record its completion or its early stop first.');
  }
  const open = openAtEnd(state, protocol);
  if (open.length > 0 && command.reason === undefined) {
    return refuse(
      'SESSION_REASON_REQUIRED',
      `Still open: ${open.join(', ')}. Record them, or give the reason for ending without.`,
      'reason',
    );
  }
  return accept({ kind: 'session-ended', body: { ...withoutAbsent({ reason: command.reason }), answersNothing: true } });
}

/** After a crash: what a person saw the pump doing. */
export function decidePumpConfirmation(state: SessionState, command: CommandOf<'confirm-pump'>): Decision {
  if (!state.needsPumpConfirmation) {
    return refuse('SESSION_WRONG_STATE', 'Nothing is open about the pump. To record a change, pause or resume the infusion.');
  }
  return accept({ kind: 'pump-confirmed', body: { running: command.running } });
}
