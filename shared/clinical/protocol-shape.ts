import { z } from 'zod';
import { auditCutRecalled, auditCutSchema } from './sex.ts';
import { metricIdSchema } from './metric.ts';
import { milestoneKeySchema, phaseKeys } from './milestone.ts';
import { dischargeSchema } from './protocol-discharge.ts';
import { imDoseSchema, intranasalDoseSchema, ivDoseSchema, sublingualDoseSchema } from './protocol-dose.ts';
import { formularyDrugSchema } from './protocol-formulary.ts';
import { limitSchema } from './protocol-limits.ts';
import { rangeSchema } from './protocol-range.ts';
import { scheduleRowSchema } from './protocol-schedule.ts';

/** What a protocol is made of, by route. Its meaning and its rules: `protocol.ts`. */
export const protocolRoutes = ['iv', 'im', 'intranasal', 'sublingual'] as const;
export type ProtocolRoute = (typeof protocolRoutes)[number];

const base = {
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
  weight: z.object({ kgRange: rangeSchema, changePercentMax: z.number().positive().max(100) }),
  phases: z.array(z.object({ phase: z.enum(phaseKeys), label: z.string().min(1).max(40) })).min(1),
  /** In the order in which they are offered. `required`: the session is not complete without it or a reason. */
  milestones: z.array(
    z.object({
      milestone: milestoneKeySchema,
      required: z.boolean(),
      /** The dose is not started without it, or with a reason. */
      beforeDose: z.boolean(),
      /** Required before the dose. While it is not recorded the dose cannot be started, and no reason passes it. */
      stop: z.literal(true).optional(),
      hint: z.string().max(80),
    }),
  ),
  /** Those of the limits that are drawn on the timeline. */
  referenceLines: z.array(z.object({ metric: metricIdSchema, value: z.number(), label: z.string().max(40) })),
  limits: z.array(limitSchema).max(80),
  /** What stops the dose whatever the numbers say; in words, for the person at the bedside. */
  stopSigns: z.array(z.string().min(1).max(80)).max(20),
  /** From where this clinic counts AUDIT-C as positive; as recalled in protocols from before this was asked. */
  auditCut: auditCutSchema.default(auditCutRecalled),
  schedule: z.array(scheduleRowSchema).max(60),
  discharge: dischargeSchema,
  formulary: z.array(formularyDrugSchema).max(60),
  /** Terms and their words for the start screen. */
  summary: z.array(z.object({ term: z.string().max(20), text: z.string().max(160) })).max(12),
};

/** The shape alone; `protocol.ts` also refuses a protocol that contradicts itself. */
export const protocolShapeSchema = z.discriminatedUnion('route', [
  z.object({ ...base, route: z.literal('iv'), diluent: z.string().max(60), dose: ivDoseSchema }),
  z.object({ ...base, route: z.literal('im'), dose: imDoseSchema }),
  z.object({ ...base, route: z.literal('intranasal'), dose: intranasalDoseSchema }),
  z.object({ ...base, route: z.literal('sublingual'), dose: sublingualDoseSchema }),
]);
export type ProtocolShape = z.output<typeof protocolShapeSchema>;
export type ShapeOf<R extends ProtocolRoute> = Extract<ProtocolShape, { route: R }>;
