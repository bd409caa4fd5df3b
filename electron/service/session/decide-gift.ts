import type { ProtocolOf } from '../../../shared/clinical/protocol.ts';
import type { Doubt } from '../../../shared/contract/contract-errors.ts';
import type { ProtocolRoute } from '../../../shared/clinical/protocol-shape.ts';
import type { BodySide, InjectionSite } from '../../../shared/clinical/route-dose.ts';
import { siteLimitUl } from '../../../shared/clinical/dose-limit.ts';
import { volumeOf } from '../../../shared/clinical/route-order.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { Instant, UtcMs } from '../../../shared/values/instant.ts';
import { fromThousandths, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { clinicalTime } from './clinical-time.ts';
import { startDoubts, startRefusal } from './start-obstacle.ts';
import { accept, acceptWith, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { slipDoubt, totalDoubts } from './dose-doubts.ts';
import type { DoseGift } from './dose-gift.ts';
import { holdDoubts } from './hold-limits.ts';
import { firstDeviceDoubts } from './monitoring-steps.ts';
import { siteNames } from './route-detail.ts';
import { wrongRoute } from './route-words.ts';
import type { SessionState } from './session-state.ts';
import { noVitals } from './session-vitals.ts';

export type GiftCommand = CommandOf<'give-injection' | 'give-device' | 'place-lozenge' | 'expel-lozenge'>;

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
  const isFirst = state.dose.status === 'none';
  const refusal = isFirst ? startRefusal(state, protocol) : null;
  if (refusal !== null) return { refusal };
  const decision = decideWhole(state, command, context, placed);
  if ('refusal' in decision) return decision;
  const vitals = context.vitals?.() ?? noVitals;
  const asked = [
    ...(isFirst ? [...startDoubts(state, context), ...firstDeviceDoubts(state, protocol, vitals, placed.atMs)] : []),
    // A further device or injection is a dose, too: what would hold the first holds it.
    ...holdDoubts(state, protocol, vitals, placed.atMs),
  ];
  return acceptWith([...asked, ...decision.doubts], ...decision.events);
}

function decideWhole(
  state: SessionState,
  command: Exclude<GiftCommand, { type: 'expel-lozenge' }>,
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
  const number = state.dose.gifts.length + 1;
  const planned = number === 1 ? order.doseUg : (order.second?.doseUg ?? null);
  const ug = command.mg === undefined ? planned : thousandths(command.mg);
  if (ug === null) return refuse('DOSE_NOT_ORDERED', 'No second injection was ordered. Type its amount in mg, and the reason.', 'mg');
  if (ug < 1) return refuse('DOSE_OUTSIDE_PROTOCOL', 'This injection is next to nothing. Type the amount in mg.', 'mg');
  const { site, side, lot } = command;
  const ul = Math.max(1, volumeOf(ug, order.vial));
  const doubts = injectionDoubts(state, { number, ug, ul, site, side, planned, firstUg: order.doseUg }, context, placed.atMs);
  const body = withoutAbsent({ number, ug, ul, vial: order.vial, site, side, lot, lateReason: placed.lateReason });
  return acceptWith(doubts, { kind: 'injection-given', body, ...placed.occurred });
}

interface Injection {
  readonly number: number;
  readonly ug: number;
  readonly ul: number;
  readonly site: InjectionSite;
  readonly side: BodySide;
  /** As ordered; null where it was not. */
  readonly planned: number | null;
  readonly firstUg: number;
}

/** Another amount than ordered, a second one outside its window, more in one muscle or in all than the protocol has. */
function injectionDoubts(state: SessionState, injection: Injection, context: ContextOf<'im'>, atMs: UtcMs): readonly Doubt[] {
  const { number, ug, planned, firstUg } = injection;
  const { dose, name } = context.protocol;
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
  const expected = planned ?? firstUg;
  return [
    ...doubts,
    ...slipDoubt(
      'amount-tenfold',
      `${mg(ug)} mg`,
      ug,
      expected,
      `the ${mg(expected)} mg ${planned === null ? 'of the first' : 'that were ordered'}`,
    ),
    ...volumeDoubts(state.dose.gifts, injection, context.protocol),
    ...totalDoubts(state, context, givenUg(state) + ug, 'mg'),
  ];
}

/** More in one muscle than it takes: this injection with whatever went into the same one before. */
function volumeDoubts(gifts: readonly DoseGift[], { ul, site, side }: Injection, { dose, name }: ProtocolOf<'im'>): readonly Doubt[] {
  const there = gifts.flatMap(({ event }) =>
    event.kind === 'injection-given' && event.body.site === site && event.body.side === side ? [event.body.ul] : [],
  );
  const totalUl = there.reduce((sum, one) => sum + one, ul);
  const limitUl = siteLimitUl(dose, site);
  if (totalUl <= limitUl) return [];
  const ml = (amount: number): string => showShort(fromThousandths(amount), 3);
  const words = `${ml(totalUl)} mL in the ${side} ${siteNames[site]} is more than the ${ml(limitUl)} mL that "${name}" has for it`;
  return [{ key: 'volume-above-limit', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'site', needs: 'prescriber' }];
}

function givenUg({ dose }: SessionState): number {
  return dose.gifts.reduce((sum, gift) => sum + gift.ug, 0);
}

function decideDeviceGiven(
  state: SessionState,
  command: CommandOf<'give-device'>,
  context: ContextOf<'intranasal'>,
  placed: Placed,
): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'intranasal') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const { protocol } = context;
  const { gifts } = state.dose;
  const last = gifts.at(-1);
  const waitMin = protocol.dose.minutesBetweenDevices;
  const doubts: Doubt[] = [];
  if (last !== undefined && placed.atMs >= last.atMs && placed.atMs - last.atMs < waitMin * 60_000) {
    const minutes = showShort((placed.atMs - last.atMs) / 60_000, 1);
    const words = `Only ${minutes} min since the device before; "${protocol.name}" has ${waitMin} min`;
    doubts.push({ key: 'device-too-soon', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'at', needs: 'reason' });
  }
  doubts.push(...totalDoubts(state, context, givenUg(state) + order.deviceUg, 'mg'));
  const { lot } = command;
  const body = { number: gifts.length + 1, of: order.devices, ug: order.deviceUg, lot, lateReason: placed.lateReason };
  return acceptWith(doubts, { kind: 'device-given', body: withoutAbsent(body), ...placed.occurred });
}

function decideLozengePlaced(state: SessionState, { lot }: CommandOf<'place-lozenge'>, context: DecisionContext, placed: Placed): Decision {
  const order = state.routeOrder;
  if (order?.route !== 'sublingual') return refuse('DOSE_NOT_ORDERED', notOrdered);
  const body = { halves: order.halves, ug: order.doseUg, lot, lateReason: placed.lateReason };
  const doubts = totalDoubts(state, context, givenUg(state) + order.doseUg, 'lozenges');
  return acceptWith(doubts, { kind: 'lozenge-placed', body: withoutAbsent(body), ...placed.occurred });
}
