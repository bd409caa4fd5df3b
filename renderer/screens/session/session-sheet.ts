import type { RoomAction } from '../../../shared/contract/session-view/actions.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { TimedTap } from '../../../shared/contract/commands/timed-taps.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { SessionCommandType } from '../../../shared/contract/session-commands.ts';
import type { Asked } from '../../../shared/contract/role-table.ts';
import { isCheck, type RecordedBy } from '../../../shared/clinical/milestone.ts';
import type { EnteredKey } from '../../sheets/vitals/entered-vitals.ts';
import type { ObservationSheetKind } from './observations/observation-sheet-kind.ts';

export type DoseActionType = Exclude<RoomAction['action']['type'], 'milestone' | 'tap' | 'end-session'>;

/** What is open at the right of the session screen, in place of Next. */
export type SessionSheet =
  | { readonly kind: 'rating'; readonly instrument: InstrumentId; readonly ratingId: string | null }
  | { readonly kind: 'dose'; readonly action: DoseActionType }
  | { readonly kind: 'another-time'; readonly command: TimedTap; readonly label: string; readonly asked?: true }
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
  | { readonly kind: 'late-check'; readonly milestone: RecordedBy<'check'> }
  | { readonly kind: 'discharge' }
  | { readonly kind: 'handover' }
  /** Before the criteria were met. */
  | { readonly kind: 'left' }
  /** What was due and was not done. */
  | { readonly kind: 'missed'; readonly slotKeys: readonly string[]; readonly label: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'sign-in'; readonly asked?: Asked };

/** The act that a sheet records, where not everybody may do it. Whoever may has to be signed in before anything is typed. */
export function askedBy(sheet: SessionSheet): Asked | null {
  switch (sheet.kind) {
    case 'dose':
      return { type: sheet.action };
    case 'another-time':
      return sheet.command;
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
      return { type: checkCommands[sheet.milestone] };
    case 'missed':
      return { type: 'mark-slot-missed' };
    // Everybody's who is in the room, to read or to begin; what asks for somebody asks for them itself.
    case 'rating':
    case 'ratings':
    case 'observation':
    case 'observations':
    case 'correct-observation':
    case 'private-open':
    case 'private-notes':
    case 'adverse-event':
    case 'drug-log':
    case 'milestones':
    case 'correct':
    case 'keys':
    case 'sign-in':
      return null;
    default:
      return assertNever(sheet);
  }
}

const checkCommands = { identity: 'check-identity', double_check: 'confirm-double-check' } as const satisfies Record<
  RecordedBy<'check'>,
  SessionCommandType
>;

/** What an action opens that is not recorded by its tap, or where another time for it is entered. */
export function sheetOf(offered: RoomAction, purpose: 'record' | 'another-time'): SessionSheet {
  if (offered.sheet === 'time') return { kind: 'another-time', command: offered.tap, label: offered.label };
  const { action, label, sheet } = offered;
  if (action.type === 'milestone') {
    const { milestone } = action;
    if (sheet === 'check' && isCheck(milestone)) return { kind: 'late-check', milestone };
    // The criteria have a sheet of their own, because a time alone does not say which are met, and by what evidence.
    if (sheet === 'criteria' && purpose === 'record') return { kind: 'discharge' };
    const asked = sheet === 'words' && purpose === 'record' ? ({ asked: true } as const) : {};
    return { kind: 'another-time', command: { type: 'reach-milestone', milestone }, label, ...asked };
  }
  return action.type === 'end-session' ? { kind: 'end' } : { kind: 'dose', action: action.type };
}
