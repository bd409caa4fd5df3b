import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeGutter, type GutterWish } from '../../../../renderer/components/timeline/gutter-placement.ts';

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
