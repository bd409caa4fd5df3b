import { useState } from 'react';

/** A place in which one sheet is open at a time; `opening` counts the sheets that were. */
export interface SheetPlace<T> {
  readonly opening: number;
  readonly sheet: T | null;
}

/** The place with this sheet open, instead of the one that was. */
export function opened<T>(place: SheetPlace<T>, sheet: T): SheetPlace<T> {
  return { opening: place.opening + 1, sheet };
}

/** What the sheet of one opening leaves behind: nothing, or the sheet it leads to. Once another stands there, it leaves that one alone. */
export function leftBy<T>(place: SheetPlace<T>, opening: number, next: T | null): SheetPlace<T> {
  if (place.opening !== opening || place.sheet === null) return place;
  return next === null ? { opening, sheet: null } : opened(place, next);
}

/** The sheet that is open asked for again: it stays, with what was typed into it. */
function askedAgain<T>(place: SheetPlace<T>, sheet: T, isSame: (open: T) => boolean): SheetPlace<T> {
  return place.sheet !== null && isSame(place.sheet) ? { ...place, sheet } : opened(place, sheet);
}

interface OpenSheets<T> {
  readonly sheet: T | null;
  /** Of this opening: what was begun in one sheet is not taken over by the next of its kind. */
  readonly key: number;
  readonly open: (sheet: T) => void;
  /** Opens it unless one like it is open: that one is told. */
  readonly openOrTell: (sheet: T, isSame: (open: T) => boolean) => void;
  /** For the sheet that is drawn now. Its call to the room may come back late, when it is no longer there. */
  readonly close: () => void;
  readonly instead: (sheet: T) => void;
}

export function useSheetPlace<T>(first: T | null = null): OpenSheets<T> {
  const [place, setPlace] = useState<SheetPlace<T>>({ opening: 0, sheet: first });
  const { opening } = place;
  return {
    sheet: place.sheet,
    key: opening,
    open: (sheet) => setPlace((now) => opened(now, sheet)),
    openOrTell: (sheet, isSame) => setPlace((now) => askedAgain(now, sheet, isSame)),
    close: () => setPlace((now) => leftBy(now, opening, null)),
    instead: (sheet) => setPlace((now) => leftBy(now, opening, sheet)),
  };
}
