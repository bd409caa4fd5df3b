import { z } from 'zod';
import { observationChipGroups, observationDetailsSchema } from '../../../../shared/clinical/observation.ts';
import { agreedDetails, detailLines } from '../../../../shared/clinical/observation-words.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { drawn, event, within } from './define-event.ts';
import { joined } from './entry-words.ts';

const content = {
  text: z.string().max(4000),
  chips: z.array(z.object({ group: z.enum(observationChipGroups), chip: z.string().max(40) })),
  /** Left out where there are none. */
  details: observationDetailsSchema.optional(),
};
const said = z.object(content);

/** Without words that the patient did not agree to have kept. */
function contentWords({ text, chips, details = {} }: z.output<typeof said>): string | null {
  return joined(text, chips.map(({ chip }) => chip).join(', '), ...detailLines(agreedDetails(details)));
}

export const observationEvents = {
  'observation-recorded': event(
    z.object({
      ...content,
      /** Only of one that was added to a record afterwards: in a session the time is that of its first key. */
      lateReason: z.string().max(300).optional(),
    }),
    { label: () => 'Observation', detail: contentWords, ...drawn('note') },
  ),
  /** Takes the place of what an observation said; the first words stay in the log. */
  'observation-amended': event(z.object({ eventId: idSchema, ...content, reason: z.string().max(300) }), {
    label: () => 'Observation amended',
    detail: contentWords,
    ...within('all'),
  }),
} as const;
