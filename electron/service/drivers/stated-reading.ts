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

/**
 * A number under the protocol's own code, where Vigil has no id for the quantity yet. Of such a quantity no range is known, so that a number
 * which senders use for "no value" stays, but never as a good one.
 */
export function vendorReading(metric: VendorMetricId, value: number, unit: string, quality: Quality, context: ReadingContext): Reading {
  if (!mayMeanNothing(value)) return withContext({ metric, value, unit, quality }, context);
  return withContext({ metric, value, unit, quality: 'questionable' }, { ...context, flags: [...context.flags, 'perhaps-no-value'] });
}

/** −100, −999 and their like, and the ends of 16, 23 and 32 bits. */
const usedForNothing: ReadonlySet<number> = new Set([
  -99, -100, -999, -1000, -9999, -99_999, -32_768, -32_767, -32_001, 9999, 99_999, 32_767, 65_535, 8_388_607, 2_147_483_647,
]);

function mayMeanNothing(value: number): boolean {
  return usedForNothing.has(value);
}

export function absentReading(metric: MetricId | VendorMetricId, absent: AbsentReason, context: ReadingContext): Reading {
  return withContext({ metric, absent }, context);
}

function withContext(reading: MeasuredReading | AbsentReading, { flags, deviceTime }: ReadingContext): Reading {
  if (flags.length === 0) return deviceTime === null ? reading : { ...reading, deviceTime };
  return deviceTime === null ? { ...reading, flags } : { ...reading, flags, deviceTime };
}
