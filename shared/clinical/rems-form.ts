import { z } from 'zod';
import type { AdverseEventCategory } from './adverse-event.ts';

/**
 * The data set of the REMS monitoring form for intranasal esketamine (`docs/clinical-rules.md`), by blocks. The
 * form itself is the programme's and is sent by the clinic; this says what of it the record holds, and on what entry
 * each answer rests. `required` are those that the printed form marks.
 *
 * `entered` is how a person answers what nothing else in the record says. `absent` is said of what somebody looked for
 * and did not find; `against` names the adverse events that say otherwise.
 */
export const remsBlocks = ['patient', 'medication', 'provider', 'setting', 'session', 'vitals', 'events', 'attestation'] as const;

export const remsFields = {
  'patient-name': { block: 'patient', label: 'Patient name', required: true },
  'patient-birth-date': { block: 'patient', label: 'Birth date', required: true },
  'patient-sex': { block: 'patient', label: 'Sex', required: true, entered: 'sex' },
  'first-treatment': { block: 'patient', label: 'First treatment', required: false, entered: 'yes-no' },
  benzodiazepines: { block: 'medication', label: 'Benzodiazepines', required: true, entered: 'yes-no' },
  sedatives: { block: 'medication', label: 'Sedatives, opioids included', required: true, entered: 'yes-no' },
  psychostimulants: { block: 'medication', label: 'Psychostimulants', required: true, entered: 'yes-no' },
  maois: { block: 'medication', label: 'MAOIs', required: true, entered: 'yes-no' },
  'provider-name': { block: 'provider', label: 'Monitoring provider', required: true },
  'provider-contact': { block: 'provider', label: 'Provider telephone and e-mail', required: true, entered: 'words' },
  'setting-address': { block: 'setting', label: 'Name and address of the setting', required: true, entered: 'words' },
  'session-date': { block: 'session', label: 'Date', required: true },
  dose: { block: 'session', label: 'Dose', required: true },
  lots: { block: 'session', label: 'Lot numbers', required: false },
  'monitored-minutes': { block: 'session', label: 'Minutes from first device to end of monitoring', required: true },
  'ready-minute': { block: 'session', label: 'Ready to leave at minute', required: false },
  'bp-before': { block: 'vitals', label: 'Blood pressure before', required: true },
  'bp-40-first': { block: 'vitals', label: 'Blood pressure 40 min after the first device', required: true },
  'bp-40-last': { block: 'vitals', label: 'Blood pressure 40 min after the last device', required: false },
  'bp-end': { block: 'vitals', label: 'Blood pressure before the end', required: true },
  'range-before': { block: 'vitals', label: 'In acceptable range before administration', required: true, entered: 'yes-no' },
  'range-end': { block: 'vitals', label: 'In acceptable range before the end', required: true, entered: 'yes-no' },
  oximetry: { block: 'vitals', label: 'Pulse oximetry', required: true },
  sedation: { block: 'events', label: 'Sedation', required: true, entered: 'absent', against: ['sedation', 'loss-of-consciousness'] },
  dissociation: { block: 'events', label: 'Dissociation', required: true, entered: 'absent', against: ['prolonged-dissociation'] },
  'respiratory-depression': {
    block: 'events',
    label: 'Respiratory depression',
    required: true,
    entered: 'absent',
    against: ['respiratory-depression'],
  },
  'serious-event': { block: 'events', label: 'Serious adverse event', required: true, entered: 'absent' },
  attestation: { block: 'attestation', label: 'Attestation', required: true },
} as const satisfies Record<string, RemsField>;

interface RemsField {
  readonly block: (typeof remsBlocks)[number];
  readonly label: string;
  readonly required: boolean;
  readonly entered?: RemsEntered;
  readonly against?: readonly AdverseEventCategory[];
}

/** `sex` is the patient's and has an entry of its own. */
export type RemsEntered = 'sex' | 'yes-no' | 'absent' | 'words';

export type RemsFieldKey = keyof typeof remsFields;
export const remsFieldKeys = Object.keys(remsFields) as readonly RemsFieldKey[];

/** What is known of a field, without what only some of them have. */
export function remsField(key: RemsFieldKey): RemsField {
  return remsFields[key];
}

/** Those that an answer of their own can be entered for. */
export type RemsEnteredKey = {
  [K in RemsFieldKey]: (typeof remsFields)[K] extends { readonly entered: 'yes-no' | 'absent' | 'words' } ? K : never;
}[RemsFieldKey];

export function isEntered(key: RemsFieldKey): key is RemsEnteredKey {
  const { entered } = remsField(key);
  return entered !== undefined && entered !== 'sex';
}
export const remsEnteredKeys = remsFieldKeys.filter(isEntered);

const evidence = z.object({ eventId: z.string().nullable(), at: z.string(), by: z.string().nullable() });
export type RemsEvidence = z.output<typeof evidence>;

export const remsAnswerSchema = z.union([
  z.object({
    value: z.string(),
    evidence: z.array(evidence),
    /** A person answered the field itself; nothing else in the record says it. */
    entered: z.literal(true).optional(),
  }),
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
