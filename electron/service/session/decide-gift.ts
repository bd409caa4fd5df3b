import type { Protocol, ProtocolOf } from '../../../shared/clinical/protocol.ts';
import type { Doubt } from '../../../shared/contract/contract-errors.ts';
import { perKilogram, volumeOf } from '../../../shared/clinical/route-order.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';
import { fromThousandths, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { clinicalTime } from './clinical-time.ts';
import { startDoubts, startRefusal } from './start-obstacle.ts';
import { accept, acceptWith, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
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
  if (state.dose.status !== 'none') return decideWhole(state, command, protocol, placed);
  const refusal = startRefusal(state, protocol);
  if (refusal !== null) return { refusal };
  const decision = decideWhole(state, command, protocol, placed);
  return 'refusal' in decision ? decision : acceptWith([...startDoubts(state, context), ...decision.doubts], ...decision.events);
}

function decideWhole(
  state: SessionState,
  command: Exclude<GiftCommand, { type: 'expel-lozenge' }>,
  protocol: Protocol,
  placed: Placed,
): Decision {
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
  const doubts = injectionDoubts(state, { number, ug, planned, grams: order.weightGrams }, protocol, placed.atMs);
  const { site, side, lot } = command;
  const ul = Math.max(1, volumeOf(ug, order.vial));
  const body = withoutAbsent({ number, ug, ul, vial: order.vial, site, side, lot, lateReason: placed.lateReason });
  return acceptWith(doubts, { kind: 'injection-given', body, ...placed.occurred });
}

interface Injection {
  readonly number: number;
  readonly ug: number;
  readonly planned: number | null;
  readonly grams: number;
}

/** Another amount than ordered, a second one outside its window, or more in all than the protocol has. */
function injectionDoubts(
  state: SessionState,
  { number, ug, planned, grams }: Injection,
  { dose, name }: ProtocolOf<'im'>,
  atMs: UtcMs,
): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const mg = (amount: number): string => showShort(fromThousandths(amount), 3);
  const doubt = (key: string, words: string, subject: string): void => {
    doubts.push({ key, code: 'DOSE_OUTSIDE_PROTOCOL', words, subject, needs: 'reason' });
  };
  if (planned !== null && ug !== planned) doubt('amount-not-ordered', `${mg(ug)} mg is not the ${mg(planned)} mg that were ordered`, 'mg');
  if (number === 2 && (planned === null || dose.second === null)) doubt('second-not-ordered', 'A second injection was not ordered', 'mg');
  if (number === 2 && dose.second !== null) {
    const minutes = (atMs - (state.dose.startedMs ?? atMs)) / 60_000;
    const { fromMin, toMin } = dose.second;
    if (minutes < fromMin || minutes > toMin) {
      const words = `+${showShort(minutes, 1)} min is outside +${fromMin} to +${toMin} min of "${name}" for a second injection`;
      doubt('second-outside-window', words, 'at');
    }
  }
  const totalUg = state.dose.gifts.reduce((sum, gift) => sum + gift.ug, ug);
  const perKg = perKilogram(totalUg, grams);
  if (perKg > thousandths(dose.mgPerKgTotalMax)) {
    const words = `${mg(totalUg)} mg in all is ${mg(perKg)} mg/kg, more than ${dose.mgPerKgTotalMax} mg/kg of "${name}"`;
    doubt('total-above-limit', words, 'mg');
  }
  return doubts;
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
  const doubts: Doubt[] = [];
  if (last !== undefined && placed.atMs >= last.atMs && placed.atMs - last.atMs < waitMin * 60_000) {
    const minutes = showShort((placed.atMs - last.atMs) / 60_000, 1);
    const words = `Only ${minutes} min since the device before; "${protocol.name}" has ${waitMin} min`;
    doubts.push({ key: 'device-too-soon', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'at', needs: 'reason' });
  }
  const { lot } = command;
  const body = { number: gifts.length + 1, of: order.devices, ug: order.deviceUg, lot, lateReason: placed.lateReason };
  return acceptWith(doubts, { kind: 'device-given', body: withoutAbsent(body), ...placed.occurred });
}

function decideLozengePlaced(state: SessionState, { lot }: CommandOf<'place-lozenge'>, placed: Placed): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'sublingual') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const body = { halves: order.halves, ug: order.doseUg, lot, lateReason: placed.lateReason };
  return accept({ kind: 'lozenge-placed', body: withoutAbsent(body), ...placed.occurred });
}
