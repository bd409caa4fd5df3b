import type { MetricId } from '../../../shared/clinical/metric.ts';
import { isMeasured, type AbsentReason, type Quality } from '../../../shared/clinical/reading.ts';
import type { MonitorId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { implausible, isMetricId } from './plausible-reading.ts';
import type { StampedReading } from './stamped-reading.ts';

/** What one monitor said last of one metric. */
export interface LatestReading {
  readonly monitorId: MonitorId;
  readonly metric: MetricId;
  /** Monotonic, of the last word, whether a number or the reason for none. */
  readonly monoMs: number;
  /** The last number; null while there was none. */
  readonly measured: LatestValue | null;
  /** Why there is no number now, and since when; null while there is one. */
  readonly absent: { readonly reason: AbsentReason; readonly word: string | null; readonly sinceMs: UtcMs } | null;
}

export interface LatestValue {
  readonly value: number;
  readonly quality: Quality;
  readonly flags: readonly string[];
  readonly atMs: UtcMs;
  readonly monoMs: number;
}

export type LatestReadings = ReadonlyMap<string, LatestReading>;

/**
 * Keeps a reading as the latest of its monitor and metric. An impossible number is kept as the reason why there
 * is none, so that it cannot come up as the last known one either. At most one entry a monitor and metric; metrics
 * without an id of ours are recorded, but not shown as a figure.
 */
export function takeReading(latest: Map<string, LatestReading>, stamped: StampedReading): void {
  const { monitorId, reading, received, monoMs } = stamped;
  if (!isMetricId(reading.metric)) return;
  const key = latestKey(monitorId, reading.metric);
  const before = latest.get(key);
  const { metric } = reading;
  const wrong = isMeasured(reading) ? implausible(metric, reading.value) : reading.absent;
  if (isMeasured(reading) && wrong === null) {
    const measured = { value: reading.value, quality: reading.quality, flags: reading.flags ?? [], atMs: received.utcMs, monoMs };
    latest.set(key, { monitorId, metric, monoMs, measured, absent: null });
    return;
  }
  const reason = wrong ?? 'invalid';
  // The first of the monitor's own words for it.
  const word = isMeasured(reading) ? null : (reading.flags?.[0] ?? null);
  const isSame = before?.absent?.reason === reason && before.absent.word === word;
  const sinceMs = isSame ? before.absent.sinceMs : received.utcMs;
  latest.set(key, { monitorId, metric, monoMs, measured: before?.measured ?? null, absent: { reason, word, sinceMs } });
}

export function latestKey(monitorId: MonitorId, metric: MetricId): string {
  return `${monitorId}/${metric}`;
}

export function forgetMonitor(latest: Map<string, LatestReading>, monitorId: MonitorId): void {
  for (const [key, entry] of latest) if (entry.monitorId === monitorId) latest.delete(key);
}
