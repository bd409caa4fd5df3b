import { z } from 'zod';
import { observationChipGroups, observationDetailsSchema } from '../../../../shared/clinical/observation.ts';
import { idSchema } from '../../../../shared/values/ids.ts';

const content = {
  text: z.string().max(4000),
  chips: z.array(z.object({ group: z.enum(observationChipGroups), chip: z.string().max(40) })),
  /** Left out where there are none. */
  details: observationDetailsSchema.optional(),
};

export const observationEventBodies = {
  'observation-recorded': z.object({
    ...content,
    /** Only of one that was added to a record afterwards: in a session the time is that of its first key. */
    lateReason: z.string().max(300).optional(),
  }),
  /** Takes the place of what an observation said; the first words stay in the log. */
  'observation-amended': z.object({ eventId: idSchema, ...content, reason: z.string().max(300) }),
} as const;
