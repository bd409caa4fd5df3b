import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { SessionCommand, SessionCommandType } from '../../../../shared/contract/session-commands.ts';
import { decideGift } from './gift.ts';
import { decideDoubleCheck, decideIdentity, decideRemoteFacts } from './identity.ts';
import { decideRouteOrder } from './route-order.ts';
import type { CommandOf, Decision, DecisionContext } from './decision.ts';
import type { SessionState } from '../state/session-state.ts';

const routeTypes = [
  'order-injection',
  'order-devices',
  'order-lozenges',
  'give-injection',
  'give-device',
  'place-lozenge',
  'expel-lozenge',
  'check-identity',
  'confirm-double-check',
  'record-remote-facts',
] as const satisfies readonly SessionCommandType[];
export type RouteCommand = CommandOf<(typeof routeTypes)[number]>;

export function isRouteCommand(command: SessionCommand): command is RouteCommand {
  return (routeTypes as readonly SessionCommandType[]).includes(command.type);
}

/** Orders and gifts by every route but a vein, and what two identifiers or two people stand for. */
export function decideRoute(state: SessionState, command: RouteCommand, context: DecisionContext): Decision {
  switch (command.type) {
    case 'order-injection':
    case 'order-devices':
    case 'order-lozenges':
      return decideRouteOrder(state, command, context);
    case 'give-injection':
    case 'give-device':
    case 'place-lozenge':
    case 'expel-lozenge':
      return decideGift(state, command, context);
    case 'check-identity':
      return decideIdentity(state, command, context);
    case 'confirm-double-check':
      return decideDoubleCheck(state, command, context);
    case 'record-remote-facts':
      return decideRemoteFacts(command, context);
    default:
      return assertNever(command);
  }
}
