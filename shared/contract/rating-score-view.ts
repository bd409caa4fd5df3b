import { z } from 'zod';
import { auditCutSchema, sexForClinicalUseSchema } from '../clinical/sex.ts';

/** What the cuts of a session's forms rest on beside the answers. */
export const scoringViewSchema = z.object({ sex: sexForClinicalUseSchema.nullable(), auditCut: auditCutSchema.nullable() });

/** What a rating comes to, beside its total. The same figures as `vigil score` prints. */
export const ratingScoreShape = {
  instrumentVersion: z.string(),
  /** Hash of the wording it was read from; null where the clinic had loaded none. */
  textPackHash: z.string().nullable(),
  /** Of the answers as they are now; an open rating can be complete and wait to be ended. */
  status: z.enum(['complete', 'incomplete', 'invalid']),
  /** Words for the total, or the triage; null until it is complete. */
  band: z.string().nullable(),
  /** Items to be spoken about at once, from their raw answers, also of an open or unfinished rating. */
  safety: z.array(z.object({ item: z.number().int(), value: z.number().int() })),
  /** null while an item of it is open. */
  subscales: z.record(z.string(), z.number().nullable()),
  verdicts: z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null(), z.array(z.number().nullable())])),
};
