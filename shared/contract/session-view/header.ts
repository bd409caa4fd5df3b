import { z } from 'zod';
import { metricIdSchema } from '../../clinical/metric.ts';
import { phaseKeys } from '../../clinical/milestone.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';

/** Of a session: whose it is, by which protocol, and how far it has come. */
export const headerPart = {
  sessionId: idSchema,
  patient: z.object({ patientId: idSchema, name: z.string(), birthDate: z.string(), recordNumber: z.string() }),
  course: z.object({ number: z.number().int(), of: z.number().int() }).nullable(),
  protocol: z.object({
    protocolId: z.string(),
    version: z.number().int(),
    name: z.string(),
    shortName: z.string(),
    /** What of it, and of the forms used, no clinical reviewer has signed off, in words. */
    unconfirmed: z.array(z.string()),
    /** Drawn as lines on the timeline. They never prompt. */
    referenceLines: z.array(z.object({ metric: metricIdSchema, value: z.number(), label: z.string() })),
  }),
  openedMs: utcMsSchema,
  endedMs: utcMsSchema.nullable(),
  phase: z.enum(phaseKeys),
  phases: z.array(z.object({ phase: z.enum(phaseKeys), fromMs: utcMsSchema })),
  weight: z
    .object({ grams: z.number(), entered: z.object({ value: z.number(), unit: z.enum(['kg', 'lb']) }), atMs: utcMsSchema })
    .nullable(),
  /** Whose session it is now: whoever took over last, or opened it. */
  responsible: z.string().nullable(),
  /** Of a running session: their access was ended, and nobody has taken over. */
  responsibleLeft: z.boolean(),
};
