import { z } from 'zod';
import { typedReasonSchema } from '../typed-reason.ts';

/** What a person says about the schedule itself. */
export const dueCommands = [
  z.object({
    type: z.literal('mark-slot-missed'),
    /** As the reminders carry them; several where one reason holds for all of them. */
    slotKeys: z.array(z.string().min(1).max(60)).min(1).max(60),
    /** It was not for this patient: nothing was left out. */
    notApplicable: z.literal(true).optional(),
    reason: typedReasonSchema,
  }),
] as const;
