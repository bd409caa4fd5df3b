import { z } from 'zod';
import { bodySides, injectionSites } from '../../../../shared/clinical/route-dose.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { overrideReason } from './answered.ts';
import { exactInjection, injectionInSteps } from './order-steps.ts';
import { orderedBy } from './ordered-by.ts';
import { witnessBody } from './witness.ts';

/** The dose by every route. Amounts are whole µg, µL and g, as everywhere in the log. */
const text = z.string().max(300);
const lateReason = text.optional();
const whole = z.number().int().positive();
const solution = z.object({ ug: whole, ul: whole });
const lot = z.string().min(1).max(40);

export const routeEventBodies = {
  /** Both were the patient's own; what was typed is what the record holds already. */
  'identity-checked': z.object({ identifiers: z.array(z.enum(['birth-date', 'record-number'])).min(2), lateReason }),
  'double-check-confirmed': z.object({
    readBack: text,
    /** The order that was read back; a later one needs a check of its own. */
    orderEventId: idSchema.nullable(),
    witness: witnessBody,
    lateReason,
  }),
  'injection-ordered': z.object({
    ugPerKg: whole,
    weightGrams: whole,
    doseUg: whole,
    volumeUl: whole,
    vial: solution,
    second: z.object({ ugPerKg: whole, doseUg: whole, volumeUl: whole, exact: exactInjection }).nullable(),
    ...injectionInSteps,
    orderedBy,
    overrideReason,
  }),
  'devices-ordered': z.object({ doseUg: whole, deviceUg: whole, devices: whole, orderedBy, overrideReason }),
  'lozenges-ordered': z.object({ doseUg: whole, lozengeUg: whole, halves: whole, weightGrams: whole, orderedBy, overrideReason }),
  'injection-given': z.object({
    number: whole,
    ug: whole,
    ul: whole,
    vial: solution,
    site: z.enum(injectionSites),
    side: z.enum(bodySides),
    lot,
    overrideReason,
    lateReason,
  }),
  'device-given': z.object({ number: whole, of: whole, ug: whole, lot, overrideReason, lateReason }),
  'lozenge-placed': z.object({ halves: whole, ug: whole, lot: lot.optional(), overrideReason, lateReason }),
  'lozenge-expelled': z.object({ lateReason }),
  'bag-changed': z.object({
    /** The new one, and the rate at which it runs. */
    bag: solution,
    rateUlPerHour: whole,
    /** Left in the old one: worked out, and as a person read it. To be accounted for as waste. */
    oldLeftUg: z.number(),
    oldLeftUl: z.number(),
    volumeLeftUl: z.number().int().min(0).optional(),
    overrideReason,
    lateReason,
  }),
  'remote-facts-recorded': z.object({
    locationAddress: text,
    emergencyContact: text,
    sitterName: text,
    callBackNumber: text,
    videoOn: z.boolean(),
  }),
} as const;
