import { isWayOut, milestones } from '../../../../shared/clinical/milestone.ts';
import { clinicalTime, occurredAt, timeImpossible } from '../state/clinical-time.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { departureDoubts } from './departure-doubts.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * Records that a patient has left against advice. It waits for no criterion and no PIN, at any point of the session.
 * What was short is kept with it.
 */
export function decideLeftAgainstAdvice(
  state: SessionState,
  command: CommandOf<'leave-against-advice'>,
  context: DecisionContext,
): Decision {
  const { prescriber, risksExplained, escort, condition } = command;
  const left = state.milestones.find(({ milestone }) => isWayOut(milestone));
  if (left !== undefined) {
    const at = writtenMinute({ ...context.now, utcMs: left.atMs });
    return refuse(
      'SESSION_WRONG_STATE',
      `"${milestones[left.milestone].label}" is already recorded at ${at}. Undo that first.`,
      left.eventId,
    );
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const { assessed } = state.discharge;
  if (assessed !== null && assessed.atMs <= time.atMs) {
    const at = writtenMinute({ ...context.now, utcMs: assessed.atMs });
    return refuse('SESSION_WRONG_STATE', `The criteria were recorded as met at ${at}. Record how the patient left.`, assessed.eventId);
  }
  const toldMs = 'told' in prescriber ? prescriber.atMs : undefined;
  const impossible = toldMs === undefined ? null : timeImpossible(state, context.now, toldMs, 'anything');
  if (impossible !== null) return { refusal: { ...impossible, subject: 'prescriber' } };
  const short = departureDoubts(state, time.atMs, context).map(({ words }) => words.slice(0, 400));
  return accept({
    kind: 'left-against-advice',
    body: withoutAbsent({ prescriber, risksExplained, escort, condition, short, lateReason: time.lateReason }),
    ...occurredAt(time),
  });
}
