import { z } from 'zod';
import { anyMetricIdSchema, type MetricId, type VendorMetricId } from './metric.ts';

/** Why a monitor has no number to give. Absence is a value; it is never 0, −1 or NaN. */
export const absentReasons = [
  'sensor-off',
  'no-sensor',
  'searching',
  'motion',
  'low-perfusion',
  'no-breath',
  'occlusion',
  'out-of-range',
  'unavailable',
  'invalid',
  'not-sent',
] as const;
export type AbsentReason = (typeof absentReasons)[number];

export const qualities = ['good', 'questionable'] as const;
export type Quality = (typeof qualities)[number];

interface ReadingBase {
  readonly metric: MetricId | VendorMetricId;
  /** The monitor's own limit and status codes in our words, for example `low-limit`, `motion`. */
  readonly flags?: readonly string[];
  /** ISO time as the device states it, without zone. Kept beside receipt time, never used to order. */
  readonly deviceTime?: string;
}

export interface MeasuredReading extends ReadingBase {
  readonly value: number;
  /** UCUM. */
  readonly unit: string;
  readonly quality: Quality;
}

export interface AbsentReading extends ReadingBase {
  readonly absent: AbsentReason;
}

/** One value, or the reason there is none, as one frame of a monitor stated it. */
export type Reading = MeasuredReading | AbsentReading;

export function isMeasured(reading: Reading): reading is MeasuredReading {
  return 'value' in reading;
}

const readingBase = {
  metric: anyMetricIdSchema,
  flags: z.array(z.string().max(40)).max(16).optional(),
  deviceTime: z.string().max(40).optional(),
};
export const readingSchema = z.union([
  z.object({ ...readingBase, value: z.number(), unit: z.string().max(20), quality: z.enum(qualities) }),
  z.object({ ...readingBase, absent: z.enum(absentReasons) }),
]);
