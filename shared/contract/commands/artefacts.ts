import { z } from 'zod';
import { artefactMetrics } from '../../clinical/artefact.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { typedReasonSchema } from '../typed-reason.ts';

/** A person says that what a monitor showed was no value of the patient. It stays in sight and counts for nothing. */
export const artefactCommands = [
  z.object({
    type: z.literal('mark-artefact'),
    metric: z.enum(artefactMetrics),
    fromMs: utcMsSchema,
    /** Left out: the moment alone. */
    toMs: utcMsSchema.optional(),
    reason: typedReasonSchema.optional(),
  }),
] as const;
