import { z } from 'zod';
import { stockSchema, wasteSources } from '../../clinical/controlled-drug.ts';
import { typedReasonSchema } from '../typed-reason.ts';
import { statedTime } from './stated-time.ts';

const mg = z.number().positive().max(100_000);

/** What a session takes out of the controlled-drug log and brings back into it as waste. Both need a second person. */
export const controlledDrugCommands = [
  z.object({
    type: z.literal('draw-controlled-drug'),
    stock: stockSchema,
    /** Whole vials as a rule; less where a vial serves several patients. */
    mg,
    lot: z.string().trim().max(40).optional(),
    at: statedTime,
  }),
  z.object({
    type: z.literal('waste-controlled-drug'),
    stock: stockSchema,
    parts: z
      .array(z.object({ from: z.enum(wasteSources), mg }))
      .min(1)
      .max(6),
    /** Of a rescue drug, whose dose Vigil does not reckon with: how much of it was given. */
    givenMg: z.number().min(0).max(100_000).optional(),
    /** Why it is not what the dose leaves over; with it, the difference is recorded and the account is closed. */
    differenceReason: typedReasonSchema.optional(),
    at: statedTime,
  }),
] as const;
