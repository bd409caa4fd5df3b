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
const turnsAround = 4;

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
  const turns = new Turns(trend, metric, first, end, counts);
  if (turns.length <= limit) return strokesOf(turns, turns.places());
  const buckets = Math.floor((limit - 1) / 2) - 1;
  return strokesOf(turns, decimated(turns, Math.ceil((end - first) / buckets)));
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

/** The strokes of some of the values. Between two that are kept, a break of any value in between breaks the line. */
function strokesOf(turns: Turns, kept: Iterable<number>): readonly Stroke[] {
  const strokes: TrendPoint[][] = [];
  let passed = turns.start - 1;
  for (const place of kept) {
    let joined = strokes.length > 0;
    while (passed < place) {
      passed += 1;
      joined &&= turns.isJoined(passed);
    }
    const point = { atMs: turns.atMs(place), value: turns.value(place) };
    const stroke = strokes.at(-1);
    if (joined && stroke !== undefined) stroke.push(point);
    else strokes.push([point]);
  }
  return strokes;
}

/** The places of the lowest and the highest value of each bucket, and of the last value. */
function decimated(turns: Turns, bucketLength: number): readonly number[] {
  const kept: number[] = [];
  for (let start = turns.start; start < turns.end;) {
    const bucketEnd = (Math.floor(turns.index(start) / bucketLength) + 1) * bucketLength;
    let end = start;
    let [low, high] = [start, start];
    while (end < turns.end && turns.index(end) < bucketEnd) {
      const value = turns.value(end);
      if (value < turns.value(low)) low = end;
      if (value > turns.value(high)) high = end;
      end += 1;
    }
    const [earlier, later] = [Math.min(low, high), Math.max(low, high)];
    kept.push(earlier);
    if (later !== earlier) kept.push(later);
    if (end === turns.end && later !== end - 1) kept.push(end - 1);
    start = end;
  }
  return kept;
}

/**
 * The values of a metric in the seconds from `first` to before `end`, by their place, and the few around them that tell with
 * them whether a line comes to a value. Hours of seconds are asked for every second: nothing is made for a single value.
 */
class Turns {
  /** Places of the values within the stretch. */
  readonly start: number;
  readonly end: number;
  readonly #indices: number[] = [];
  readonly #column: readonly (number | null)[];
  readonly #fromMs: UtcMs;
  readonly #stepMs: number;
  /** Places with a break before them. */
  readonly #broken: ReadonlySet<number>;

  constructor(trend: Trend<string>, metric: string, first: number, end: number, counts: (atMs: UtcMs) => boolean = always) {
    const { fromMs, stepMs, length, columns, breaks } = trend;
    const column = columns[metric] ?? [];
    [this.#column, this.#fromMs, this.#stepMs] = [column, fromMs, stepMs];
    const indices = this.#indices;
    const counted = (index: number): boolean => isValue(column[index]) && counts(fromMs + index * stepMs);
    const reach = Math.ceil(slowestTurnMs / stepMs);
    for (let index = first - 1; index >= Math.max(0, first - reach) && indices.length <= turnsAround; index -= 1) {
      if (counted(index)) indices.push(index);
    }
    indices.reverse();
    this.start = indices.length;
    for (let index = first; index < end; index += 1) if (counted(index)) indices.push(index);
    this.end = indices.length;
    const most = indices.length + turnsAround;
    for (let index = end; index < Math.min(length, end + reach) && indices.length < most; index += 1) {
      if (counted(index)) indices.push(index);
    }
    this.#broken = new Set((breaks?.[metric] ?? []).map((breakMs) => this.#placeFrom((breakMs - fromMs) / stepMs)));
  }

  get length(): number {
    return this.end - this.start;
  }

  *places(): Generator<number> {
    for (let place = this.start; place < this.end; place += 1) yield place;
  }

  /** Seconds since the trend began. */
  index(place: number): number {
    return this.#indices[place] ?? 0;
  }

  atMs(place: number): UtcMs {
    return this.#fromMs + this.index(place) * this.#stepMs;
  }

  value(place: number): number {
    return this.#column[this.index(place)] ?? 0;
  }

  /** Whether a line comes to a value from the one before. */
  isJoined(place: number): boolean {
    const gapMs = this.#gapBefore(place);
    if (gapMs === null) return false;
    // No rhythm is quicker than a step: most values need no look around.
    return gapMs <= Math.min(slowestTurnMs, currentTurns * this.#stepMs) || gapMs <= this.#joinAround(place);
  }

  /** How long after the last value of the stretch the source is within its turn, by the last lines alone. */
  turnBehind(): number {
    const joined: number[] = [];
    for (let place = Math.max(this.start, this.end - turnsAround); place < this.end; place += 1) {
      if (this.isJoined(place)) joined.push(this.#gapBefore(place) ?? this.#stepMs);
    }
    return longestJoin(joined, this.#stepMs);
  }

  #joinAround(place: number): number {
    const around: number[] = [];
    for (let other = place - turnsAround; other <= place + turnsAround; other += 1) {
      const gapMs = other === place ? null : this.#gapBefore(other);
      if (gapMs !== null) around.push(gapMs);
    }
    return longestJoin(around, this.#stepMs);
  }

  /** Milliseconds since the value before; null at the first, and across a break, which tells nothing of a rhythm. */
  #gapBefore(place: number): number | null {
    if (place < 1 || place >= this.#indices.length || this.#broken.has(place)) return null;
    return (this.index(place) - this.index(place - 1)) * this.#stepMs;
  }

  /** The first place at or after a second of the trend. */
  #placeFrom(index: number): number {
    let [low, high] = [0, this.#indices.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.index(middle) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The longest gap that a line passes, by the middle one of some gaps; of an even number the shorter. */
function longestJoin(gapsMs: readonly number[], stepMs: number): number {
  const sorted = gapsMs.toSorted((a, b) => a - b);
  return Math.min(slowestTurnMs, currentTurns * (sorted[Math.floor((sorted.length - 1) / 2)] ?? stepMs));
}

function isValue(value: number | null | undefined): boolean {
  return value !== null && value !== undefined;
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
  const turns = new Turns(trend, metric, 0, trend.length);
  const gaps: TrendGap[] = [];
  for (let place = turns.start + 1; place < turns.end; place += 1) {
    const gapMs = turns.atMs(place) - turns.atMs(place - 1);
    if (gapMs >= leastMs && !turns.isJoined(place)) gaps.push({ fromMs: turns.atMs(place - 1), toMs: turns.atMs(place) });
  }
  const lastMs = turns.length === 0 ? null : turns.atMs(turns.end - 1);
  const endMs = trend.fromMs + (trend.length - 1) * trend.stepMs;
  if (lastMs === null || endMs - lastMs < leastMs || isDrawnAt(trend, metric, endMs)) return gaps;
  return [...gaps, { fromMs: lastMs, toMs: null }];
}

/** Whether the line passes an instant: between two values that it joins, or behind the last while the source is within its turn. */
export function isDrawnAt<M extends string>(trend: Trend<M>, metric: M, atMs: UtcMs): boolean {
  const reach = Math.ceil(((turnsAround + 1) * slowestTurnMs) / trend.stepMs);
  const index = Math.floor((atMs - trend.fromMs) / trend.stepMs);
  const turns = new Turns(trend, metric, Math.max(0, index - reach), Math.min(trend.length, index + reach + 1));
  let next = turns.start;
  while (next < turns.end && turns.atMs(next) <= atMs) next += 1;
  if (next === turns.start) return false;
  const lastMs = turns.atMs(next - 1);
  if (next < turns.end) return turns.isJoined(next) || lastMs + trend.stepMs > atMs;
  if (trend.breaks?.[metric]?.some((breakMs) => breakMs > lastMs && breakMs <= atMs) === true) return false;
  return atMs - lastMs < Math.max(trend.stepMs, turns.turnBehind());
}
