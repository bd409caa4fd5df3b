import { z } from 'zod';

export const phaseKeys = ['prepare', 'baseline', 'infusing', 'recovery', 'discharge'] as const;
export type PhaseKey = (typeof phaseKeys)[number];

/** Where in the session a milestone belongs (`docs/clinical-rules.md`). */
export type MilestoneStage = 'pre' | 'dose' | 'recovery' | 'any' | 'post';

/** Everything that is particular to one milestone. Whatever lists milestones by a rule reads it from here. */
export interface MilestoneDefinition {
  readonly label: string;
  /** Beside its tick on the timeline, where there is room for a word or two; null: its label is short enough. */
  readonly short: string | null;
  readonly stage: MilestoneStage;
  /** A session cannot be signed without it or a recorded reason. */
  readonly required: boolean;
  readonly repeatable: boolean;
  /**
   * Its ground. `start`: drug has gone in. `end`: it has, and no more will. `end-of-dose`: a dose that was started has
   * ended; a patient who never got one may still leave.
   */
  readonly needs: 'nothing' | 'start' | 'end' | 'end-of-dose';
  /** Offered while drug is still going in: what belongs to the recovery waits. */
  readonly duringDose: boolean;
  /**
   * What recording it takes. `tap`: its time is all it says. `words`: who was told, where to, which result. `departure`: why,
   * where a criterion is not met. `check`: two identifiers or a second person. `go-no-go`, `criteria`, `against-advice`: an
   * act of its own.
   */
  readonly recordedBy: 'tap' | 'words' | 'departure' | 'check' | 'go-no-go' | 'criteria' | 'against-advice';
  /**
   * What is written beside it, by example: before the dose its line in the checklist asks for it. null: its time says all
   * that is usual.
   */
  readonly example: string | null;
  /** Whose it is to see; the clinical roles can record every milestone. */
  readonly seenBy: 'clinical' | 'therapist';
  /** After it the patient is no longer in the room: `by-criteria` asks for those of the discharge, `at-once` waits for nothing. */
  readonly wayOut: 'by-criteria' | 'at-once' | null;
  /** Done with the dose in hand: a start before it would say that it was not done. */
  readonly beforeStart: boolean;
}

const usual = {
  needs: 'nothing',
  recordedBy: 'tap',
  example: null,
  seenBy: 'clinical',
  wayOut: null,
  beforeStart: false,
  repeatable: false,
} as const;
const throughout = { ...usual, duringDose: true } as const;
const notWhileDosing = { ...usual, duringDose: false } as const;

/**
 * The milestones a person records with a tap. What changes the dose (start, pause, rate, bolus, end) is not
 * here: those are events of their own, with amounts, and stand on the timeline beside these.
 */
export const milestones = {
  arrived: { label: 'Patient arrived', short: 'Arrived', stage: 'pre', required: false, ...throughout },
  identity: {
    label: 'Identity confirmed',
    short: 'Identity',
    stage: 'pre',
    required: true,
    ...throughout,
    recordedBy: 'check',
    beforeStart: true,
  },
  escort_confirmed: {
    label: 'Escort confirmed',
    short: 'Escort',
    stage: 'pre',
    required: true,
    ...throughout,
    example: 'name and phone of the adult taking the patient home',
  },
  npo_confirmed: {
    label: 'Fasting confirmed',
    short: 'Fasting',
    stage: 'pre',
    required: false,
    ...throughout,
    example: 'for example: solids 22:00, clear fluid 8:10',
  },
  pregnancy_screen: {
    label: 'Pregnancy test',
    short: null,
    stage: 'pre',
    required: false,
    ...throughout,
    recordedBy: 'words',
    example: 'result, or why it does not apply',
  },
  med_review: { label: 'Medications and allergies reviewed', short: 'Medications', stage: 'pre', required: true, ...throughout },
  questionnaires_done: { label: 'Questionnaires complete', short: 'Questionnaires', stage: 'pre', required: false, ...throughout },
  suicide_screen: { label: 'Suicide-risk screen complete', short: 'Risk screen', stage: 'pre', required: true, ...throughout },
  consent: { label: 'Consent confirmed', short: 'Consent', stage: 'pre', required: true, ...throughout },
  iv_placed: { label: 'IV placed', short: null, stage: 'pre', required: false, ...throughout, example: 'for example: L forearm 22 G' },
  baseline_vitals: { label: 'Baseline vitals', short: null, stage: 'pre', required: true, ...throughout },
  baseline_dissociation: { label: 'Baseline dissociation rating', short: 'Baseline CADSS', stage: 'pre', required: false, ...throughout },
  intention: {
    label: 'Intention set',
    short: null,
    stage: 'pre',
    required: false,
    ...throughout,
    seenBy: 'therapist',
    example: 'in the patient’s words; this is shared',
  },
  double_check: {
    label: 'Medication double-check',
    short: 'Double-check',
    stage: 'pre',
    required: true,
    ...throughout,
    recordedBy: 'check',
    beforeStart: true,
  },
  bedside_alarms_on: { label: 'Bedside alarms are on', short: null, stage: 'pre', required: true, ...throughout },
  go_no_go: { label: 'Go / no-go', short: null, stage: 'pre', required: false, ...throughout, recordedBy: 'go-no-go', repeatable: true },
  timeout: { label: 'Time-out', short: null, stage: 'pre', required: true, ...throughout, beforeStart: true },
  eyeshades_music: { label: 'Eyeshades, music', short: null, stage: 'dose', required: false, ...throughout, repeatable: true },
  onset: { label: 'Onset of effect', short: 'Onset', stage: 'dose', required: false, ...throughout, needs: 'start', seenBy: 'therapist' },
  peak: { label: 'Peak effect', short: null, stage: 'dose', required: false, ...throughout, needs: 'start', seenBy: 'therapist' },
  bp_review: {
    label: 'Blood pressure review',
    short: 'BP review',
    stage: 'any',
    required: false,
    ...throughout,
    recordedBy: 'words',
    repeatable: true,
  },
  flush: { label: 'Line flushed', short: null, stage: 'dose', required: false, ...notWhileDosing, needs: 'start' },
  emerging: { label: 'Emerging', short: null, stage: 'recovery', required: false, ...throughout, needs: 'start', seenBy: 'therapist' },
  return_to_baseline: { label: 'Return to baseline', short: null, stage: 'recovery', required: true, ...notWhileDosing, needs: 'end' },
  oral_intake: { label: 'Fluids taken', short: null, stage: 'recovery', required: false, ...notWhileDosing },
  ambulated: { label: 'Walked unaided', short: null, stage: 'recovery', required: false, ...notWhileDosing },
  voided: { label: 'Voided', short: null, stage: 'recovery', required: false, ...notWhileDosing },
  final_vitals: { label: 'Final vitals', short: null, stage: 'recovery', required: false, ...notWhileDosing },
  criteria_met: {
    label: 'Discharge criteria met',
    short: 'Criteria met',
    stage: 'recovery',
    required: true,
    ...notWhileDosing,
    needs: 'end',
    recordedBy: 'criteria',
  },
  iv_removed: { label: 'IV removed', short: null, stage: 'recovery', required: false, ...notWhileDosing },
  instructions: { label: 'Discharge instructions given', short: 'Instructions', stage: 'recovery', required: true, ...notWhileDosing },
  discharged: {
    label: 'Discharged with escort',
    short: 'Discharged',
    stage: 'recovery',
    required: true,
    ...notWhileDosing,
    needs: 'end-of-dose',
    recordedBy: 'departure',
    wayOut: 'by-criteria',
  },
  location_confirmed: {
    label: 'Address and call-back number confirmed',
    short: 'Address confirmed',
    stage: 'pre',
    required: false,
    ...throughout,
  },
  sitter_confirmed: { label: 'Sitter present', short: null, stage: 'pre', required: false, ...throughout },
  video_on: { label: 'Video on', short: null, stage: 'pre', required: false, ...throughout },
  check_in: { label: 'Check-in call', short: null, stage: 'any', required: false, ...throughout, repeatable: true },
  left_with_sitter: {
    label: 'Staying with the sitter',
    short: null,
    stage: 'recovery',
    required: false,
    ...notWhileDosing,
    needs: 'end-of-dose',
    recordedBy: 'departure',
    wayOut: 'by-criteria',
  },
  left_against_advice: {
    label: 'Left against advice',
    short: null,
    stage: 'any',
    required: false,
    ...notWhileDosing,
    recordedBy: 'against-advice',
    wayOut: 'at-once',
  },
  transferred: {
    label: 'Transferred to emergency care',
    short: 'Transferred',
    stage: 'any',
    required: false,
    ...throughout,
    recordedBy: 'words',
    wayOut: 'at-once',
  },
  waste_recorded: { label: 'Waste recorded', short: null, stage: 'post', required: false, ...notWhileDosing, needs: 'end' },
} as const satisfies Record<string, MilestoneDefinition>;

export type MilestoneKey = keyof typeof milestones;
export const milestoneKeys = Object.keys(milestones) as [MilestoneKey, ...MilestoneKey[]];
export const milestoneKeySchema = z.enum(milestoneKeys);

/** The milestones that are recorded in this way. */
export type RecordedBy<How extends MilestoneDefinition['recordedBy']> = {
  [K in MilestoneKey]: (typeof milestones)[K]['recordedBy'] extends How ? K : never;
}[MilestoneKey];

/** Done before the dose, by two identifiers or by two people; late, where the dose was started without it. */
export function isCheck(milestone: MilestoneKey): milestone is RecordedBy<'check'> {
  return milestones[milestone].recordedBy === 'check';
}

/** After it the patient is no longer in the room. */
export function isWayOut(milestone: MilestoneKey): boolean {
  return milestones[milestone].wayOut !== null;
}
