import { z } from 'zod';
import { dischargeLineSchema } from '../../../../shared/clinical/discharge.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';

/** The id of a criterion of the session's protocol. */
const criterion = z.string().regex(/^[a-z0-9-]{1,40}$/);
const text = z.string().max(300);
const lateReason = text.optional();
const person = z.object({ personId: idSchema, name: z.string().min(1).max(80), role: z.enum(['nurse', 'therapist', 'prescriber', 'it']) });

/** Leaving, and handing over. */
export const dischargeEventBodies = {
  'criterion-confirmed': z.object({
    criterion,
    met: z.boolean(),
    detail: z.string().max(120).optional(),
    lateReason,
  }),
  'escort-recorded': z.object({ name: z.string().min(1).max(80), phone: z.string().min(1).max(40), present: z.boolean(), lateReason }),
  /** `prescriber` is who let it pass; the actor is at whose page it was done. */
  'criterion-overridden': z.object({ criterion, reason: text, prescriber: person }),
  /** Frozen as it stood: whatever is corrected later, this is what the assessment was made on. */
  'discharge-assessed': z.object({ lines: z.array(dischargeLineSchema).max(24), overridden: z.array(criterion).max(24) }),
  'left-against-advice': z.object({
    prescriber: z.union([
      z.object({ told: z.string().min(1).max(80), atMs: utcMsSchema.optional() }).strict(),
      z.object({ notReached: text }).strict(),
    ]),
    risksExplained: z.boolean(),
    escort: z.string().max(80).nullable(),
    condition: text,
    /** What was short, in the words in which leaving would have been asked about. */
    short: z.array(z.string().max(400)).max(40),
    lateReason,
  }),
  'handover-recorded': z.object({
    from: person,
    to: person,
    /** As the card read when it was handed over. */
    card: z.array(z.object({ heading: z.string().max(40), lines: z.array(z.string().max(200)).max(20) })).max(12),
    note: z.string().max(1000).optional(),
  }),
} as const;
