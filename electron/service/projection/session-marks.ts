import { remainingInBag } from '../../../shared/clinical/dosing.ts';
import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import type { EventId } from '../../../shared/values/ids.ts';
import { isTherapistEntry } from '../session/events/event-words.ts';
import type { NameOf } from '../session/events/session-event.ts';
import { markedEntries } from '../session/questions/marks.ts';
import { bagEndOf } from '../session/state/left-in-bag.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** In clinical sequence. */
export function sessionMarks(state: SessionState, by: NameOf): Mark[] {
  return markedEntries(state).map(({ actor, event, ...mark }) => ({
    ...mark,
    by: by(actor),
    ...(isTherapistEntry(event) ? {} : { clinical: true }),
    ...volumeLeft(state, event.eventId),
  }));
}

function volumeLeft({ history }: SessionState, eventId: EventId): Pick<Mark, 'volumeLeft'> {
  const end = bagEndOf(history, eventId);
  if (end === null) return {};
  const workedUl = remainingInBag(end.timeline, end.atMs).ul;
  return { volumeLeft: { workedUl, readUl: end.event.body.volumeLeftUl ?? null } };
}
