import { z } from 'zod';
import { idSchema } from '../values/ids.ts';
import { utcMsSchema, type UtcMs } from '../values/instant.ts';

/** What was measured in a session: pressures as single readings, everything else as lines of one value a second. */

/** One determination of the blood pressure, in mmHg. */
export const cuffReadingSchema = z.object({
  atMs: utcMsSchema,
  sys: z.number(),
  dia: z.number(),
  /** null where the source states none. */
  mean: z.number().nullable(),
  byHand: z.boolean(),
  /** Left out of one by hand. */
  monitorId: idSchema.optional(),
  /** A person marked it as no value of the patient: it stays in sight, struck through. */
  artefact: z.literal(true).optional(),
});
export type CuffReading = z.output<typeof cuffReadingSchema>;

export const trendMetrics = ['pulse-rate', 'spo2', 'resp-rate', 'etco2', 'heart-rate'] as const;
export type TrendMetric = (typeof trendMetrics)[number];

/** One value a second, as columns that share their times. null is "no value in that second". */
export const trendColumnsSchema = z.object({
  fromMs: utcMsSchema,
  stepMs: z.number().int().positive(),
  length: z.number().int().min(0),
  columns: z.record(z.enum(trendMetrics), z.array(z.number().nullable())),
  /** When a monitor said that there is no value, and when another went on: no line passes there. Left out where there were none. */
  breaks: z.partialRecord(z.enum(trendMetrics), z.array(utcMsSchema)).optional(),
});
export type TrendColumns = z.output<typeof trendColumnsSchema>;

/** Seven days: a session that nobody ended, over a week of holidays, is drawn whole, and one that is left for good has an end. */
export const trendSpanMaxMs = 7 * 24 * 3_600_000;

/** From when on a trend holds nothing although values are measured and recorded; null where it is not full. */
export function trendFullMs({ fromMs, stepMs, length }: Pick<TrendColumns, 'fromMs' | 'stepMs' | 'length'>): UtcMs | null {
  return length * stepMs < trendSpanMaxMs ? null : fromMs + length * stepMs;
}
