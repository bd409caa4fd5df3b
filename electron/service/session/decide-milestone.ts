import { milestones, type MilestoneDefinition } from '../../../shared/clinical/milestone.ts';
import { clinicalTime } from './clinical-time.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { clockText } from './event-label.ts';
import type { SessionState } from './session-state.ts';

export function decideMilestone(state: SessionState, command: CommandOf<'reach-milestone'>, context: DecisionContext): Decision {
  const { milestone, detail } = command;
  const definition: MilestoneDefinition = milestones[milestone];
  if (milestone === 'identity') {
    return refuse('SESSION_WRONG_STATE', 'The identity is confirmed by two identifiers. Type the birth date and the record number.');
  }
  if (milestone === 'double_check') {
    return refuse('STAFF_WITNESS_REQUIRED', 'The double-check is confirmed by the second person, with their own PIN.', 'witness');
  }
  const before = state.milestones.find((entry) => entry.milestone === milestone);
  if (before !== undefined && definition.repeatable !== true) {
    const at = clockText({ ...context.now, utcMs: before.atMs });
    const message = `"${definition.label}" is already recorded at ${at}. Correct its time, or undo it first.`;
    return refuse('SESSION_WRONG_STATE', message, before.eventId);
  }
  const time = clinicalTime(state, context.now, command.at, milestone === 'arrived' ? 'arrival' : 'anything');
  if ('refusal' in time) return time;
  const body = withoutAbsent({ milestone, detail, lateReason: time.lateReason });
  return accept({ kind: 'milestone-reached', body, ...(time.occurred === undefined ? {} : { occurred: time.occurred }) });
}
