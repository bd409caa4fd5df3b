import { z } from 'zod';

/** What stays in sight at a page at which nobody sits: one choice of the clinic for its room. */
export const privacyCoverSchema = z.object({
  /** The figures of the monitors and the waveforms. They name nobody. */
  figures: z.boolean(),
});
export type PrivacyCover = z.output<typeof privacyCoverSchema>;

/** Until a room has chosen: whoever comes in sees how the patient is before they type a PIN. */
export const privacyCoverUnchosen: PrivacyCover = { figures: true };
