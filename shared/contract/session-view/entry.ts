import { z } from 'zod';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';

/** What every entry on the timeline carries. */
export const entryShape = {
  eventId: idSchema,
  atMs: utcMsSchema,
  enteredMs: utcMsSchema,
  /** Entered more than five minutes after its clinical time. */
  late: z.boolean(),
  /** Its time was corrected; the first one. */
  amendedFromMs: utcMsSchema.nullable(),
  by: z.string().nullable(),
};

/** Whose an entry is: the page asks for somebody who may before it is put right. */
export const whoseEntry = {
  /** No therapist undoes it or corrects its time. */
  clinical: z.literal(true).optional(),
};
