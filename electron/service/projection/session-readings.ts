import { isMeasured, type Reading } from '../../../shared/clinical/reading.ts';
import {
  trendMetrics,
  trendSpanMaxMs,
  type CuffReading,
  type TrendColumns,
  type TrendMetric,
} from '../../../shared/clinical/measured-vitals.ts';
import type { MonitorId, SessionId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { ReadingLog } from '../store/reading-log.ts';
import { TrendSeries } from './trend-series.ts';

/** Determined by the monitor before Vigil listened: its time is not known, and it may be of another patient. */
const earlierDetermination = 'earlier-determination';
/** As long as the trend, of a cuff every minute. */
const cuffsMax = trendSpanMaxMs / 60_000;

/** What the monitors said in a session, as a record has it. */
export interface ReadVitals {
  readonly cuffs: readonly CuffReading[];
  readonly trend: TrendColumns;
}

/** What the monitors said in one session, as the timeline draws it: a trend, and cuff readings as events. */
export class SessionReadings {
  readonly sessionId: SessionId;
  readonly trend: TrendSeries;
  readonly #cuffs: CuffReading[] = [];

  constructor(sessionId: SessionId, openedMs: UtcMs) {
    this.sessionId = sessionId;
    this.trend = new TrendSeries(openedMs);
  }

  get cuffs(): readonly CuffReading[] {
    return this.#cuffs;
  }

  get vitals(): ReadVitals {
    return { cuffs: this.#cuffs, trend: this.trend.columns };
  }

  /** The readings of one monitor in one second. */
  take(monitorId: MonitorId, atMs: UtcMs, readings: Iterable<Reading>): void {
    const values: Partial<Record<TrendMetric, number | null>> = {};
    const cuff = new Map<string, number>();
    for (const reading of readings) {
      if (reading.flags?.includes(earlierDetermination) === true) continue;
      if (isTrendMetric(reading.metric)) values[reading.metric] = isMeasured(reading) ? reading.value : null;
      else if (isMeasured(reading) && reading.metric.startsWith('nibp-')) cuff.set(reading.metric, reading.value);
    }
    this.trend.put({ source: monitorId, atMs, values });
    this.#takeCuff(monitorId, atMs, cuff);
  }

  #takeCuff(monitorId: MonitorId, atMs: UtcMs, cuff: ReadonlyMap<string, number>): void {
    const [sys, dia] = [cuff.get('nibp-sys'), cuff.get('nibp-dia')];
    if (sys === undefined || dia === undefined || this.#cuffs.length >= cuffsMax) return;
    this.#cuffs.push({ atMs, sys, dia, mean: cuff.get('nibp-mean') ?? null, byHand: false, monitorId });
  }
}

/** Reads a session's readings back from the log, in steps: three hours of two monitors take a tenth of a second. */
export function* sessionReadings(
  log: Pick<ReadingLog, 'readWindows'>,
  sessionId: SessionId,
  openedMs: UtcMs,
): Generator<void, SessionReadings> {
  const readings = new SessionReadings(sessionId, openedMs);
  for (const rows of log.readWindows(sessionId)) {
    for (const row of rows) readings.take(row.monitorId, row.at.utcMs, row.readings);
    yield;
  }
  return readings;
}

function isTrendMetric(metric: string): metric is TrendMetric {
  return (trendMetrics as readonly string[]).includes(metric);
}
