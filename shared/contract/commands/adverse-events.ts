import { z } from 'zod';
import {
  adverseEventCategorySchema,
  adverseEventDetails,
  adverseEventSeveritySchema,
  givenRouteSchema,
} from '../../clinical/adverse-event.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { typedReasonSchema } from '../typed-reason.ts';
import { statedTime } from './stated-time.ts';

/** Adverse events, and the rescue and comfort drugs given for them or beside them. */
export const adverseEventCommands = [
  z.object({
    type: z.literal('record-adverse-event'),
    category: adverseEventCategorySchema,
    severity: adverseEventSeveritySchema,
    detail: z.string().trim().max(300).optional(),
    /** The onset. */
    at: statedTime,
  }),
  z.object({
    type: z.literal('update-adverse-event'),
    adverseEventId: idSchema,
    /** Only what is said anew; the rest stays as it is, also when somebody else says it at the same time. */
    changes: z
      .object({ ...adverseEventDetails, endedMs: utcMsSchema.nullable() })
      .partial()
      .strict(),
  }),
  z.object({
    type: z.literal('give-drug'),
    drug: z.string().trim().min(1, 'a drug has a name').max(80),
    /** As written, with its unit: `4 mg`, `2 L/min`. Vigil does not reckon with it. */
    dose: z.string().trim().min(1, 'a dose is required').max(60),
    route: givenRouteSchema,
    reason: typedReasonSchema.max(200).optional(),
    /** What it was given for, where that is recorded. */
    adverseEventId: idSchema.optional(),
    at: statedTime,
  }),
] as const;
