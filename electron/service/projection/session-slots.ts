import type { DueOutcome, DueSlot } from '../../../shared/clinical/due.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { CuffReading } from '../../../shared/clinical/measured-vitals.ts';
import type { SlotView } from '../../../shared/contract/slot-view.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { pastSlots } from '../session/questions/due-times.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** What the schedule asked for and how each of it ended: for the timeline, the record, its print and its files. */
export function sessionSlots(state: SessionState, protocol: Protocol, cuffs: readonly CuffReading[], nowMs: UtcMs): SlotView[] {
  return pastSlots(state, protocol, cuffs, nowMs).flatMap((slot) => (slot.kind === 'predicted' ? [] : [slotView(slot, slot.kind)]));
}

function slotView({ key, label, instrument, dueMs, outcome }: DueSlot, kind: SlotView['kind']): SlotView {
  return { key, kind, label, instrument, dueMs, ...endOf(outcome) };
}

function endOf(outcome: DueOutcome): Pick<SlotView, 'end' | 'atMs' | 'reason'> {
  switch (outcome.kind) {
    case 'done':
      return { end: outcome.timing, atMs: outcome.atMs, reason: null };
    case 'not-assessable': {
      const words = outcome.reason.replaceAll('-', ' ');
      return { end: outcome.kind, atMs: outcome.atMs, reason: outcome.detail === null ? words : `${words}: ${outcome.detail}` };
    }
    case 'not-applicable':
      return { end: outcome.kind, atMs: null, reason: outcome.reason };
    case 'missed':
      return { end: outcome.reason === null ? 'open' : 'missed', atMs: null, reason: outcome.reason };
    case 'open':
    case 'forecast':
      return { end: 'open', atMs: null, reason: null };
    default:
      return assertNever(outcome);
  }
}
