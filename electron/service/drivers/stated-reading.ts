import { metricIds, metrics, type MetricId, type VendorMetricId } from '../../../shared/clinical/metric.ts';
import type { AbsentReason, AbsentReading, MeasuredReading, Quality, Reading } from '../../../shared/clinical/reading.ts';

/** What goes with every reading of one frame. */
export interface ReadingContext {
  readonly flags: readonly string[];
  readonly deviceTime: string | null;
}

export const noContext: ReadingContext = { flags: [], deviceTime: null };

export function isMetricId(metric: string): metric is MetricId {
  return (metricIds as readonly string[]).includes(metric);
}

/** A number the monitor stated. Outside the physically possible range it becomes `out-of-range`, whatever the monitor claims. */
export function statedReading(metric: MetricId, value: number, quality: Quality, context: ReadingContext): Reading {
  const { unit, possible } = metrics[metric];
  if (!(value >= possible[0] && value <= possible[1])) return absentReading(metric, 'out-of-range', context);
  return withContext({ metric, value, unit, quality }, context);
}

/** A number under the protocol's own code, where Vigil has no id for the quantity yet. */
export function vendorReading(metric: VendorMetricId, value: number, unit: string, quality: Quality, context: ReadingContext): Reading {
  return withContext({ metric, value, unit, quality }, context);
}

export function absentReading(metric: MetricId | VendorMetricId, absent: AbsentReason, context: ReadingContext): Reading {
  return withContext({ metric, absent }, context);
}

function withContext(reading: MeasuredReading | AbsentReading, { flags, deviceTime }: ReadingContext): Reading {
  if (flags.length === 0) return deviceTime === null ? reading : { ...reading, deviceTime };
  return deviceTime === null ? { ...reading, flags } : { ...reading, flags, deviceTime };
}
