import { z } from 'zod';

export const phaseKeys = ['prepare', 'baseline', 'infusing', 'recovery', 'discharge'] as const;
export type PhaseKey = (typeof phaseKeys)[number];

/** Where in the session a milestone belongs (`docs/clinical-rules.md`). */
export type MilestoneStage = 'pre' | 'dose' | 'recovery' | 'any' | 'post';

export interface MilestoneDefinition {
  readonly label: string;
  readonly stage: MilestoneStage;
  /** A session cannot be signed without it or a recorded reason. */
  readonly required: boolean;
  readonly repeatable?: true;
}

/**
 * The milestones a person records with a tap. What changes the dose (start, pause, rate, bolus, end) is not
 * here: those are events of their own, with amounts, and stand on the timeline beside these.
 */
export const milestones = {
  arrived: { label: 'Patient arrived', stage: 'pre', required: false },
  identity: { label: 'Identity confirmed', stage: 'pre', required: true },
  escort_confirmed: { label: 'Escort confirmed', stage: 'pre', required: true },
  npo_confirmed: { label: 'Fasting confirmed', stage: 'pre', required: false },
  pregnancy_screen: { label: 'Pregnancy test', stage: 'pre', required: false },
  med_review: { label: 'Medications and allergies reviewed', stage: 'pre', required: true },
  questionnaires_done: { label: 'Questionnaires complete', stage: 'pre', required: false },
  suicide_screen: { label: 'Suicide-risk screen complete', stage: 'pre', required: true },
  consent: { label: 'Consent confirmed', stage: 'pre', required: true },
  iv_placed: { label: 'IV placed', stage: 'pre', required: false },
  baseline_vitals: { label: 'Baseline vitals', stage: 'pre', required: true },
  baseline_dissociation: { label: 'Baseline dissociation rating', stage: 'pre', required: false },
  intention: { label: 'Intention set', stage: 'pre', required: false },
  double_check: { label: 'Medication double-check', stage: 'pre', required: true },
  bedside_alarms_on: { label: 'Bedside alarms are on', stage: 'pre', required: true },
  go_no_go: { label: 'Go / no-go', stage: 'pre', required: false, repeatable: true },
  timeout: { label: 'Time-out', stage: 'pre', required: true },
  eyeshades_music: { label: 'Eyeshades, music', stage: 'dose', required: false, repeatable: true },
  onset: { label: 'Onset of effect', stage: 'dose', required: false },
  peak: { label: 'Peak effect', stage: 'dose', required: false },
  bp_review: { label: 'Blood pressure review', stage: 'any', required: false, repeatable: true },
  flush: { label: 'Line flushed', stage: 'dose', required: false },
  emerging: { label: 'Emerging', stage: 'recovery', required: false },
  return_to_baseline: { label: 'Return to baseline', stage: 'recovery', required: true },
  oral_intake: { label: 'Fluids taken', stage: 'recovery', required: false },
  ambulated: { label: 'Walked unaided', stage: 'recovery', required: false },
  voided: { label: 'Voided', stage: 'recovery', required: false },
  final_vitals: { label: 'Final vitals', stage: 'recovery', required: false },
  criteria_met: { label: 'Discharge criteria met', stage: 'recovery', required: true },
  iv_removed: { label: 'IV removed', stage: 'recovery', required: false },
  instructions: { label: 'Discharge instructions given', stage: 'recovery', required: true },
  discharged: { label: 'Discharged with escort', stage: 'recovery', required: true },
  location_confirmed: { label: 'Address and call-back number confirmed', stage: 'pre', required: false },
  sitter_confirmed: { label: 'Sitter present', stage: 'pre', required: false },
  video_on: { label: 'Video on', stage: 'pre', required: false },
  check_in: { label: 'Check-in call', stage: 'any', required: false, repeatable: true },
  left_with_sitter: { label: 'Staying with the sitter', stage: 'recovery', required: false },
  left_against_advice: { label: 'Left against advice', stage: 'any', required: false },
  transferred: { label: 'Transferred to emergency care', stage: 'any', required: false },
  waste_recorded: { label: 'Waste recorded', stage: 'post', required: false },
} as const satisfies Record<string, MilestoneDefinition>;

export type MilestoneKey = keyof typeof milestones;
/** After one of these the patient is no longer in the room. */
export const waysOut: readonly MilestoneKey[] = ['discharged', 'left_with_sitter', 'left_against_advice', 'transferred'];
export const milestoneKeys = Object.keys(milestones) as [MilestoneKey, ...MilestoneKey[]];
export const milestoneKeySchema = z.enum(milestoneKeys);
