import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimateTrend, lastTrendValue, trendGaps, trendRange, trendValueAt, type Trend } from '../../../shared/clinical/trend.ts';

type Metric = 'a' | 'b';
const metrics: readonly Metric[] = ['a', 'b'];
const fromMs = 1_000_000;

function trendOf(a: readonly (number | null)[], b: readonly (number | null)[] = a): Trend<Metric> {
  return { fromMs, stepMs: 1000, length: a.length, columns: { a, b } };
}

const seconds = (index: number): number => fromMs + index * 1000;
const whole = (trend: Trend<Metric>) => ({ fromMs, toMs: seconds(trend.length) });
const run = (length: number, valueOf: (index: number) => number | null): (number | null)[] => Array.from({ length }, (_, i) => valueOf(i));

/** Long columns made of stretches with and without values, as monitors give them. */
const column = fc
  .array(fc.record({ length: fc.integer({ min: 1, max: 400 }), level: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((stretches) => stretches.flatMap(({ length, level }, n) => run(length, (i) => (level === null ? null : level + ((i * 7 + n) % 5)))));
const trends = fc.tuple(column, column).map(([a, b]) => {
  const length = Math.min(a.length, b.length);
  return trendOf(a.slice(0, length), b.slice(0, length));
});
const limits = fc.integer({ min: 16, max: 400 });
const values = (rows: readonly { readonly a: number | null }[]): number[] => rows.flatMap((row) => (row.a === null ? [] : [row.a]));

describe('decimation', () => {
  test('CHART-2 there are never more rows than the limit', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        expect(decimateTrend(trend, metrics, whole(trend), limit).length).toBeLessThanOrEqual(limit);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('CHART-2 dropouts in every bucket still leave the rows under the limit', () => {
    const trend = trendOf(run(5000, (i) => (i % 3 === 0 ? null : 70 + (i % 4))));
    expect(decimateTrend(trend, metrics, whole(trend), 100).length).toBeLessThanOrEqual(100);
  });

  test('CHART-3 the lowest and the highest value are kept, however short they were', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        const all = trend.columns.a.filter((value) => value !== null);
        const kept = values(decimateTrend(trend, metrics, whole(trend), limit));
        expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)]);
      }),
      { seed: 3, numRuns: 200 },
    );
    const spike = trendOf(run(14_400, (i) => (i === 7777 ? 160 : 72)));
    expect(values(decimateTrend(spike, metrics, whole(spike), 320))).toContain(160);
  });

  test('CHART-4 every value of a row was measured within its bucket; none is made up', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        const rows = decimateTrend(trend, metrics, whole(trend), limit);
        const bucketMs = Math.ceil(trend.length / (Math.floor((limit - 1) / 3) - 1)) * 1000;
        for (const row of rows) {
          if (row.a === null) continue;
          const near = trend.columns.a.filter((_, i) => Math.abs(seconds(i) - row.atMs) <= bucketMs);
          expect(near).toContain(row.a);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test('CHART-4 where a bucket holds no value there is none in the rows either', () => {
    const trend = trendOf(run(6000, (i) => (i >= 2000 && i < 4000 ? null : 80)));
    const rows = decimateTrend(trend, metrics, whole(trend), 120);
    const inside = rows.filter((row) => row.atMs > seconds(2150) && row.atMs < seconds(3850));
    expect(inside.length).toBeGreaterThan(10);
    expect(inside.every((row) => row.a === null)).toBe(true);
  });

  test('CHART-4 a dropout shorter than a bucket still breaks the line', () => {
    const trend = trendOf(run(6000, (i) => (i >= 3010 && i < 3020 ? null : 80)));
    expect(decimateTrend(trend, metrics, whole(trend), 120).some((row) => row.a === null)).toBe(true);
  });

  test('CHART-4 a dropout of one metric leaves the others whole', () => {
    const trend = trendOf(
      run(6000, (i) => (i >= 3010 && i < 3020 ? null : 80)),
      run(6000, () => 97),
    );
    expect(decimateTrend(trend, metrics, whole(trend), 120).every((row) => row.b === 97)).toBe(true);
  });

  test('CHART-2 rows are in time order and end at the last second', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        const times = decimateTrend(trend, metrics, whole(trend), limit).map((row) => row.atMs);
        expect(times).toEqual([...times].sort((x, y) => x - y));
        expect(times.at(-1)).toBe(seconds(trend.length - 1));
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  test('CHART-2 few seconds are given as they are, and only those of the window', () => {
    const trend = trendOf(run(100, (i) => i));
    const rows = decimateTrend(trend, metrics, { fromMs: seconds(10), toMs: seconds(19) }, 50);
    expect(rows.map((row) => row.a)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(decimateTrend(trend, metrics, { fromMs: seconds(200), toMs: seconds(300) }, 50)).toEqual([]);
  });

  test('CHART-5 buckets stand still while a window of the same length moves on', () => {
    const trend = trendOf(run(4000, (i) => 70 + ((i * 31) % 17)));
    const at = (shift: number) => decimateTrend(trend, metrics, { fromMs: seconds(shift), toMs: seconds(shift + 2999) }, 200);
    const middle = (rows: ReturnType<typeof at>) => rows.filter((row) => row.atMs > seconds(200) && row.atMs < seconds(2800));
    expect(middle(at(1))).toEqual(middle(at(0)));
    expect(middle(at(0)).length).toBeGreaterThan(100);
  });

  test('CHART-2 a limit too small to draw with is refused', () => {
    expect(() => decimateTrend(trendOf([1, 2]), metrics, { fromMs, toMs: seconds(2) }, 8)).toThrow(/limit of 8 rows/);
  });
});

describe('values at an instant', () => {
  const trend = trendOf([70, 71, null, null, 74, null]);

  test('CHART-6 a value is read at its own second and not carried into an absence', () => {
    expect([0, 1, 2, 3, 4, 5].map((i) => trendValueAt(trend, 'a', seconds(i)))).toEqual([70, 71, null, null, 74, null]);
    expect(trendValueAt(trend, 'a', seconds(1) + 999)).toBe(71);
  });

  test('CHART-6 looking back is bounded by what was asked for', () => {
    expect(trendValueAt(trend, 'a', seconds(3), 1000)).toBeNull();
    expect(trendValueAt(trend, 'a', seconds(3), 2000)).toBe(71);
    expect(trendValueAt(trend, 'a', seconds(3) + 900, 2000)).toBeNull();
  });

  test('CHART-6 before the first and long after the last second there is no value', () => {
    expect(trendValueAt(trend, 'a', fromMs - 1, 5000)).toBeNull();
    expect(trendValueAt(trend, 'a', seconds(60), 3000)).toBeNull();
  });

  test('CHART-6 the last value says when it was', () => {
    expect(lastTrendValue(trend, 'a', seconds(3))).toEqual({ value: 71, atMs: seconds(1) });
    expect(lastTrendValue(trend, 'a', seconds(99))).toEqual({ value: 74, atMs: seconds(4) });
    expect(lastTrendValue(trend, 'a', fromMs - 1)).toBeNull();
  });

  test('CHART-6 the range ignores absences, and is absent where all is', () => {
    expect(trendRange(trend, 'a')).toEqual({ low: 70, high: 74 });
    expect(trendRange(trendOf([null, null]), 'a')).toBeNull();
  });
});

describe('gaps', () => {
  test('CHART-7 a gap reaches from the last value before it to the first after it', () => {
    const trend = trendOf(run(100, (i) => (i > 20 && i < 50 ? null : 80)));
    expect(trendGaps(trend, 'a', 10_000)).toEqual([{ fromMs: seconds(20), toMs: seconds(50) }]);
  });

  test('CHART-7 a gap that lasts has no end, and what came before the first value is no gap', () => {
    const trend = trendOf(run(100, (i) => (i < 30 || i > 60 ? null : 80)));
    expect(trendGaps(trend, 'a', 10_000)).toEqual([{ fromMs: seconds(60), toMs: null }]);
    expect(trendGaps(trendOf([null, null, null]), 'a', 1000)).toEqual([]);
  });

  test('CHART-7 shorter absences are left out', () => {
    const trend = trendOf(run(100, (i) => (i > 20 && i < 29 ? null : 80)));
    expect(trendGaps(trend, 'a', 10_000)).toEqual([]);
    expect(trendGaps(trend, 'a', 9000)).toHaveLength(1);
  });
});
