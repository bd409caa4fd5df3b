import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromThousandths, gramsFromEntry, showDecimal, showShort, thousandths } from '../../shared/values/quantity.ts';
import { ceilRational, rational, rationalFromDecimal, roundRational, toNumber } from '../../shared/values/rational.ts';

describe('quantities', () => {
  test('UNIT-1 pounds become grams by the exact definition', () => {
    expect(gramsFromEntry({ value: 176, unit: 'lb' })).toBe(79_832); // 79 832.257
    expect(gramsFromEntry({ value: 1, unit: 'lb' })).toBe(454);
    expect(gramsFromEntry({ value: 220.462262, unit: 'lb' })).toBe(100_000);
    expect(gramsFromEntry({ value: 80, unit: 'kg' })).toBe(80_000);
  });

  test('UNIT-2 a typed decimal becomes the whole number it names, not the double beside it', () => {
    expect([1.005, 0.362, 72.4, 1e-3, 1.0005, 0.0004999].map(thousandths)).toEqual([1005, 362, 72_400, 1, 1001, 0]);
    expect(thousandths(1e21)).toBe(1e24);
    expect(thousandths(5e-7)).toBe(0);
    expect(() => rationalFromDecimal(Number.NaN)).toThrow('not a finite number');
    expect(fromThousandths(39_916)).toBe(39.916);
  });

  test('UNIT-2 any weight to the gram survives typing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_500_000 }), (grams) => {
        expect(gramsFromEntry({ value: Number((grams / 1000).toFixed(3)), unit: 'kg' })).toBe(grams);
      }),
      { seed: 11 },
    );
  });

  test('UNIT-3 shown figures round a half away from zero and keep their places', () => {
    expect([1.005, 39.995, -1.005, 40, 0.04].map((value) => showDecimal(value, 2))).toEqual(['1.01', '40.00', '-1.01', '40.00', '0.04']);
    expect(showDecimal(31.264, 0)).toBe('31');
    expect([40, 36.2, 0.362, 100].map((value) => showShort(value, 3))).toEqual(['40', '36.2', '0.362', '100']);
    expect(showShort(100, 0)).toBe('100');
  });

  test('UNIT-4 fractions round and convert on both sides of zero', () => {
    expect([rational(5n, 2n), rational(-5n, 2n), rational(7n, -3n)].map(roundRational)).toEqual([3, -3, -2]);
    expect([rational(5n, 2n), rational(-5n, 2n), rational(6n, 2n)].map(ceilRational)).toEqual([3, -2, 3]);
    expect(toNumber(rational(10n ** 30n + 1n, 10n ** 12n))).toBe(1e18);
    expect(() => rational(1n, 0n)).toThrow('denominator');
  });
});
