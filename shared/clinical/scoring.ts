import { itemProblem, type Instrument } from './instrument.ts';

/** What the answers add up to (handbook `clinical.md` §2.2). An absent answer is `null` and never counts as 0. */
export interface Score {
  /** null while any item is missing. */
  readonly total: number | null;
  /** Each null while one of its own items is missing. */
  readonly subscales: Readonly<Record<string, number | null>>;
  /** No in-room instrument has official bands. */
  readonly band: string | null;
  readonly status: 'complete' | 'incomplete';
  readonly answered: number;
  readonly of: number;
  /** Numbers of the open items, as printed. */
  readonly missing: readonly number[];
  /** Sum of the answers given, always shown labelled as partial; null when there are none. */
  readonly partialSum: number | null;
}

/**
 * Scores answers given in the order of the instrument's items. Throws `RangeError` naming the item for an answer
 * out of range or not whole, and for a wrong count of answers. Nothing is clamped, nothing pro-rated.
 */
export function score(instrument: Instrument, answers: readonly (number | null)[]): Score {
  if (answers.length !== instrument.items.length) {
    throw new RangeError(`${instrument.name} has ${instrument.items.length} items, got ${answers.length}`);
  }
  const byNumber = new Map<number, number>();
  instrument.items.forEach((item, index) => {
    const answer = answers[index];
    if (answer === null || answer === undefined) return;
    const problem = itemProblem(instrument, item.number, answer);
    if (problem !== null) throw new RangeError(problem);
    byNumber.set(item.number, answer);
  });
  const numbers = instrument.items.map((item) => item.number);
  const missing = numbers.filter((number) => !byNumber.has(number));
  return {
    total: sumOf(byNumber, numbers),
    subscales: Object.fromEntries(instrument.subscales.map((subscale) => [subscale.key, sumOf(byNumber, subscale.items)])),
    band: null,
    status: missing.length === 0 ? 'complete' : 'incomplete',
    answered: byNumber.size,
    of: numbers.length,
    missing,
    partialSum: byNumber.size === 0 ? null : [...byNumber.values()].reduce((sum, value) => sum + value, 0),
  };
}

/** The sum over these items, or null when one of them has no answer. */
function sumOf(byNumber: ReadonlyMap<number, number>, numbers: readonly number[]): number | null {
  let sum = 0;
  for (const number of numbers) {
    const value = byNumber.get(number);
    if (value === undefined) return null;
    sum += value;
  }
  return sum;
}

/** Whether a total lies where the instrument asks for a review before signing. Absent totals do not. */
export function needsReview(instrument: Instrument, total: number | null): boolean {
  if (total === null || instrument.review === null) return false;
  const { atOrAbove, atOrBelow } = instrument.review;
  return (atOrAbove !== undefined && total >= atOrAbove) || (atOrBelow !== undefined && total <= atOrBelow);
}
