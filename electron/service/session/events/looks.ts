import { z } from 'zod';
import { exportFormatSchema } from '../../../../shared/contract/export-formats.ts';
import { lookedFromSchema, lookKindSchema } from '../../../../shared/contract/looks.ts';
import { idSchema } from '../../../../shared/values/ids.ts';

/**
 * Of the room and of no session: looking changes no record, so that a signature covers the same bytes however often
 * they are read.
 */
export const lookRoomEventBodies = {
  /** The first of its kind in a while: what is repeated soon is not written again (`recorder/looks.ts`). `occurred` is when. */
  'looked-at': z.object({
    what: lookKindSchema,
    from: lookedFromSchema,
    /** Null for a command, which has an account. */
    personId: idSchema.nullable(),
    account: z.string().min(1).max(120).optional(),
    /** Left out where it was about nobody in particular. */
    patientId: idSchema.optional(),
    sessionId: idSchema.optional(),
    format: exportFormatSchema.optional(),
  }),
} as const;
