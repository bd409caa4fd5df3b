import { fromThousandths, showDecimal, showShort } from '../../shared/values/quantity.ts';

/** `29.25` mg of micrograms: two decimals, so that the figure keeps its width while it grows. */
export function mgGrowing(ug: number): string {
  return showDecimal(fromThousandths(ug), 2);
}

/** `40` mg, `36.2` mg of micrograms: an amount that stands still. */
export function mgExact(ug: number): string {
  return showShort(fromThousandths(ug), 3);
}
