import type { ProtocolOf } from '../../../shared/clinical/protocol.ts';
import { perKilogram, volumeOf } from '../../../shared/clinical/route-order.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';
import { fromThousandths, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { clinicalTime } from './clinical-time.ts';
import { startObstacle } from './start-obstacle.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext, type Refused } from './decision.ts';
import { wrongRoute } from './route-words.ts';
import type { SessionState } from './session-state.ts';

export type GiftCommand = CommandOf<'give-injection' | 'give-device' | 'place-lozenge' | 'expel-lozenge'>;

interface Placed {
  readonly atMs: UtcMs;
  readonly lateReason: string | undefined;
  readonly occurred: { readonly occurred?: Instant };
}

/**
 * A dose that goes in whole: injections, nasal devices, lozenges. The first one is the start and waits for what any
 * start waits for; whether a later one fits where it is placed in time, the fold says.
 */
export function decideGift(state: SessionState, command: GiftCommand, context: DecisionContext): Decision {
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const placed: Placed = {
    atMs: time.atMs,
    lateReason: time.lateReason,
    occurred: time.occurred === undefined ? {} : { occurred: time.occurred },
  };
  const { protocol } = context;
  if (command.type === 'expel-lozenge') {
    if (protocol.route !== 'sublingual') return wrongRoute(protocol);
    return accept({ kind: 'lozenge-expelled', body: withoutAbsent({ lateReason: placed.lateReason }), ...placed.occurred });
  }
  const refused = state.dose.status === 'none' ? startRefusal(state, command, context) : null;
  if (refused !== null) return refused;
  switch (command.type) {
    case 'give-injection':
      return protocol.route === 'im' ? decideInjectionGiven(state, command, protocol, placed) : wrongRoute(protocol);
    case 'give-device':
      return protocol.route === 'intranasal' ? decideDeviceGiven(state, command, protocol, placed) : wrongRoute(protocol);
    case 'place-lozenge':
      return protocol.route === 'sublingual' ? decideLozengePlaced(state, command, placed) : wrongRoute(protocol);
    default:
      return assertNever(command);
  }
}

function startRefusal(
  state: SessionState,
  command: Exclude<GiftCommand, { type: 'expel-lozenge' }>,
  context: DecisionContext,
): Refused | null {
  const obstacle = startObstacle(state, context);
  if (obstacle === null || (!obstacle.final && command.overrideReason !== undefined)) return null;
  return { refusal: obstacle.refusal };
}

const notOrdered = 'No dose is ordered. Order the dose first.';

function decideInjectionGiven(
  state: SessionState,
  command: CommandOf<'give-injection'>,
  protocol: ProtocolOf<'im'>,
  placed: Placed,
): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'im') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const number = state.dose.gifts.length + 1;
  const planned = number === 1 ? order.doseUg : (order.second?.doseUg ?? null);
  const ug = command.mg === undefined ? planned : thousandths(command.mg);
  if (ug === null) return refuse('DOSE_NOT_ORDERED', 'No second injection was ordered. Type its amount in mg, and the reason.', 'mg');
  if (ug < 1) return refuse('DOSE_OUTSIDE_PROTOCOL', 'This injection is next to nothing. Type the amount in mg.', 'mg');
  const refused = injectionDoubt(state, { number, ug, planned, grams: order.weightGrams }, protocol, placed.atMs);
  if (refused !== null && command.overrideReason === undefined) return refused;
  const { site, side, lot, overrideReason } = command;
  const ul = Math.max(1, volumeOf(ug, order.vial));
  const body = withoutAbsent({ number, ug, ul, vial: order.vial, site, side, lot, overrideReason, lateReason: placed.lateReason });
  return accept({ kind: 'injection-given', body, ...placed.occurred });
}

interface Injection {
  readonly number: number;
  readonly ug: number;
  readonly planned: number | null;
  readonly grams: number;
}

/** Another amount than ordered, a second one outside its window, or more in all than the protocol has. */
function injectionDoubt(
  state: SessionState,
  { number, ug, planned, grams }: Injection,
  { dose, name }: ProtocolOf<'im'>,
  atMs: UtcMs,
): Refused | null {
  const mg = (amount: number): string => showShort(fromThousandths(amount), 3);
  const doubt = (words: string, subject: string): Refused =>
    refuse('DOSE_OUTSIDE_PROTOCOL', `${words}. Check it, or give the reason.`, subject);
  if (planned !== null && ug !== planned) return doubt(`${mg(ug)} mg is not the ${mg(planned)} mg that were ordered`, 'mg');
  if (number === 2) {
    if (planned === null || dose.second === null) return doubt('A second injection was not ordered', 'mg');
    const minutes = (atMs - (state.dose.startedMs ?? atMs)) / 60_000;
    const { fromMin, toMin } = dose.second;
    if (minutes < fromMin || minutes > toMin) {
      return doubt(`+${showShort(minutes, 1)} min is outside +${fromMin} to +${toMin} min of "${name}" for a second injection`, 'at');
    }
  }
  const totalUg = state.dose.gifts.reduce((sum, gift) => sum + gift.ug, ug);
  const perKg = perKilogram(totalUg, grams);
  if (perKg <= thousandths(dose.mgPerKgTotalMax)) return null;
  return doubt(`${mg(totalUg)} mg in all is ${mg(perKg)} mg/kg, more than ${dose.mgPerKgTotalMax} mg/kg of "${name}"`, 'mg');
}

function decideDeviceGiven(
  state: SessionState,
  command: CommandOf<'give-device'>,
  protocol: ProtocolOf<'intranasal'>,
  placed: Placed,
): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'intranasal') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const { gifts } = state.dose;
  const last = gifts.at(-1);
  const waitMin = protocol.dose.minutesBetweenDevices;
  const { lot, overrideReason } = command;
  if (last !== undefined && placed.atMs >= last.atMs && placed.atMs - last.atMs < waitMin * 60_000 && overrideReason === undefined) {
    const message = `Only ${showShort((placed.atMs - last.atMs) / 60_000, 1)} min since the device before; "${protocol.name}" has ${waitMin} min. Wait, or give the reason.`;
    return refuse('DOSE_OUTSIDE_PROTOCOL', message, 'at');
  }
  const body = { number: gifts.length + 1, of: order.devices, ug: order.deviceUg, lot, overrideReason, lateReason: placed.lateReason };
  return accept({ kind: 'device-given', body: withoutAbsent(body), ...placed.occurred });
}

function decideLozengePlaced(state: SessionState, { lot, overrideReason }: CommandOf<'place-lozenge'>, placed: Placed): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'sublingual') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const body = { halves: order.halves, ug: order.doseUg, lot, overrideReason, lateReason: placed.lateReason };
  return accept({ kind: 'lozenge-placed', body: withoutAbsent(body), ...placed.occurred });
}
