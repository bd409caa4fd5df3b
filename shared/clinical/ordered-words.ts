import { showMilli } from '../values/quantity.ts';

/** As much of an order as its words need, in µg. */
export interface OrderedAmounts {
  readonly doseUg: number;
  /** Of a second injection, where one was planned. */
  readonly second?: { readonly doseUg: number } | null;
}

/** What was ordered, as it was ordered: `78.018 mg, then 39.009 mg if wanted`. Never a sum of what may not be given. */
export function orderedWords({ doseUg, second = null }: OrderedAmounts): string {
  const first = `${showMilli(doseUg)} mg`;
  return second === null ? first : `${first}, then ${showMilli(second.doseUg)} mg if wanted`;
}
