import { z } from 'zod';

/** Of one session. */
export const dueEventBodies = {
  /** A person says that what the schedule asked for was not done, and why. The key is the slot's: row and count. */
  'slot-missed': z.object({
    slotKey: z.string().min(1).max(60),
    label: z.string().max(60),
    reason: z.string().min(1).max(300),
    /** It was not for this patient: nothing was left out. */
    notApplicable: z.literal(true).optional(),
  }),
} as const;
