import type { DueOutcome, DueSlot, SlotEnd } from '../../../../shared/clinical/due.ts';
import type { CuffReading } from '../../../../shared/clinical/measured-vitals.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { SessionState } from '../state/session-state.ts';
import { pastSlots } from './due-times.ts';

/** A time of the schedule, and what became of it. */
export interface EndedSlot extends Pick<DueSlot, 'key' | 'label' | 'instrument' | 'dueMs'> {
  readonly kind: Exclude<DueSlot['kind'], 'predicted'>;
  readonly end: SlotEnd;
  /** When it was done; null where it was not. */
  readonly atMs: UtcMs | null;
  /** Why it was not done; null where it was, or where nobody has said it. */
  readonly reason: string | null;
}

/** What the schedule asked for so far: for the timeline, the record, its print and its files. */
export function endedSlots(state: SessionState, protocol: Protocol, cuffs: readonly CuffReading[], nowMs: UtcMs): EndedSlot[] {
  return pastSlots(state, protocol, cuffs, nowMs).flatMap((slot) => (slot.kind === 'predicted' ? [] : [endedSlot(slot, slot.kind)]));
}

function endedSlot({ key, label, instrument, dueMs, outcome }: DueSlot, kind: EndedSlot['kind']): EndedSlot {
  return { key, kind, label, instrument, dueMs, ...endOf(outcome) };
}

function endOf(outcome: DueOutcome): Pick<EndedSlot, 'end' | 'atMs' | 'reason'> {
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
