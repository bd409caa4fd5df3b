import type { TypedVitalsView } from '../../../shared/contract/entry-view.ts';
import type { Mark, SessionSection } from '../../../shared/contract/room-board.ts';
import { sessionText } from '../../text/session.ts';
import { isOfPerson } from './correction.ts';

/** What people recorded, in clinical order: marks of the timeline, and vitals by hand, which it draws as values. */
export function recordedMarks(session: SessionSection): readonly Mark[] {
  return [...session.marks.filter(isOfPerson), ...session.typedVitals.map(asMark)].toSorted((a, b) => a.atMs - b.atMs);
}

export function markOfVitals(session: SessionSection, eventId: string): Mark | undefined {
  const vitals = session.typedVitals.find((entry) => entry.eventId === eventId);
  return vitals === undefined ? undefined : asMark(vitals);
}

function asMark({ values: _typed, ...entry }: TypedVitalsView): Mark {
  return { ...entry, kind: 'milestone', milestone: null, label: sessionText.byHand.title };
}
