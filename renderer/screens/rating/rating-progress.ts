import type { Instrument } from '../../../shared/clinical/instrument.ts';

/** Answers by position; null is open, which is not 0. */
export type Answers = readonly (number | null)[];

/** Where the items with these printed numbers stand on the sheet. */
export function positionsOf(instrument: Instrument, itemNumbers: readonly number[]): number[] {
  return itemNumbers.map((number) => instrument.items.findIndex((item) => item.number === number)).filter((position) => position !== -1);
}

/** How far some of the items are; their sum is partial until `answered` is `of`. */
export function progressAt(
  answers: Answers,
  positions: readonly number[],
): { readonly answered: number; readonly of: number; readonly partial: number } {
  const values = positions.map((position) => answers[position] ?? null).filter((value) => value !== null);
  return { answered: values.length, of: positions.length, partial: values.reduce((sum, value) => sum + value, 0) };
}

/**
 * Where to go after an answer: the next open item, going round once; where none is open, the item after it, and
 * from the last one nowhere (the rating is ready to finish).
 */
export function positionAfter(answers: Answers, position: number): number {
  for (let step = 1; step < answers.length; step += 1) {
    const candidate = (position + step) % answers.length;
    if ((answers[candidate] ?? null) === null) return candidate;
  }
  return Math.min(position + 1, answers.length - 1);
}

/** Where a rating is taken up again: its first open item, or the last one when all are answered. */
export function firstOpenPosition(answers: Answers): number {
  const open = answers.findIndex((value) => value === null);
  return open === -1 ? Math.max(0, answers.length - 1) : open;
}

/** The answers on disk, with those on their way there laid over. */
export function withSending(answers: Answers, sending: ReadonlyMap<number, number | null>): Answers {
  return answers.map((value, position) => (sending.has(position) ? (sending.get(position) ?? null) : value));
}
