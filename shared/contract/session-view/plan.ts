import { z } from 'zod';
import { slotEnds } from '../../clinical/due.ts';
import { instrumentIds } from '../../clinical/instrument-id.ts';
import { milestoneKeySchema } from '../../clinical/milestone.ts';
import { utcMsSchema } from '../../values/instant.ts';

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

export const dueItemSchema = z.object({
  key: z.string(),
  kind: z.enum(['nibp', 'rating', 'milestone', 'stop-request', 'pump', 'bag', 'predicted']),
  label: z.string(),
  detail: z.string(),
  instrument: z.enum(instrumentIds).nullable(),
  dueMs: utcMsSchema,
  state: z.enum(['waiting', 'due', 'past-due', 'done', 'predicted']),
  doneMs: utcMsSchema.nullable(),
  /** Its time is over and the next of its kind has begun; it stays until it is done or somebody says why not. */
  passed: z.literal(true).optional(),
});
export type DueItem = z.output<typeof dueItemSchema>;

/** Of a session: what the protocol asks for, and when. */
export const planPart = {
  due: z.array(dueItemSchema),
  slots: z.array(slotViewSchema),
  /** The pre-dose checklist of the protocol. */
  checklist: z.array(
    z.object({
      milestone: milestoneKeySchema,
      label: z.string(),
      required: z.boolean(),
      /** No reason passes it. */
      stop: z.literal(true).optional(),
      doneMs: utcMsSchema.nullable(),
      detail: z.string().nullable(),
    }),
  ),
};
