import { z } from 'zod';
import { pauseReasons, stopReasons } from '../../../../shared/contract/session-commands.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';
import { overrideReason } from './answered.ts';
import { doseAct, event, listed, noDetail, stated, tapped } from './define-event.ts';
import { joined, orderedByWeight, readAtPump, spoken } from './entry-words.ts';
import { infusionInSteps } from './order-steps.ts';
import { orderedBy, ordererWords } from './ordered-by.ts';

const text = z.string().max(300);
const lateReason = text.optional();
const bag = z.object({ ug: z.number().int().positive(), ul: z.number().int().positive() });
const rateUlPerHour = z.number().int().positive();
/** As a person read it, beside the computed one. */
const volumeLeftUl = z.number().int().min(0).optional();

/** The dose into a vein, its order and its pump. Amounts are whole µg, µL and µL/h. */
export const infusionEvents = {
  'dose-ordered': event(
    z.object({
      /** Micrograms per kilogram, and the weight it was worked out from. */
      ugPerKg: z.number().int().positive(),
      weightGrams: z.number().int().positive(),
      doseUg: z.number().int().positive(),
      bag,
      minutes: z.number().positive(),
      rateUlPerHour,
      ...infusionInSteps,
      orderedBy,
      overrideReason,
    }),
    {
      label: ({ doseUg }) => `Order ${showMilli(doseUg)} mg`,
      detail: (body) =>
        joined(
          orderedByWeight(body),
          `${showMilli(body.bag.ug)} mg in ${showMilli(body.bag.ul)} mL over ${body.minutes} min, ${showMilli(body.rateUlPerHour)} mL/h`,
          ordererWords(body.orderedBy),
        ),
      ...listed('dose', 'timed'),
    },
  ),
  'dose-started': event(z.object({ rateUlPerHour, bag, overrideReason, lateReason }), {
    label: () => 'Infusion started',
    detail: (body) => `${showMilli(body.rateUlPerHour)} mL/h of ${showMilli(body.bag.ug)} mg in ${showMilli(body.bag.ul)} mL`,
    ...doseAct,
  }),
  'rate-changed': event(z.object({ rateUlPerHour, overrideReason, lateReason }), {
    label: (body) => `Rate ${showMilli(body.rateUlPerHour)} mL/h`,
    detail: noDetail,
    ...doseAct,
  }),
  'dose-paused': event(z.object({ reason: z.enum(pauseReasons), detail: text.optional(), lateReason }), {
    label: () => 'Paused',
    detail: ({ reason, detail }) => joined(spoken(reason), detail),
    ...doseAct,
  }),
  'dose-resumed': event(z.object({ rateUlPerHour, overrideReason, lateReason }), {
    label: () => 'Resumed',
    detail: (body) => `${showMilli(body.rateUlPerHour)} mL/h`,
    ...doseAct,
  }),
  'bolus-given': event(z.object({ ug: z.number().int().positive(), overrideReason, lateReason }), {
    label: ({ ug }) => `Bolus ${showMilli(ug)} mg`,
    detail: noDetail,
    ...doseAct,
  }),
  'dose-completed': event(z.object({ deliveredUg: z.number(), volumeLeftUl, lateReason }), {
    label: () => 'Infusion complete',
    detail: (body) => joined(`${showMilli(Math.round(body.deliveredUg))} mg given`, readAtPump(body.volumeLeftUl)),
    ...doseAct,
  }),
  'dose-stopped-early': event(
    z.object({
      reason: z.enum(stopReasons),
      detail: text.optional(),
      deliveredUg: z.number(),
      wasteUg: z.number(),
      wasteUl: z.number(),
      volumeLeftUl,
      lateReason,
    }),
    {
      label: () => 'Stopped early',
      detail: (body) =>
        joined(
          spoken(body.reason),
          body.detail,
          `${showMilli(Math.round(body.deliveredUg))} mg given`,
          `${showMilli(Math.round(body.wasteUl))} mL, ${showMilli(Math.round(body.wasteUg))} mg left by the clock`,
          readAtPump(body.volumeLeftUl),
        ),
      ...doseAct,
    },
  ),
  'stop-requested': event(z.object({}), { label: () => 'Wants to stop', detail: noDetail, ...tapped('stop-request', 'all') }),
  /** After a crash or power loss a nurse confirms what the pump is doing. */
  'pump-confirmed': event(z.object({ running: z.boolean() }), {
    label: ({ running }) => (running ? 'Pump confirmed running' : 'Pump confirmed not running'),
    detail: noDetail,
    ...stated('pump-confirmed', 'untimed'),
  }),
} as const;
