import { infusionSteps } from '../../../../shared/clinical/dose-step.ts';
import { deliveredUg, minutesForBag, type Bag } from '../../../../shared/clinical/dosing.ts';
import type { ProtocolOf } from '../../../../shared/clinical/protocol.ts';
import { placeOf } from '../../../../shared/clinical/slip.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { showMilli, showShort } from '../../../../shared/values/quantity.ts';
import type { DecisionContext } from './decision.ts';
import { slipDoubt, totalDoubts } from './dose-doubts.ts';
import { figuresOutside } from '../questions/figures-outside.ts';
import { stepDoubts } from './step-doubts.ts';
import type { SessionState } from '../state/session-state.ts';

/** What is doubtful about one act of an infusion, after what was given before it; see `administration-doubts.ts`. */
export type InfusionContext = DecisionContext & { readonly protocol: ProtocolOf<'iv'> };

/**
 * A rate at which a whole bag would run outside the protocol's time, one that is a decimal place away from the
 * ordered flow or from the rate that runs (ten times too fast, or mg typed as mL/h), and one that no pump can be set to.
 */
export function rateDoubts(state: SessionState, bag: Bag | null, rateUlPerHour: number, { protocol }: InfusionContext): readonly Doubt[] {
  if (bag === null) return [];
  const step = infusionSteps(protocol.dose)?.rateUlPerHour;
  return [
    ...timeDoubts(bag, rateUlPerHour, protocol),
    ...rateSlips(state, bag, rateUlPerHour),
    ...stepDoubts({ key: 'rate-not-settable', value: rateUlPerHour, step, unit: 'mL/h', subject: 'rateMlPerHour' }),
  ];
}

function rateSlips({ order, dose }: SessionState, bag: Bag, rateUlPerHour: number): readonly Doubt[] {
  const mgPerHour = (rate: number, from: Bag): number => ((rate / 1000) * from.ug) / from.ul;
  const shown = `${showMilli(rateUlPerHour)} mL/h, ${showShort(mgPerHour(rateUlPerHour, bag), 2)} mg/h,`;
  if (order !== null) {
    const ordered = mgPerHour(order.rateUlPerHour, order.bag);
    const slip = slipDoubt(
      'rate-tenfold',
      shown,
      mgPerHour(rateUlPerHour, bag),
      ordered,
      `the ${showShort(ordered, 2)} mg/h that were ordered`,
    );
    if (slip.length > 0) return slip;
    // Setting the ordered rate again is not asked about, however slowly the infusion ran before.
    if (Math.abs(mgPerHour(rateUlPerHour, bag) / ordered - 1) <= 0.05) return [];
  }
  const before = dose.programmedRateUlPerHour;
  if (before === null || placeOf(rateUlPerHour / before) === null) return [];
  return slipDoubt('rate-tenfold', shown, rateUlPerHour, before, `the ${showMilli(before)} mL/h before`);
}

function timeDoubts(bag: Bag, rateUlPerHour: number, protocol: ProtocolOf<'iv'>): readonly Doubt[] {
  const minutes = minutesForBag(bag, rateUlPerHour);
  const [min, max] = protocol.dose.minutesRange;
  if (minutes >= min && minutes <= max) return [];
  const rate = showMilli(rateUlPerHour);
  const words = `At ${rate} mL/h the whole bag would take ${showShort(minutes, 1)} min, "${protocol.name}" has ${min} to ${max} min`;
  return [
    {
      key: 'rate-outside-protocol',
      code: 'DOSE_OUTSIDE_PROTOCOL',
      words,
      subject: 'rateMlPerHour',
      needs: minutes < min ? 'prescriber' : 'reason',
    },
  ];
}

export function bolusDoubts(state: SessionState, ug: number, context: InfusionContext, atMs: UtcMs): readonly Doubt[] {
  const { dose, name } = context.protocol;
  const words = `"${name}" has no bolus`;
  const doubt = { key: 'bolus-not-in-protocol', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'mg', needs: 'reason' } as const;
  const totalUg = deliveredUg(state.dose.timeline, atMs) + ug;
  return [
    ...(dose.bolus === 'with-reason' ? [doubt] : []),
    ...stepDoubts({ key: 'amount-not-drawable', value: ug, step: infusionSteps(dose)?.doseUg, unit: 'mg', subject: 'mg' }),
    ...totalDoubts(state, context, totalUg, 'mg'),
  ];
}

export interface NewBag {
  readonly bag: Bag;
  readonly rateUlPerHour: number;
}

export function bagDoubts(state: SessionState, { bag, rateUlPerHour }: NewBag, context: InfusionContext, atMs: UtcMs): readonly Doubt[] {
  const { dose, name } = context.protocol;
  const strength = { key: 'strength-outside-protocol', value: bag.ug / bag.ul, range: dose.mgPerMlRange, unit: 'mg/mL', subject: 'mg' };
  const steps = infusionSteps(dose);
  return [
    ...figuresOutside(name, [strength]),
    ...rateDoubts(state, bag, rateUlPerHour, context),
    ...stepDoubts({ key: 'amount-not-drawable', value: bag.ug, step: steps?.doseUg, unit: 'mg', subject: 'mg' }),
    ...stepDoubts({ key: 'volume-not-fillable', value: bag.ul, step: steps?.bagUl, unit: 'mL', subject: 'ml' }),
    ...bagSlips(state, bag),
    ...totalDoubts(state, context, deliveredUg(state.dose.timeline, atMs) + bag.ug, 'mg'),
  ];
}

/** A new bag that holds, or is as strong as, a decimal place more or less than what was ordered. */
function bagSlips({ order }: SessionState, bag: Bag): readonly Doubt[] {
  if (order === null) return [];
  const mg = (ug: number): string => `${showMilli(ug)} mg`;
  const strength = (of: Bag): number => of.ug / of.ul;
  const perMl = (of: Bag): string => `${showShort(strength(of), 3)} mg/mL`;
  return [
    ...slipDoubt('amount-tenfold', mg(bag.ug), bag.ug, order.bag.ug, `the ${mg(order.bag.ug)} of the order`),
    ...slipDoubt('strength-tenfold', perMl(bag), strength(bag), strength(order.bag), `the ${perMl(order.bag)} of the order`),
  ];
}
