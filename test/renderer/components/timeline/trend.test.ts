import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastTrendValue, trendRange, type Trend } from '../../../../shared/clinical/trend.ts';
import { strikeThrough } from '../../../../renderer/components/timeline/series-path.tsx';
import { isDrawnAt, markedStrokes, trendGaps, trendStrokes, type Stroke } from '../../../../shared/clinical/trend-strokes.ts';

type Metric = 'a' | 'b';
const fromMs = 1_000_000;

function trendOf(a: readonly (number | null)[], b: readonly (number | null)[] = a): Trend<Metric> {
  return { fromMs, stepMs: 1000, length: a.length, columns: { a, b } };
}

const seconds = (index: number): number => fromMs + index * 1000;
const whole = (trend: Pick<Trend<Metric>, 'length'>) => ({ fromMs, toMs: seconds(trend.length) });
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
const values = (strokes: readonly Stroke[]): number[] => strokes.flat().map(({ value }) => value);

describe('decimation', () => {
  test('CHART-2 there are never more points than the limit', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        expect(trendStrokes(trend, 'a', whole(trend), limit).flat().length).toBeLessThanOrEqual(limit);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('CHART-2 dropouts in every bucket still leave the points under the limit', () => {
    const trend = trendOf(run(5000, (i) => (i % 7 > 3 ? null : 70 + (i % 4))));
    expect(trendStrokes(trend, 'a', whole(trend), 100).flat().length).toBeLessThanOrEqual(100);
  });

  test('CHART-3 the lowest and the highest value are kept, however short they were', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        const all = trend.columns.a.filter((value) => value !== null);
        const kept = values(trendStrokes(trend, 'a', whole(trend), limit));
        expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)]);
      }),
      { seed: 3, numRuns: 200 },
    );
    const spike = trendOf(run(14_400, (i) => (i === 7777 ? 160 : 72)));
    expect(trendStrokes(spike, 'a', whole(spike), 320).flat()).toContainEqual({ atMs: seconds(7777), value: 160 });
  });

  test('CHART-4 every point is a value at its own time; none is made up', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        for (const { atMs, value } of trendStrokes(trend, 'a', whole(trend), limit).flat()) {
          expect(trend.columns.a[(atMs - fromMs) / 1000]).toBe(value);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test('CHART-4 no line passes where every second gives none, however few points are drawn', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        for (const stroke of trendStrokes(trend, 'a', whole(trend), limit)) {
          const [from = 0, to = 0] = [stroke.at(0)?.atMs, stroke.at(-1)?.atMs].map((atMs) => ((atMs ?? 0) - fromMs) / 1000);
          const between = trend.columns.a.slice(from, to + 1);
          expect(between.some((value, i) => value === null && between[i + 1] === null)).toBe(false);
        }
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  test('CHART-2 points are in time order and end at the last value', () => {
    fc.assert(
      fc.property(trends, limits, (trend, limit) => {
        const times = trendStrokes(trend, 'a', whole(trend), limit)
          .flat()
          .map(({ atMs }) => atMs);
        expect(times).toEqual([...new Set(times)].sort((x, y) => x - y));
        const last = trend.columns.a.findLastIndex((value) => value !== null);
        expect(times.at(-1)).toBe(last === -1 ? undefined : seconds(last));
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  test('CHART-2 few values are given as they are, and only those of the window', () => {
    const trend = trendOf(run(100, (i) => i));
    const strokes = trendStrokes(trend, 'a', { fromMs: seconds(10), toMs: seconds(19) }, 50);
    expect(values(strokes)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(trendStrokes(trend, 'a', { fromMs: seconds(200), toMs: seconds(300) }, 50)).toEqual([]);
  });

  test('CHART-5 buckets stand still while a window of the same length moves on', () => {
    const trend = trendOf(run(4000, (i) => 70 + ((i * 31) % 17)));
    const at = (shift: number) => trendStrokes(trend, 'a', { fromMs: seconds(shift), toMs: seconds(shift + 2999) }, 200).flat();
    const middle = (points: ReturnType<typeof at>) => points.filter(({ atMs }) => atMs > seconds(200) && atMs < seconds(2800));
    expect(middle(at(1))).toEqual(middle(at(0)));
    expect(middle(at(0)).length).toBeGreaterThan(100);
  });

  test('CHART-2 a limit too small to draw with is refused', () => {
    expect(() => trendStrokes(trendOf([1, 2]), 'a', { fromMs, toMs: seconds(2) }, 8)).toThrow(/limit of 8 points/);
  });
});

describe('what a line joins', () => {
  const every = (everyS: number, length: number): (number | null)[] => run(length, (i) => (i % everyS === 0 ? 80 : null));
  const strokesOf = (trend: Trend<Metric>) => trendStrokes(trend, 'a', whole(trend), 400);

  test.each([1, 2, 3, 5, 10, 12, 30, 60, 120])(
    'CHART-26 a source that speaks every %i s is one line, and one missed turn leaves it whole',
    (everyS) => {
      const column = every(everyS, everyS * 20);
      expect(strokesOf(trendOf(column))).toHaveLength(1);
      const missed = column.map((value, i) => (i === everyS * 9 ? null : value));
      expect(strokesOf(trendOf(missed))).toHaveLength(1);
      const missedTwo = missed.map((value, i) => (i === everyS * 10 ? null : value));
      expect(strokesOf(trendOf(missedTwo)).map((stroke) => stroke.length)).toEqual([9, 9]);
    },
  );

  test('CHART-26 an uneven turn of a slow source is no break, and two values before there is a rhythm are two points', () => {
    const uneven = [0, 9, 21, 30, 42, 50, 61];
    expect(strokesOf(trendOf(run(62, (i) => (uneven.includes(i) ? 80 : null))))).toHaveLength(1);
    expect(strokesOf(trendOf(run(62, (i) => (i % 60 === 0 ? 80 : null)))).map((stroke) => stroke.length)).toEqual([1, 1]);
  });

  test('CHART-26 what lies more than five minutes apart is joined by no rhythm', () => {
    expect(strokesOf(trendOf(every(300, 3001)))).toHaveLength(1);
    expect(strokesOf(trendOf(every(301, 3011))).every((stroke) => stroke.length === 1)).toBe(true);
  });

  test('CHART-26 dropouts as long as the values between them do not pass for a rhythm', () => {
    const flicker = run(400, (i) => (i % 31 < 2 ? 80 : null));
    expect(strokesOf(trendOf(flicker)).every((stroke) => stroke.length === 2)).toBe(true);
  });

  test('CHART-26 the line breaks in the second in which the monitor said that there is no value', () => {
    const trend = { ...trendOf(every(2, 21)), breaks: { a: [seconds(9)] } };
    expect(strokesOf(trend).map((stroke) => stroke.map(({ atMs }) => (atMs - fromMs) / 1000))).toEqual([
      [0, 2, 4, 6, 8],
      [10, 12, 14, 16, 18, 20],
    ]);
  });

  test('CHART-26 whether the line passes an instant', () => {
    const trend = trendOf(every(10, 101));
    expect([5, 55, 100].map((i) => isDrawnAt(trend, 'a', seconds(i)))).toEqual([true, true, true]);
    const behind = { ...trend, length: 141, columns: { a: [...trend.columns.a, ...run(40, () => null)], b: [] } };
    expect([119, 121].map((i) => isDrawnAt(behind, 'a', seconds(i)))).toEqual([true, false]);
    expect(isDrawnAt({ ...behind, breaks: { a: [seconds(103)] } }, 'a', seconds(104))).toBe(false);
    const second = trendOf([70, 71, null, null, null, 74, null]);
    expect([0, 1, 3, 5].map((i) => isDrawnAt(second, 'a', seconds(i)))).toEqual([true, true, false, true]);
    expect(isDrawnAt(second, 'a', fromMs - 1)).toBe(false);
  });
});

describe('values at an instant', () => {
  const trend = trendOf([70, 71, null, null, 74, null]);

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

describe('what was marked as an artefact', () => {
  // 20 seconds of a sensor that slipped, in 4 hours.
  const level = run(4 * 3600, (i) => (i >= 5000 && i < 5020 ? 140 + (i % 3) : 70 + (i % 5)));
  const trend: Trend<'spo2'> = { fromMs, stepMs: 1000, length: level.length, columns: { spo2: level } };
  const slipped = { metric: 'spo2', fromMs: seconds(5000), toMs: seconds(5019) } as const;

  test('CHART-27 stands apart from the line, whole, and takes the place of no other value', () => {
    const { strokes, marked } = markedStrokes(trend, 'spo2', whole(trend), 320, [slipped]);
    expect(values(marked)).toEqual(level.slice(5000, 5020));
    expect(marked).toHaveLength(1);
    expect(Math.max(...values(strokes))).toBe(74);
    expect(strokes).toHaveLength(2);
    const around = strokes.flat().filter(({ atMs }) => Math.abs(atMs - seconds(5010)) < 90_000);
    expect(around.some(({ atMs }) => atMs < seconds(5000)) && around.some(({ atMs }) => atMs > seconds(5019))).toBe(true);
  });

  test('CHART-27 of another line is left to that line', () => {
    expect(markedStrokes(trend, 'spo2', whole(trend), 320, [{ ...slipped, metric: 'pulse-rate' }])).toEqual({
      strokes: trendStrokes(trend, 'spo2', whole(trend), 320),
      marked: [],
    });
  });

  test('CHART-27 is struck from below its beginning to above its end, also where it is one second', () => {
    expect(
      strikeThrough([
        { x: 10, y: 50 },
        { x: 20, y: 40 },
      ]),
    ).toEqual([{ x1: 4, y1: 56, x2: 26, y2: 34 }]);
    expect(strikeThrough([{ x: 10, y: 50 }])).toEqual([{ x1: 4, y1: 56, x2: 16, y2: 44 }]);
    expect(strikeThrough([])).toEqual([]);
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

  test('CHART-7 a slow monitor within its turn has no gap', () => {
    const trend = trendOf(run(330, (i) => (i % 60 === 0 ? 80 : null)));
    expect(trendGaps(trend, 'a', 10_000)).toEqual([]);
    const silent = { ...trend, length: 500, columns: { a: [...trend.columns.a, ...run(170, () => null)], b: [] } };
    expect(trendGaps(silent, 'a', 10_000)).toEqual([{ fromMs: seconds(300), toMs: null }]);
  });
});
