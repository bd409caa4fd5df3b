import { assertNever } from '../../../../shared/values/assert-never.ts';
import { decideAssessment, decideConfirmation, decideEscort, decideHandover, decideOverride } from './discharge.ts';
import { decideAmendmentBegin, decideAmendmentClose, decideCosignature, decideItemClosing, decideSignature } from './signing.ts';
import { decideLeftAgainstAdvice } from './left-against-advice.ts';
import type { CommandOf, Decision, DecisionContext } from './decision.ts';
import type { SessionState } from '../state/session-state.ts';

export type LeavingCommand = CommandOf<
  | 'confirm-criterion'
  | 'record-escort'
  | 'override-criterion'
  | 'assess-discharge'
  | 'leave-against-advice'
  | 'hand-over'
  | 'close-item'
  | 'sign-session'
  | 'cosign-session'
  | 'begin-amendment'
  | 'close-amendment'
>;

/** Going home, handing over, and the signatures. */
export function decideLeaving(state: SessionState, command: LeavingCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'confirm-criterion':
      return decideConfirmation(state, command, context);
    case 'record-escort':
      return decideEscort(state, command, context);
    case 'override-criterion':
      return decideOverride(state, command, context);
    case 'assess-discharge':
      return decideAssessment(state, context);
    case 'leave-against-advice':
      return decideLeftAgainstAdvice(state, command, context);
    case 'hand-over':
      return decideHandover(state, command, context);
    case 'close-item':
      return decideItemClosing(state, command, context);
    case 'sign-session':
      return decideSignature(state, command, context);
    case 'cosign-session':
      return decideCosignature(state, command, context);
    case 'begin-amendment':
      return decideAmendmentBegin(state, command);
    case 'close-amendment':
      return decideAmendmentClose(state, command);
    default:
      return assertNever(command);
  }
}
