import { isAsked, type Instrument } from '../../../shared/clinical/instrument.ts';
import { score } from '../../../shared/clinical/scoring.ts';

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
 * Positions that still wait for an answer: not those that are not asked as the answers stand, nor the alternative
 * of one that is answered.
 */
export function openPositions(instrument: Instrument, answers: Answers): readonly number[] {
  return positionsOf(instrument, score(instrument, answers).missing);
}

/** Whether the item at a position is asked, given the answers. */
export function isAskedAt(instrument: Instrument, answers: Answers, position: number): boolean {
  const number = instrument.items[position]?.number;
  if (number === undefined) return false;
  return isAsked(instrument, number, (other) => answers[instrument.items.findIndex((item) => item.number === other)] ?? null);
}

/**
 * Where to go after an answer: the next open item, going round once; where none is open, the item after it, and
 * from the last one nowhere (the rating is ready to finish).
 */
export function positionAfter(instrument: Instrument, answers: Answers, position: number): number {
  const open = openPositions(instrument, answers).filter((candidate) => candidate !== position);
  const next = open.find((candidate) => candidate > position) ?? open[0];
  if (next !== undefined) return next;
  const after = Math.min(position + 1, answers.length - 1);
  return isAskedAt(instrument, answers, after) ? after : position;
}

/** The asked item before a position, or null on the first. */
export function positionBefore(instrument: Instrument, answers: Answers, position: number): number | null {
  for (let candidate = position - 1; candidate >= 0; candidate -= 1) if (isAskedAt(instrument, answers, candidate)) return candidate;
  return null;
}

/** Where a rating is taken up again: its first open item, or the last one when all are answered. */
export function firstOpenPosition(instrument: Instrument, answers: Answers): number {
  return openPositions(instrument, answers)[0] ?? Math.max(0, answers.length - 1);
}

/** The answers on disk, with those on their way there laid over. */
export function withSending(answers: Answers, sending: ReadonlyMap<number, number | null>): Answers {
  return answers.map((value, position) => (sending.has(position) ? (sending.get(position) ?? null) : value));
}

/** The answers after one more; what is not asked any more has none. The service decides the same. */
export function withAnswer(instrument: Instrument, answers: Answers, position: number, value: number | null): Answers {
  const next = answers.map((old, index) => (index === position ? value : old));
  return next.map((old, index) => (index !== position && old !== null && !isAskedAt(instrument, next, index) ? null : old));
}
