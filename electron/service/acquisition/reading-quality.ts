import { metricIds, type MetricId } from '../../../shared/clinical/metric.ts';
import type { LinkState } from '../../../shared/contract/board/monitors.ts';
import type { Vital, VitalSource } from '../../../shared/contract/board/vitals.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { Freshness, StreamFreshness } from '../drivers/driver.ts';
import { latestKey, type LatestReading, type LatestReadings, type LatestValue } from './latest-readings.ts';
import { implausible } from './plausible-reading.ts';

/** A monitor as its figures are judged: what it gives, and whether it is giving. */
export interface JudgedMonitor {
  readonly monitorId: MonitorId;
  readonly name: string;
  readonly link: LinkState;
  /** Since when the link is in this state. */
  readonly linkSinceMs: UtcMs;
  /** Since when it has been giving without interruption; null while it is not. */
  readonly givingSinceMs: UtcMs | null;
  readonly freshness: Readonly<Partial<Record<MetricId, Freshness>>>;
}

/** A figure that a person entered. */
export interface TypedVital {
  readonly metric: MetricId;
  readonly value: number;
  readonly atMs: UtcMs;
  readonly personName: string;
  /** A correction says it: another figure was typed first, or none. */
  readonly corrected?: true;
}

export interface JudgeInput {
  readonly latest: LatestReadings;
  readonly monitors: readonly JudgedMonitor[];
  readonly typed: readonly TypedVital[];
  readonly nowMonoMs: number;
  readonly nowUtcMs: UtcMs;
}

/** What was entered by hand of a value that changes all the time: grey after five minutes, gone after an hour. */
const typedLateMs = 5 * 60_000;
const typedGoneMs = 60 * 60_000;

/** Counted by a monitor before Vigil listened, perhaps on another patient: shown grey, never as current. */
const earlierDetermination = 'earlier-determination';

const pressures = ['nibp-sys', 'nibp-dia', 'nibp-mean'] as const;

type LiveVital = Extract<Vital, { state: 'live' }>;
type LateVital = Extract<Vital, { state: 'late' }>;
type LostVital = Extract<Vital, { state: 'lost' }>;
type LostReason = LostVital['reason'];

/** A stream that is live, a determination, an entry or a slow source's turn, a stream just grown grey, an old entry, no figure. */
type Precedence = 4 | 3 | 2 | 1 | 0;

interface Candidate {
  readonly source: string;
  readonly vital: LiveVital | LateVital | LostVital;
  /** The better one wins. */
  readonly precedence: Precedence;
  /** Of two of one precedence: a later giving monitor, a later determination. */
  readonly moment: number;
}

/**
 * What may honestly be shown of every metric now: live within its
 * late limit, grey after it, dashes with the reason after its lost limit or while the monitor says why; cuff
 * readings are events that keep their colour until the link is lost. Ages are of monotonic time.
 *
 * Where two monitors give one metric, a live figure beats a grey one and a grey one beats dashes; of two live
 * ones the monitor that was connected last wins and keeps winning until it is lost, so that a figure does not
 * alternate between them. Of determinations, measured or entered by hand, the newest wins, also when it is grey.
 * A live stream beats what was entered by hand, which beats a stream that is no longer live. What a source gives in turns
 * of a minute, perhaps, counts among them as a determination. The three pressures always come from the same source.
 */
export function judge(input: JudgeInput): Record<MetricId, Vital> {
  const byMetric = (metric: MetricId): readonly Candidate[] => candidatesOf(metric, input);
  const vitals = Object.fromEntries(metricIds.map((metric) => [metric, best(byMetric(metric))?.vital ?? notConnected])) as Record<
    MetricId,
    Vital
  >;
  return { ...vitals, ...judgePressures(byMetric) };
}

const notConnected: Vital = { state: 'not-connected' };

function candidatesOf(metric: MetricId, input: JudgeInput): readonly Candidate[] {
  const measured = input.monitors.flatMap((monitor) => {
    const freshness = monitor.freshness[metric];
    if (freshness === undefined) return [];
    if (freshness.ifHeard === true && !input.latest.has(latestKey(monitor.monitorId, metric))) return [];
    return [measuredCandidate(metric, monitor, freshness, input)];
  });
  const typed = input.typed
    .filter((entry) => entry.metric === metric)
    .toSorted((a, b) => b.atMs - a.atMs)
    .slice(0, 1);
  return [...measured, ...typed.flatMap((entry) => typedCandidate(entry, input))];
}

function measuredCandidate(metric: MetricId, monitor: JudgedMonitor, freshness: Freshness, input: JudgeInput): Candidate {
  const latest = input.latest.get(latestKey(monitor.monitorId, metric));
  const vital = judgeMeasured(monitor, freshness, latest, input.nowMonoMs);
  const inTurn = vital.state === 'live' && freshness.kind === 'stream' && freshness.slow === true;
  const precedence = inTurn ? 3 : precedenceOf(vital);
  const moment = (freshness.kind === 'event' || inTurn) && vital.state !== 'lost' ? vital.atMs : (monitor.givingSinceMs ?? -1);
  return { source: monitor.monitorId, vital, precedence: precedence, moment };
}

function judgeMeasured(
  monitor: JudgedMonitor,
  freshness: Freshness,
  latest: LatestReading | undefined,
  nowMonoMs: number,
): Candidate['vital'] {
  const giving = monitor.givingSinceMs !== null;
  if (latest === undefined) return { state: 'lost', ...reasonWithoutReading(monitor, freshness), last: null };
  const { measured, absent } = latest;
  const last = measured === null ? null : { value: measured.value, atMs: measured.atMs };
  if (absent !== null) {
    if (!giving) return { state: 'lost', reason: linkReason(monitor.link), sinceMs: monitor.linkSinceMs, last };
    const stale = freshness.kind === 'stream' && nowMonoMs - latest.monoMs > freshness.lostMs;
    const { reason, word, sinceMs } = absent;
    // A stream says why by its reason; a determination that gave nothing may have failed in more than one way.
    if (freshness.kind === 'event' && reason === 'unavailable' && word !== null) return { state: 'lost', reason, word, sinceMs, last };
    return { state: 'lost', reason: stale ? 'no-new-value' : reason, sinceMs, last };
  }
  if (measured === null) return { state: 'lost', ...reasonWithoutReading(monitor, freshness), last: null };
  const source: VitalSource = { by: 'monitor', monitorId: monitor.monitorId, name: monitor.name };
  return freshness.kind === 'event' ? judgeEvent(measured, source, giving) : judgeStream(measured, source, monitor, freshness, nowMonoMs);
}

function judgeEvent(measured: LatestValue, source: VitalSource, giving: boolean): Candidate['vital'] {
  const current = giving && !measured.flags.includes(earlierDetermination);
  return current ? live(measured, source, true) : late(measured, source, true);
}

function judgeStream(
  measured: LatestValue,
  source: VitalSource,
  monitor: JudgedMonitor,
  limits: StreamFreshness,
  nowMonoMs: number,
): Candidate['vital'] {
  const giving = monitor.givingSinceMs !== null;
  const ageMs = nowMonoMs - measured.monoMs;
  if (giving && ageMs <= limits.lateMs) return live(measured, source, false);
  if (ageMs <= limits.lostMs) return late(measured, source, false);
  const last = { value: measured.value, atMs: measured.atMs };
  if (giving || monitor.link === 'silent') {
    return { state: 'lost', reason: giving ? 'no-new-value' : 'silent', sinceMs: measured.atMs, last };
  }
  return { state: 'lost', reason: linkReason(monitor.link), sinceMs: monitor.linkSinceMs, last };
}

function live(measured: LatestValue, source: VitalSource, event: boolean): LiveVital {
  const { value, quality, atMs, flags } = measured;
  return { state: 'live', value, quality, atMs, source, flags: [...flags], event };
}

function late(measured: LatestValue, source: VitalSource, event: boolean): LateVital {
  return { state: 'late', value: measured.value, atMs: measured.atMs, source, event };
}

function reasonWithoutReading(monitor: JudgedMonitor, freshness: Freshness): Pick<LostVital, 'reason' | 'sinceMs'> {
  if (monitor.givingSinceMs === null) return { reason: linkReason(monitor.link), sinceMs: monitor.linkSinceMs };
  // A monitor that streams everything else does not have this one; a cuff may just not have run yet.
  return { reason: freshness.kind === 'stream' ? 'not-sent' : 'no-new-value', sinceMs: monitor.givingSinceMs };
}

function linkReason(link: LinkState): LostReason {
  switch (link) {
    case 'absent':
    case 'unplugged':
      return 'cable-out';
    case 'silent':
      return 'silent';
    case 'busy':
      return 'port-busy';
    case 'forbidden':
      return 'port-forbidden';
    case 'wrong-device':
      return 'wrong-device';
    case 'opening':
    case 'listening':
    case 'live':
    case 'degraded':
      return 'no-new-value';
    default:
      return assertNever(link);
  }
}

function typedCandidate(entry: TypedVital, input: JudgeInput): Candidate[] {
  if (implausible(entry.metric, entry.value) !== null) {
    const vital: LostVital = { state: 'lost', reason: 'out-of-range', sinceMs: entry.atMs, last: null };
    return [{ source: 'typed', vital, precedence: 0, moment: entry.atMs }];
  }
  const ageMs = input.nowUtcMs - entry.atMs;
  const isEvent = entry.metric === 'temp' || isPressureMetric(entry.metric);
  if (!isEvent && ageMs > typedGoneMs) return [];
  const source: VitalSource = { by: 'person', name: entry.personName, ...(entry.corrected === true ? { corrected: true } : {}) };
  const measured: LatestValue = { value: entry.value, quality: 'good', flags: [], atMs: entry.atMs, monoMs: 0 };
  if (isEvent || ageMs <= typedLateMs) {
    return [{ source: 'typed', vital: live(measured, source, true), precedence: 3, moment: entry.atMs }];
  }
  return [{ source: 'typed', vital: late(measured, source, true), precedence: 1, moment: entry.atMs }];
}

function isPressureMetric(metric: MetricId): boolean {
  return pressures.some((pressure) => pressure === metric);
}

function precedenceOf(vital: Candidate['vital']): Precedence {
  if (vital.state === 'lost') return 0;
  if (vital.event) return 3;
  return vital.state === 'live' ? 4 : 2;
}

function best(candidates: readonly Candidate[]): Candidate | null {
  const byPrecedence = (a: Candidate, b: Candidate): number =>
    b.precedence - a.precedence || b.moment - a.moment || (a.source < b.source ? -1 : 1);
  return candidates.toSorted(byPrecedence)[0] ?? null;
}

/** Systolic, diastolic and mean of one source and one moment, or none of them. */
function judgePressures(byMetric: (metric: MetricId) => readonly Candidate[]): Partial<Record<MetricId, Vital>> {
  const sys = best(byMetric('nibp-sys'));
  if (sys === null) return {};
  const mate = (metric: MetricId): Vital => {
    const found = byMetric(metric).find((candidate) => candidate.source === sys.source)?.vital;
    if (found !== undefined && found.state === 'lost') return found;
    const together = found !== undefined && sys.vital.state !== 'lost' && found.atMs === sys.vital.atMs;
    if (together) return found;
    const sinceMs = sys.vital.state === 'lost' ? sys.vital.sinceMs : sys.vital.atMs;
    return sys.vital.state === 'lost' ? { ...sys.vital, last: null } : { state: 'lost', reason: 'not-sent', sinceMs, last: null };
  };
  const trio = { 'nibp-sys': sys.vital, 'nibp-dia': mate('nibp-dia'), 'nibp-mean': mate('nibp-mean') };
  const dia = trio['nibp-dia'];
  if (sys.vital.state === 'lost' || !('value' in dia) || dia.value < sys.vital.value) return trio;
  const invalid: LostVital = { state: 'lost', reason: 'invalid', sinceMs: sys.vital.atMs, last: null };
  return { 'nibp-sys': invalid, 'nibp-dia': invalid, 'nibp-mean': invalid };
}
