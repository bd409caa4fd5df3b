import { metrics, type MetricId } from '../../../shared/clinical/metric.ts';

/** A value stated in a UCUM unit, in the metric's own one; null where the unit does not go with it. */
export function inMetricUnit(metric: MetricId, value: number, unit: string): number | null {
  const own = metrics[metric].unit;
  if (unit === own) return value;
  if (own === 'mm[Hg]' && unit === 'kPa') return Math.round(value * 75.0062) / 10;
  if (own === 'Cel' && unit === '[degF]') return Math.round(((value - 32) * 50) / 9) / 10;
  return null;
}
