import { workOutDose, type DoseArithmetic } from '../../../shared/clinical/dose-order.ts';
import type { ProtocolOf } from '../../../shared/clinical/protocol.ts';
import { fromThousandths, gramsFromEntry, showDecimal, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { wrongRoute } from './route-words.ts';
import type { SessionState } from './session-state.ts';

/**
 * The plausibility stop for pounds typed as kilograms: a weight outside the protocol's range, or far from the
 * last visit's, is taken only with a reason.
 */
export function decideWeight(_state: SessionState, command: CommandOf<'record-weight'>, context: DecisionContext): Decision {
  const { value, unit, overrideReason } = command;
  const grams = gramsFromEntry({ value, unit });
  if (grams < 1) return refuse('WEIGHT_IMPLAUSIBLE', `${value} ${unit} is no weight. Type the weight as the scale shows it.`, 'value');
  const doubt = weightDoubt(grams, context);
  if (doubt !== null && overrideReason === undefined) {
    const kg = showDecimal(fromThousandths(grams), 1);
    const message = `${showShort(value, 2)} ${unit} is ${kg} kg: ${doubt}. Check the unit and weigh again, or give the reason why it is right.`;
    return refuse('WEIGHT_IMPLAUSIBLE', message, 'value');
  }
  return accept({ kind: 'weight-recorded', body: withoutAbsent({ grams, entered: { value, unit }, overrideReason }) });
}

/** What the last visit says weighs more than the protocol's range; on a first visit the range alone stops pounds. */
function weightDoubt(grams: number, { protocol, lastVisitGrams }: DecisionContext): string | null {
  const percentMax = protocol.weight.changePercentMax;
  if (lastVisitGrams !== null && Math.abs(grams - lastVisitGrams) * 100 > lastVisitGrams * percentMax) {
    return `more than ${percentMax} % away from ${showDecimal(fromThousandths(lastVisitGrams), 1)} kg at the last visit`;
  }
  const [minKg, maxKg] = protocol.weight.kgRange;
  return grams < thousandths(minKg) || grams > thousandths(maxKg) ? `outside ${minKg} to ${maxKg} kg` : null;
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
  const { mgPerKg, minutes, mgPerMl, overrideReason } = command;
  const outside = outsideProtocol(command, protocol);
  if (outside !== null && overrideReason === undefined) {
    return refuse('DOSE_OUTSIDE_PROTOCOL', `${outside.text}. Change it, or give the reason.`, outside.subject);
  }
  const weightGrams = state.weight.grams;
  const arithmetic = tryArithmetic(weightGrams, thousandths(mgPerKg), minutes, thousandths(mgPerMl * 1000));
  if (typeof arithmetic === 'string') return refuse('DOSE_OUTSIDE_PROTOCOL', `This order cannot be given: ${arithmetic}.`);
  const { doseUg, bag, rateUlPerHour } = arithmetic;
  const ugPerKg = thousandths(mgPerKg);
  return accept({
    kind: 'dose-ordered',
    body: withoutAbsent({ ugPerKg, weightGrams, doseUg, bag, minutes, rateUlPerHour, overrideReason }),
  });
}

function outsideProtocol(command: CommandOf<'order-dose'>, protocol: ProtocolOf<'iv'>): { text: string; subject: string } | null {
  const { dose, name } = protocol;
  const rows = [
    { value: command.mgPerKg, range: dose.mgPerKgRange, unit: 'mg/kg', subject: 'mgPerKg' },
    { value: command.minutes, range: dose.minutesRange, unit: 'min', subject: 'minutes' },
    { value: command.mgPerMl, range: dose.mgPerMlRange, unit: 'mg/mL', subject: 'mgPerMl' },
  ];
  const row = rows.find(({ value, range: [min, max] }) => value < min || value > max);
  if (row === undefined) return null;
  return { text: `${row.value} ${row.unit} is outside ${row.range[0]} to ${row.range[1]} ${row.unit} of "${name}"`, subject: row.subject };
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
