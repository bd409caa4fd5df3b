import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeGutter, type GutterWish } from '../../../renderer/components/timeline/gutter-placement.ts';
import { figureOffsetPx, ratingWords, type RatingMark } from '../../../renderer/components/timeline/rating-rows.ts';

const widthOf = (words: string): number => words.length * 8;
const mark = (key: string, x: number, figure: string, suffix = ''): RatingMark => ({
  key,
  row: 'suds',
  x,
  share: 0.5,
  figure,
  suffix,
  open: false,
});

/** Left and right edge of the words that a mark got; null for none. */
function spanOf(one: RatingMark, words: ReturnType<typeof ratingWords>): { from: number; to: number } | null {
  const fit = words.get(one.key);
  if (fit === undefined || fit.figure === null) return null;
  const px = widthOf(fit.suffix ? one.figure + one.suffix : one.figure);
  return fit.figure === 'right'
    ? { from: one.x + figureOffsetPx, to: one.x + figureOffsetPx + px }
    : { from: one.x - figureOffsetPx - px, to: one.x - figureOffsetPx };
}

describe('the words of ratings', () => {
  test('CHART-24 two ratings of one moment do not print over one another', () => {
    const marks = [mark('a', 300, 'Aldrete 10'), mark('b', 300, 'nausea 1')];
    const words = ratingWords(marks, { cadss: [], sedation: [], suds: [300, 300] }, null, widthOf);
    expect(words.get('a')?.figure).toBe('right');
    expect(words.get('b')?.figure).toBe('left');
  });

  test('CHART-24 words of ratings never overlap, and never lie on a gauge, whatever was rated when', () => {
    const rated = fc.array(
      fc.record({
        x: fc.integer({ min: 100, max: 400 }),
        figure: fc.constantFrom('5', '31', 'Aldrete 10', 'nausea 1', '12 of 23'),
        suffix: fc.constantFrom('', '/92'),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(rated, fc.option(fc.integer({ min: 100, max: 420 })), (items, barrierX) => {
        const marks = items.map(({ x, figure, suffix }, n) => mark(String(n), x, figure, suffix));
        const words = ratingWords(marks, { cadss: [], sedation: [], suds: marks.map(({ x }) => x) }, barrierX, widthOf);
        const spans = marks.flatMap((one) => {
          const span = spanOf(one, words);
          return span === null ? [] : [{ x: one.x, ...span }];
        });
        for (const a of spans) {
          for (const other of marks) if (other.x !== a.x) expect(other.x + 4 <= a.from || other.x - 4 >= a.to).toBe(true);
          for (const b of spans) if (a !== b) expect(a.to <= b.from || b.to <= a.from).toBe(true);
          if (barrierX !== null && a.x < barrierX) expect(a.to).toBeLessThanOrEqual(barrierX);
        }
      }),
      { seed: 24, numRuns: 400 },
    );
  });
});

describe('the words of the gutters', () => {
  const wish = (key: string, y: number, first = false): GutterWish => ({ key, words: key, y, first });

  test('CHART-25 words that would touch move apart', () => {
    const placed = placeGutter([wish('90', 100), wish('60', 106)]);
    expect(placed.map(({ y }) => y).toSorted((a, b) => a - b)).toEqual([95.5, 110.5]);
  });

  test('CHART-25 in lanes of any height no two words lie on one another, and what stands first is never left out', () => {
    const wishes = fc.array(fc.record({ y: fc.integer({ min: 0, max: 160 }), first: fc.boolean() }), { maxLength: 12 });
    fc.assert(
      fc.property(wishes, (items) => {
        const placed = placeGutter(items.map(({ y }, n) => wish(String(n), y, n === 0)));
        expect(items.length === 0 || placed.some(({ key }) => key === '0')).toBe(true);
        for (const a of placed) {
          for (const b of placed) if (a.key !== b.key) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(13);
          expect(Math.abs(a.y - (items[Number(a.key)]?.y ?? 0))).toBeLessThanOrEqual(7);
        }
      }),
      { seed: 25, numRuns: 400 },
    );
  });
});
