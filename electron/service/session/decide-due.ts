import { accept, refuse, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { clockText } from './event-label.ts';
import { dueTimes } from './due-times.ts';
import type { SessionState } from './session-state.ts';

/**
 * What was due and was not done, said by a person with the reason. A monitor's cuff readings are not known here: a
 * reading that came after all closes the slot all the same, and the mark then says nothing.
 */
export function decideMissedSlot(state: SessionState, command: CommandOf<'mark-slot-missed'>, context: DecisionContext): Decision {
  const { slotKey, reason } = command;
  const slot = dueTimes(state, context.protocol, [], context.now.utcMs).find((candidate) => candidate.key === slotKey);
  if (slot === undefined || slot.kind === 'predicted') {
    return refuse('SLOT_NOT_FOUND', 'The schedule of this session asks for no such thing. Choose a reminder from the list.', slotKey);
  }
  if (slot.state === 'done' || slot.state === 'missed') {
    const how = slot.state === 'done' ? 'was done' : 'is already recorded as missed';
    return refuse('SESSION_WRONG_STATE', `"${slot.label}" ${how}. To change that, undo its entry first.`, slotKey);
  }
  if (slot.dueMs > context.now.utcMs) {
    const at = clockText({ ...context.now, utcMs: slot.dueMs });
    return refuse('SESSION_WRONG_STATE', `"${slot.label}" is due at ${at} and cannot be missed before. Wait for its time.`, slotKey);
  }
  return accept({ kind: 'slot-missed', body: { slotKey, label: slot.label, reason } });
}
