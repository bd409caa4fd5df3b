import { z } from 'zod';
import { stockLabel, stockSchema, wasteSources } from '../../../../shared/clinical/controlled-drug.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';
import { event, tapped } from './define-event.ts';
import { joined } from './entry-words.ts';

const text = z.string().max(300);
const ug = z.number().int().positive();
/** The second person, who signed with a PIN of their own. */
const witness = z.object({ personId: idSchema, name: z.string().min(1).max(80) });

/** Of the room: what is in the cabinet. */
export const controlledDrugRoomBodies = {
  'controlled-drug-received': z.object({
    stock: stockSchema,
    units: z.number().int().positive(),
    ug,
    lot: text.optional(),
    detail: text.optional(),
    witness,
  }),
  'controlled-drug-counted': z.object({
    stock: stockSchema,
    countedUg: z.number().int().min(0),
    /** What the log said; null at the first entry of a stock, where there is nothing to differ from. */
    expectedUg: z.number().int().nullable(),
    /** Always there when the two differ. */
    reason: text.optional(),
    witness,
  }),
  /** Broken, expired, spilled: never part of a session. */
  'controlled-drug-disposed': z.object({ stock: stockSchema, ug, reason: text, witness }),
} as const;

/** Of one session. */
export const controlledDrugSessionEvents = {
  'controlled-drug-drawn': event(
    z.object({
      stock: stockSchema,
      ug,
      /** For the dose of the session, and not as a rescue drug. */
      forDose: z.boolean(),
      lot: text.optional(),
      witness,
      lateReason: text.optional(),
    }),
    {
      label: (body) => `Drawn ${showMilli(body.ug)} mg`,
      detail: (body) =>
        joined(
          stockLabel(body.stock),
          body.forDose ? 'for the dose' : 'as a rescue drug',
          body.lot === undefined ? null : `lot ${body.lot}`,
          `witnessed by ${body.witness.name}`,
        ),
      ...tapped('controlled-drug', 'clinical'),
    },
  ),
  'controlled-drug-wasted': event(
    z.object({
      stock: stockSchema,
      forDose: z.boolean(),
      parts: z
        .array(z.object({ from: z.enum(wasteSources), ug }))
        .min(1)
        .max(6),
      ug,
      /** What was open before this entry by the arithmetic of the dose; a difference stands beside it, never in its place. */
      openUg: z.number().int(),
      /** Stated, of a rescue drug. */
      givenUg: z.number().int().min(0).optional(),
      /** What stays unaccounted for after this entry (more was there than the dose leaves: below 0), and why. */
      difference: z.object({ ug: z.number().int(), reason: text }).optional(),
      witness,
      lateReason: text.optional(),
    }),
    {
      label: (body) => `Wasted ${showMilli(body.ug)} mg`,
      detail: ({ stock, forDose, parts, openUg, givenUg, difference, witness: second }) =>
        joined(
          stockLabel(stock),
          forDose ? null : 'a rescue drug',
          parts.map((part) => `${showMilli(part.ug)} mg from the ${part.from}`).join(', '),
          `${showMilli(openUg)} mg open before`,
          givenUg === undefined ? null : `${showMilli(givenUg)} mg given`,
          difference === undefined ? null : `difference ${showMilli(difference.ug)} mg: ${difference.reason}`,
          `witnessed by ${second.name}`,
        ),
      ...tapped('controlled-drug', 'clinical'),
    },
  ),
} as const;
