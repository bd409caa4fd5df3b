import type { UtcMs } from '../values/instant.ts';

/**
 * A session's vitals as columns that share their times (one value a second), and how to read them honestly:
 * a null is "no value" and stays one. Nothing here averages, holds or joins across an absence.
 */

/** Structurally the contract's `TrendColumns`; `columns[m][i]` was measured at `fromMs + i × stepMs`. */
export interface Trend<M extends string> {
  readonly fromMs: UtcMs;
  readonly stepMs: number;
  readonly length: number;
  readonly columns: Readonly<Record<M, readonly (number | null)[]>>;
}

/** One point in time with a value, or none, for every metric asked for. */
export type TrendRow<M extends string> = { readonly atMs: UtcMs } & { readonly [K in M]: number | null };

export interface TrendWindow {
  readonly fromMs: UtcMs;
  readonly toMs: UtcMs;
}

/**
 * At most `limit` rows, in time order, that draw the same picture as every second within `window` would.
 *
 * Few enough seconds are given as they are. Otherwise time is cut into equal buckets, counted from the start of
 * the trend so that they stand still while the window moves, and each bucket gives two rows with the lowest and
 * highest value of each metric in the order in which they happened: a spike of one second survives. A bucket
 * that holds both values and absences gives one more row, so that the line breaks there. The last row is the
 * last second itself. `limit` is at least 16.
 */
export function decimateTrend<M extends string>(
  trend: Trend<M>,
  metrics: readonly M[],
  window: TrendWindow,
  limit: number,
): readonly TrendRow<M>[] {
  if (limit < 16) throw new RangeError(`trend: a limit of ${limit} rows is too small, 16 is the least`);
  const first = Math.max(0, Math.ceil((window.fromMs - trend.fromMs) / trend.stepMs));
  const end = Math.min(trend.length, Math.floor((window.toMs - trend.fromMs) / trend.stepMs) + 1);
  if (end <= first) return [];
  if (end - first <= limit) return rawRows(trend, metrics, first, end);
  const rows = bucketRows(trend, metrics, first, end, Math.floor((limit - 1) / 2) - 1);
  // Very many short dropouts: coarser buckets leave room for a break in each.
  return rows.length <= limit ? rows : bucketRows(trend, metrics, first, end, Math.floor((limit - 1) / 3) - 1);
}

function rawRows<M extends string>(trend: Trend<M>, metrics: readonly M[], first: number, end: number): TrendRow<M>[] {
  const rows: TrendRow<M>[] = [];
  for (let index = first; index < end; index += 1) rows.push(rowOf(trend, metrics, index));
  return rows;
}

function rowOf<M extends string>(trend: Trend<M>, metrics: readonly M[], index: number): TrendRow<M> {
  return makeRow(metrics, trend.fromMs + index * trend.stepMs, (metric) => trend.columns[metric][index] ?? null);
}

function makeRow<M extends string>(metrics: readonly M[], atMs: UtcMs, valueOf: (metric: M) => number | null): TrendRow<M> {
  const row: Record<string, number | null> = { atMs };
  for (const metric of metrics) row[metric] = valueOf(metric);
  return row as TrendRow<M>;
}

function bucketRows<M extends string>(
  trend: Trend<M>,
  metrics: readonly M[],
  first: number,
  end: number,
  buckets: number,
): readonly TrendRow<M>[] {
  const stride = Math.ceil((end - first) / buckets);
  const rows: TrendRow<M>[] = [];
  for (let start = Math.floor(first / stride) * stride; start < end; start += stride) {
    const from = Math.max(start, first);
    const to = Math.min(start + stride, end);
    rows.push(...oneBucket(trend, metrics, from, to));
  }
  rows.push(rowOf(trend, metrics, end - 1));
  return rows;
}

/** What a metric did within a bucket: its extremes in the order they happened, and where it was absent. */
interface Extremes {
  readonly earlier: number | null;
  readonly later: number | null;
  readonly broken: 'no' | 'at its start' | 'after its start';
}

function oneBucket<M extends string>(trend: Trend<M>, metrics: readonly M[], from: number, to: number): TrendRow<M>[] {
  const extremes = new Map<M, Extremes>(metrics.map((metric) => [metric, extremesOf(trend.columns[metric], from, to)]));
  const of = (metric: M): Extremes => extremes.get(metric) ?? { earlier: null, later: null, broken: 'no' };
  const moment = (share: number): UtcMs => trend.fromMs + Math.round((from + (to - 1 - from) * share) * trend.stepMs);
  const pair = [
    makeRow(metrics, moment(0.25), (metric) => of(metric).earlier),
    makeRow(metrics, moment(0.7), (metric) => of(metric).later),
  ];
  const broken = metrics.filter((metric) => of(metric).broken !== 'no');
  if (broken.length === 0) return pair;
  const isBroken = (metric: M): boolean => of(metric).broken !== 'no';
  if (broken.some((metric) => of(metric).broken === 'at its start')) {
    return [makeRow(metrics, moment(0.1), (metric) => (isBroken(metric) ? null : of(metric).earlier)), ...pair];
  }
  return [...pair, makeRow(metrics, moment(0.9), (metric) => (isBroken(metric) ? null : of(metric).later))];
}

function extremesOf(column: readonly (number | null)[], from: number, to: number): Extremes {
  let low = Infinity;
  let high = -Infinity;
  let lowAt = -1;
  let highAt = -1;
  let absent = 0;
  for (let index = from; index < to; index += 1) {
    const value = column[index] ?? null;
    if (value === null) {
      absent += 1;
      continue;
    }
    if (value < low) [low, lowAt] = [value, index];
    if (value > high) [high, highAt] = [value, index];
  }
  if (lowAt < 0) return { earlier: null, later: null, broken: 'no' };
  const [earlier, later] = lowAt <= highAt ? [low, high] : [high, low];
  if (absent === 0) return { earlier, later, broken: 'no' };
  const startsAbsent = (column[from] ?? null) === null && (column[to - 1] ?? null) !== null;
  return { earlier, later, broken: startsAbsent ? 'at its start' : 'after its start' };
}

/**
 * The value measured at an instant, or within the `lookBackMs` before it (a sample is up to a second old by
 * nature). null where there was none: a value is never carried further.
 */
export function trendValueAt<M extends string>(trend: Trend<M>, metric: M, atMs: UtcMs, lookBackMs = 0): number | null {
  const newest = Math.floor((atMs - trend.fromMs) / trend.stepMs);
  const oldest = Math.max(0, Math.min(newest, Math.ceil((atMs - lookBackMs - trend.fromMs) / trend.stepMs)));
  for (let index = newest; index >= oldest; index -= 1) {
    const value = trend.columns[metric][index] ?? null;
    if (value !== null) return value;
  }
  return null;
}

/** The last value at or before an instant, with its time; null when there was none at all. */
export function lastTrendValue<M extends string>(trend: Trend<M>, metric: M, atMs: UtcMs): { value: number; atMs: UtcMs } | null {
  const column = trend.columns[metric];
  for (let index = Math.min(column.length - 1, Math.floor((atMs - trend.fromMs) / trend.stepMs)); index >= 0; index -= 1) {
    const value = column[index] ?? null;
    if (value !== null) return { value, atMs: trend.fromMs + index * trend.stepMs };
  }
  return null;
}

/** Lowest and highest of a metric over the whole trend; null when it never had a value. */
export function trendRange<M extends string>(trend: Trend<M>, metric: M): { low: number; high: number } | null {
  const { earlier, later } = extremesOf(trend.columns[metric], 0, trend.length);
  if (earlier === null || later === null) return null;
  return { low: Math.min(earlier, later), high: Math.max(earlier, later) };
}

/** A stretch without values of one metric. */
export interface TrendGap {
  /** Time of the last value before it. */
  readonly fromMs: UtcMs;
  /** Time of the first value after it; null while it lasts. */
  readonly toMs: UtcMs | null;
}

/**
 * Where a metric that had begun to give values gave none for `leastMs` or longer, in time order. The time before
 * its first value is not a gap: nothing was connected yet. A gap at the end lasts until the trend's last second.
 */
export function trendGaps<M extends string>(trend: Trend<M>, metric: M, leastMs: number): readonly TrendGap[] {
  const column = trend.columns[metric];
  const timeOf = (index: number): UtcMs => trend.fromMs + index * trend.stepMs;
  const gaps: TrendGap[] = [];
  let last = -1;
  for (let index = 0; index < trend.length; index += 1) {
    if ((column[index] ?? null) === null) continue;
    if (last >= 0 && index - last > 1 && timeOf(index) - timeOf(last) >= leastMs) gaps.push({ fromMs: timeOf(last), toMs: timeOf(index) });
    last = index;
  }
  if (last >= 0 && last < trend.length - 1 && timeOf(trend.length - 1) - timeOf(last) >= leastMs) {
    gaps.push({ fromMs: timeOf(last), toMs: null });
  }
  return gaps;
}
