import { z } from 'zod';
import { instrumentIds } from './instrument-id.ts';
import { metricIdSchema } from './metric.ts';
import { milestoneKeySchema } from './milestone.ts';

/**
 * What must hold before a patient goes home: a composite, because no single score says it
 * (`docs/clinical-rules.md`). Each criterion names its evidence; what is not met may be overridden by a prescriber with a
 * reason, where the protocol allows that. Vigil says who recorded them as met, never that someone may go.
 */

const criterionBase = {
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  label: z.string().min(1).max(60),
  hint: z.string().max(100),
  /** The patient is not discharged without it, or with a prescriber's reason. */
  required: z.boolean(),
  /** A prescriber may pass it over with a reason. */
  overridable: z.boolean(),
};

export const dischargeCriterionSchema = z.discriminatedUnion('kind', [
  /** The newest finished rating has at least, or at most, this total. */
  z.object({
    ...criterionBase,
    kind: z.literal('score'),
    instrument: z.enum(instrumentIds),
    comparison: z.enum(['at-least', 'at-most']),
    value: z.number(),
  }),
  /** The newest finished rating is no higher than the one before the dose, plus what is allowed. */
  z.object({
    ...criterionBase,
    kind: z.literal('back-to-baseline'),
    instrument: z.enum(instrumentIds),
    allowedAbove: z.number().min(0).max(100),
  }),
  /** The newest values lie within this percentage of the baseline set. */
  z.object({
    ...criterionBase,
    kind: z.literal('vitals-near-baseline'),
    metrics: z.array(metricIdSchema).min(1),
    percent: z.number().positive().max(100),
    /** Above its share a value may do where each of these metrics is below its bound. Never below the share. */
    orBelow: z.partialRecord(metricIdSchema, z.number().positive()).optional(),
    /** Below its share a value may do from here on, where the clinic says so. */
    orFrom: z.partialRecord(metricIdSchema, z.number().positive()).optional(),
    /** Counts as met whatever the baseline was, where each of these metrics has at least its value. */
    orAtLeast: z.partialRecord(metricIdSchema, z.number().positive()).optional(),
    /** Minutes after which a reading does not count for now; fifteen where the protocol does not say. */
    ageMin: z.number().min(1).max(240).optional(),
  }),
  /**
   * So long since the start of the dose (of devices, the one that the clinic chose), since the last injection, device or
   * lozenge, or since the end of the dose.
   */
  z.object({
    ...criterionBase,
    kind: z.literal('time-since'),
    since: z.enum(['dose-start', 'last-dose', 'dose-end']),
    minutes: z.number().positive().max(1440),
  }),
  /** The milestone was recorded. */
  z.object({ ...criterionBase, kind: z.literal('milestone'), milestone: milestoneKeySchema }),
  /** A person looked and says so. */
  z.object({ ...criterionBase, kind: z.literal('confirmed') }),
]);
export type DischargeCriterion = z.output<typeof dischargeCriterionSchema>;

export const dischargeSchema = z.object({
  /** How it ends: in the room with an escort, or at home with the sitter, which is no discharge. */
  ending: z.enum(['with-escort', 'with-sitter']),
  criteria: z.array(dischargeCriterionSchema).min(1).max(24),
});
export type Discharge = z.output<typeof dischargeSchema>;
