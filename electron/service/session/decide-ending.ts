import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { milestones, type MilestoneKey } from '../../../shared/clinical/milestone.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import type { SessionState } from './session-state.ts';

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

/** Answered by how a patient left against advice, who and why: nobody is asked for them once more. */
const answeredByLeaving: readonly MilestoneKey[] = ['criteria_met', 'discharged', 'left_with_sitter'];

/** What the protocol requires and nobody has recorded. */
export function missingRequired(
  { milestones: entries, discharge }: SessionState,
  protocol: DecisionContext['protocol'],
): DecisionContext['protocol']['milestones'] {
  const reached = new Set(entries.map(({ milestone }) => milestone));
  const isAnswered = (milestone: MilestoneKey): boolean => discharge.leftAgainstAdvice !== null && answeredByLeaving.includes(milestone);
  return protocol.milestones.filter(({ milestone, required }) => required && !reached.has(milestone) && !isAnswered(milestone));
}

/** Labels of what the protocol requires and nobody has recorded, and of ratings left open. */
export function openAtEnd(state: SessionState, protocol: DecisionContext['protocol']): readonly string[] {
  return [
    ...missingRequired(state, protocol).map((entry) => milestones[entry.milestone].label),
    ...state.ratings.filter((rating) => rating.state === 'open').map((rating) => instruments[rating.instrument].name),
  ];
}

/** After a crash: what a person saw the pump doing. */
export function decidePumpConfirmation(state: SessionState, command: CommandOf<'confirm-pump'>): Decision {
  if (!state.needsPumpConfirmation) {
    return refuse('SESSION_WRONG_STATE', 'Nothing is open about the pump. To record a change, pause or resume the infusion.');
  }
  return accept({ kind: 'pump-confirmed', body: { running: command.running } });
}
