import { metrics, type MetricId } from '../../../shared/clinical/metric.ts';
import { isMeasured, type AbsentReading, type MeasuredReading, type Reading } from '../../../shared/clinical/reading.ts';

const flagsMax = 16;

/**
 * The readings of one frame, with what cannot be taken out: a value outside the metric's possible range is
 * `out-of-range`, no number at all is `invalid`, and a systolic pressure that is not above the diastolic makes
 * the whole determination `invalid`. What the monitor said stays as a flag (`said-101`).
 * Ranges: `shared/clinical/metric.ts`.
 */
export function plausibleReadings(readings: readonly Reading[]): Reading[] {
  const sys = valueOf(readings, 'nibp-sys');
  const dia = valueOf(readings, 'nibp-dia');
  const contradictory = sys !== null && dia !== null && dia >= sys;
  return readings.map((reading) => {
    if (!isMeasured(reading)) return reading;
    if (contradictory && isPressure(reading.metric)) return withoutValue(reading, 'invalid');
    const reason = implausible(reading.metric, reading.value);
    return reason === null ? reading : withoutValue(reading, reason);
  });
}

/** Why a number cannot be a value of this metric; null when it can. Of vendor metrics no range is known. */
export function implausible(metric: Reading['metric'], value: number): 'invalid' | 'out-of-range' | null {
  if (!Number.isFinite(value)) return 'invalid';
  if (!isMetricId(metric)) return null;
  const [min, max] = metrics[metric].possible;
  return value < min || value > max ? 'out-of-range' : null;
}

export function isMetricId(metric: Reading['metric']): metric is MetricId {
  return metric in metrics;
}

export function isPressure(metric: Reading['metric']): boolean {
  return metric === 'nibp-sys' || metric === 'nibp-dia' || metric === 'nibp-mean';
}

function valueOf(readings: readonly Reading[], metric: MetricId): number | null {
  const found = readings.find((reading) => reading.metric === metric);
  return found !== undefined && isMeasured(found) ? found.value : null;
}

function withoutValue(reading: MeasuredReading, absent: 'invalid' | 'out-of-range'): AbsentReading {
  const { metric, deviceTime } = reading;
  const flags = [`said-${reading.value}`, ...(reading.flags ?? [])].slice(0, flagsMax);
  return deviceTime === undefined ? { metric, absent, flags } : { metric, absent, flags, deviceTime };
}
