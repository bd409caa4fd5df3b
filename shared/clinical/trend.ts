import type { UtcMs } from '../values/instant.ts';

/**
 * A session's vitals as columns that share their times (one value a second), and how to read them honestly:
 * a null is "no value in that second" and stays one. Nothing here averages or holds; what a line joins, `trend-strokes.ts` says.
 */

/** Structurally `TrendColumns`; `columns[m][i]` was measured at `fromMs + i × stepMs`. */
export interface Trend<M extends string> {
  readonly fromMs: UtcMs;
  readonly stepMs: number;
  readonly length: number;
  readonly columns: Readonly<Record<M, readonly (number | null)[]>>;
  /** When the monitor said that a metric has no value, and when another monitor went on with it: no line passes there. */
  readonly breaks?: Readonly<Partial<Record<M, readonly UtcMs[]>>> | undefined;
}

export interface TrendWindow {
  readonly fromMs: UtcMs;
  readonly toMs: UtcMs;
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
  let range: { low: number; high: number } | null = null;
  for (const value of trend.columns[metric]) {
    if (value === null) continue;
    if (range === null) range = { low: value, high: value };
    else if (value < range.low) range.low = value;
    else if (value > range.high) range.high = value;
  }
  return range;
}
