import { z } from 'zod';

/** What a person says about the schedule itself. */
export const dueCommands = [
  z.object({
    type: z.literal('mark-slot-missed'),
    /** As the reminder carries it. */
    slotKey: z.string().min(1).max(60),
    reason: z.string().trim().min(1, 'a reason is required').max(300),
  }),
] as const;
