import { z } from 'zod';
import { milestones } from '../../../../shared/clinical/milestone.ts';
import { bodySides, injectionSites, type BodySide, type InjectionSite } from '../../../../shared/clinical/route-dose.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { showMilli, showShort } from '../../../../shared/values/quantity.ts';
import { overrideReason } from './answered.ts';
import { doseAct, event, listed, noDetail, stated, tapped } from './define-event.ts';
import { drawnAs, joined, orderedByWeight, readAtPump } from './entry-words.ts';
import { exactInjection, injectionInSteps } from './order-steps.ts';
import { orderedBy, ordererWords } from './ordered-by.ts';
import { witnessBody } from './witness.ts';

const text = z.string().max(300);
const lateReason = text.optional();
const whole = z.number().int().positive();
const solution = z.object({ ug: whole, ul: whole });
const lot = z.string().min(1).max(40);

const secondInjection = z.object({ ugPerKg: whole, doseUg: whole, volumeUl: whole, exact: exactInjection });

/** Of the muscles, as they are said in a sentence. */
export const siteNames: Readonly<Record<InjectionSite, string>> = {
  deltoid: 'deltoid',
  'vastus-lateralis': 'vastus lateralis',
  ventrogluteal: 'ventrogluteal',
  dorsogluteal: 'dorsogluteal',
};
const sides: Readonly<Record<BodySide, string>> = { left: 'left', right: 'right' };
const identifiers = { 'birth-date': 'birth date', 'record-number': 'record number' } as const;

const strength = ({ ug, ul }: { readonly ug: number; readonly ul: number }): string => `${showShort(ug / ul, 3)} mg/mL`;

export function lozengeCount(halves: number): string {
  return `${showShort(halves / 2, 1)} ${halves === 2 ? 'lozenge' : 'lozenges'}`;
}

function secondWords({ ugPerKg, doseUg, volumeUl, exact }: z.output<typeof secondInjection>, grams: number): string {
  return `second injection ${showMilli(ugPerKg)} mg/kg, ${drawnAs(exact?.doseUg, doseUg, grams)}, ${showMilli(volumeUl)} mL`;
}

const orderLabel = ({ doseUg }: { readonly doseUg: number }): string => `Order ${showMilli(doseUg)} mg`;

/** The dose by every route. Amounts are whole µg, µL and g, as everywhere in the log. */
export const routeEvents = {
  /** Both were the patient's own; what was typed is what the record holds already. */
  'identity-checked': event(z.object({ identifiers: z.array(z.enum(['birth-date', 'record-number'])).min(2), lateReason }), {
    label: () => milestones.identity.label,
    detail: ({ identifiers: checked }) => `${checked.map((one) => identifiers[one]).join(' and ')} agree`,
    ...tapped('milestone', 'clinical'),
  }),
  'double-check-confirmed': event(
    z.object({
      readBack: text,
      /** The order that was read back; a later one needs a check of its own. */
      orderEventId: idSchema.nullable(),
      witness: witnessBody,
      lateReason,
    }),
    {
      label: () => milestones.double_check.label,
      detail: ({ readBack, witness }) => `read back by ${witness.name}: ${readBack}`,
      ...tapped('milestone', 'clinical'),
    },
  ),
  'injection-ordered': event(
    z.object({
      ugPerKg: whole,
      weightGrams: whole,
      doseUg: whole,
      volumeUl: whole,
      vial: solution,
      second: secondInjection.nullable(),
      ...injectionInSteps,
      orderedBy,
      overrideReason,
    }),
    {
      label: orderLabel,
      detail: (body) =>
        joined(
          orderedByWeight(body),
          `${showMilli(body.volumeUl)} mL of ${strength(body.vial)}`,
          body.second === null ? null : secondWords(body.second, body.weightGrams),
          ordererWords(body.orderedBy),
        ),
      ...listed('dose', 'timed'),
    },
  ),
  'devices-ordered': event(z.object({ doseUg: whole, deviceUg: whole, devices: whole, orderedBy, overrideReason }), {
    label: orderLabel,
    detail: (body) => joined(`${body.devices} devices of ${showMilli(body.deviceUg)} mg`, ordererWords(body.orderedBy)),
    ...listed('dose', 'timed'),
  }),
  'lozenges-ordered': event(z.object({ doseUg: whole, lozengeUg: whole, halves: whole, weightGrams: whole, orderedBy, overrideReason }), {
    label: orderLabel,
    detail: ({ halves, lozengeUg, weightGrams, orderedBy: by }) =>
      joined(`${showShort(halves / 2, 1)} lozenges of ${showMilli(lozengeUg)} mg at ${showMilli(weightGrams)} kg`, ordererWords(by)),
    ...listed('dose', 'timed'),
  }),
  'injection-given': event(
    z.object({
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
    {
      label: ({ number, ug }) => `${number === 1 ? 'Injection' : 'Second injection'} ${showMilli(ug)} mg`,
      detail: (body) => `${showMilli(body.ul)} mL of ${strength(body.vial)}, ${sides[body.side]} ${siteNames[body.site]}, lot ${body.lot}`,
      ...doseAct,
    },
  ),
  'device-given': event(z.object({ number: whole, of: whole, ug: whole, lot, overrideReason, lateReason }), {
    label: ({ number, of }) => (number > of ? `Device ${number}, beyond the ${of} ordered` : `Device ${number} of ${of}`),
    detail: (body) => `${showMilli(body.ug)} mg, lot ${body.lot}`,
    ...doseAct,
  }),
  'lozenge-placed': event(z.object({ halves: whole, ug: whole, lot: lot.optional(), overrideReason, lateReason }), {
    label: ({ ug }) => `Lozenge placed ${showMilli(ug)} mg`,
    detail: (body) => joined(lozengeCount(body.halves), body.lot === undefined ? null : `lot ${body.lot}`),
    ...doseAct,
  }),
  'lozenge-expelled': event(z.object({ lateReason }), { label: () => 'Lozenge taken out', detail: noDetail, ...doseAct }),
  'bag-changed': event(
    z.object({
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
    {
      label: ({ bag }) => `New bag ${showMilli(bag.ug)} mg in ${showMilli(bag.ul)} mL`,
      detail: ({ rateUlPerHour, oldLeftUg, oldLeftUl, volumeLeftUl }) =>
        joined(
          `${showMilli(rateUlPerHour)} mL/h; left in the old bag ${showMilli(oldLeftUl)} mL, ${showMilli(oldLeftUg)} mg`,
          readAtPump(volumeLeftUl),
        ),
      ...doseAct,
    },
  ),
  'remote-facts-recorded': event(
    z.object({
      locationAddress: text,
      emergencyContact: text,
      sitterName: text,
      callBackNumber: text,
      videoOn: z.boolean(),
    }),
    {
      label: () => 'Address and contacts of the remote session',
      detail: ({ locationAddress, emergencyContact, sitterName, callBackNumber, videoOn }) =>
        joined(
          locationAddress,
          `call back ${callBackNumber}`,
          `emergency contact ${emergencyContact}`,
          `sitter ${sitterName}`,
          videoOn ? 'video on' : 'video off',
        ),
      ...stated('milestone'),
    },
  ),
} as const;
