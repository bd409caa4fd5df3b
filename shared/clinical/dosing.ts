import type { UtcMs } from '../values/instant.ts';
import { ceilRational, rational, roundRational, toNumber, type Rational } from '../values/rational.ts';

/**
 * How much drug has gone in, exactly, at any instant (`docs/clinical-rules.md`).
 *
 *   mg(t) = Σ boluses up to t + Σ over segments (rate × strength × time), at most what the bag held
 *
 * A pause is a segment with rate 0; the strength belongs to the segment, because a new bag may differ. The curve
 * is piecewise linear, so it needs no sampling. Amounts are whole numbers (µg, µL, µL/h, ms) and the sums are
 * taken in bigint fractions; only the result is a double.
 */

/** A bag as prepared. Its strength is the ratio of the two. */
export interface Bag {
  readonly ug: number;
  readonly ul: number;
}

export interface DoseSegment {
  readonly fromMs: UtcMs;
  /** 0 while paused. */
  readonly rateUlPerHour: number;
  /** Neighbouring segments with an equal bag run from the same one, unless the later one says that its bag is new. */
  readonly bag: Bag;
  readonly newBag?: true | undefined;
}

/** Given from the bag that was running then. */
export interface DoseBolus {
  readonly atMs: UtcMs;
  readonly ug: number;
}

/** Given whole at one instant and from no bag: an injection, a nasal device, a lozenge placed in the mouth. */
export interface TimedDose {
  readonly atMs: UtcMs;
  readonly ug: number;
}

export interface DoseTimeline {
  /** In time order; the first one is the start. A segment lasts until the next, the end, or for ever. */
  readonly segments: readonly DoseSegment[];
  readonly boluses: readonly DoseBolus[];
  /** In time order; none where the dose runs from a bag. */
  readonly administrations: readonly TimedDose[];
  /** When the dose was completed or stopped; nothing flows after it. */
  readonly endedMs: UtcMs | null;
}

const msPerHour = 3_600_000n;

/** A bag's stretch of the timeline, and what it gave. One unit of `given` is 1/`unitsPerUg` µg. */
interface BagRun {
  readonly bag: Bag;
  readonly fromMs: UtcMs;
  given: bigint;
  readonly unitsPerUg: bigint;
}

function beginsBag(segment: DoseSegment, before: Bag): boolean {
  return segment.newBag === true || before.ug !== segment.bag.ug || before.ul !== segment.bag.ul;
}

/** What has left each bag at `atMs`, in units so small that every sum is whole. */
function bagRuns(timeline: DoseTimeline, atMs: UtcMs): BagRun[] {
  const untilMs = timeline.endedMs === null ? atMs : Math.min(atMs, timeline.endedMs);
  const runs: BagRun[] = [];
  timeline.segments.forEach((segment, index) => {
    let run = runs.at(-1);
    if (run === undefined || beginsBag(segment, run.bag)) {
      run = { bag: segment.bag, fromMs: segment.fromMs, given: 0n, unitsPerUg: BigInt(segment.bag.ul) * msPerHour };
      runs.push(run);
    }
    const toMs = Math.min(untilMs, timeline.segments[index + 1]?.fromMs ?? untilMs);
    if (toMs <= segment.fromMs) return;
    run.given += BigInt(segment.rateUlPerHour) * BigInt(toMs - segment.fromMs) * BigInt(segment.bag.ug);
  });
  for (const bolus of timeline.boluses) {
    if (bolus.atMs > untilMs) continue;
    const run = runs.findLast((candidate) => candidate.fromMs <= bolus.atMs) ?? runs[0];
    if (run !== undefined) run.given += BigInt(bolus.ug) * run.unitsPerUg;
  }
  for (const run of runs) {
    const content = BigInt(run.bag.ug) * run.unitsPerUg;
    if (run.given > content) run.given = content;
  }
  return runs;
}

/** Micrograms delivered at an instant, to the fraction of a microgram. 0 before the start. Cheap: one pass. */
export function deliveredUg(timeline: DoseTimeline, atMs: UtcMs): number {
  const fromBags = bagRuns(timeline, atMs).reduce((sum, run) => sum + toNumber(rational(run.given, run.unitsPerUg)), 0);
  return administrationsUntil(timeline, atMs).reduce((sum, { ug }) => sum + ug, fromBags);
}

function administrationsUntil({ administrations }: DoseTimeline, atMs: UtcMs): readonly TimedDose[] {
  return administrations.filter((administration) => administration.atMs <= atMs);
}

export interface DoseAmount {
  readonly ug: number;
  readonly ul: number;
}

/** What is still in the bag that runs at an instant. Both 0 when there is no bag or it is empty. */
export function remainingInBag(timeline: DoseTimeline, atMs: UtcMs): DoseAmount {
  const run = bagRuns(timeline, atMs).findLast((candidate) => candidate.fromMs <= atMs);
  if (run !== undefined) return leftIn(run);
  return timeline.segments[0]?.bag ?? { ug: 0, ul: 0 };
}

function leftIn({ bag, given, unitsPerUg }: BagRun): DoseAmount {
  const left = BigInt(bag.ug) * unitsPerUg - given;
  return {
    ug: toNumber(rational(left, unitsPerUg)),
    ul: toNumber(rational(left * BigInt(bag.ul), unitsPerUg * BigInt(bag.ug))),
  };
}

/** What is left in every bag that was begun by an instant: none of them is accounted for by its successor. */
export function leftInAllBags(timeline: DoseTimeline, atMs: UtcMs): DoseAmount {
  return bagRuns(timeline, atMs)
    .filter((run) => run.fromMs <= atMs)
    .map(leftIn)
    .reduce((sum, { ug, ul }) => ({ ug: sum.ug + ug, ul: sum.ul + ul }), { ug: 0, ul: 0 });
}

/** What was left in the bag that one begun at `atMs` took the place of. A bolus at that instant comes out of the new one. */
export function leftInBagBefore(timeline: DoseTimeline, atMs: UtcMs): DoseAmount {
  const segments = timeline.segments.filter(({ fromMs }) => fromMs < atMs);
  return remainingInBag({ ...timeline, segments, boluses: timeline.boluses.filter((bolus) => bolus.atMs < atMs) }, atMs);
}

/** What is left over, and must be accounted for, once the dose has ended; null while it has not. */
export function wasted(timeline: DoseTimeline): DoseAmount | null {
  return timeline.endedMs === null ? null : leftInAllBags(timeline, timeline.endedMs);
}

/** Of each segment: until when its bag had drug in it, where it ran empty before the next bag or the end; else null. */
export function emptyFromMs(timeline: DoseTimeline): readonly (UtcMs | null)[] {
  const { segments, boluses, endedMs } = timeline;
  return segments.map((_, index) => {
    const nextBag = segments.find((segment, at) => at > index && beginsBag(segment, segments[at - 1]?.bag ?? segment.bag));
    const untilMs = nextBag?.fromMs ?? endedMs;
    const isBefore = (ms: UtcMs): boolean => nextBag === undefined || ms < nextBag.fromMs;
    return completesAtMs({
      ...timeline,
      segments: segments.filter(({ fromMs }) => isBefore(fromMs)),
      boluses: boluses.filter(({ atMs }) => isBefore(atMs)),
      endedMs: untilMs,
    });
  });
}

/**
 * The first millisecond at which the bag is empty if nothing changes; null when that never comes (paused, or
 * ended before). Before that instant it is a prediction, after it a fact.
 */
export function completesAtMs(timeline: DoseTimeline): UtcMs | null {
  const last = timeline.segments.at(-1);
  if (last === undefined) return null;
  const instants = [...timeline.segments.map((segment) => segment.fromMs), ...timeline.boluses.map((bolus) => bolus.atMs)]
    .filter((ms) => timeline.endedMs === null || ms < timeline.endedMs)
    .toSorted((a, b) => a - b);
  for (const [index, fromMs] of instants.entries()) {
    const segment = timeline.segments.findLast((candidate) => candidate.fromMs <= fromMs);
    if (segment === undefined) continue;
    if (segment.fromMs < lastBagFromMs(timeline)) continue;
    const run = bagRuns(timeline, fromMs).findLast((candidate) => candidate.fromMs <= fromMs);
    const left = run === undefined ? 0n : BigInt(run.bag.ug) * run.unitsPerUg - run.given;
    if (left === 0n) return fromMs;
    if (segment.rateUlPerHour === 0) continue;
    const takesMs = ceilRational(rational(left, BigInt(segment.rateUlPerHour) * BigInt(segment.bag.ug)));
    const untilMs = instants[index + 1] ?? timeline.endedMs ?? Number.POSITIVE_INFINITY;
    if (fromMs + takesMs <= untilMs) return fromMs + takesMs;
  }
  return null;
}

/** Where the bag that ran last was begun. */
function lastBagFromMs({ segments }: DoseTimeline): UtcMs {
  const index = segments.findLastIndex((segment, at) => at === 0 || beginsBag(segment, segments[at - 1]?.bag ?? segment.bag));
  return segments[index]?.fromMs ?? 0;
}

/** The rate at an instant, in µL/h; 0 before the start, while paused, and after the end. */
export function rateAt(timeline: DoseTimeline, atMs: UtcMs): number {
  if (timeline.endedMs !== null && atMs >= timeline.endedMs) return 0;
  return timeline.segments.findLast((segment) => segment.fromMs <= atMs)?.rateUlPerHour ?? 0;
}

/** Time since the start, up to the end: pauses included. */
export function elapsedMs(timeline: DoseTimeline, atMs: UtcMs): number {
  const startMs = timeline.segments[0]?.fromMs ?? timeline.administrations[0]?.atMs;
  return startMs === undefined ? 0 : Math.max(0, Math.min(atMs, timeline.endedMs ?? atMs) - startMs);
}

/** Time within `elapsedMs` at rate 0. */
export function pausedMs(timeline: DoseTimeline, atMs: UtcMs): number {
  const untilMs = Math.min(atMs, timeline.endedMs ?? atMs);
  return timeline.segments.reduce((sum, segment, index) => {
    const toMs = Math.min(untilMs, timeline.segments[index + 1]?.fromMs ?? untilMs);
    return segment.rateUlPerHour === 0 && toMs > segment.fromMs ? sum + toMs - segment.fromMs : sum;
  }, 0);
}

/** Time within `elapsedMs` in which drug flowed: neither paused nor from a bag that was empty by then. */
export function runningMs(timeline: DoseTimeline, atMs: UtcMs): number {
  return elapsedMs(timeline, atMs) - pausedMs(timeline, atMs) - emptyMs(timeline, atMs);
}

/** Time within `elapsedMs` at a rate above 0 from a bag with nothing left in it, as worked out from the recorded rates. */
export function emptyMs(timeline: DoseTimeline, atMs: UtcMs): number {
  const untilMs = Math.min(atMs, timeline.endedMs ?? atMs);
  const emptiedMs = emptyFromMs(timeline);
  return timeline.segments.reduce((sum, segment, index) => {
    const fromMs = Math.max(segment.fromMs, emptiedMs[index] ?? Number.POSITIVE_INFINITY);
    const toMs = Math.min(untilMs, timeline.segments[index + 1]?.fromMs ?? untilMs);
    return segment.rateUlPerHour > 0 && toMs > fromMs ? sum + toMs - fromMs : sum;
  }, 0);
}

export interface DosePoint {
  readonly atMs: UtcMs;
  readonly ug: number;
}

/**
 * The corners of the cumulative curve up to `untilMs`: joined by straight lines they are the curve. A bolus gives
 * two points at one instant.
 */
export function doseCurve(timeline: DoseTimeline, untilMs: UtcMs): readonly DosePoint[] {
  const emptyMs = completesAtMs(timeline);
  const corners = new Set<UtcMs>([untilMs]);
  for (const segment of timeline.segments) corners.add(segment.fromMs);
  const atOnce = [...timeline.boluses, ...timeline.administrations];
  for (const administration of atOnce) corners.add(administration.atMs);
  if (emptyMs !== null) corners.add(emptyMs);
  if (timeline.endedMs !== null) corners.add(timeline.endedMs);
  const points: DosePoint[] = [];
  for (const atMs of [...corners].toSorted((a, b) => a - b)) {
    if (atMs > untilMs) break;
    if (atOnce.some((administration) => administration.atMs === atMs)) {
      const isBefore = (administration: TimedDose): boolean => administration.atMs < atMs;
      const before = {
        ...timeline,
        boluses: timeline.boluses.filter(isBefore),
        administrations: timeline.administrations.filter(isBefore),
      };
      points.push({ atMs, ug: deliveredUg(before, atMs) });
    }
    points.push({ atMs, ug: deliveredUg(timeline, atMs) });
  }
  return points;
}

/** µg/kg/min at a rate: what pumps and orders call the dose rate. */
export function ugPerKgPerMin(rateUlPerHour: number, bag: Bag, grams: number): number {
  return toNumber(doseRate(rateUlPerHour, bag, grams));
}

function doseRate(rateUlPerHour: number, bag: Bag, grams: number): Rational {
  return rational(BigInt(rateUlPerHour) * BigInt(bag.ug) * 1000n, BigInt(bag.ul) * BigInt(grams) * 60n);
}

/** How long a full bag lasts at a rate, in minutes. */
export function minutesForBag(bag: Bag, rateUlPerHour: number): number {
  return toNumber(rational(BigInt(bag.ul) * 60n, BigInt(rateUlPerHour)));
}

/** µg of a volume, to the nearest whole; for example a stated volume left. */
export function ugInVolume(ul: number, bag: Bag): number {
  return roundRational(rational(BigInt(ul) * BigInt(bag.ug), BigInt(bag.ul)));
}
