import { describe, expect, test } from 'vitest';
import {
  firstOpenPosition,
  positionAfter,
  positionsOf,
  progressAt,
  withSending,
} from '../../../renderer/screens/rating/rating-progress.ts';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';

const cadss23 = instruments['cadss-23'];
/** The first twelve answers of the "typical peak" case. */
const twelve = [3, 2, 2, 1, 0, 3, 2, 0, 1, 0, 1, 3];
const half: readonly (number | null)[] = [...twelve, ...new Array<null>(11).fill(null)];

describe('a rating under way', () => {
  test('SCREEN-6 an answer moves on to the next open item', () => {
    expect(positionAfter(half, 11)).toBe(12);
    const skipped = [0, null, 2, null];
    expect(positionAfter(skipped, 0)).toBe(1);
    expect(positionAfter(skipped, 1)).toBe(3);
  });

  test('SCREEN-6 after the last item it goes round to what was left out', () => {
    const lastAnswered = [0, null, 2, 3];
    expect(positionAfter(lastAnswered, 3)).toBe(1);
  });

  test('SCREEN-6 with nothing open it goes one on, and stays on the last', () => {
    expect(positionAfter([0, 1, 2], 0)).toBe(1);
    expect(positionAfter([0, 1, 2], 2)).toBe(2);
    expect(positionAfter([4], 0)).toBe(0);
  });

  test('SCREEN-7 a rating is taken up again at its first open item', () => {
    expect(firstOpenPosition(half)).toBe(12);
    expect(firstOpenPosition([0, 1])).toBe(1);
    expect(firstOpenPosition([0, null, 1, null])).toBe(1);
  });

  test('SCREEN-8 CADSS-6 within the full form is found by printed numbers: 4 of 6, partial 10', () => {
    const positions = positionsOf(cadss23, [1, 2, 6, 7, 15, 22]);
    expect(positions).toEqual([0, 1, 5, 6, 14, 21]);
    expect(progressAt(half, positions)).toEqual({ answered: 4, of: 6, partial: 10 });
  });

  test('SCREEN-8 the short form keeps the numbers of the full one', () => {
    expect(positionsOf(instruments['cadss-6'], [1, 2, 6, 7, 15, 22])).toEqual([0, 1, 2, 3, 4, 5]);
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
