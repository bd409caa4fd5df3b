import { z } from 'zod';

/** Fewer days would be a PIN for each week, and more are none. */
export const pinAgeDays = { min: 30, max: 730 } as const;

/** After how long a PIN makes way for another: one choice of the clinic for its room. */
export const pinAgeSchema = z.object({
  /** null: it is used for as long as its owner likes. */
  days: z.number().int().min(pinAgeDays.min).max(pinAgeDays.max).nullable(),
});
export type PinAge = z.output<typeof pinAgeSchema>;

/** Until a room has chosen. Whoever has to change again and again takes PINs that are easy to guess (NIST SP 800-63B). */
export const pinAgeUnchosen: PinAge = { days: null };
