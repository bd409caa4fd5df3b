import { adverseEventCategories } from '../../../shared/clinical/adverse-event.ts';
import type { AdverseEventView, DrugGivenView } from '../../../shared/contract/session-view/adverse-events.ts';
import { isolatedIn } from '../../../shared/values/isolated.ts';
import { updateWords } from '../session/events/adverse-events.ts';
import type { NameOf } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

export function adverseEventViews(state: SessionState, by: NameOf): AdverseEventView[] {
  return state.adverseEvents.map(({ actor, versions, ...event }) => ({
    ...event,
    serious: event.serious === null ? null : [...event.serious],
    actions: [...event.actions],
    by: by(actor),
    label: adverseEventCategories[event.category],
    drugs: state.drugsGiven.filter((drug) => drug.adverseEventId === event.adverseEventId).map((drug) => drug.eventId),
    versions: versions.map((version) => ({
      eventId: version.eventId,
      enteredMs: version.enteredMs,
      by: by(version.actor),
      // The end is a time and is said as one where it is shown.
      said: updateWords(isolatedIn(version.changes), () => 'over'),
    })),
  }));
}

export function drugGivenViews(state: SessionState, by: NameOf): DrugGivenView[] {
  return state.drugsGiven.map(({ eventId, atMs, enteredMs, late, amendedFromMs, actor, drug, dose, route, reason, adverseEventId }) => ({
    eventId,
    atMs,
    enteredMs,
    late,
    amendedFromMs,
    by: by(actor),
    drug,
    dose,
    route,
    reason: reason ?? null,
    adverseEventId,
  }));
}
