import { z } from 'zod';
import { instrumentIds } from '../../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { notAssessableReasons, ratingModes } from '../../../../shared/contract/session-commands.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { drawn, event, listed, noDetail, within } from './define-event.ts';
import { joined, spoken } from './entry-words.ts';

const text = z.string().max(300);
const lateReason = text.optional();

export const ratingEvents = {
  'rating-opened': event(
    z.object({
      ratingId: idSchema,
      instrument: z.enum(instrumentIds),
      instrumentVersion: text,
      mode: z.enum(ratingModes),
      /** Hash of the clinic's text pack; null while none is loaded. */
      textPackHash: z.string().nullable(),
      lateReason,
    }),
    { label: ({ instrument }) => instruments[instrument].name, detail: ({ mode }) => spoken(mode), ...drawn('rating') },
  ),
  'item-answered': event(z.object({ ratingId: idSchema, item: z.number().int().min(1), value: z.number().int().nullable() }), {
    label: ({ item }) => `Item ${item}`,
    detail: ({ value }) => (value === null ? 'answer taken back' : String(value)),
    ...within('all'),
  }),
  'rating-finished': event(z.object({ ratingId: idSchema }), { label: () => 'Rating finished', detail: noDetail, ...within('all') }),
  'rating-not-assessable': event(
    z.object({
      ratingId: idSchema,
      instrument: z.enum(instrumentIds),
      reason: z.enum(notAssessableReasons),
      detail: text.optional(),
      lateReason,
    }),
    {
      label: ({ instrument }) => instruments[instrument].name,
      detail: ({ reason, detail }) => joined(`not assessable: ${spoken(reason)}`, detail),
      // Why is in its own words, also where the rating was begun before and has a line of its own.
      ...listed('rating', 'timed', 'all'),
    },
  ),
} as const;
