import { z } from 'zod';
import { remsEnteredKeys } from '../../../../shared/clinical/rems-form.ts';
import { sexForClinicalUseSchema } from '../../../../shared/clinical/sex.ts';

const text = z.string().max(300);

/** What a person answered for the monitoring form because nothing else in the record says it. Said anew, the last word holds. */
export const remsEventBodies = {
  'rems-answered': z.object({ field: z.enum(remsEnteredKeys), answer: text, detail: text.optional() }),
  'sex-recorded': z.object({ sex: sexForClinicalUseSchema }),
} as const;
