import { siteLimitUl } from '../../../../shared/clinical/dose-limit.ts';
import { injectionSteps } from '../../../../shared/clinical/dose-step.ts';
import type { ProtocolOf } from '../../../../shared/clinical/protocol.ts';
import type { ProtocolRoute } from '../../../../shared/clinical/protocol-shape.ts';
import type { BodySide, InjectionSite } from '../../../../shared/clinical/route-dose.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { showMilli, showShort } from '../../../../shared/values/quantity.ts';
import type { DecisionContext } from './decision.ts';
import { slipDoubt, totalDoubts } from './dose-doubts.ts';
import type { Administration } from '../state/administration.ts';
import { siteNames } from '../events/routes.ts';
import type { RouteOrder } from '../state/route-state.ts';
import { syringeDoubts } from './step-doubts.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * What is doubtful about one injection, device or lozenge, after what was given before it: the same when it is given
 * and when it is corrected. `state` is the session as it stood before that administration.
 */
type ContextOf<R extends ProtocolRoute> = DecisionContext & { readonly protocol: ProtocolOf<R> };
type OrderOf<R extends RouteOrder['route']> = Extract<RouteOrder, { readonly route: R }>;

export interface Injection {
  readonly number: number;
  readonly ug: number;
  readonly ul: number;
  readonly site: InjectionSite;
  readonly side: BodySide;
}

function outside(key: string, words: string, subject: string): Doubt {
  return { key, code: 'DOSE_OUTSIDE_PROTOCOL', words, subject, needs: 'reason' };
}

/** µg that were ordered for this injection; null where it was not. */
export function plannedUg(order: OrderOf<'im'>, number: number): number | null {
  return number === 1 ? order.doseUg : (order.second?.doseUg ?? null);
}

/** Another amount than ordered or than a syringe holds, a second one outside its window, more in one muscle or in all than the protocol has. */
export function injectionDoubts(
  state: SessionState,
  order: OrderOf<'im'>,
  injection: Injection,
  context: ContextOf<'im'>,
  atMs: UtcMs,
): readonly Doubt[] {
  const { number, ug } = injection;
  const planned = plannedUg(order, number);
  const expected = planned ?? order.doseUg;
  const expectedShown = `the ${showMilli(expected)} mg ${planned === null ? 'of the first' : 'that were ordered'}`;
  return [
    ...amountDoubts(ug, planned),
    ...(number === 2 ? secondDoubts(state, planned, context.protocol, atMs) : []),
    ...slipDoubt('amount-tenfold', `${showMilli(ug)} mg`, ug, expected, expectedShown),
    // The amount that was ordered was rounded to the syringe when it was ordered, so its volume is not asked about.
    ...(ug === planned ? [] : syringeDoubts(ug, order.vial, injectionSteps(context.protocol.dose)?.drawUl)),
    ...volumeDoubts(state.dose.administrations, injection, context.protocol),
    ...totalDoubts(state, context, givenUg(state) + ug, 'mg'),
  ];
}

function amountDoubts(ug: number, planned: number | null): readonly Doubt[] {
  if (planned === null || ug === planned) return [];
  return [outside('amount-not-ordered', `${showMilli(ug)} mg is not the ${showMilli(planned)} mg that were ordered`, 'mg')];
}

function secondDoubts(state: SessionState, planned: number | null, { dose, name }: ProtocolOf<'im'>, atMs: UtcMs): readonly Doubt[] {
  const unordered =
    planned === null || dose.second === null ? [outside('second-not-ordered', 'A second injection was not ordered', 'mg')] : [];
  if (dose.second === null) return unordered;
  const minutes = (atMs - (state.dose.startedMs ?? atMs)) / 60_000;
  const { fromMin, toMin } = dose.second;
  if (minutes >= fromMin && minutes <= toMin) return unordered;
  const words = `+${showShort(minutes, 1)} min is outside +${fromMin} to +${toMin} min of "${name}" for a second injection`;
  return [...unordered, outside('second-outside-window', words, 'at')];
}

/** More in one muscle than it takes: this injection with whatever went into the same one before. */
function volumeDoubts(
  administrations: readonly Administration[],
  { ul, site, side }: Injection,
  { dose, name }: ProtocolOf<'im'>,
): readonly Doubt[] {
  const there = administrations.flatMap(({ event }) =>
    event.kind === 'injection-given' && event.body.site === site && event.body.side === side ? [event.body.ul] : [],
  );
  const totalUl = there.reduce((sum, one) => sum + one, ul);
  const limitUl = siteLimitUl(dose, site);
  if (totalUl <= limitUl) return [];
  const words = `${showMilli(totalUl)} mL in the ${side} ${siteNames[site]} is more than the ${showMilli(limitUl)} mL that "${name}" has for it`;
  return [{ ...outside('volume-above-limit', words, 'site'), needs: 'prescriber' }];
}

export function deviceDoubts(
  state: SessionState,
  order: OrderOf<'intranasal'>,
  ug: number,
  context: ContextOf<'intranasal'>,
  atMs: UtcMs,
): readonly Doubt[] {
  const { protocol } = context;
  const last = state.dose.administrations.at(-1);
  const waitMin = protocol.dose.minutesBetweenDevices;
  const isTooSoon = last !== undefined && atMs >= last.atMs && atMs - last.atMs < waitMin * 60_000;
  const minutes = showShort((atMs - (last?.atMs ?? atMs)) / 60_000, 1);
  const words = `Only ${minutes} min since the device before; "${protocol.name}" has ${waitMin} min`;
  return [
    ...unorderedDevice(state.dose.administrations.length + 1, order.devices),
    ...(isTooSoon ? [outside('device-too-soon', words, 'at')] : []),
    ...amountDoubts(ug, order.deviceUg),
    ...slipDoubt('amount-tenfold', `${showMilli(ug)} mg`, ug, order.deviceUg, `the ${showMilli(order.deviceUg)} mg of a device`),
    ...totalDoubts(state, context, givenUg(state) + ug, 'mg'),
  ];
}

/** One more than ordered: a prescriber signs for it, as for the order. */
function unorderedDevice(number: number, ordered: number): readonly Doubt[] {
  if (number <= ordered) return [];
  const words = `Device ${number} was not ordered: the order is for ${ordered} ${ordered === 1 ? 'device' : 'devices'}`;
  return [{ ...outside('device-not-ordered', words, 'mg'), needs: 'prescriber' }];
}

export function lozengeDoubts(state: SessionState, order: OrderOf<'sublingual'>, ug: number, context: DecisionContext): readonly Doubt[] {
  return [
    ...amountDoubts(ug, order.doseUg),
    ...slipDoubt('amount-tenfold', `${showMilli(ug)} mg`, ug, order.doseUg, `the ${showMilli(order.doseUg)} mg that were ordered`),
    ...totalDoubts(state, context, givenUg(state) + ug, 'lozenges'),
  ];
}

function givenUg({ dose }: SessionState): number {
  return dose.administrations.reduce((sum, administration) => sum + administration.ug, 0);
}
