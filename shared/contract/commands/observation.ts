import { z } from 'zod';
import { observationChipSchema, observationChipsMax, observationDetailsSchema, observationTextMax } from '../../clinical/observation.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';
import { typedReasonSchema } from '../typed-reason.ts';

const content = {
  text: z.string().trim().max(observationTextMax),
  chips: z.array(observationChipSchema).max(observationChipsMax),
  details: observationDetailsSchema.optional(),
};

/** What a person in the room can ask for about observations. Private notes are not among them: they have calls of their own. */
export const observationCommands = [
  z.object({
    type: z.literal('record-observation'),
    ...content,
    /** When the first key was pressed or the first chip touched: the time of the observation. */
    begunAt: utcMsSchema,
    /** Why it is added to the record only now. */
    lateReason: typedReasonSchema.optional(),
  }),
  /** Other words for an observation of one's own. The first ones stay in the record. */
  z.object({
    type: z.literal('amend-observation'),
    eventId: idSchema,
    ...content,
    reason: typedReasonSchema,
  }),
] as const;
