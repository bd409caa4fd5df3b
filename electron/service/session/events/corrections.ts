import { z } from 'zod';
import { bodySides, injectionSites } from '../../../../shared/clinical/route-dose.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { typedVitals } from './typed-vitals.ts';

const text = z.string().max(300);
const whole = z.number().int().positive();

/**
 * What an entry should have said. The entry itself stays as it was made; a field that is not here stays as it is.
 * When it happened is corrected by `time-corrected`.
 */
export const correctionEventBodies = {
  /** Of an injection, a nasal device or lozenges. */
  'gift-corrected': z.object({
    eventId: idSchema,
    ug: whole.optional(),
    ul: whole.optional(),
    halves: whole.optional(),
    site: z.enum(injectionSites).optional(),
    side: z.enum(bodySides).optional(),
    lot: z.string().min(1).max(40).optional(),
    reason: text,
  }),
  /** All the figures that the entry should have had: one that is not among them was never read. */
  'vitals-corrected': z.object({ eventId: idSchema, values: typedVitals, reason: text }),
  /** What was read at the pump as left in a bag, added or read otherwise: of a change of bags, a completion, an early stop. */
  'volume-left-corrected': z.object({ eventId: idSchema, volumeLeftUl: z.number().int().min(0), reason: text }),
} as const;
