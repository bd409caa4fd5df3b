import { z } from 'zod';
import { observationChipSchema, observationDetailsSchema } from '../../clinical/observation.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { entryShape } from './entry.ts';

/** What an observation says, as it reads now. */
const observationContentView = {
  text: z.string(),
  chips: z.array(observationChipSchema),
  /** Empty where only words and chips were recorded. */
  details: observationDetailsSchema,
  /** Null where the room itself wrote it. Only its author amends it. */
  authorId: idSchema.nullable(),
  /** Its words were amended: when last, why, and what it said at first. */
  amended: z.object({ atMs: utcMsSchema, reason: z.string(), firstText: z.string() }).nullable(),
};

export const observationViewSchema = z.object({
  ...entryShape,
  ...observationContentView,
});
export type ObservationView = z.output<typeof observationViewSchema>;

/** A lock on the timeline: that a private note exists, and its time. There is nothing more to know here. */
const privateMarkViewSchema = z.object({ noteId: idSchema, atMs: utcMsSchema });
export type PrivateMarkView = z.output<typeof privateMarkViewSchema>;

/** Of a session: what was observed, and that private notes exist. */
export const observationsPart = { observations: z.array(observationViewSchema), privateMarks: z.array(privateMarkViewSchema) };
