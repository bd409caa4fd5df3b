import { z } from 'zod';
import { slotEnds } from '../clinical/due.ts';
import { instrumentIds } from '../clinical/instrument-id.ts';
import { utcMsSchema } from '../values/instant.ts';

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
