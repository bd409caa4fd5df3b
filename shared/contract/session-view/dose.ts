import { z } from 'zod';
import { deviceAnchors, imDoseSchema, intranasalDoseSchema, ivDoseSchema, sublingualDoseSchema } from '../../clinical/protocol-dose.ts';
import { holdLimitSchema } from '../../clinical/hold-limit.ts';
import { phaseKeys } from '../../clinical/milestone.ts';
import { bodySides, injectionSites } from '../../clinical/route-dose.ts';
import { idSchema } from '../../values/ids.ts';
import { utcMsSchema } from '../../values/instant.ts';

const figure = z.number();
const solution = z.object({ ug: figure, ul: figure });

/** Of a session's dose, what belongs to routes other than a vein. Amounts as recorded, in whole µg, µL and g. */
const routeDoseView = {
  /** Injections, devices and placed lozenges, in clinical sequence; `shared/clinical/dosing.ts` adds them up. */
  administrations: z.array(
    z.object({
      eventId: idSchema,
      atMs: utcMsSchema,
      ug: figure,
      /** `Injection 68 mg`, `Device 2 of 3` */
      label: z.string(),
      /** Where and from which lot, in words. */
      detail: z.string().nullable(),
      injection: z.object({ ul: figure, site: z.enum(injectionSites), side: z.enum(bodySides) }).nullable(),
      lot: z.string().nullable(),
    }),
  ),
  /** The order by a route other than a vein; that of an infusion is `order`. */
  routeOrder: z
    .discriminatedUnion('route', [
      z.object({
        route: z.literal('im'),
        ugPerKg: figure,
        weightGrams: figure,
        doseUg: figure,
        volumeUl: figure,
        vial: solution,
        second: z.object({ ugPerKg: figure, doseUg: figure, volumeUl: figure }).nullable(),
      }),
      z.object({ route: z.literal('intranasal'), doseUg: figure, deviceUg: figure, devices: figure }),
      z.object({ route: z.literal('sublingual'), doseUg: figure, lozengeUg: figure, halves: figure, weightGrams: figure }),
    ])
    .nullable(),
  /** Both readings of "after administration": from the first device and from the last. null by other routes. */
  monitoring: z.object({ firstMs: utcMsSchema, lastMs: utcMsSchema, anchor: z.enum(deviceAnchors), minutesMin: figure }).nullable(),
};

/** The order of an infusion, as recorded, in whole µg, µL, µL/h and g; null while none was given. */
const infusionOrderView = z
  .object({
    ugPerKg: figure,
    weightGrams: figure,
    doseUg: figure,
    bag: z.object({ ug: figure, ul: figure }),
    minutes: figure,
    rateUlPerHour: figure,
    /** As worked out before it was rounded to what can be drawn; left out where the protocol has no steps. */
    exact: z.object({ doseUg: figure, volumeUl: figure, rateUlPerHour: figure }).optional(),
  })
  .nullable();

/** Amounts as integers, exactly as recorded; `shared/clinical/dosing.ts` works out mg at any instant. */
export const doseViewSchema = z.object({
  state: z.enum(['not-ordered', 'ordered', 'running', 'paused', 'completed', 'stopped']),
  order: infusionOrderView,
  /** In clinical sequence. A rate of 0 is a pause. The last one lasts until `endedMs` or now. */
  segments: z.array(
    z.object({
      fromMs: utcMsSchema,
      rateUlPerHour: z.number(),
      bag: z.object({ ug: z.number(), ul: z.number() }),
      /** A new bag begins here, also where its content equals the old one's. */
      newBag: z.literal(true).optional(),
    }),
  ),
  boluses: z.array(z.object({ atMs: utcMsSchema, ug: z.number() })),
  ...routeDoseView,
  startedMs: utcMsSchema.nullable(),
  endedMs: utcMsSchema.nullable(),
  /** Where the current rate would end, if nothing changes; null while paused or not running. */
  predictedEndMs: utcMsSchema.nullable(),
});
export type DoseView = z.output<typeof doseViewSchema>;

/** What the protocol says of the dose, and what was done before it. */
export const sessionDosingSchema = z.object({
  protocol: z.discriminatedUnion('route', [
    z.object({ route: z.literal('iv'), dose: ivDoseSchema }),
    z.object({ route: z.literal('im'), dose: imDoseSchema }),
    z.object({ route: z.literal('intranasal'), dose: intranasalDoseSchema }),
    z.object({ route: z.literal('sublingual'), dose: sublingualDoseSchema }),
  ]),
  /** Whose order it is, in words; null where there is none, or it was made before this was asked. */
  orderedBy: z.string().nullable(),
  /** What the protocol calls the phases: "infusing" is no word for a nasal spray. */
  phaseLabels: z.partialRecord(z.enum(phaseKeys), z.string()),
  doubleCheck: z.object({ atMs: utcMsSchema, readBack: z.string(), by: z.string(), witness: z.string(), stale: z.boolean() }).nullable(),
  remoteFacts: z
    .object({
      locationAddress: z.string(),
      emergencyContact: z.string(),
      sitterName: z.string(),
      callBackNumber: z.string(),
      videoOn: z.boolean(),
    })
    .nullable(),
  /** What the protocol holds the dose by: the go/no-go shows it beside the figures. Empty once the dose has begun. */
  holdLimits: z.array(holdLimitSchema),
  /** In words, what a remote session still needs on record before its start. */
  remoteMissing: z.array(z.string()),
});
export type SessionDosing = z.output<typeof sessionDosingSchema>;

/** Of a session: what is given, and what the protocol says of it. */
export const dosePart = {
  dose: doseViewSchema,
  dosing: sessionDosingSchema,
  /** Vigil was not running for a while during the dose: a nurse has to say what the pump is doing. */
  needsPumpConfirmation: z.boolean(),
};
