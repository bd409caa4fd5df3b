import type { ProtocolOf } from '../../../../shared/clinical/protocol.ts';
import type { ProtocolRoute } from '../../../../shared/clinical/protocol-shape.ts';
import { volumeOf } from '../../../../shared/clinical/route-order.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { Instant, UtcMs } from '../../../../shared/values/instant.ts';
import { thousandths } from '../../../../shared/values/quantity.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import { startDoubts, startRefusal } from '../questions/start-obstacle.ts';
import {
  accept,
  acceptWith,
  refuse,
  withoutAbsent,
  type CommandOf,
  type Decision,
  type DecisionContext,
  type Refused,
} from './decision.ts';
import type { AdministrationEvent } from '../state/administration.ts';
import { deviceDoubts, injectionDoubts, lozengeDoubts, plannedUg } from './administration-doubts.ts';
import { holdDoubts, metHolds, noGoDoubts } from '../questions/hold-limits.ts';
import { firstDeviceDoubts } from '../questions/monitoring-steps.ts';
import { wrongRoute } from './wrong-route.ts';
import type { EventBody } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';
import { noVitals } from '../questions/session-vitals.ts';

export type AdministrationCommand = CommandOf<'give-injection' | 'give-device' | 'place-lozenge' | 'expel-lozenge'>;

type ContextOf<R extends ProtocolRoute> = DecisionContext & { readonly protocol: ProtocolOf<R> };

interface Placed {
  readonly atMs: UtcMs;
  readonly lateReason: string | undefined;
  readonly occurred: { readonly occurred?: Instant };
}

/**
 * A dose that goes in whole: injections, nasal devices, lozenges. The first one is the start and waits for what any
 * start waits for; whether a later one fits where it is placed in time, the fold says.
 */
export function decideAdministration(state: SessionState, command: AdministrationCommand, context: DecisionContext): Decision {
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const placed: Placed = {
    atMs: time.atMs,
    lateReason: time.lateReason,
    occurred: occurredAt(time),
  };
  const { protocol } = context;
  if (command.type === 'expel-lozenge') {
    if (protocol.route !== 'sublingual') return wrongRoute(protocol);
    return accept({ kind: 'lozenge-expelled', body: withoutAbsent({ lateReason: placed.lateReason }), ...placed.occurred });
  }
  const isFirst = state.dose.status === 'none';
  const refusal = isFirst ? startRefusal(state, protocol) : null;
  if (refusal !== null) return { refusal };
  const decision = decideWhole(state, command, context, placed);
  if ('refusal' in decision) return decision;
  const vitals = context.vitals?.() ?? noVitals;
  const asked = [
    ...(isFirst ? [...startDoubts(state, context), ...firstDeviceDoubts(state, protocol, vitals, placed.atMs)] : []),
    // A further device or injection is held by the same limits, and by the same no-go, as the first.
    ...noGoDoubts(state, placed.atMs),
    ...holdDoubts(state, context, placed.atMs),
  ];
  return { ...acceptWith([...asked, ...decision.doubts], ...decision.events), met: metHolds(state, context, placed.atMs) };
}

function decideWhole(
  state: SessionState,
  command: Exclude<AdministrationCommand, { type: 'expel-lozenge' }>,
  context: DecisionContext,
  placed: Placed,
): Decision {
  const { protocol } = context;
  switch (command.type) {
    case 'give-injection':
      return protocol.route === 'im' ? decideInjectionGiven(state, command, { ...context, protocol }, placed) : wrongRoute(protocol);
    case 'give-device':
      return protocol.route === 'intranasal' ? decideDeviceGiven(state, command, { ...context, protocol }, placed) : wrongRoute(protocol);
    case 'place-lozenge':
      return protocol.route === 'sublingual' ? decideLozengePlaced(state, command, context, placed) : wrongRoute(protocol);
    default:
      return assertNever(command);
  }
}

const notOrdered = 'No dose is ordered. Order the dose first.';

function decideInjectionGiven(
  state: SessionState,
  command: CommandOf<'give-injection'>,
  context: ContextOf<'im'>,
  placed: Placed,
): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'im') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const number = state.dose.administrations.length + 1;
  const ug = command.mg === undefined ? plannedUg(order, number) : thousandths(command.mg);
  if (ug === null) return refuse('DOSE_NOT_ORDERED', 'No second injection was ordered. Type its amount in mg, and the reason.', 'mg');
  if (ug < 1) return nextToNothing();
  const { site, side, lot } = command;
  const ul = Math.max(1, volumeOf(ug, order.vial));
  const doubts = injectionDoubts(state, order, { number, ug, ul, site, side }, context, placed.atMs);
  const body = withoutAbsent({ number, ug, ul, vial: order.vial, site, side, lot, lateReason: placed.lateReason });
  return acceptWith(doubts, { kind: 'injection-given', body, ...placed.occurred });
}

function nextToNothing(): Refused {
  return refuse('DOSE_OUTSIDE_PROTOCOL', 'This amount is next to nothing. Type in mg what was given.', 'mg');
}

function decideDeviceGiven(
  state: SessionState,
  { lot }: CommandOf<'give-device'>,
  context: ContextOf<'intranasal'>,
  placed: Placed,
): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'intranasal') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const doubts = deviceDoubts(state, order, order.deviceUg, context, placed.atMs);
  const body = { number: state.dose.administrations.length + 1, of: order.devices, ug: order.deviceUg, lot, lateReason: placed.lateReason };
  return acceptWith(doubts, { kind: 'device-given', body: withoutAbsent(body), ...placed.occurred });
}

function decideLozengePlaced(state: SessionState, { lot }: CommandOf<'place-lozenge'>, context: DecisionContext, placed: Placed): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'sublingual') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const body = { halves: order.halves, ug: order.doseUg, lot, lateReason: placed.lateReason };
  const doubts = lozengeDoubts(state, order, order.doseUg, context);
  return acceptWith(doubts, { kind: 'lozenge-placed', body: withoutAbsent(body), ...placed.occurred });
}

/**
 * An injection, a device or a lozenge that was recorded otherwise than it was given. What is doubtful about the dose that
 * comes of it is found where every correction is weighed, with the later administrations that it touches.
 */
export function decideAdministrationCorrection(state: SessionState, command: CommandOf<'correct-administration'>): Decision {
  const administration = state.dose.administrations.find(({ eventId }) => eventId === command.eventId);
  if (administration === undefined) {
    return refuse('SESSION_WRONG_STATE', 'This entry is no injection, device or lozenge that stands. Nothing of it can be corrected so.');
  }
  const changed = changedIn(administration.event, command);
  if ('refusal' in changed) return changed;
  const { eventId, reason } = command;
  return accept({ kind: 'gift-corrected', body: { eventId, ...changed, reason }, supersedes: eventId });
}

type AdministrationChange = Omit<EventBody<'gift-corrected'>, 'eventId' | 'reason' | 'answered' | 'metMeanwhile'>;

/** Only what differs from how the entry stands now. */
function changedIn({ kind, body }: AdministrationEvent, command: CommandOf<'correct-administration'>): AdministrationChange | Refused {
  const { mg, lozenges, site, side, lot } = command;
  const isForeign = kind === 'injection-given' ? lozenges !== undefined : site !== undefined || side !== undefined;
  if (isForeign || (kind === 'device-given' && lozenges !== undefined) || (kind === 'lozenge-placed' && mg !== undefined)) {
    return refuse('SESSION_WRONG_STATE', 'This dose was given by another route. Correct what was given by it.');
  }
  const halves = lozenges === undefined ? undefined : Math.round(lozenges * 2);
  const given = mg === undefined ? undefined : thousandths(mg);
  const ug = halves !== undefined && kind === 'lozenge-placed' ? Math.round((body.ug * halves) / body.halves) : given;
  if (ug !== undefined && ug < 1) return nextToNothing();
  const ul = ug === undefined || kind !== 'injection-given' ? undefined : Math.max(1, volumeOf(ug, body.vial));
  const stated = withoutAbsent({ ug, ul, halves, site, side, lot });
  const differs = Object.entries(stated).filter(([field, value]) => (body as Readonly<Record<string, unknown>>)[field] !== value);
  if (differs.length > 0) return Object.fromEntries(differs);
  return refuse('SESSION_WRONG_STATE', 'This is how the entry stands already. Change what was recorded wrong.');
}
