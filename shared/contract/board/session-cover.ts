import { z } from 'zod';
import { phaseKeys } from '../../clinical/milestone.ts';
import { utcMsSchema } from '../../values/instant.ts';

/** Of the session in this room, for everybody: nothing that names or describes anybody. */
export const sessionCoverSchema = z.object({
  openedMs: utcMsSchema,
  phase: z.enum(phaseKeys),
  startedMs: utcMsSchema.nullable(),
  /** The patient is not in this room: its monitors are at nobody. */
  fromAfar: z.boolean(),
});
export type SessionCover = z.output<typeof sessionCoverSchema>;
