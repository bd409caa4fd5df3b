import { z } from 'zod';
import { utcMsSchema } from '../values/instant.ts';

/** What a session's time line is not whole by: stretches that were not recorded, and a clock that was set. */

export const gapSchema = z.object({
  fromMs: utcMsSchema,
  /** null while it lasts. */
  toMs: utcMsSchema.nullable(),
  cause: z.string(),
});
export type Gap = z.output<typeof gapSchema>;

/** The computer's clock was set. The session goes on by its own time: the computer's is ahead of it by so much since. */
export const clockStepSchema = z.object({ atMs: utcMsSchema, byMs: z.number().int(), aheadMs: z.number().int() });
export type ClockStep = z.output<typeof clockStepSchema>;
