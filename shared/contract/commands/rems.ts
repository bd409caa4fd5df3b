import { z } from 'zod';
import { remsEnteredKeys, remsField } from '../../clinical/rems-form.ts';
import { sexForClinicalUseSchema } from '../../clinical/sex.ts';
import { hasWords } from '../doubt.ts';

/** Fields of the REMS monitoring form that nothing else in the record says, and the sex that the form and some cuts need. */
export const remsCommands = [
  z
    .object({
      type: z.literal('answer-rems'),
      field: z.enum(remsEnteredKeys),
      /** `yes` or `no`, `absent`, or words, as the field takes it. */
      answer: z.string().trim().min(1).max(300),
      /** Beside a yes or a no: which drug, which value. */
      detail: z.string().trim().max(300).optional(),
    })
    .refine(({ field, answer }) => isAnswerTo(field, answer), { path: ['answer'], message: 'not an answer to this field' }),
  z.object({ type: z.literal('record-sex'), sex: sexForClinicalUseSchema }),
] as const;

function isAnswerTo(field: (typeof remsEnteredKeys)[number], answer: string): boolean {
  const { entered } = remsField(field);
  if (entered === 'yes-no') return answer === 'yes' || answer === 'no';
  return entered === 'absent' ? answer === 'absent' : hasWords(answer);
}
