import type { DoseView, RoomAction } from '../../../shared/contract/room-board.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { Asked } from '../../../shared/contract/role-table.ts';
import { milestones, type MilestoneKey } from '../../../shared/clinical/milestone.ts';
import type { EnteredKey } from '../../sheets/vitals/entered-vitals.ts';
import type { ObservationSheetKind } from './observations/observation-sheet-kind.ts';

export type DoseActionType = Exclude<RoomAction['action']['type'], 'milestone' | 'end-session'>;

/** What is open at the right of the session screen, in place of Next. */
export type SessionSheet =
  | { readonly kind: 'rating'; readonly instrument: InstrumentId; readonly ratingId: string | null }
  | { readonly kind: 'dose'; readonly action: DoseActionType }
  | { readonly kind: 'another-time'; readonly milestone: MilestoneKey; readonly label: string; readonly asked?: true }
  /** Every rating there is, to choose one from. */
  | { readonly kind: 'ratings' }
  /** At the field that was asked for. */
  | { readonly kind: 'vitals'; readonly field?: EnteredKey }
  | ObservationSheetKind
  /** Without an id a new one. */
  | { readonly kind: 'adverse-event'; readonly adverseEventId: string | null }
  /** What it is given for, where the person came from an event. */
  | { readonly kind: 'drug'; readonly adverseEventId: string | null }
  | { readonly kind: 'waste' }
  | { readonly kind: 'drug-log' }
  /** `eventId`: the recorded entry a person comes back from. */
  | { readonly kind: 'milestones'; readonly eventId?: string }
  | { readonly kind: 'correct'; readonly eventId: string }
  | { readonly kind: 'artefact' }
  /** What was to be checked before the dose and is checked late. */
  | { readonly kind: 'late-check'; readonly milestone: LateCheck }
  | { readonly kind: 'discharge' }
  | { readonly kind: 'handover' }
  /** Before the criteria were met. */
  | { readonly kind: 'left' }
  /** What was due and was not done. */
  | { readonly kind: 'missed'; readonly slotKeys: readonly string[]; readonly label: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'sign-in'; readonly asked?: Asked };

/** What a sheet is opened for, where that is not everybody's: whose it is has to be here before anything is typed. */
export function askedBy(sheet: SessionSheet): Asked | null {
  switch (sheet.kind) {
    case 'dose':
      return { type: sheet.action };
    case 'another-time':
      return { type: 'reach-milestone', milestone: sheet.milestone };
    case 'vitals':
      return { type: 'enter-vitals' };
    case 'drug':
      return { type: 'give-drug' };
    case 'waste':
      return { type: 'draw-controlled-drug' };
    case 'discharge':
      return { type: 'assess-discharge' };
    case 'handover':
      return { type: 'hand-over' };
    case 'left':
      return { type: 'leave-against-advice' };
    case 'end':
      return { type: 'end-session' };
    case 'artefact':
      return { type: 'mark-artefact' };
    case 'late-check':
      return { type: sheet.milestone === 'identity' ? 'check-identity' : 'confirm-double-check' };
    case 'missed':
      return { type: 'mark-slot-missed' };
    default:
      return null;
  }
}

export type LateCheck = 'identity' | 'double_check';

/** Who was told, where to, or why before the criteria: what these have to say is more than a time. */
const asksForWords: readonly MilestoneKey[] = ['bp_review', 'transferred', 'pregnancy_screen', 'discharged', 'left_with_sitter'];

function isLateCheck(milestone: MilestoneKey): milestone is LateCheck {
  return milestone === 'identity' || milestone === 'double_check';
}

/** What recording an action takes: one tap, or a sheet that asks first. */
export function tapOf(
  action: RoomAction['action'],
  dose: Pick<DoseView, 'predictedEndMs'>,
  nowMs: number,
  doubtful = false,
): { readonly records: true } | { readonly records: false; readonly sheet: SessionSheet } {
  switch (action.type) {
    case 'milestone':
      // Which criteria, and on what evidence: a tap alone would say neither.
      if (isLateCheck(action.milestone)) return { records: false, sheet: { kind: 'late-check', milestone: action.milestone } };
      if (action.milestone === 'criteria_met') return { records: false, sheet: { kind: 'discharge' } };
      if (asksForWords.includes(action.milestone)) {
        const { label } = milestones[action.milestone];
        return { records: false, sheet: { kind: 'another-time', milestone: action.milestone, label, asked: true } };
      }
      return { records: true };
    case 'start-dose':
      return doubtful ? { records: false, sheet: { kind: 'dose', action: action.type } } : { records: true };
    case 'expel-lozenge':
      return { records: true };
    case 'complete-dose': {
      // With drug in the bag "complete" is doubtful: the sheet says how much, and asks what the pump shows.
      const isEmpty = dose.predictedEndMs !== null && nowMs >= dose.predictedEndMs;
      return isEmpty ? { records: true } : { records: false, sheet: { kind: 'dose', action: action.type } };
    }
    case 'end-session':
      return { records: false, sheet: { kind: 'end' } };
    case 'pause-dose':
    case 'resume-dose':
    case 'change-rate':
    case 'stop-dose-early':
    case 'give-bolus':
    case 'change-bag':
    case 'give-injection':
    case 'give-device':
    case 'place-lozenge':
      return { records: false, sheet: { kind: 'dose', action: action.type } };
  }
}

/** Where another time for an action is entered. */
export function anotherTimeOf({ action, label }: RoomAction): SessionSheet {
  if (action.type === 'milestone' && isLateCheck(action.milestone)) return { kind: 'late-check', milestone: action.milestone };
  if (action.type === 'milestone') return { kind: 'another-time', milestone: action.milestone, label };
  return action.type === 'end-session' ? { kind: 'end' } : { kind: 'dose', action: action.type };
}
