import type { DoseTimeline } from '../../shared/clinical/dosing.ts';
import { fromThousandths, showDecimal, showMilli, showShort } from '../../shared/values/quantity.ts';

/** `29.25` mg of micrograms: two decimals, so that the figure keeps its width while it grows. */
export function mgGrowing(ug: number): string {
  return showDecimal(fromThousandths(ug), 2);
}

/** What has gone in of a dose, in mg: as it was given where it went in whole, and without trailing zeros once it stands still. */
export function mgGiven(ug: number, { segments, endedMs }: Pick<DoseTimeline, 'segments' | 'endedMs'>): string {
  if (segments.length === 0) return showMilli(ug);
  return endedMs === null ? mgGrowing(ug) : showShort(fromThousandths(ug), 2);
}
