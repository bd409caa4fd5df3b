import { assertNever } from '../values/assert-never.ts';
import { isBeyondLimit, isLowLimit, type Limit, type LimitParameter } from './protocol-limits.ts';

/**
 * Values beyond the protocol's limits, found once and afterwards: for the check before signing, which asks what was
 * done. Nothing that runs with the clock may call this.
 *
 *   values of one parameter → beyond any limit of one side → stretches → which limits' conditions held in it
 */
export interface MeasuredPoint {
  readonly atMs: number;
  /** In the unit of the limit. */
  readonly value: number;
  /** As it is written, for example `162/98`. */
  readonly text: string;
  /** A cuff reading, a rating, a value that a person typed: it stands for itself, where a monitor's goes on until its next. */
  readonly single: boolean;
}

export interface MeasuredSeries {
  readonly parameter: LimitParameter;
  readonly label: string;
  /** In time. */
  readonly points: readonly MeasuredPoint[];
}

/** What the protocol asks for at such a value; `once` where it would ask on a condition that did not hold. */
export type ExcursionClass = 'stop' | 'review' | 'once';

export interface Excursion {
  readonly parameter: LimitParameter;
  readonly side: 'high' | 'low';
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The value furthest beyond. */
  readonly worst: string;
  readonly worstAtMs: number;
  readonly act: ExcursionClass;
}

export interface ExcursionGround {
  readonly limits: readonly Limit[];
  readonly baseline: Readonly<Partial<Record<LimitParameter, number>>>;
  /** Whether somebody recorded symptoms between these moments. */
  readonly hadSymptoms: (fromMs: number, toMs: number) => boolean;
}

/** A finger that moves gives a wrong second; a monitor's stretch is asked about from here on. */
const sustainedMsMin = 15_000;
/** A monitor's values that are back within the limits for no longer than this go on with the same stretch. */
const mergedMsMax = 60_000;
/** Two turns of the slowest monitor, which speaks every five minutes: beyond it, it was silent. */
const silentMsMax = 600_000;

/** Every stretch of one series beyond a `review` or `stop` limit, above and below, in time. */
export function excursionsOf(series: MeasuredSeries, ground: ExcursionGround): readonly Excursion[] {
  return (['high', 'low'] as const)
    .flatMap((side) => {
      const limits = ground.limits.filter(
        (limit) =>
          limit.parameter === series.parameter &&
          (limit.act === 'review' || limit.act === 'stop') &&
          isLowLimit(limit) === (side === 'low'),
      );
      return stretchesOf(series, limits, ground).flatMap((stretch) => excursionOf(series, side, stretch, { ...ground, limits }));
    })
    .toSorted((a, b) => a.fromMs - b.fromMs);
}

/** The points from the first beyond a limit to the last, with those within it that did not end it. */
type Stretch = readonly HeldPoint[];

interface HeldPoint extends MeasuredPoint {
  /** How long it is the newest one: until the next, at most a minute; 0 for one that stands for itself. */
  readonly heldMs: number;
}

function stretchesOf({ parameter, points }: MeasuredSeries, limits: readonly Limit[], { baseline }: ExcursionGround): readonly Stretch[] {
  const first = baseline[parameter] ?? null;
  const isBeyond = (point: MeasuredPoint): boolean => limits.some((limit) => isBeyondLimit(limit, point.value, first) === true);
  const found: Stretch[] = [];
  const turnsMs = twoTurnsMs(points);
  let open: HeldPoint[] = [];
  let lastBeyond = -1;
  const close = (): void => {
    if (lastBeyond >= 0) found.push(open.slice(0, lastBeyond + 1));
    open = [];
    lastBeyond = -1;
  };
  for (const [index, point] of points.entries()) {
    const last = open[lastBeyond];
    const beyond = isBeyond(point);
    const follows = lastBeyond === open.length - 1;
    if (last !== undefined && isOver(last, point, { beyond, apartMsMax: follows && beyond ? turnsMs : mergedMsMax })) close();
    if (!beyond && open.length === 0) continue;
    const nextMs = points[index + 1]?.atMs ?? point.atMs;
    open.push({ ...point, heldMs: point.single ? 0 : Math.min(mergedMsMax, nextMs - point.atMs) });
    if (beyond) lastBeyond = open.length - 1;
  }
  close();
  return found;
}

/** One reading within the limits ends a stretch of readings; a monitor's line ends it when it stays within them, or falls silent. */
function isOver(
  last: MeasuredPoint,
  point: MeasuredPoint,
  { beyond, apartMsMax }: { readonly beyond: boolean; readonly apartMsMax: number },
): boolean {
  if (!beyond && point.single) return true;
  if (beyond && point.single && last.single) return false;
  return point.atMs - last.atMs > apartMsMax;
}

/** Values that follow each other at the pace of a monitor by the minute are as much one stretch as those of one by the second. */
function twoTurnsMs(points: readonly MeasuredPoint[]): number {
  const line = points.filter(({ single }) => !single);
  const gaps = line.slice(1).map(({ atMs }, index) => atMs - (line[index]?.atMs ?? atMs));
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0;
  return Math.max(mergedMsMax, Math.min(silentMsMax, 2 * usual));
}

function excursionOf(series: MeasuredSeries, side: Excursion['side'], stretch: Stretch, ground: ExcursionGround): Excursion[] {
  const { limits } = ground;
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (first === undefined || last === undefined) return [];
  const beyond = limits.map((limit) => ({ limit, runs: runsBeyond(limit, stretch, ground.baseline[series.parameter] ?? null) }));
  if (!beyond.some(({ runs }) => runs.some(counts))) return [];
  const held = beyond.filter(({ limit, runs }) => runs.some((run) => counts(run) && isConditionMet(limit, run, ground)));
  const worst = stretch.reduce((found, point) =>
    (side === 'high' ? point.value > found.value : point.value < found.value) ? point : found,
  );
  const stops = beyond.some(({ limit, runs }) => limit.act === 'stop' && runs.some(counts));
  const isStop = held.some(({ limit }) => limit.act === 'stop');
  // A limit whose condition did not hold is of the lesser class.
  const act: ExcursionClass = isStop ? 'stop' : held.length > 0 || stops ? 'review' : 'once';
  return [
    {
      parameter: series.parameter,
      side,
      label: series.label,
      fromMs: first.atMs,
      toMs: last.atMs,
      worst: worst.text,
      worstAtMs: worst.atMs,
      act,
    },
  ];
}

/** Unbroken sequences of points beyond one limit. */
function runsBeyond(limit: Limit, stretch: Stretch, baseline: number | null): readonly Stretch[] {
  const runs: HeldPoint[][] = [];
  let isInRun = false;
  for (const point of stretch) {
    const beyond = isBeyondLimit(limit, point.value, baseline) === true;
    if (beyond && isInRun) runs.at(-1)?.push(point);
    else if (beyond) runs.push([point]);
    isInRun = beyond;
  }
  return runs;
}

function lengthMs(run: Stretch): number {
  const [first, last] = [run[0], run.at(-1)];
  return first === undefined || last === undefined ? 0 : last.atMs + last.heldMs - first.atMs;
}

function counts(run: Stretch): boolean {
  return run.some((point) => point.single) || lengthMs(run) >= sustainedMsMin;
}

function isConditionMet({ condition }: Limit, run: Stretch, { hadSymptoms }: ExcursionGround): boolean {
  if (condition === undefined) return true;
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return false;
  switch (condition.kind) {
    case 'on-repeat':
      return run.filter((point) => point.single).length >= 2;
    case 'lasting':
      return lengthMs(run) >= condition.seconds * 1000;
    case 'with-symptoms':
      return hadSymptoms(first.atMs, last.atMs);
    default:
      return assertNever(condition);
  }
}
