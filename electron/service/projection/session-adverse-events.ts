import { adverseEventCategories, givenRoutes } from '../../../shared/clinical/adverse-event.ts';
import { stockLabel } from '../../../shared/clinical/controlled-drug.ts';
import type { AdverseEventView, DrugGivenView } from '../../../shared/contract/adverse-event-view.ts';
import { isolated, isolatedIn } from '../../../shared/values/isolated.ts';
import { updateWords } from '../session/events/adverse-events.ts';
import { joined } from '../session/events/entry-words.ts';
import type { Actor, SessionEvent } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';
import { showMilli } from '../../../shared/values/quantity.ts';

type NameOf = (actor: Actor) => string | null;

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

/** What stands beside a mark of this slice: as all that was said later has it, not only its first entry. null for other events. */
export function markWords(state: SessionState, event: SessionEvent): { readonly label: string; readonly detail: string | null } | null {
  switch (event.kind) {
    case 'adverse-event-recorded': {
      const current = state.adverseEvents.find((candidate) => candidate.eventId === event.eventId);
      if (current === undefined) return null;
      const detail = [
        current.severity,
        current.serious !== null && current.serious.length > 0 ? 'serious' : null,
        current.detail === null ? null : isolated(current.detail),
      ];
      return { label: adverseEventCategories[current.category], detail: detail.filter((part) => part !== null).join(' · ') };
    }
    case 'drug-given': {
      const { drug, dose, route, reason, adverseEventId } = event.body;
      const cause = state.adverseEvents.find((candidate) => candidate.adverseEventId === adverseEventId);
      const why = cause === undefined ? null : `for ${adverseEventCategories[cause.category].toLowerCase()}`;
      return { label: `${drug} ${dose}`, detail: joined(givenRoutes[route], why, reason) };
    }
    case 'controlled-drug-drawn':
    case 'controlled-drug-wasted': {
      const { stock, ug, witness } = event.body;
      const act = event.kind === 'controlled-drug-drawn' ? 'Drawn' : 'Wasted';
      return { label: `${act} ${showMilli(ug)} mg`, detail: `${stockLabel(stock)}, witnessed by ${witness.name}` };
    }
    default:
      return null;
  }
}
