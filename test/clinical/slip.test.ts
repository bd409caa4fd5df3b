import { describe, expect, test } from 'vitest';
import { placeOf, slipWords } from '../../shared/clinical/slip.ts';

describe('a place that slipped', () => {
  test.each([
    [1000, 'a thousand times'],
    [100, 'a hundred times'],
    [10, 'ten times'],
    [0.1, 'a tenth of'],
    [0.01, 'a hundredth of'],
    [0.001, 'a thousandth of'],
  ])('AMOUNT-2 %d times what was expected is “%s”, up to a twentieth more or less', (factor, words) => {
    expect([0.94, 0.96, 1, 1.04, 1.06].map((share) => placeOf(factor * share))).toEqual([null, words, words, words, null]);
  });

  test('AMOUNT-2 what was expected, twice of it, half of it and nothing are no place that slipped', () => {
    expect([1, 2, 0.5, 5, 0.2, 0].map(placeOf)).toEqual([null, null, null, null, null, null]);
  });
});

describe('a slip', () => {
  test.each([
    [199_999, null],
    [200_000, '5 times'],
    [260_000, '6.5 times'],
    [400_000, 'ten times'],
    [4000, 'a tenth of'],
    [8000, null],
    [40_000, null],
  ])('AMOUNT-2 of 40 mg, %i µg: %s', (ug, words) => {
    expect(slipWords(ug, 40_000)).toBe(words);
  });

  test('AMOUNT-2 where nothing was expected, or nothing is given, there is no slip', () => {
    expect([null, 0, -1].map((expected) => slipWords(40_000, expected))).toEqual([null, null, null]);
    expect([0, -400_000].map((value) => slipWords(value, 40_000))).toEqual([null, null]);
    // Two below nothing give a ratio above it.
    expect(slipWords(-400, -40)).toBeNull();
    // From a microgram on, both count.
    expect(slipWords(10, 1)).toBe('ten times');
    expect(slipWords(1, 10)).toBe('a tenth of');
  });
});
