import { z } from 'zod';
import { instrumentIds } from '../clinical/instrument-id.ts';
import { utcMsSchema } from '../values/instant.ts';

/** How a time of the protocol's schedule ended. `open`: nobody did it, and nobody has said why. */
export const slotEnds = ['on-time', 'early', 'late', 'not-assessable', 'missed', 'not-applicable', 'open'] as const;
export type SlotEnd = (typeof slotEnds)[number];

export const slotViewSchema = z.object({
  key: z.string(),
  kind: z.enum(['nibp', 'rating', 'milestone']),
  label: z.string(),
  instrument: z.enum(instrumentIds).nullable(),
  dueMs: utcMsSchema,
  end: z.enum(slotEnds),
  /** When it was done; null where it was not. */
  atMs: utcMsSchema.nullable(),
  /** Why it was not done; null where it was, or where nobody has said it. */
  reason: z.string().nullable(),
});
export type SlotView = z.output<typeof slotViewSchema>;
