import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { DueItem } from '../../../shared/contract/session-view/plan.ts';

/** The time of the schedule that a rating begun now is for. One that has passed waits for its own time or a reason, and is none. */
export function dueNow(due: readonly DueItem[], instrument: InstrumentId): DueItem | undefined {
  return due.find((item) => item.instrument === instrument && item.passed !== true && item.state !== 'done' && item.state !== 'predicted');
}
