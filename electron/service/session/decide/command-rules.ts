import type { RoomAction } from '../../../../shared/contract/session-view/actions.ts';
import type { TimedTap } from '../../../../shared/contract/commands/timed-taps.ts';
import type { SessionCommand, SessionCommandType } from '../../../../shared/contract/session-commands.ts';
import type { SessionState } from '../state/session-state.ts';
import { decideAdverseEvent, decideAdverseEventUpdate, decideDrugGiven } from './adverse-event.ts';
import { decideArtefact } from './artefact.ts';
import { decideDraw, decideWaste } from './controlled-drug.ts';
import { decideTimeCorrection, decideUndo } from './correction.ts';
import { decideAssessment, decideConfirmation, decideEscort, decideHandover, decideOverride } from './discharge.ts';
import { decideDose, decideVolumeLeftCorrection } from './dose.ts';
import { decideMissedSlot } from './due.ts';
import { decideEnd, decidePumpConfirmation } from './ending.ts';
import { decideAdministration, decideAdministrationCorrection } from './administration.ts';
import { decideDoubleCheck, decideIdentity, decideRemoteFacts } from './identity.ts';
import { decideLeftAgainstAdvice } from './left-against-advice.ts';
import { decideMilestone } from './milestone.ts';
import { decideAmendment, decideObservation, decideStopRequest, decideSurroundings } from './observation.ts';
import { decideRating } from './rating.ts';
import { decideRemsAnswer, decideSex } from './rems.ts';
import { decideRouteOrder } from './route-order.ts';
import { decideAmendmentBegin, decideAmendmentClose, decideCosignature, decideItemClosing, decideSignature } from './signing.ts';
import { decideVitals, decideVitalsCorrection } from './vitals.ts';
import { decideOrder, decideWeight } from './weight-and-order.ts';
import type { When } from './after-end.ts';
import type { CommandOf, Decision, DecisionContext } from './decision.ts';

/** Commands that a large button can be for. */
export type ActionCommand = Exclude<RoomAction['action']['type'], 'milestone' | 'tap'> | TimedTap['type'];

/** The parts of the page in which the other commands are found: a screen, a region of the session screen, a group of sheets. */
export type OfferingPart =
  | 'start'
  | 'checks'
  | 'ratings'
  | 'fields'
  | 'line'
  | 'chips'
  | 'entries'
  | 'next'
  | 'adverse-events'
  | 'drug-log'
  | 'vitals'
  | 'discharge'
  | 'record'
  | 'signing';

interface CommandRule<C extends SessionCommand> {
  readonly when: When;
  /** Where a person finds it; `actions`: among the large buttons, as `available-actions.ts` offers them. */
  readonly offered: C['type'] extends ActionCommand ? 'actions' : OfferingPart;
  /** About an entry, whose kind says who may: `eventId` names it. */
  readonly corrects: boolean;
  decide(state: SessionState, command: C, context: DecisionContext): Decision;
}

/** Every command of a session. Who may give it stands in `shared/contract/role-table.ts`, because the page reads that, too. */
export const commandRules: { readonly [T in SessionCommandType]: CommandRule<CommandOf<T>> } = {
  'record-weight': { when: 'at-its-time', offered: 'start', corrects: false, decide: decideWeight },
  'order-dose': { when: 'open', offered: 'start', corrects: false, decide: decideOrder },
  'reach-milestone': { when: 'at-its-time', offered: 'actions', corrects: false, decide: decideMilestone },
  'start-dose': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'change-rate': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'pause-dose': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'resume-dose': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'give-bolus': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'change-bag': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'order-injection': { when: 'open', offered: 'start', corrects: false, decide: decideRouteOrder },
  'order-devices': { when: 'open', offered: 'start', corrects: false, decide: decideRouteOrder },
  'order-lozenges': { when: 'open', offered: 'start', corrects: false, decide: decideRouteOrder },
  'give-injection': { when: 'open', offered: 'actions', corrects: false, decide: decideAdministration },
  'give-device': { when: 'open', offered: 'actions', corrects: false, decide: decideAdministration },
  'place-lozenge': { when: 'open', offered: 'actions', corrects: false, decide: decideAdministration },
  'expel-lozenge': { when: 'open', offered: 'actions', corrects: false, decide: decideAdministration },
  'check-identity': { when: 'open', offered: 'checks', corrects: false, decide: decideIdentity },
  'confirm-double-check': { when: 'open', offered: 'checks', corrects: false, decide: decideDoubleCheck },
  'record-remote-facts': {
    when: 'open',
    offered: 'start',
    corrects: false,
    decide: (_state, command, context) => decideRemoteFacts(command, context),
  },
  'complete-dose': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'stop-dose-early': { when: 'open', offered: 'actions', corrects: false, decide: decideDose },
  'open-rating': { when: 'at-its-time', offered: 'ratings', corrects: false, decide: decideRating },
  'answer-item': { when: 'any', offered: 'ratings', corrects: false, decide: decideRating },
  'finish-rating': { when: 'any', offered: 'ratings', corrects: false, decide: decideRating },
  'mark-not-assessable': { when: 'at-its-time', offered: 'ratings', corrects: false, decide: decideRating },
  'record-observation': { when: 'any', offered: 'line', corrects: false, decide: decideObservation },
  'amend-observation': { when: 'any', offered: 'entries', corrects: false, decide: decideAmendment },
  'change-surroundings': { when: 'at-its-time', offered: 'actions', corrects: false, decide: decideSurroundings },
  'record-adverse-event': { when: 'any', offered: 'adverse-events', corrects: false, decide: decideAdverseEvent },
  'update-adverse-event': { when: 'any', offered: 'adverse-events', corrects: false, decide: decideAdverseEventUpdate },
  'give-drug': { when: 'at-its-time', offered: 'adverse-events', corrects: false, decide: decideDrugGiven },
  'draw-controlled-drug': { when: 'any', offered: 'drug-log', corrects: false, decide: decideDraw },
  'waste-controlled-drug': { when: 'any', offered: 'drug-log', corrects: false, decide: decideWaste },
  'enter-vitals': { when: 'at-its-time', offered: 'vitals', corrects: false, decide: decideVitals },
  'mark-slot-missed': { when: 'any', offered: 'next', corrects: false, decide: decideMissedSlot },
  'request-stop': { when: 'open', offered: 'chips', corrects: false, decide: decideStopRequest },
  'confirm-pump': { when: 'open', offered: 'next', corrects: false, decide: decidePumpConfirmation },
  undo: { when: 'any', offered: 'entries', corrects: true, decide: decideUndo },
  'correct-time': { when: 'any', offered: 'entries', corrects: true, decide: decideTimeCorrection },
  'correct-administration': { when: 'any', offered: 'entries', corrects: true, decide: decideAdministrationCorrection },
  'correct-vitals': { when: 'any', offered: 'entries', corrects: true, decide: decideVitalsCorrection },
  'correct-volume-left': { when: 'any', offered: 'entries', corrects: true, decide: decideVolumeLeftCorrection },
  'mark-artefact': { when: 'any', offered: 'vitals', corrects: false, decide: decideArtefact },
  'end-session': { when: 'open', offered: 'actions', corrects: false, decide: decideEnd },
  'confirm-criterion': { when: 'at-its-time', offered: 'discharge', corrects: false, decide: decideConfirmation },
  'record-escort': { when: 'at-its-time', offered: 'discharge', corrects: false, decide: decideEscort },
  'override-criterion': { when: 'any', offered: 'discharge', corrects: false, decide: decideOverride },
  'assess-discharge': {
    when: 'open',
    offered: 'discharge',
    corrects: false,
    decide: (state, _command, context) => decideAssessment(state, context),
  },
  'leave-against-advice': { when: 'at-its-time', offered: 'discharge', corrects: false, decide: decideLeftAgainstAdvice },
  'hand-over': { when: 'open', offered: 'discharge', corrects: false, decide: decideHandover },
  'answer-rems': { when: 'any', offered: 'record', corrects: false, decide: decideRemsAnswer },
  'record-sex': { when: 'any', offered: 'fields', corrects: false, decide: (_state, command) => decideSex(command) },
  'close-item': { when: 'any', offered: 'signing', corrects: false, decide: decideItemClosing },
  'sign-session': { when: 'signed', offered: 'signing', corrects: false, decide: decideSignature },
  'cosign-session': { when: 'signed', offered: 'signing', corrects: false, decide: decideCosignature },
  'begin-amendment': { when: 'signed', offered: 'signing', corrects: false, decide: decideAmendmentBegin },
  'close-amendment': { when: 'any', offered: 'signing', corrects: false, decide: decideAmendmentClose },
};

export function ruleOf(command: SessionCommand): CommandRule<SessionCommand> {
  // A command belongs to the rule of its own type, which a lookup by a type cannot say.
  return commandRules[command.type] as CommandRule<SessionCommand>;
}
