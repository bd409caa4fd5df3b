import { metricIds, metrics, type MetricId, type VendorMetricId } from '../../../shared/clinical/metric.ts';
import type { AbsentReason, AbsentReading, MeasuredReading, Quality, Reading } from '../../../shared/clinical/reading.ts';

type AnyMetric = MetricId | VendorMetricId;

/** What goes with every reading of one frame. */
export interface ReadingContext {
  readonly flags: readonly string[];
  readonly deviceTime: string | null;
}

export const noContext: ReadingContext = { flags: [], deviceTime: null };

const own: ReadonlySet<string> = new Set(metricIds);

export function isMetricId(metric: string): metric is MetricId {
  return own.has(metric);
}

/** A number the monitor stated. Outside the physically possible range it becomes `out-of-range`, whatever the monitor claims. */
export function statedReading(metric: MetricId, value: number, quality: Quality, context: ReadingContext): Reading {
  const { unit, possible } = metrics[metric];
  if (!(value >= possible[0] && value <= possible[1])) return absentReading(metric, 'out-of-range', context);
  return measuredReading(metric, value, unit, quality, context);
}

/**
 * A number under the protocol's own code, where Vigil has no id for the quantity yet. Of such a quantity no range is known, so that a number
 * which senders use for "no value" stays, but never as a good one.
 */
export function vendorReading(metric: VendorMetricId, value: number, unit: string, quality: Quality, context: ReadingContext): Reading {
  if (!mayMeanNothing(value)) return measuredReading(metric, value, unit, quality, context);
  return measuredReading(metric, value, unit, 'questionable', { ...context, flags: [...context.flags, 'perhaps-no-value'] });
}

/** −100, −999 and their like, and the ends of 16, 23 and 32 bits. */
const usedForNothing: ReadonlySet<number> = new Set([
  -99, -100, -999, -1000, -9999, -99_999, -32_768, -32_767, -32_001, 9999, 99_999, 32_767, 65_535, 8_388_607, 2_147_483_647,
]);

function mayMeanNothing(value: number): boolean {
  const isUsual = value > -99 && value < 9999;
  return !isUsual && usedForNothing.has(value);
}

/** Written out for each context, as the other is: a reading is made in one go, and monitors state some ten of them each second. */
export function absentReading(metric: AnyMetric, absent: AbsentReason, { flags, deviceTime }: ReadingContext): AbsentReading {
  if (flags.length === 0) return deviceTime === null ? { metric, absent } : { metric, absent, deviceTime };
  return deviceTime === null ? { metric, absent, flags } : { metric, absent, flags, deviceTime };
}

function measuredReading(
  metric: AnyMetric,
  value: number,
  unit: string,
  quality: Quality,
  { flags, deviceTime }: ReadingContext,
): MeasuredReading {
  if (flags.length === 0) return deviceTime === null ? { metric, value, unit, quality } : { metric, value, unit, quality, deviceTime };
  return deviceTime === null ? { metric, value, unit, quality, flags } : { metric, value, unit, quality, flags, deviceTime };
}
