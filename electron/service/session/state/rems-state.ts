import { isWayOut, type MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import { remsField, type RemsEnteredKey } from '../../../../shared/clinical/rems-form.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { AdverseEventState } from './adverse-event-state.ts';
import type { Entry } from './entry.ts';
import type { EventBody } from '../events/session-event.ts';

export type RemsEntry = EventBody<'rems-answered'> & Entry;

/** By field, the answer that was recorded last. */
export function foldRemsAnswers(entries: readonly RemsEntry[]): ReadonlyMap<RemsEnteredKey, RemsEntry> {
  return new Map(entries.toSorted((a, b) => a.enteredMs - b.enteredMs).map((entry) => [entry.field, entry]));
}

interface Reached extends Pick<Entry, 'atMs'> {
  readonly milestone: MilestoneKey;
}

/** How the patient left; undefined while they are here. */
export function departureOf<M extends Reached>({ milestones }: { readonly milestones: readonly M[] }): M | undefined {
  return milestones.findLast(({ milestone }) => isWayOut(milestone));
}

/** When the monitoring ended; null while it goes on. */
export function monitoringEndMs(state: {
  readonly milestones: readonly Reached[];
  readonly ended: Pick<Entry, 'atMs'> | null;
}): UtcMs | null {
  return departureOf(state)?.atMs ?? state.ended?.atMs ?? null;
}

/** The adverse event that says that this was not absent. */
export function spokenAgainst(
  { adverseEvents }: { readonly adverseEvents: readonly AdverseEventState[] },
  field: RemsEnteredKey,
): AdverseEventState | undefined {
  if (field === 'serious-event') return adverseEvents.find(({ serious }) => (serious ?? []).length > 0);
  return adverseEvents.find(({ category }) => remsField(field).against?.includes(category) === true);
}
