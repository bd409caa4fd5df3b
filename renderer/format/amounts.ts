import { fromThousandths, showDecimal } from '../../shared/values/quantity.ts';

/** `29.25` mg of micrograms: two decimals, so that the figure keeps its width while it grows. */
export function mgGrowing(ug: number): string {
  return showDecimal(fromThousandths(ug), 2);
}
