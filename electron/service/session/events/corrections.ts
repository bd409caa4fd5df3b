import { z } from 'zod';
import { bodySides, injectionSites } from '../../../../shared/clinical/route-dose.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { instantSchema } from '../../../../shared/values/instant.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';
import { event, within } from './define-event.ts';
import { joined, readAtPump } from './entry-words.ts';
import { lozengeCount, siteNames } from './routes.ts';
import { typedVitals, vitalsWords } from './typed-vitals.ts';

const text = z.string().max(300);
const whole = z.number().int().positive();
const label = (): string => 'Correction';

const administrationCorrected = z.object({
  eventId: idSchema,
  ug: whole.optional(),
  ul: whole.optional(),
  halves: whole.optional(),
  site: z.enum(injectionSites).optional(),
  side: z.enum(bodySides).optional(),
  lot: z.string().min(1).max(40).optional(),
  reason: text,
});

/** What is about another entry: that it never was, that it was at another time, or what it should have said. */
export const correctionEvents = {
  'event-undone': event(z.object({ eventId: idSchema, reason: text.optional() }), {
    label: () => 'Undo',
    detail: ({ reason }) => reason ?? null,
    ...within('clinical'),
  }),
  'time-corrected': event(z.object({ eventId: idSchema, to: instantSchema, reason: text }), {
    label: () => 'Time correction',
    detail: ({ to, reason }) => joined(`to ${writtenMinute(to)}`, reason),
    ...within('clinical'),
  }),
  /**
   * Of an injection, a nasal device or lozenges. As of every correction of what an entry says, the entry itself stays as it
   * was made, and a field that is not here stays as it is.
   */
  'gift-corrected': event(administrationCorrected, {
    label,
    detail: (body) => joined(administrationFigures(body), body.reason),
    ...within('clinical'),
  }),
  /** All the figures that the entry should have had. A figure that is not among them counts as not read. */
  'vitals-corrected': event(z.object({ eventId: idSchema, values: typedVitals, reason: text }), {
    label,
    detail: ({ values, reason }) => joined(vitalsWords(values), reason),
    ...within('clinical'),
  }),
  /** What was read at the pump as left in a bag, added or read otherwise: of a change of bags, a completion, an early stop. */
  'volume-left-corrected': event(z.object({ eventId: idSchema, volumeLeftUl: z.number().int().min(0), reason: text }), {
    label,
    detail: ({ volumeLeftUl, reason }) => joined(readAtPump(volumeLeftUl), reason),
    ...within('clinical'),
  }),
} as const;

/** What an administration is to have been, in the words of its entry. */
export function administrationFigures({
  ug,
  ul,
  halves,
  site,
  side,
  lot,
}: Omit<z.output<typeof administrationCorrected>, 'eventId' | 'reason'>): string | null {
  return joined(
    halves === undefined ? null : lozengeCount(halves),
    ug === undefined ? null : `${showMilli(ug)} mg`,
    ul === undefined ? null : `${showMilli(ul)} mL`,
    side === undefined ? null : side,
    site === undefined ? null : siteNames[site],
    lot === undefined ? null : `lot ${lot}`,
  );
}
