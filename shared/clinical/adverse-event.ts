import { z } from 'zod';

/**
 * What an adverse event is recorded as (`docs/clinical-rules.md`). The keys are stable and stand in the record;
 * the labels may change. Nothing here is worked out from a measured value: a person says that it happened.
 */
export const adverseEventCategories = {
  'blood-pressure-increased': 'Blood pressure increased',
  tachycardia: 'Tachycardia',
  bradycardia: 'Bradycardia',
  hypotension: 'Hypotension',
  desaturation: 'Desaturation, hypoxia',
  'respiratory-depression': 'Apnea, respiratory depression',
  airway: 'Airway, laryngospasm',
  salivation: 'Excess salivation',
  sedation: 'Sedation',
  'loss-of-consciousness': 'Loss of consciousness',
  nausea: 'Nausea',
  vomiting: 'Vomiting',
  dizziness: 'Dizziness, vertigo',
  headache: 'Headache',
  'visual-disturbance': 'Visual disturbance',
  ataxia: 'Ataxia, fall',
  anxiety: 'Anxiety, panic',
  dysphoria: 'Dysphoria',
  agitation: 'Agitation',
  'psychosis-like': 'Psychosis-like',
  mania: 'Hypomania, mania',
  'prolonged-dissociation': 'Prolonged dissociation (> 2 h)',
  'suicidal-ideation': 'Suicidal ideation, new or worse',
  'self-harm': 'Self-harm',
  'iv-site': 'Infiltration, IV site',
  'allergic-reaction': 'Allergic reaction',
  'chest-pain': 'Chest pain, arrhythmia',
  'stroke-signs': 'Stroke signs',
  seizure: 'Seizure',
  'urinary-symptoms': 'Urinary symptoms',
  cognitive: 'Cognitive',
  'medication-error': 'Medication error',
  'device-failure': 'Device failure',
  other: 'Other',
} as const;

export type AdverseEventCategory = keyof typeof adverseEventCategories;
export const adverseEventCategoryKeys = Object.keys(adverseEventCategories) as [AdverseEventCategory, ...AdverseEventCategory[]];

/** Offered first, because they are what a session with ketamine most often has; the others are one tap further. */
export const commonAdverseEvents: readonly AdverseEventCategory[] = [
  'nausea',
  'vomiting',
  'anxiety',
  'dysphoria',
  'dizziness',
  'headache',
  'blood-pressure-increased',
  'salivation',
  'sedation',
  'agitation',
];

export const adverseEventSeverities = ['mild', 'moderate', 'severe'] as const;
export type AdverseEventSeverity = (typeof adverseEventSeverities)[number];

/** What makes an event serious; any one of them does (21 CFR 312.32, recalled). Serious is not the same as severe. */
export const seriousnessCriteria = {
  death: 'Death',
  'life-threatening': 'Life-threatening',
  hospitalization: 'Hospitalization',
  disability: 'Disability',
  'congenital-anomaly': 'Congenital anomaly',
  'important-medical-event': 'Important medical event',
} as const;
export type SeriousnessCriterion = keyof typeof seriousnessCriteria;

export const adverseEventActions = {
  none: 'None needed',
  observed: 'Watched more closely',
  reassured: 'Reassured, grounded',
  positioned: 'Positioned, airway opened',
  oxygen: 'Oxygen given',
  'drug-given': 'Drug given',
  'rate-reduced': 'Rate reduced',
  'dose-paused': 'Dose paused',
  'dose-stopped': 'Dose stopped',
  'prescriber-called': 'Prescriber called',
  'emergency-called': 'Emergency services called',
  other: 'Other',
} as const;
export type AdverseEventAction = keyof typeof adverseEventActions;

export const adverseEventOutcomes = {
  recovered: 'Recovered',
  recovering: 'Recovering',
  'not-recovered': 'Not recovered',
  'recovered-with-sequelae': 'Recovered with sequelae',
  fatal: 'Fatal',
  unknown: 'Unknown',
} as const;
export type AdverseEventOutcome = keyof typeof adverseEventOutcomes;

export const relatednessDegrees = {
  'not-related': 'Not related',
  unlikely: 'Unlikely',
  possible: 'Possible',
  probable: 'Probable',
  certain: 'Certain',
} as const;
export type Relatedness = keyof typeof relatednessDegrees;

/** How a rescue or comfort drug was given; the keys are those of a protocol's formulary. */
export const givenRoutes = {
  iv: 'IV',
  im: 'IM',
  po: 'PO',
  odt: 'ODT',
  sl: 'SL',
  intranasal: 'intranasal',
  inhaled: 'inhaled',
  subcutaneous: 'SC',
  other: 'other route',
} as const;
export type GivenRoute = keyof typeof givenRoutes;
export const givenRouteSchema = z.enum(keysOf(givenRoutes));

export const adverseEventCategorySchema = z.enum(adverseEventCategoryKeys);
export const adverseEventSeveritySchema = z.enum(adverseEventSeverities);
export const seriousnessSchema = z
  .array(z.enum(keysOf(seriousnessCriteria)))
  .max(6)
  .refine((criteria) => new Set(criteria).size === criteria.length, 'each criterion once');
export const adverseEventActionsSchema = z
  .array(z.enum(keysOf(adverseEventActions)))
  .max(12)
  .refine((actions) => new Set(actions).size === actions.length, 'each action once');
export const adverseEventOutcomeSchema = z.enum(keysOf(adverseEventOutcomes));
export const relatednessSchema = z.enum(keysOf(relatednessDegrees));

/**
 * What may be said of an event after its first three taps. `null` is "not said": not serious is an empty list of
 * criteria, and that is a judgement of its own.
 */
export const adverseEventDetails = {
  category: adverseEventCategorySchema,
  severity: adverseEventSeveritySchema,
  serious: seriousnessSchema.nullable(),
  actions: adverseEventActionsSchema,
  outcome: adverseEventOutcomeSchema.nullable(),
  relatedness: relatednessSchema.nullable(),
  detail: z.string().trim().max(300).nullable(),
} as const;

function keysOf<T extends Record<string, string>>(labels: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]];
}
