import type { DueSlot } from '../../../../shared/clinical/due.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext, type Refused } from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { dueTimes } from '../questions/due-times.ts';
import type { SessionState } from '../state/session-state.ts';
import { noVitals } from '../questions/session-vitals.ts';

/**
 * Records why something due was not done, or was not for this patient. A reading that comes later still closes the
 * slot; then this mark is not shown.
 */
export function decideMissedSlot(state: SessionState, command: CommandOf<'mark-slot-missed'>, context: DecisionContext): Decision {
  const { cuffs } = context.vitals?.() ?? noVitals;
  const known = dueTimes(state, context.protocol, cuffs, context.now.utcMs);
  const events = [];
  for (const slotKey of new Set(command.slotKeys)) {
    const slot = known.find((candidate) => candidate.key === slotKey);
    const refusal = slotRefusal(slot, slotKey, context);
    if (refusal !== null) return refusal;
    const { reason, notApplicable } = command;
    events.push({ kind: 'slot-missed' as const, body: withoutAbsent({ slotKey, label: slot?.label ?? '', reason, notApplicable }) });
  }
  return accept(...events);
}

function slotRefusal(slot: DueSlot | undefined, slotKey: string, { now }: DecisionContext): Refused | null {
  if (slot === undefined || slot.kind === 'predicted') {
    return refuse('SLOT_NOT_FOUND', 'The schedule of this session asks for no such thing. Choose a reminder from the list.', slotKey);
  }
  if (slot.state === 'done' || slot.state === 'missed' || slot.state === 'not-applicable') {
    const how = slot.state === 'done' ? 'was done' : `is already recorded as ${slot.state.replace('-', ' ')}`;
    return refuse('SESSION_WRONG_STATE', `"${slot.label}" ${how}. To change that, undo its entry first.`, slotKey);
  }
  if (slot.dueMs > now.utcMs) {
    const at = writtenMinute({ ...now, utcMs: slot.dueMs });
    return refuse('SESSION_WRONG_STATE', `"${slot.label}" is due at ${at} and cannot be missed before. Wait for its time.`, slotKey);
  }
  return null;
}
