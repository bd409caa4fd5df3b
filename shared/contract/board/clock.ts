import { z } from 'zod';
import { gapCauses } from '../../clinical/gap-cause.ts';
import { instantSchema, utcMsSchema } from '../../values/instant.ts';

/** The room's time, and what a session's time line is not whole by: stretches that were not recorded, a clock that was set. */

/** The service's clock when the message was made. The page runs on from here with its own monotonic clock. */
export const clockSectionSchema = z.object({
  now: instantSchema,
  /** The service's seconds per real second: 1 but in a demo that runs faster. */
  rate: z.number().positive(),
  /** As the computer writes times: not as `now` does, where the clocks changed since the session began. */
  computerOffsetMin: z.number().int(),
});

export const gapSchema = z.object({
  fromMs: utcMsSchema,
  /** null while it lasts. */
  toMs: utcMsSchema.nullable(),
  cause: z.enum(gapCauses),
});
export type Gap = z.output<typeof gapSchema>;

/** The computer's clock was set. The session goes on by its own time: the computer's is ahead of it by so much since. */
export const clockStepSchema = z.object({ atMs: utcMsSchema, byMs: z.number().int(), aheadMs: z.number().int() });
export type ClockStep = z.output<typeof clockStepSchema>;
