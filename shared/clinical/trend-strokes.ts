import { currentTurns, slowestTurnMs } from '../values/cadence.ts';
import type { UtcMs } from '../values/instant.ts';
import { coversMoment, type Artefact } from './artefact.ts';
import type { Trend, TrendWindow } from './trend.ts';

/**
 * Which values of a trend a line joins.
 *
 * A source has its own rhythm: a second with one monitor, a minute with another. A line joins two values that lie within twice
 * the source's own interval, and breaks beyond it, where the monitor said that there was no value, and where another monitor goes on.
 * A value that is joined to nothing is a point. Nothing here averages, holds or makes up a value.
 */

export interface TrendPoint {
  readonly atMs: UtcMs;
  readonly value: number;
}
/** Values that one line joins, in time order; one alone is a point. */
export type Stroke = readonly TrendPoint[];

/** So many turns on either side tell a source's rhythm. */
const turns = 4;
interface Turn extends TrendPoint {
  /** A line comes to it from the value before. */
  readonly joined: boolean;
}

/**
 * The strokes of a metric within a window, of at most `limit` points in all, that draw the same picture as every value would.
 *
 * Few enough values are given as they are. Otherwise time is cut into equal buckets, counted from the start of the trend so that they
 * stand still while the window moves, and each gives its lowest and its highest value at their own times: a spike of one second
 * survives. A break within a bucket breaks the line there. The last value itself is the last point. `limit` is at least 16. `counts`
 * leaves values out before anything is joined or kept.
 */
export function trendStrokes<M extends string>(
  trend: Trend<M>,
  metric: M,
  window: TrendWindow,
  limit: number,
  counts: (atMs: UtcMs) => boolean = always,
): readonly Stroke[] {
  if (limit < 16) throw new RangeError(`trend: a limit of ${limit} points is too small, 16 is the least`);
  const first = Math.max(0, Math.ceil((window.fromMs - trend.fromMs) / trend.stepMs));
  const end = Math.min(trend.length, Math.floor((window.toMs - trend.fromMs) / trend.stepMs) + 1);
  const inWindow = turnsOf(trend, metric, first, end, counts);
  if (inWindow.length <= limit) return strokesOf(inWindow);
  const buckets = Math.floor((limit - 1) / 2) - 1;
  return strokesOf(decimated(inWindow, trend.fromMs, Math.ceil((end - first) / buckets) * trend.stepMs));
}

const always = (): boolean => true;

/** The strokes of a metric as `trendStrokes` gives them, and apart from them what a person marked as artefacts: in sight, and joined to nothing else. */
export function markedStrokes<M extends string>(
  trend: Trend<M>,
  metric: M,
  window: TrendWindow,
  limit: number,
  artefacts: readonly Artefact[],
): { readonly strokes: readonly Stroke[]; readonly marked: readonly Stroke[] } {
  const own = artefacts.filter((artefact) => artefact.metric === metric);
  if (own.length === 0) return { strokes: trendStrokes(trend, metric, window, limit), marked: [] };
  const isMarked = (atMs: UtcMs): boolean => own.some((artefact) => coversMoment(artefact, atMs));
  return {
    strokes: trendStrokes(trend, metric, window, limit, (atMs) => !isMarked(atMs)),
    marked: trendStrokes(trend, metric, window, limit, isMarked),
  };
}

function strokesOf(points: readonly Turn[]): readonly Stroke[] {
  const strokes: TrendPoint[][] = [];
  for (const { atMs, value, joined } of points) {
    const stroke = strokes.at(-1);
    if (joined && stroke !== undefined) stroke.push({ atMs, value });
    else strokes.push([{ atMs, value }]);
  }
  return strokes;
}

function decimated(points: readonly Turn[], fromMs: UtcMs, bucketMs: number): readonly Turn[] {
  const kept: Turn[] = [];
  let joined = true;
  const keep = ({ atMs, value }: TrendPoint): void => {
    kept.push({ atMs, value, joined });
    joined = true;
  };
  for (let start = 0; start < points.length;) {
    const bucket = Math.floor(((points[start]?.atMs ?? 0) - fromMs) / bucketMs);
    let end = start;
    let [low, high] = [start, start];
    while (end < points.length && Math.floor(((points[end]?.atMs ?? 0) - fromMs) / bucketMs) === bucket) {
      const value = points[end]?.value ?? 0;
      if (value < (points[low]?.value ?? 0)) low = end;
      if (value > (points[high]?.value ?? 0)) high = end;
      end += 1;
    }
    for (let index = start; index < end; index += 1) {
      const point = points[index];
      if (point === undefined) continue;
      joined &&= point.joined;
      if (index === low || index === high || index === points.length - 1) keep(point);
    }
    start = end;
  }
  return kept;
}

/** The values of the seconds from `first` to before `end`, each with whether a line comes to it: what lies around them tells that, too. */
function turnsOf<M extends string>(
  trend: Trend<M>,
  metric: M,
  first: number,
  end: number,
  counts: (atMs: UtcMs) => boolean = always,
): readonly Turn[] {
  const column = trend.columns[metric];
  const counted = (index: number): boolean => isValue(column[index]) && counts(trend.fromMs + index * trend.stepMs);
  const reach = Math.ceil(slowestTurnMs / trend.stepMs);
  const indices: number[] = [];
  for (let index = first - 1; index >= Math.max(0, first - reach) && indices.length <= turns; index -= 1) {
    if (counted(index)) indices.push(index);
  }
  indices.reverse();
  for (let index = first; index < end; index += 1) if (counted(index)) indices.push(index);
  const most = indices.length + turns;
  for (let index = end; index < Math.min(trend.length, end + reach) && indices.length < most; index += 1) {
    if (counted(index)) indices.push(index);
  }
  const gaps = gapsBefore(trend, metric, indices);
  return indices.flatMap((index, place) => {
    if (index < first || index >= end) return [];
    return [{ atMs: trend.fromMs + index * trend.stepMs, value: column[index] ?? 0, joined: isJoined(gaps, place, trend.stepMs) }];
  });
}

function isValue(value: number | null | undefined): boolean {
  return value !== null && value !== undefined;
}

/** Milliseconds since the value before; null at the first, and across a break, which tells nothing of a rhythm. */
function gapsBefore<M extends string>(
  { fromMs, stepMs, breaks }: Trend<M>,
  metric: M,
  indices: readonly number[],
): readonly (number | null)[] {
  const broken = (breaks?.[metric] ?? []).toSorted((a, b) => a - b);
  let next = 0;
  return indices.map((index, place) => {
    const previous = indices[place - 1];
    if (previous === undefined) return null;
    while ((broken[next] ?? Infinity) <= fromMs + previous * stepMs) next += 1;
    return (broken[next] ?? Infinity) <= fromMs + index * stepMs ? null : (index - previous) * stepMs;
  });
}

function isJoined(gaps: readonly (number | null)[], place: number, stepMs: number): boolean {
  const gapMs = gaps[place] ?? null;
  return gapMs !== null && gapMs <= longestJoin(gaps, place, stepMs);
}

function longestJoin(gaps: readonly (number | null)[], place: number, stepMs: number): number {
  return Math.min(slowestTurnMs, currentTurns * rhythmAround(gaps, place, stepMs));
}

/** The middle one of the gaps around it; the step itself where there are none. Of an even number the shorter. */
function rhythmAround(gaps: readonly (number | null)[], place: number, stepMs: number): number {
  const known = (gap: number | null): gap is number => gap !== null;
  const around = [...gaps.slice(Math.max(0, place - turns), place), ...gaps.slice(place + 1, place + 1 + turns)].filter(known);
  const sorted = around.sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? stepMs;
}

/** A stretch without values of one metric. */
export interface TrendGap {
  /** Time of the last value before it. */
  readonly fromMs: UtcMs;
  /** Time of the first value after it; null while it lasts. */
  readonly toMs: UtcMs | null;
}

/**
 * Where the line of a metric that had begun breaks for `leastMs` or longer, in time order. The time before its first value is not a
 * gap: nothing was connected yet. A gap at the end lasts until the trend's last second, and is none while a slow source is within its turn.
 */
export function trendGaps<M extends string>(trend: Trend<M>, metric: M, leastMs: number): readonly TrendGap[] {
  const values = turnsOf(trend, metric, 0, trend.length);
  const gaps: TrendGap[] = [];
  for (const [place, { atMs, joined }] of values.entries()) {
    const previous = values[place - 1];
    if (previous !== undefined && !joined && atMs - previous.atMs >= leastMs) gaps.push({ fromMs: previous.atMs, toMs: atMs });
  }
  const last = values.at(-1);
  const endMs = trend.fromMs + (trend.length - 1) * trend.stepMs;
  if (last === undefined || endMs - last.atMs < leastMs || isDrawnAt(trend, metric, endMs)) return gaps;
  return [...gaps, { fromMs: last.atMs, toMs: null }];
}

/** Whether the line passes an instant: between two values that it joins, or behind the last while the source is within its turn. */
export function isDrawnAt<M extends string>(trend: Trend<M>, metric: M, atMs: UtcMs): boolean {
  const reach = Math.ceil(((turns + 1) * slowestTurnMs) / trend.stepMs);
  const index = Math.floor((atMs - trend.fromMs) / trend.stepMs);
  const around = turnsOf(trend, metric, Math.max(0, index - reach), Math.min(trend.length, index + reach + 1));
  const next = around.findIndex((turn) => turn.atMs > atMs);
  if (next > 0) return around[next]?.joined === true || (around[next - 1]?.atMs ?? 0) + trend.stepMs > atMs;
  const last = around.at(-1);
  if (last === undefined || next === 0 || trend.breaks?.[metric]?.some((breakMs) => breakMs > last.atMs && breakMs <= atMs) === true)
    return false;
  const gaps = around.map((turn, place) => (turn.joined ? turn.atMs - (around[place - 1]?.atMs ?? turn.atMs) : null));
  return atMs - last.atMs < Math.max(trend.stepMs, longestJoin(gaps, gaps.length, trend.stepMs));
}
