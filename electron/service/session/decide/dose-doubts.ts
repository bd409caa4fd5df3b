import { doseLimit } from '../../../../shared/clinical/dose-limit.ts';
import { perKgWords } from '../../../../shared/clinical/dose-order.ts';
import { slipWords } from '../../../../shared/clinical/slip.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';
import type { DecisionContext } from './decision.ts';
import type { SessionState } from '../state/session-state.ts';

/** More than the protocol lets go into one patient: in this session, and on this day in this room. */
export function totalDoubts(
  state: SessionState,
  { protocol, todayElsewhereUg }: DecisionContext,
  totalUg: number,
  subject: string,
): readonly Doubt[] {
  const grams = protocol.route === 'intranasal' ? null : doseWeightGrams(state);
  const limit = doseLimit(protocol, grams);
  if (limit === null) return [];
  const doubts: Doubt[] = [];
  const doubt = (key: string, ug: number, where: string): void => {
    const perKg = grams === null ? '' : `, ${perKgWords(Math.round(ug), grams)}`;
    const words = `${showMilli(ug)} mg${perKg} in all ${where} is more than ${limit.words} of "${protocol.name}"`;
    doubts.push({ key, code: 'DOSE_OUTSIDE_PROTOCOL', words, subject, needs: 'prescriber' });
  };
  if (totalUg > Math.max(limit.ug, allowedByOrderUg(state))) doubt('total-above-limit', totalUg, 'in this session');
  const elsewhereUg = todayElsewhereUg?.() ?? 0;
  if (elsewhereUg > 0 && totalUg + elsewhereUg > limit.ug) doubt('day-total-above-limit', totalUg + elsewhereUg, 'today');
  return doubts;
}

/** A decimal place or so away from what was ordered or planned: a second person looks at it, whatever the protocol allows. */
export function slipDoubt(key: string, shown: string, value: number, expected: number | null, expectedShown: string): readonly Doubt[] {
  const slip = slipWords(value, expected);
  if (slip === null) return [];
  const words = `${shown} is ${slip} ${expectedShown}`;
  return [{ key, code: 'DOSE_OUTSIDE_PROTOCOL', words, needs: 'second-person' }];
}

/** Once the dose has begun, the weight it was ordered for. */
export function doseWeightGrams({ dose, order, routeOrder, weight }: SessionState): number | null {
  if (dose.status === 'none') return weight?.grams ?? null;
  if (order !== null) return order.weightGrams;
  if (routeOrder !== null && routeOrder.route !== 'intranasal') return routeOrder.weightGrams;
  return weight?.grams ?? null;
}

/** If a prescriber signed for an order beyond the limit, its amount may be given without being asked about again; more may not. */
function allowedByOrderUg({ order, routeOrder }: SessionState): number {
  const signed = (order ?? routeOrder)?.answered?.some(({ key, needs }) => needs === 'prescriber' && doseKeys.includes(key)) === true;
  if (!signed) return 0;
  if (order !== null) return order.doseUg;
  return (routeOrder?.doseUg ?? 0) + (routeOrder?.route === 'im' ? (routeOrder.second?.doseUg ?? 0) : 0);
}

/** The doubts of an order that are about how much it is. */
const doseKeys: readonly string[] = [
  'dose-outside-protocol',
  'second-dose-outside-protocol',
  'lozenges-outside-protocol',
  'total-above-limit',
];
