import { z } from 'zod';
import { remsEnteredKeys, remsField } from '../../../../shared/clinical/rems-form.ts';
import { sexesForClinicalUse, sexForClinicalUseSchema } from '../../../../shared/clinical/sex.ts';
import { event, listed, noDetail } from './define-event.ts';
import { joined } from './entry-words.ts';

const text = z.string().max(300);

/**
 * What a person answered for the monitoring form because nothing else in the record says it. If a field is answered
 * again, the last answer holds.
 */
export const remsEvents = {
  'rems-answered': event(z.object({ field: z.enum(remsEnteredKeys), answer: text, detail: text.optional() }), {
    label: ({ field }) => `REMS form: ${remsField(field).label}`,
    detail: ({ answer, detail }) => joined(answer, detail),
    ...listed('milestone', 'untimed'),
  }),
  'sex-recorded': event(z.object({ sex: sexForClinicalUseSchema }), {
    label: ({ sex }) => `Sex for clinical use: ${sexesForClinicalUse[sex]}`,
    detail: noDetail,
    ...listed('milestone', 'untimed', 'all'),
  }),
} as const;
