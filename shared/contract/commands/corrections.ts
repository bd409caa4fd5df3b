import { z } from 'zod';
import { bodySides, injectionSites } from '../../clinical/route-dose.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { typedReasonSchema } from '../typed-reason.ts';
import { typedVitalValues } from './typed-vitals.ts';

/** What is put right. Each is an entry of its own; what it is about stays in the record. */
export const correctionCommands = [
  z.object({ type: z.literal('undo'), eventId: idSchema, reason: typedReasonSchema.optional() }),
  /** Moves an event to another clinical time. The first time stays in the record. */
  z.object({ type: z.literal('correct-time'), eventId: idSchema, utcMs: utcMsSchema, reason: typedReasonSchema }),
  /** Of an injection, a device or lozenges. What is left out stays as it was recorded. */
  z.object({
    type: z.literal('correct-administration'),
    eventId: idSchema,
    mg: z.number().positive().max(2000).optional(),
    lozenges: z.number().positive().max(20).multipleOf(0.5).optional(),
    site: z.enum(injectionSites).optional(),
    side: z.enum(bodySides).optional(),
    lot: z.string().trim().min(1, 'a lot number is required').max(40).optional(),
    reason: typedReasonSchema,
  }),
  /** All the figures that were read: one that is left out was never read. */
  z.object({ type: z.literal('correct-vitals'), eventId: idSchema, values: typedVitalValues, reason: typedReasonSchema }),
  /** What was left in the bag as read at the pump, where it was not said when the bag came off or was typed wrong. */
  z.object({
    type: z.literal('correct-volume-left'),
    eventId: idSchema,
    volumeLeftMl: z.number().min(0).max(5000),
    reason: typedReasonSchema,
  }),
] as const;
