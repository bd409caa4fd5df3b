import { describe, expect, test } from 'vitest';
import {
  firstOpenPosition,
  isAskedAt,
  openPositions,
  positionAfter,
  positionBefore,
  positionsOf,
  progressAt,
  withAnswer,
  withSending,
} from '../../../../renderer/sheets/rating/rating-progress.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';

const { aldrete } = instruments;
const cadss23 = instruments['cadss-23'];
const screener = instruments['c-ssrs-screener'];
/** The first twelve answers of the "typical peak" case. */
const twelve = [3, 2, 2, 1, 0, 3, 2, 0, 1, 0, 1, 3];
const half: readonly (number | null)[] = [...twelve, ...new Array<null>(11).fill(null)];

describe('a rating under way', () => {
  test('SCREEN-6 an answer moves on to the next open item', () => {
    expect(positionAfter(cadss23, half, 11)).toBe(12);
    const skipped = [0, null, 2, null, 1];
    expect(positionAfter(aldrete, skipped, 0)).toBe(1);
    expect(positionAfter(aldrete, skipped, 1)).toBe(3);
  });

  test('SCREEN-6 after the last item it goes round to what was left out', () => {
    expect(positionAfter(aldrete, [0, null, 2, 1, 2], 4)).toBe(1);
  });

  test('SCREEN-6 with nothing open it goes one on, and stays on the last', () => {
    expect(positionAfter(aldrete, [0, 1, 2, 2, 2], 0)).toBe(1);
    expect(positionAfter(aldrete, [0, 1, 2, 2, 2], 4)).toBe(4);
    expect(positionAfter(instruments['moaa-s'], [4], 0)).toBe(0);
  });

  test('SCREEN-7 a rating is taken up again at its first open item', () => {
    expect(firstOpenPosition(cadss23, half)).toBe(12);
    expect(firstOpenPosition(aldrete, [0, 1, 2, 2, 2])).toBe(4);
    expect(firstOpenPosition(aldrete, [0, null, 1, null, 2])).toBe(1);
  });

  test('SCREEN-8 CADSS-6 within the full form is found by printed numbers: 4 of 6, partial 10', () => {
    const positions = positionsOf(cadss23, [1, 2, 6, 7, 15, 22]);
    expect(positions).toEqual([0, 1, 5, 6, 14, 21]);
    expect(progressAt(half, positions)).toEqual({ answered: 4, of: 6, partial: 10 });
  });

  test('SCREEN-8 the short form keeps the numbers of the full one', () => {
    expect(positionsOf(instruments['cadss-6'], [1, 2, 6, 7, 15, 22])).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('INSTRUMENT-24 the walk goes past what is not asked, and comes back to what an answer makes due', () => {
    expect(positionAfter(screener, [0, 0, null, null, null, null], 1)).toBe(5);
    expect(positionAfter(screener, [0, 1, null, null, null, null], 1)).toBe(2);
    expect(positionAfter(screener, [null, 0, null, null, null, 0], 5)).toBe(0);
    expect(positionAfter(screener, [0, 0, null, null, null, 0], 1)).toBe(1);
    expect(positionBefore(screener, [0, 0, null, null, null, null], 5)).toBe(1);
    expect(positionBefore(screener, [0, 1, null, null, null, null], 5)).toBe(4);
    expect(positionBefore(screener, [0, 1, null, null, null, null], 0)).toBeNull();
  });

  test('INSTRUMENT-24 of alternatives the walk passes by the one that is not needed', () => {
    const qids = instruments['qids-sr16'];
    const answers = qids.items.map(({ number }) => (number <= 6 ? 1 : null));
    expect(openPositions(qids, answers)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(positionAfter(qids, answers, 5)).toBe(7);
  });

  test('INSTRUMENT-24 an answer that makes questions fall away shows them open at once', () => {
    expect(withAnswer(screener, [0, 1, 1, 0, 0, 0], 1, 0)).toEqual([0, 0, null, null, null, 0]);
    expect(withAnswer(screener, [0, 1, 1, 0, 0, 0], 2, 0)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(isAskedAt(screener, [0, 1, null, null, null, null], 3)).toBe(true);
  });

  test('SCREEN-9 an answer on its way is laid over, and taking one back opens the item, which is not 0', () => {
    const shown = withSending(
      half,
      new Map([
        [12, 4],
        [0, null],
      ] as const),
    );
    expect(shown[12]).toBe(4);
    expect(shown[0]).toBeNull();
    expect(progressAt(shown, [0, 12])).toEqual({ answered: 1, of: 2, partial: 4 });
  });
});
