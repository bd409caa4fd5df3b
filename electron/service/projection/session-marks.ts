import { remainingInBag } from '../../../shared/clinical/dosing.ts';
import type { Mark } from '../../../shared/contract/room-board.ts';
import { replacedWords, standingContent, standingLabel } from '../session/questions/dose-words.ts';
import { entryContent, isTherapistEntry } from '../session/events/event-words.ts';
import { joined } from '../session/events/entry-words.ts';
import { bagEndOf } from '../session/state/left-in-bag.ts';
import { markWords } from './session-adverse-events.ts';
import type { EffectiveEvent } from '../session/state/history.ts';
import { impliedMilestones } from '../session/state/route-state.ts';
import { sessionEvents, type Actor } from '../session/events/session-event.ts';
import { shown } from '../session/events/shown-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** In clinical order. */
export function sessionMarks(state: SessionState, by: (actor: Actor) => string | null): Mark[] {
  return state.history.flatMap((entry) => {
    const { tick } = sessionEvents[entry.event.kind];
    return tick === null
      ? []
      : [{ ...markOf(entry, tick, by, state.dose), ...volumeLeft(state, entry), ...markWords(state, shown(entry.event)) }];
  });
}

function markOf(entry: EffectiveEvent, kind: Mark['kind'], by: (actor: Actor) => string | null, dose: SessionState['dose']): Mark {
  const event = shown(entry.event);
  const [implied] = impliedMilestones(event);
  return {
    eventId: event.eventId,
    atMs: entry.atMs,
    enteredMs: event.recorded.utcMs,
    late: entry.late,
    amendedFromMs: entry.amendedFromMs,
    by: by(event.actor),
    kind,
    milestone: event.kind === 'milestone-reached' ? event.body.milestone : (implied?.milestone ?? null),
    label: standingLabel(event, dose),
    detail: joined(standingContent(event, entry.atMs, dose), madeWords(entry)),
    ...(isTherapistEntry(event) ? {} : { clinical: true }),
  };
}

function volumeLeft({ history }: SessionState, { event }: EffectiveEvent): Pick<Mark, 'volumeLeft'> {
  const end = bagEndOf(history, event.eventId);
  if (end === null) return {};
  const workedUl = remainingInBag(end.timeline, end.atMs).ul;
  return { volumeLeft: { workedUl, readUl: end.event.body.volumeLeftUl ?? null } };
}

/** What it said before it was corrected; null where it says what it always did. */
function madeWords({ made }: EffectiveEvent): string | null {
  if (made === null) return null;
  const first = replacedWords(shown(made), entryContent);
  return first === null ? 'the reading was added later' : `corrected, first ${first}`;
}
