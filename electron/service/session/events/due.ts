import { z } from 'zod';
import { event, listed } from './define-event.ts';

export const dueEvents = {
  /** A person says that what the schedule asked for was not done, and why. The key is the slot's: row and count. */
  'slot-missed': event(
    z.object({
      slotKey: z.string().min(1).max(60),
      label: z.string().max(60),
      reason: z.string().min(1).max(300),
      /** It was not for this patient: nothing was left out. */
      notApplicable: z.literal(true).optional(),
    }),
    {
      label: ({ label, notApplicable }) => `${label} ${notApplicable === true ? 'not applicable' : 'missed'}`,
      detail: ({ reason }) => reason,
      ...listed('milestone', 'timed', 'all'),
    },
  ),
} as const;
