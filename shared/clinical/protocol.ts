import { z } from 'zod';
import { instrumentIds } from './instrument-id.ts';
import { metricIdSchema } from './metric.ts';
import { milestoneKeySchema, phaseKeys } from './milestone.ts';

/**
 * A versioned infusion protocol: what a clinic decided, as data. No authority sets the numbers (handbook
 * `clinical.md`), so they are never constants in the code; a session keeps the version it was opened with.
 *
 * Amounts are in the units people write in a protocol (mg/kg, mg/mL, min); `quantity.ts` makes whole small units
 * of them. Limits are drawn and printed. They never prompt: the schedule knows the clock and people, not values.
 */

const minutes = z.number().finite();

/** What a row of the schedule counts from. */
export const scheduleAnchors = ['dose-start', 'dose-end', 'dose-paused', 'predicted-end'] as const;

const scheduleTimes = z.union([
  /** At these minutes after the anchor. */
  z.object({ atMin: z.array(minutes).min(1).max(40) }),
  /**
   * From `fromMin`, every `everyMin`. Up to `dose-end` means that the round under way when the dose ends is still
   * taken; up to `discharge` means until the patient leaves.
   */
  z.object({ fromMin: minutes, everyMin: z.number().min(1).max(240), until: z.enum(['dose-end', 'discharge']) }),
]);

const scheduleRowBase = {
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  label: z.string().min(1).max(60),
  /** Second line of the reminder, for example "cuff, every 5 min". */
  detail: z.string().max(60),
  anchor: z.enum(scheduleAnchors),
  times: scheduleTimes,
  /** How much before its time it may be done and still count for it. */
  earlyMin: z.number().min(0).max(60),
  /** How long after its time it is due before it is past due. */
  lateMin: z.number().min(0).max(60),
};

export const scheduleRowSchema = z.discriminatedUnion('kind', [
  z.object({ ...scheduleRowBase, kind: z.literal('nibp') }),
  z.object({ ...scheduleRowBase, kind: z.literal('rating'), instrument: z.enum(instrumentIds) }),
  z.object({ ...scheduleRowBase, kind: z.literal('milestone'), milestone: milestoneKeySchema }),
  /** Not a reminder but a forecast: where the bag runs out at the present rate. */
  z.object({ ...scheduleRowBase, kind: z.literal('predicted') }),
]);
export type ScheduleRow = z.output<typeof scheduleRowSchema>;

const range = z.tuple([z.number().positive(), z.number().positive()]).refine(([min, max]) => min <= max, 'the range is upside down');

export const protocolSchema = z
  .object({
    id: z.string().regex(/^[a-z0-9.-]{1,60}$/),
    version: z.number().int().positive(),
    name: z.string().min(1).max(80),
    shortName: z.string().min(1).max(40),
    /** Where the numbers stand: who vouches for them. */
    status: z.string().min(1).max(120),
    author: z.string().max(80).nullable(),
    approver: z.string().max(80).nullable(),
    effectiveFrom: z.iso.date().nullable(),
    drug: z.string().min(1).max(60),
    route: z.literal('iv'),
    diluent: z.string().max(60),
    dose: z.object({
      mgPerKg: z.number().positive(),
      mgPerKgRange: range,
      minutes: z.number().positive(),
      minutesRange: range,
      mgPerMl: z.number().positive(),
      /** A stronger bag than this must not run into a vein undiluted. */
      mgPerMlRange: range,
      vial: z.object({ mg: z.number().positive(), mgPerMl: z.number().positive() }),
      /** A bolus is part of the protocol, or needs a reason each time. */
      bolus: z.enum(['in-protocol', 'with-reason']),
    }),
    weight: z.object({ kgRange: range, changePercentMax: z.number().positive().max(100) }),
    phases: z.array(z.object({ phase: z.enum(phaseKeys), label: z.string().min(1).max(40) })).min(1),
    /** In the order in which they are offered. `required`: the session is not complete without it or a reason. */
    milestones: z.array(
      z.object({
        milestone: milestoneKeySchema,
        required: z.boolean(),
        /** The dose is not started without it, or with a reason. */
        beforeDose: z.boolean(),
        hint: z.string().max(80),
      }),
    ),
    referenceLines: z.array(z.object({ metric: metricIdSchema, value: z.number(), label: z.string().max(40) })),
    schedule: z.array(scheduleRowSchema).max(60),
    /** Terms and their words for the start screen. */
    summary: z.array(z.object({ term: z.string().max(20), text: z.string().max(160) })).max(12),
  })
  .superRefine((protocol, context) => {
    const { dose } = protocol;
    for (const [name, value, [min, max]] of [
      ['mgPerKg', dose.mgPerKg, dose.mgPerKgRange],
      ['minutes', dose.minutes, dose.minutesRange],
      ['mgPerMl', dose.mgPerMl, dose.mgPerMlRange],
    ] as const) {
      if (value < min || value > max) {
        context.addIssue({ code: 'custom', path: ['dose', name], message: `${name} ${value} lies outside its own range ${min} to ${max}` });
      }
    }
    for (const [list, keys] of [
      ['milestones', protocol.milestones.map((entry) => entry.milestone)],
      ['schedule', protocol.schedule.map((row) => row.id)],
      ['phases', protocol.phases.map((entry) => entry.phase)],
    ] as const) {
      const twice = keys.find((key, index) => keys.indexOf(key as never) !== index);
      if (twice !== undefined) context.addIssue({ code: 'custom', path: [list], message: `"${twice}" stands there twice` });
    }
  });
export type Protocol = z.output<typeof protocolSchema>;
