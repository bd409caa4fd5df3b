import { z } from 'zod';
import { metricIdSchema } from '../../clinical/metric.ts';
import { absentReasons, qualities } from '../../clinical/reading.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';

const sourceSchema = z.union([
  z.object({ by: z.literal('monitor'), monitorId: idSchema, name: z.string() }),
  /** `corrected`: a correction says it; another figure was typed first, or none. */
  z.object({ by: z.literal('person'), name: z.string(), corrected: z.literal(true).optional() }),
]);

/** One figure as it may honestly be shown now. Ages are worked out against the feed's clock. */
export const vitalSchema = z.discriminatedUnion('state', [
  /** Within its late limit, or a cuff reading (an event: it keeps its colour and shows its age). */
  z.object({
    state: z.literal('live'),
    value: z.number(),
    quality: z.enum(qualities),
    atMs: utcMsSchema,
    source: sourceSchema,
    flags: z.array(z.string()),
    event: z.boolean(),
  }),
  /** No new value for longer than the late limit: grey. */
  z.object({ state: z.literal('late'), value: z.number(), atMs: utcMsSchema, source: sourceSchema, event: z.boolean() }),
  /** No figure to show: the monitor says why, or the link is lost. */
  z.object({
    state: z.literal('lost'),
    reason: z.union([
      z.enum(absentReasons),
      z.enum(['no-new-value', 'cable-out', 'silent', 'port-busy', 'port-forbidden', 'wrong-device']),
    ]),
    /** Of a determination that failed: the monitor's own word for it. */
    word: z.string().optional(),
    sinceMs: utcMsSchema,
    last: z.object({ value: z.number(), atMs: utcMsSchema }).nullable(),
  }),
  z.object({ state: z.literal('not-connected') }),
  /** There may be a figure: nobody sits at this page, and the clinic shows none there. */
  z.object({ state: z.literal('covered') }),
]);
export type Vital = z.output<typeof vitalSchema>;
export type VitalSource = z.output<typeof sourceSchema>;

/** Every metric has an entry; those no configured monitor gives are `not-connected`. */
export const vitalsSectionSchema = z.record(metricIdSchema, vitalSchema);
