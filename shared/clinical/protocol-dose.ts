import { z } from 'zod';
import { injectionSites } from './route-dose.ts';
import { rangeSchema } from './protocol-range.ts';

/**
 * How a protocol doses, by route. Amounts are in the units people write (mg/kg, mg/mL, mg, min); ranges are
 * plausibility stops: beyond them a prescriber signs, short of them a reason is asked. Facts: `docs/clinical-rules.md`.
 */

/** One step of a dose, a syringe, a bag or a pump: a whole number of µg, µL or µL/h. */
const step = z.number().min(0.001).max(100).multipleOf(0.001);

/** Beside a figure that no clinical reviewer has confirmed; said wherever the figure stands (`unconfirmed.ts`). */
const unconfirmed = z.literal(true).optional();

const vial = z.object({ mg: z.number().positive(), mgPerMl: z.number().positive() });

export const ivDoseSchema = z.object({
  mgPerKg: z.number().positive(),
  mgPerKgRange: rangeSchema,
  minutes: z.number().positive(),
  minutesRange: rangeSchema,
  mgPerMl: z.number().positive(),
  /** A stronger bag than this must not run into a vein undiluted. */
  mgPerMlRange: rangeSchema,
  vial,
  /** A bolus is part of the protocol, or needs a reason each time. */
  bolus: z.enum(['in-protocol', 'with-reason']),
  /** What can be ordered, drawn from the vial, filled to and set; left out: amounts stay as they are worked out. */
  steps: z.object({ mg: step, ml: step, bagMl: step, mlPerHour: step }).optional(),
});
export type IvDose = z.output<typeof ivDoseSchema>;

/** All of it is in at once: nothing can be withheld after the injection. */
export const imDoseSchema = z.object({
  unconfirmed,
  mgPerKg: z.number().positive(),
  mgPerKgRange: rangeSchema,
  /** Injected from the vial as it is. */
  mgPerMl: z.number().positive(),
  mgPerMlRange: rangeSchema,
  vial,
  /** The most in one muscle, where `mlPerSite` has no figure of its own for it. */
  mlPerSiteMax: z.number().positive().max(20),
  /** A deltoid is small: 2 mL unless the clinic says otherwise, also in protocols from before this was asked. */
  mlPerSite: z.partialRecord(z.enum(injectionSites), z.number().positive().max(20)).default({ deltoid: 2 }),
  /** Null where the protocol has one injection only. Minutes are counted from the first. */
  second: z
    .object({
      unconfirmed,
      mgPerKg: z.number().positive(),
      mgPerKgRange: rangeSchema,
      fromMin: z.number().min(1).max(120),
      toMin: z.number().min(1).max(120),
    })
    .nullable(),
  /** Both injections together. */
  mgPerKgTotalMax: z.number().positive(),
  /** What can be ordered and drawn; left out: amounts stay as they are worked out. */
  steps: z.object({ mg: step, ml: step }).optional(),
});
export type ImDose = z.output<typeof imDoseSchema>;

/** What "40 minutes after administration" counts from: the form does not say, so the clinic does. Both offsets are kept. */
export const deviceAnchors = ['first-device', 'last-device'] as const;

export const intranasalDoseSchema = z.object({
  deviceMg: z.number().positive(),
  spraysPerDevice: z.number().int().min(1).max(10),
  /** The doses that may be ordered, each a whole number of devices. */
  dosesMg: z.array(z.number().positive()).min(1).max(6),
  /** Those of them that no clinical reviewer has confirmed. */
  unconfirmedDosesMg: z.array(z.number().positive()).max(6).optional(),
  /** Offered first. */
  doseMg: z.number().positive(),
  minutesBetweenDevices: z.number().min(1).max(60),
  anchor: z.enum(deviceAnchors),
  /** From the first device to the end of monitoring, at least. */
  monitoringMinutesMin: z.number().min(0).max(600),
});
export type IntranasalDose = z.output<typeof intranasalDoseSchema>;

/** What must be on record before a remote session begins, so that help can be sent. */
export const remoteRequirements = ['location-address', 'emergency-contact', 'sitter-name', 'call-back-number', 'video-on'] as const;
export type RemoteRequirement = (typeof remoteRequirements)[number];

export const sublingualDoseSchema = z.object({
  unconfirmed,
  lozengeMg: z.number().positive(),
  lozenges: z.number().positive(),
  /** Halves are cut. */
  lozengesRange: rangeSchema,
  /** Weight does not set this dose; it is the stop for a dose that is too much for a small person. */
  mgPerKgMax: z.number().positive(),
  holdMinutes: z.number().min(1).max(60),
  remote: z.object({
    requirements: z.array(z.enum(remoteRequirements)),
    /** What is done when the patient cannot be reached, in order; minutes from the first failed call. */
    escalation: z.array(z.object({ afterMin: z.number().min(0).max(240), step: z.string().min(1).max(120) })).max(10),
  }),
});
export type SublingualDose = z.output<typeof sublingualDoseSchema>;
