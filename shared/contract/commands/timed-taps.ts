import { z } from 'zod';
import { milestoneKeySchema } from '../../clinical/milestone.ts';
import { statedTime } from './stated-time.ts';

/** What of the room around the patient can be changed. */
export const surroundings = ['music', 'lights'] as const;

/** What one tap records: its time is all that has to be said of it, now or as another time. */
export const timedTapCommands = [
  z.object({
    type: z.literal('reach-milestone'),
    milestone: milestoneKeySchema,
    /** For example `L forearm 22 G`. */
    detail: z.string().trim().max(300).optional(),
    /** Of a review: who was told. */
    told: z.string().trim().max(120).optional(),
    /** Of a go/no-go: which. */
    go: z.boolean().optional(),
    at: statedTime,
  }),
  z.object({ type: z.literal('change-surroundings'), what: z.enum(surroundings), at: statedTime }),
] as const;

export const timedTapSchema = z.discriminatedUnion('type', timedTapCommands);
export type TimedTap = z.output<typeof timedTapSchema>;
