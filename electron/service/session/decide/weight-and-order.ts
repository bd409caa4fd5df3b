import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { DoseArithmetic } from '../../../../shared/clinical/dose-order.ts';
import { infusionSteps } from '../../../../shared/clinical/dose-step.ts';
import { minutesForBag } from '../../../../shared/clinical/dosing.ts';
import { workOutInfusion, type InfusionFigures } from '../../../../shared/clinical/protocol-order.ts';
import type { ProtocolOf } from '../../../../shared/clinical/protocol.ts';
import { placeOf } from '../../../../shared/clinical/slip.ts';
import { fromThousandths, gramsFromEntry, showDecimal, showShort, thousandths } from '../../../../shared/values/quantity.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import { acceptWith, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { slipDoubt, totalDoubts } from './dose-doubts.ts';
import { figuresOutside } from '../questions/figures-outside.ts';
import { orderAuthority } from './order-authority.ts';
import { wrongRoute } from './wrong-route.ts';
import { roundedFarDoubts } from './step-doubts.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * The plausibility stops for pounds typed as kilograms: a weight outside the protocol's range is doubtful, and so is
 * one far from the last visit's. Where there was no visit it is read twice, or held against the height.
 */
export function decideWeight(state: SessionState, command: CommandOf<'record-weight'>, context: DecisionContext): Decision {
  const { value, unit, again, heightCm } = command;
  const grams = gramsFromEntry({ value, unit });
  if (grams < 1) return refuse('WEIGHT_IMPLAUSIBLE', `${value} ${unit} is no weight. Type the weight as the scale shows it.`, 'value');
  const shown = `${showShort(value, 2)} ${unit} is ${showDecimal(fromThousandths(grams), 1)} kg`;
  const doubts = [...weightDoubts(grams, shown, context), ...firstVisitDoubts(command, grams, context)];
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const body = withoutAbsent({ grams, entered: { value, unit }, again, heightCm, lateReason: time.lateReason });
  return acceptWith(doubts, { kind: 'weight-recorded', body, ...occurredAt(time) });
}

function weightDoubts(grams: number, shown: string, { protocol, lastVisitGrams }: DecisionContext): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const doubt = (key: string, why: string): void => {
    const words = `${shown}: ${why}. Check the unit and weigh again`;
    doubts.push({ key, code: 'WEIGHT_IMPLAUSIBLE', words, subject: 'value', needs: 'reason' });
  };
  const percentMax = protocol.weight.changePercentMax;
  if (lastVisitGrams !== null && Math.abs(grams - lastVisitGrams) * 100 > lastVisitGrams * percentMax) {
    const lastKg = showDecimal(fromThousandths(lastVisitGrams), 1);
    doubt('weight-far-from-last-visit', `more than ${percentMax} % away from ${lastKg} kg at the last visit`);
  }
  const [minKg, maxKg] = protocol.weight.kgRange;
  if (grams < thousandths(minKg) || grams > thousandths(maxKg)) {
    doubt('weight-outside-protocol', `outside ${minKg} to ${maxKg} kg of "${protocol.name}"`);
  }
  return doubts;
}

/** What a grown person's weight over the square of their height can be, in kg/m²: 130 lb read as kg is beyond it for most. */
const bmiRange = [12, 70] as const;

/** A typed reason does not show that a weight is right, so this doubt takes a second reading, or a height that goes with the weight. */
function firstVisitDoubts(
  { value, unit, again, heightCm }: CommandOf<'record-weight'>,
  grams: number,
  { lastVisitGrams }: DecisionContext,
): readonly Doubt[] {
  if (lastVisitGrams !== null) return [];
  const typed = `${showShort(value, 2)} ${unit}`;
  const doubt = (words: string): readonly Doubt[] => [
    { key: 'first-visit-weight', code: 'WEIGHT_IMPLAUSIBLE', words, subject: 'again', needs: 'second-reading' },
  ];
  if (again !== undefined && gramsFromEntry(again) !== grams) {
    return doubt(`The second reading, ${showShort(again.value, 2)} ${again.unit}, is not the first, ${typed}. Read the scale once more`);
  }
  if (again !== undefined) return [];
  if (heightCm === undefined) {
    return doubt(`${typed} is the first weight of this patient here. Read the scale again and type it a second time, or type the height`);
  }
  const bmi = grams / 1000 / (heightCm / 100) ** 2;
  if (bmi >= bmiRange[0] && bmi <= bmiRange[1]) return [];
  return doubt(`${typed} at ${showShort(heightCm, 1)} cm is ${showDecimal(bmi, 0)} kg/m². Check the unit and both figures`);
}

export function decideOrder(state: SessionState, command: CommandOf<'order-dose'>, context: DecisionContext): Decision {
  if (state.dose.status !== 'none') {
    return refuse('DOSE_ALREADY_STARTED', 'The infusion has been started on its order. Change the rate instead, or undo the start first.');
  }
  if (state.weight === null) return refuse('WEIGHT_MISSING', 'There is no weight to work the dose out from. Record the weight first.');
  const { protocol } = context;
  if (protocol.route !== 'iv') return wrongRoute(protocol);
  const weightGrams = state.weight.grams;
  const arithmetic = tryArithmetic(command, protocol, weightGrams);
  if (typeof arithmetic === 'string') return refuse('DOSE_OUTSIDE_PROTOCOL', `This order cannot be given: ${arithmetic}.`);
  const { doseUg, bag, rateUlPerHour, exact } = arithmetic;
  const authority = orderAuthority(context, command.standingOrder === true);
  if ('refusal' in authority) return authority;
  const figures = figuresGiven(command, protocol, arithmetic, weightGrams);
  const doubts = [
    ...outsideProtocol(figures, protocol),
    ...slips(figures, protocol),
    ...roundedFarDoubts('rounded-far', exact.doseUg, doseUg, weightGrams),
    // A dose above the range is asked about as such; what other sessions of today add is not.
    ...totalDoubts(state, context, doseUg, 'mgPerKg').filter(({ key }) => key !== 'total-above-limit'),
  ];
  const steps = infusionSteps(protocol.dose);
  const ugPerKg = thousandths(command.mgPerKg);
  const ordered = { ugPerKg, weightGrams, doseUg, bag, minutes: command.minutes, rateUlPerHour };
  const body = { ...ordered, ...(steps === null ? {} : { exact, steps }), ...authority };
  return acceptWith(doubts, { kind: 'dose-ordered', body });
}

/** As it would be given: where the protocol has steps, what was rounded is what is asked about. */
function figuresGiven(
  { mgPerKg, minutes, mgPerMl }: CommandOf<'order-dose'>,
  { dose }: ProtocolOf<'iv'>,
  { doseUg, bag, rateUlPerHour }: DoseArithmetic,
  grams: number,
): InfusionFigures {
  if (dose.steps === undefined) return { mgPerKg, minutes, mgPerMl };
  return { mgPerKg: doseUg / grams, minutes: minutesForBag(bag, rateUlPerHour), mgPerMl: bag.ug / bag.ul };
}

/** What a slip makes of the protocol's own figures: a zero too many, a strength ten times off, minutes typed as rate. */
function slips({ mgPerKg, minutes, mgPerMl }: InfusionFigures, { dose }: ProtocolOf<'iv'>): readonly Doubt[] {
  const planned = (value: number, unit: string): string => `the ${value} ${unit} of the protocol`;
  const byMinutes = placeOf(minutes / dose.minutes);
  const given = (value: number, unit: string): string => `${showShort(value, 3)} ${unit}`;
  return [
    ...slipDoubt('dose-tenfold', given(mgPerKg, 'mg/kg'), mgPerKg, dose.mgPerKg, planned(dose.mgPerKg, 'mg/kg')),
    ...slipDoubt('strength-tenfold', given(mgPerMl, 'mg/mL'), mgPerMl, dose.mgPerMl, planned(dose.mgPerMl, 'mg/mL')),
    ...(byMinutes === null ? [] : slipDoubt('minutes-tenfold', given(minutes, 'min'), minutes, dose.minutes, planned(dose.minutes, 'min'))),
  ];
}

function outsideProtocol({ mgPerKg, minutes, mgPerMl }: InfusionFigures, { dose, name }: ProtocolOf<'iv'>): readonly Doubt[] {
  return figuresOutside(name, [
    { key: 'dose-outside-protocol', value: mgPerKg, range: dose.mgPerKgRange, unit: 'mg/kg', subject: 'mgPerKg' },
    { key: 'minutes-outside-protocol', value: minutes, range: dose.minutesRange, unit: 'min', subject: 'minutes', harm: 'below' },
    { key: 'strength-outside-protocol', value: mgPerMl, range: dose.mgPerMlRange, unit: 'mg/mL', subject: 'mgPerMl' },
  ]);
}

function tryArithmetic(figures: InfusionFigures, { dose }: ProtocolOf<'iv'>, grams: number): DoseArithmetic | string {
  try {
    return workOutInfusion(dose, grams, figures);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
