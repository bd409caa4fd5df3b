import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mgGrowing } from '../../../renderer/format/amounts.ts';
import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { showMilli } from '../../../shared/values/quantity.ts';
import { agoWords, minuteFrom, signedElapsed, untilWords, wholeMinutes } from '../../../renderer/format/durations.ts';

describe('durations', () => {
  test.each([
    [0, 'now'],
    [999, 'now'],
    [1000, '1 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [183_000, '3 min ago'],
    [3_600_000, '1 h 00 min ago'],
    [7_500_000, '2 h 05 min ago'],
    [-5000, 'now'],
  ])('PAGE-1 an age of %i ms reads "%s"', (ms, words) => {
    expect(agoWords(ms)).toBe(words);
  });

  test.each([
    [21_000, '00:21'],
    [130_000, '02:10'],
    [300_000, '05:00'],
    [3_723_000, '1:02:03'],
    [-5, '00:00'],
  ])('PAGE-1 a lasting of %i ms reads "%s"', (ms, words) => {
    expect(minutesAndSeconds(ms)).toBe(words);
  });

  test.each([
    [2_280_000, '+00:38:00'],
    [0, '+00:00:00'],
    [-312_000, '−00:05:12'],
    [-999, '+00:00:00'],
    [36_000_000, '+10:00:00'],
  ])('PAGE-2 %i ms from the start read "%s"', (ms, words) => {
    expect(signedElapsed(ms)).toBe(words);
  });

  test('PAGE-2 minutes from the start carry a sign, and a true minus', () => {
    expect([-900_000, -1, 0, 59_999, 2_280_000].map((ms) => minuteFrom(1_000_000, 1_000_000 + ms))).toEqual([
      '−15',
      '−1',
      '+0',
      '+0',
      '+38',
    ]);
  });

  test('PAGE-3 a countdown reads 0:00 only when it is due', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7_200_000 }), (ms) => {
        expect(untilWords(ms)).not.toBe('0:00');
      }),
      { seed: 7 },
    );
    expect([0, -5000, 120_000, 119_001, 3_720_000].map(untilWords)).toEqual(['0:00', '0:00', '2:00', '2:00', '1:02:00']);
  });

  test('PAGE-3 what is over is said in whole minutes that have passed', () => {
    expect([0, 59_999, 480_000, 539_999, 3_900_000].map(wholeMinutes)).toEqual(['0 min', '0 min', '8 min', '8 min', '1 h 05 min']);
  });

  test('PAGE-4 an amount that grows keeps two decimals, one that stands keeps only those it has', () => {
    expect([29_250, 29_999, 0, 40_000].map(mgGrowing)).toEqual(['29.25', '30.00', '0.00', '40.00']);
    expect([40_000, 36_200, 500].map(showMilli)).toEqual(['40', '36.2', '0.5']);
  });
});
