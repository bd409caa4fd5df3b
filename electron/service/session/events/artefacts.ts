import { z } from 'zod';
import { artefactMetrics } from '../../../../shared/clinical/artefact.ts';
import { utcMsSchema } from '../../../../shared/values/instant.ts';

/** What a monitor said and a person holds to be no value of the patient. The readings stay as they came. */
export const artefactEventBodies = {
  'artefact-marked': z.object({
    metric: z.enum(artefactMetrics),
    /** Both belong to it; of a pressure both are the moment of its determination. */
    fromMs: utcMsSchema,
    toMs: utcMsSchema,
    /** What the monitor said, for example `184/121` or `71 to 84`. */
    said: z.string().min(1).max(60),
    reason: z.string().max(300).optional(),
  }),
} as const;
