import { z } from 'zod';

/**
 * The data set of the REMS monitoring form for intranasal esketamine (`docs/clinical-rules.md`), by blocks. The
 * form itself is the programme's and is sent by the clinic; this says what of it the record holds, and on what entry
 * each answer rests. `required` are those that the printed form marks.
 */
export const remsBlocks = ['patient', 'medication', 'provider', 'setting', 'session', 'vitals', 'events', 'attestation'] as const;

export const remsFields = {
  'patient-name': { block: 'patient', label: 'Patient name', required: true },
  'patient-birth-date': { block: 'patient', label: 'Birth date', required: true },
  'patient-sex': { block: 'patient', label: 'Sex', required: true },
  'first-treatment': { block: 'patient', label: 'First treatment', required: false },
  benzodiazepines: { block: 'medication', label: 'Benzodiazepines', required: true },
  sedatives: { block: 'medication', label: 'Sedatives, opioids included', required: true },
  psychostimulants: { block: 'medication', label: 'Psychostimulants', required: true },
  maois: { block: 'medication', label: 'MAOIs', required: true },
  'provider-name': { block: 'provider', label: 'Monitoring provider', required: true },
  'provider-contact': { block: 'provider', label: 'Provider telephone and e-mail', required: true },
  'setting-address': { block: 'setting', label: 'Name and address of the setting', required: true },
  'session-date': { block: 'session', label: 'Date', required: true },
  dose: { block: 'session', label: 'Dose', required: true },
  lots: { block: 'session', label: 'Lot numbers', required: false },
  'monitored-minutes': { block: 'session', label: 'Minutes from first device to end of monitoring', required: true },
  'ready-minute': { block: 'session', label: 'Ready to leave at minute', required: false },
  'bp-before': { block: 'vitals', label: 'Blood pressure before', required: true },
  'bp-40-first': { block: 'vitals', label: 'Blood pressure 40 min after the first device', required: true },
  'bp-40-last': { block: 'vitals', label: 'Blood pressure 40 min after the last device', required: false },
  'bp-end': { block: 'vitals', label: 'Blood pressure before the end', required: true },
  'range-before': { block: 'vitals', label: 'In acceptable range before administration', required: true },
  'range-end': { block: 'vitals', label: 'In acceptable range before the end', required: true },
  oximetry: { block: 'vitals', label: 'Pulse oximetry', required: true },
  sedation: { block: 'events', label: 'Sedation', required: true },
  dissociation: { block: 'events', label: 'Dissociation', required: true },
  'respiratory-depression': { block: 'events', label: 'Respiratory depression', required: true },
  'serious-event': { block: 'events', label: 'Serious adverse event', required: true },
  attestation: { block: 'attestation', label: 'Attestation', required: true },
} as const satisfies Record<string, { block: (typeof remsBlocks)[number]; label: string; required: boolean }>;

export type RemsFieldKey = keyof typeof remsFields;
export const remsFieldKeys = Object.keys(remsFields) as readonly RemsFieldKey[];

const evidence = z.object({ eventId: z.string().nullable(), at: z.string(), by: z.string().nullable() });
export type RemsEvidence = z.output<typeof evidence>;

export const remsAnswerSchema = z.union([
  z.object({ value: z.string(), evidence: z.array(evidence) }),
  /** Why the record does not say it. */
  z.object({ value: z.null(), absent: z.string() }),
]);
export type RemsAnswer = z.output<typeof remsAnswerSchema>;

export const remsFormSchema = z.object({
  fields: z.array(
    z.object({
      key: z.enum(remsFieldKeys),
      block: z.enum(remsBlocks),
      label: z.string(),
      required: z.boolean(),
      answer: remsAnswerSchema,
    }),
  ),
  /** The form is due within seven calendar days: ISO date. */
  dueBy: z.iso.date(),
});
export type RemsForm = z.output<typeof remsFormSchema>;
