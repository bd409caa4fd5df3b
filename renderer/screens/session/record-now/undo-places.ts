import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';

export type Undoable = SessionView['undoable'][number];

/** Which entry stands in which of the two places; null for an empty one. */
type UndoPlaces = readonly (string | null)[];

export const noSlots: UndoPlaces = [null, null];

/** What stands in a place stays there until its time is over; what is new takes the first empty place, the newest first. */
export function slotsFor(kept: UndoPlaces, undoable: readonly Pick<Undoable, 'eventId' | 'enteredMs'>[]): UndoPlaces {
  const still = kept.map((eventId) => (undoable.some((one) => one.eventId === eventId) ? eventId : null));
  const waiting = undoable
    .filter(({ eventId }) => !still.includes(eventId))
    .toSorted((a, b) => b.enteredMs - a.enteredMs)
    .map(({ eventId }) => eventId);
  const next = still.map((eventId) => eventId ?? waiting.shift() ?? null);
  return next.every((eventId, place) => eventId === kept[place]) ? kept : next;
}
