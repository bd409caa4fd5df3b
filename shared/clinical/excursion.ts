import { isBeyondLimit, type Limit, type LimitParameter } from './protocol-limits.ts';

/**
 * Values beyond the protocol's limits, found once and afterwards: for the check before signing, which asks what was
 * done (handbook `clinical.md` §5, R3). Nothing that runs with the clock may call this.
 */
export interface MeasuredPoint {
  readonly atMs: number;
  /** In the unit of the limit. A cuff reading has two. */
  readonly values: Readonly<Partial<Record<LimitParameter, number>>>;
  /** As it is written, for example `162/98`. */
  readonly text: string;
}

export interface MeasuredSeries {
  readonly key: string;
  readonly label: string;
  /** In time. */
  readonly points: readonly MeasuredPoint[];
  /** One value a second. A single cuff reading or rating stands for itself. */
  readonly continuous: boolean;
}

export interface Excursion {
  readonly key: string;
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The value furthest beyond. */
  readonly worst: string;
  readonly worstAtMs: number;
  /** What the protocol asks for at such a value. */
  readonly act: 'review' | 'stop';
}

/** A finger that moves gives a wrong second; a stretch is asked about from here on. */
const sustainedMsMin = 15_000;
/** Back within its limits for no longer than this, a stretch goes on. */
const mergedMsMax = 60_000;

/** Every stretch of one series beyond a `review` or `stop` limit, in time. */
export function excursionsOf(
  series: MeasuredSeries,
  limits: readonly Limit[],
  baseline: Readonly<Partial<Record<LimitParameter, number>>>,
): readonly Excursion[] {
  const found: Stretch[] = [];
  let open: Stretch | null = null;
  for (const point of series.points) {
    const beyond = furthestBeyond(point, limits, baseline);
    if (beyond === null) {
      const isOver = open !== null && (!series.continuous || point.atMs - open.toMs > mergedMsMax);
      if (isOver) open = null;
      continue;
    }
    if (open === null || (series.continuous && point.atMs - open.toMs > mergedMsMax)) {
      open = { fromMs: point.atMs, toMs: point.atMs, worst: point, excess: beyond.excess, stop: beyond.stop };
      found.push(open);
      continue;
    }
    open.toMs = point.atMs;
    open.stop ||= beyond.stop;
    if (beyond.excess > open.excess) Object.assign(open, { worst: point, excess: beyond.excess });
  }
  return found
    .filter((stretch) => !series.continuous || stretch.toMs - stretch.fromMs >= sustainedMsMin)
    .map(({ fromMs, toMs, worst, stop }) => ({
      key: series.key,
      label: series.label,
      fromMs,
      toMs,
      worst: worst.text,
      worstAtMs: worst.atMs,
      act: stop ? 'stop' : 'review',
    }));
}

interface Stretch {
  readonly fromMs: number;
  toMs: number;
  worst: MeasuredPoint;
  excess: number;
  stop: boolean;
}

function furthestBeyond(
  { values }: MeasuredPoint,
  limits: readonly Limit[],
  baseline: Readonly<Partial<Record<LimitParameter, number>>>,
): { readonly excess: number; readonly stop: boolean } | null {
  let furthest: { excess: number; stop: boolean } | null = null;
  for (const limit of limits) {
    if (limit.act !== 'review' && limit.act !== 'stop') continue;
    const value = values[limit.parameter];
    if (value === undefined || isBeyondLimit(limit, value, baseline[limit.parameter] ?? null) !== true) continue;
    // How far the value itself lies out, in its own unit: a pressure's 162 is further than its 160.
    const excess = limit.comparison === 'below' || limit.comparison === 'at-or-below' ? -value : value;
    const stop = limit.act === 'stop';
    furthest = furthest === null ? { excess, stop } : { excess: Math.max(furthest.excess, excess), stop: furthest.stop || stop };
  }
  return furthest;
}
