import type { Doubt } from '../../../shared/contract/contract-errors.ts';
import { workOutDose, type DoseArithmetic } from '../../../shared/clinical/dose-order.ts';
import type { ProtocolOf } from '../../../shared/clinical/protocol.ts';
import { fromThousandths, gramsFromEntry, showDecimal, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { acceptWith, refuse, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { figuresOutside } from './figures-outside.ts';
import { wrongRoute } from './route-words.ts';
import type { SessionState } from './session-state.ts';

/**
 * The plausibility stops for pounds typed as kilograms: a weight outside the protocol's range is doubtful, and so is
 * one far from the last visit's.
 */
export function decideWeight(_state: SessionState, command: CommandOf<'record-weight'>, context: DecisionContext): Decision {
  const { value, unit } = command;
  const grams = gramsFromEntry({ value, unit });
  if (grams < 1) return refuse('WEIGHT_IMPLAUSIBLE', `${value} ${unit} is no weight. Type the weight as the scale shows it.`, 'value');
  const shown = `${showShort(value, 2)} ${unit} is ${showDecimal(fromThousandths(grams), 1)} kg`;
  return acceptWith(weightDoubts(grams, shown, context), { kind: 'weight-recorded', body: { grams, entered: { value, unit } } });
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

/** Strength with six decimals of mg/mL kept: 0.3625 mg/mL is 362 500 µg in a litre, exactly. */
const ulPerLitre = 1_000_000;

export function decideOrder(state: SessionState, command: CommandOf<'order-dose'>, context: DecisionContext): Decision {
  if (state.dose.status !== 'none') {
    return refuse('DOSE_ALREADY_STARTED', 'The infusion has been started on its order. Change the rate instead, or undo the start first.');
  }
  if (state.weight === null) return refuse('WEIGHT_MISSING', 'There is no weight to work the dose out from. Record the weight first.');
  const { protocol } = context;
  if (protocol.route !== 'iv') return wrongRoute(protocol);
  const { mgPerKg, minutes, mgPerMl } = command;
  const weightGrams = state.weight.grams;
  const arithmetic = tryArithmetic(weightGrams, thousandths(mgPerKg), minutes, thousandths(mgPerMl * 1000));
  if (typeof arithmetic === 'string') return refuse('DOSE_OUTSIDE_PROTOCOL', `This order cannot be given: ${arithmetic}.`);
  const { doseUg, bag, rateUlPerHour } = arithmetic;
  const ugPerKg = thousandths(mgPerKg);
  return acceptWith(outsideProtocol(command, protocol), {
    kind: 'dose-ordered',
    body: { ugPerKg, weightGrams, doseUg, bag, minutes, rateUlPerHour },
  });
}

function outsideProtocol(command: CommandOf<'order-dose'>, { dose, name }: ProtocolOf<'iv'>): readonly Doubt[] {
  return figuresOutside(name, [
    { key: 'dose-outside-protocol', value: command.mgPerKg, range: dose.mgPerKgRange, unit: 'mg/kg', subject: 'mgPerKg' },
    { key: 'minutes-outside-protocol', value: command.minutes, range: dose.minutesRange, unit: 'min', subject: 'minutes' },
    { key: 'strength-outside-protocol', value: command.mgPerMl, range: dose.mgPerMlRange, unit: 'mg/mL', subject: 'mgPerMl' },
  ]);
}

function tryArithmetic(grams: number, ugPerKg: number, minutes: number, ugPerLitre: number): DoseArithmetic | string {
  if (ugPerLitre < 1) return 'the bag would be too weak to reckon with';
  try {
    return workOutDose({ grams, ugPerKg, minutes, concentration: { ug: ugPerLitre, ul: ulPerLitre } });
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
