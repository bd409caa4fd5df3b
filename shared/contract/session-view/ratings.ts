import { z } from 'zod';
import { instrumentIds } from '../../clinical/instrument-id.ts';
import { idSchema } from '../../values/ids.ts';
import { notAssessableReasons, ratingModes } from '../session-commands.ts';
import { entryShape } from './entry.ts';
import { auditCutSchema, sexForClinicalUseSchema } from '../../clinical/sex.ts';

/** What the cuts of a session's forms rest on beside the answers. */
const scoringViewSchema = z.object({ sex: sexForClinicalUseSchema.nullable(), auditCut: auditCutSchema.nullable() });

/** What a rating comes to, beside its total. The same figures as `vigil score` prints. */
const ratingScoreShape = {
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

export const ratingViewSchema = z.object({
  ...entryShape,
  ratingId: idSchema,
  instrument: z.enum(instrumentIds),
  mode: z.enum(ratingModes),
  state: z.enum(['open', 'finished', 'not-assessable']),
  notAssessable: z.enum(notAssessableReasons).nullable(),
  items: z.array(z.number().int().nullable()),
  total: z.number().nullable(),
  max: z.number(),
  answered: z.number().int(),
  of: z.number().int(),
  ...ratingScoreShape,
});
export type RatingView = z.output<typeof ratingViewSchema>;

/** Of a session: its ratings, and what their cuts rest on. */
export const ratingsPart = { ratings: z.array(ratingViewSchema), scoring: scoringViewSchema };
