import type { ArtefactView, TypedVitalsView } from '../../shared/contract/session-view/entries.ts';
import type { Mark } from '../../shared/contract/session-view/entries.ts';
import type { RatingView } from '../../shared/contract/session-view/ratings.ts';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import { ratingText } from '../text/rating.ts';
import { recordText } from '../text/record.ts';
import { sessionText } from '../text/session.ts';

/** What people recorded, in clinical sequence: marks of the timeline, ratings, and vitals by hand, which it draws as values. */
export function recordedMarks(session: SessionView): readonly Mark[] {
  return [
    ...session.marks.filter(isOfPerson),
    ...session.ratings.map(markOfRating),
    ...session.typedVitals.map(asMark),
    ...session.artefacts.map(markOfArtefact),
  ].toSorted((a, b) => a.atMs - b.atMs);
}

/** The entry among those that are no ticks of the timeline. */
export function markOfValues(session: SessionView, eventId: string): Mark | undefined {
  const vitals = session.typedVitals.find((entry) => entry.eventId === eventId);
  if (vitals !== undefined) return asMark(vitals);
  const rating = session.ratings.find((entry) => entry.eventId === eventId);
  if (rating !== undefined) return markOfRating(rating);
  const artefact = session.artefacts.find((entry) => entry.eventId === eventId);
  return artefact === undefined ? undefined : markOfArtefact(artefact);
}

/** As a kind whose time cannot be corrected, because the entry names its own stretch of time; it can be undone. */
function markOfArtefact({ metric: _metric, fromMs: _from, toMs: _to, ...entry }: ArtefactView): Mark {
  return { ...entry, kind: 'pump-confirmed', milestone: null, clinical: true };
}

/** A rating as an entry that can get another time or be undone; after an undo it can be rated again. */
function markOfRating(rating: RatingView): Mark {
  const { eventId, atMs, enteredMs, late, amendedFromMs, by, band } = rating;
  const entry = { eventId, atMs, enteredMs, late, amendedFromMs, by };
  return { ...entry, kind: 'milestone', milestone: null, label: ratingTitle(rating), detail: band };
}

/** `CADSS-6 12/24`, or how far it has come. */
export function ratingTitle(rating: RatingView): string {
  const { name } = instruments[rating.instrument];
  const words = recordText.entries;
  if (rating.notAssessable !== null) return words.notAssessable(name, ratingText.reasons[rating.notAssessable].toLowerCase());
  if (rating.total === null) return words.ratingOpen(name, rating.answered, rating.of);
  return words.rating(name, rating.of > 1 ? `${rating.total}/${rating.max}` : String(rating.total).replace('-', '−'));
}

function asMark({ values: _typed, ...entry }: TypedVitalsView): Mark {
  return { ...entry, kind: 'milestone', milestone: null, label: sessionText.byHand.title, clinical: true };
}

/** What the room wrote by itself cannot be corrected, and is left out. */
function isOfPerson(mark: Mark): boolean {
  return mark.kind !== 'clock';
}
