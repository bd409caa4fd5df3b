import type { ArtefactView, TypedVitalsView } from '../../shared/contract/entry-view.ts';
import type { Mark, SessionSection } from '../../shared/contract/room-board.ts';
import { sessionText } from '../text/session.ts';

/** What people recorded, in clinical order: marks of the timeline, and vitals by hand, which it draws as values. */
export function recordedMarks(session: SessionSection): readonly Mark[] {
  return [...session.marks.filter(isOfPerson), ...session.typedVitals.map(asMark), ...session.artefacts.map(markOfArtefact)].toSorted(
    (a, b) => a.atMs - b.atMs,
  );
}

/** The entry among those that are no ticks of the timeline. */
export function markOfValues(session: SessionSection, eventId: string): Mark | undefined {
  const vitals = session.typedVitals.find((entry) => entry.eventId === eventId);
  if (vitals !== undefined) return asMark(vitals);
  const artefact = session.artefacts.find((entry) => entry.eventId === eventId);
  return artefact === undefined ? undefined : markOfArtefact(artefact);
}

/** It says when it was; only that it was said can be taken back. */
function markOfArtefact({ metric: _metric, fromMs: _from, toMs: _to, ...entry }: ArtefactView): Mark {
  return { ...entry, kind: 'pump-confirmed', milestone: null, clinical: true };
}

function asMark({ values: _typed, ...entry }: TypedVitalsView): Mark {
  return { ...entry, kind: 'milestone', milestone: null, label: sessionText.byHand.title, clinical: true };
}

/** What the room wrote by itself is a fact, and nothing to correct. */
function isOfPerson(mark: Mark): boolean {
  return mark.kind !== 'clock';
}
