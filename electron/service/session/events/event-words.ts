import { assertNever } from '../../../../shared/values/assert-never.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { administrationFigures } from './corrections.ts';
import type { AnyEventDefinition } from './define-event.ts';
import { readAtPump } from './entry-words.ts';
import { sessionEvents, type SessionEvent } from './session-event.ts';
import { vitalsWords } from './typed-vitals.ts';
import type { WordCorrection } from './word-correction.ts';

/** What the definitions say of an event that was recorded. */

/** The definition of its kind. Kind and body of an event belong together, which a lookup by a kind cannot say. */
function definitionOf({ kind }: Pick<SessionEvent, 'kind'>): AnyEventDefinition {
  return sessionEvents[kind] as AnyEventDefinition;
}

/** What an event is called on the timeline and in a refusal that names it. */
export function eventLabel(event: Pick<SessionEvent, 'kind' | 'body'>): string {
  return definitionOf(event).label(event.body);
}

/** What an entry said beyond its label, in words; null where the label says it all. Reasons are beside it, not in it. */
export function entryContent(event: SessionEvent): string | null {
  const clock = (utcMs: number): string => writtenMinute({ utcMs, offsetMin: event.recorded.offsetMin });
  return definitionOf(event).detail(event.body, clock, event.occurred.utcMs);
}

/** Whether a therapist may undo it or correct its time. */
export function isTherapistEntry(event: Pick<SessionEvent, 'kind' | 'body'>): boolean {
  return definitionOf(event).ofTherapist(event.body);
}

/** What an entry is to say in place of what it said, without the reason. */
export function correctedFigures(event: WordCorrection): string | null {
  switch (event.kind) {
    case 'gift-corrected':
      return administrationFigures(event.body);
    case 'vitals-corrected':
      return vitalsWords(event.body.values);
    case 'volume-left-corrected':
      return readAtPump(event.body.volumeLeftUl);
    default:
      return assertNever(event);
  }
}
