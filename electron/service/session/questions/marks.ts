import { adverseEventCategories, givenRoutes } from '../../../../shared/clinical/adverse-event.ts';
import { stockLabel } from '../../../../shared/clinical/controlled-drug.ts';
import type { MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import { isolated } from '../../../../shared/values/isolated.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';
import type { TickKind } from '../../../../shared/contract/session-view/entry-marks.ts';
import { joined } from '../events/entry-words.ts';
import { entryContent } from '../events/event-words.ts';
import { sessionEvents, type SessionEvent } from '../events/session-event.ts';
import { shown } from '../events/shown-event.ts';
import type { Entry } from '../state/entry.ts';
import type { EffectiveEvent } from '../state/history.ts';
import { impliedMilestones } from '../state/route-state.ts';
import type { SessionState } from '../state/session-state.ts';
import { replacedWords, currentContent, currentLabel } from './dose-words.ts';

/** An entry that stands as a tick on the milestones lane, in the words that hold now. */
export interface MarkedEntry extends Entry {
  readonly kind: TickKind;
  readonly milestone: MilestoneKey | null;
  readonly label: string;
  readonly detail: string | null;
  readonly event: SessionEvent;
}

/** In clinical sequence. */
export function markedEntries(state: SessionState): readonly MarkedEntry[] {
  return state.history.flatMap((entry) => {
    const { tick } = sessionEvents[entry.event.kind];
    return tick === null ? [] : [markOf(entry, tick, state)];
  });
}

function markOf(entry: EffectiveEvent, kind: TickKind, state: SessionState): MarkedEntry {
  const event = shown(entry.event);
  const [implied] = impliedMilestones(event);
  return {
    eventId: event.eventId,
    atMs: entry.atMs,
    enteredMs: event.recorded.utcMs,
    late: entry.late,
    amendedFromMs: entry.amendedFromMs,
    actor: event.actor,
    kind,
    milestone: event.kind === 'milestone-reached' ? event.body.milestone : (implied?.milestone ?? null),
    label: currentLabel(event, state.dose),
    detail: joined(currentContent(event, entry.atMs, state.dose), madeWords(entry)),
    ...currentWords(state, event),
    event,
  };
}

/** What it said before it was corrected; null where it says what it always did. */
function madeWords({ made }: EffectiveEvent): string | null {
  if (made === null) return null;
  const first = replacedWords(shown(made), entryContent);
  return first === null ? 'the reading was added later' : `corrected, first ${first}`;
}

/** Of an event that more was said of later, or that another one explains: all of it, not only its first entry. null for other events. */
function currentWords(state: SessionState, event: SessionEvent): Pick<MarkedEntry, 'label' | 'detail'> | null {
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
