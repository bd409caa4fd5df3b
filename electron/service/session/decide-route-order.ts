import type { ProtocolOf } from '../../../shared/clinical/protocol.ts';
import { workOutDevices, workOutInjection, workOutLozenges } from '../../../shared/clinical/route-order.ts';
import type { Range } from '../../../shared/clinical/protocol-range.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { showShort, thousandths } from '../../../shared/values/quantity.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext, type Refused } from './decision.ts';
import { wrongRoute } from './route-words.ts';
import type { SessionState } from './session-state.ts';

type OrderCommand = CommandOf<'order-injection' | 'order-devices' | 'order-lozenges'>;

/** Orders by every route but a vein. A figure outside the protocol needs a reason; one that cannot be given is refused. */
export function decideRouteOrder(state: SessionState, command: OrderCommand, context: DecisionContext): Decision {
  const { protocol } = context;
  if (state.dose.status !== 'none') {
    return refuse('DOSE_ALREADY_STARTED', 'The dose has been started on its order. If that start was wrong, undo it first.');
  }
  try {
    switch (command.type) {
      case 'order-injection':
        return protocol.route === 'im' ? decideInjection(state, command, protocol) : wrongRoute(protocol);
      case 'order-devices':
        return protocol.route === 'intranasal' ? decideDevices(command, protocol) : wrongRoute(protocol);
      case 'order-lozenges':
        return protocol.route === 'sublingual' ? decideLozenges(state, command, protocol) : wrongRoute(protocol);
      default:
        return assertNever(command);
    }
  } catch (error) {
    if (error instanceof RangeError) return refuse('DOSE_OUTSIDE_PROTOCOL', `This order cannot be given: ${error.message}.`);
    throw error;
  }
}

interface Figure {
  readonly value: number;
  readonly range: Range;
  readonly unit: string;
  readonly subject: string;
}

function outside(figures: readonly Figure[], name: string): Refused | null {
  const figure = figures.find(({ value, range: [min, max] }) => value < min || value > max);
  if (figure === undefined) return null;
  const { value, range, unit, subject } = figure;
  const message = `${value} ${unit} is outside ${range[0]} to ${range[1]} ${unit} of "${name}". Change it, or give the reason.`;
  return refuse('DOSE_OUTSIDE_PROTOCOL', message, subject);
}

const noWeight = 'There is no weight to work the dose out from. Record the weight first.';
/** Strength with six decimals of mg/mL kept. */
const ulPerLitre = 1_000_000;

function decideInjection(state: SessionState, command: CommandOf<'order-injection'>, { dose, name }: ProtocolOf<'im'>): Decision {
  if (state.weight === null) return refuse('WEIGHT_MISSING', noWeight);
  const { mgPerKg, mgPerMl, secondMgPerKg, overrideReason } = command;
  if (secondMgPerKg !== undefined && dose.second === null) {
    return refuse('DOSE_OUTSIDE_PROTOCOL', `"${name}" has one injection. Order it alone.`, 'secondMgPerKg');
  }
  const total = mgPerKg + (secondMgPerKg ?? 0);
  const refused = outside(
    [
      { value: mgPerKg, range: dose.mgPerKgRange, unit: 'mg/kg', subject: 'mgPerKg' },
      { value: mgPerMl, range: dose.mgPerMlRange, unit: 'mg/mL', subject: 'mgPerMl' },
      ...(secondMgPerKg === undefined || dose.second === null
        ? []
        : [{ value: secondMgPerKg, range: dose.second.mgPerKgRange, unit: 'mg/kg', subject: 'secondMgPerKg' }]),
      { value: Number(total.toFixed(6)), range: [0, dose.mgPerKgTotalMax], unit: 'mg/kg in all', subject: 'mgPerKg' },
    ],
    name,
  );
  if (refused !== null && overrideReason === undefined) return refused;
  const grams = state.weight.grams;
  const vial = { ug: thousandths(mgPerMl * 1000), ul: ulPerLitre };
  const worked = (perKg: number) => {
    const ugPerKg = thousandths(perKg);
    const { doseUg, volumeUl } = workOutInjection({ grams, ugPerKg, vial });
    return { ugPerKg, doseUg, volumeUl };
  };
  const second = secondMgPerKg === undefined ? null : worked(secondMgPerKg);
  return accept({
    kind: 'injection-ordered',
    body: withoutAbsent({ ...worked(mgPerKg), weightGrams: grams, vial, second, overrideReason }),
  });
}

function decideDevices({ mg, overrideReason }: CommandOf<'order-devices'>, { dose, name }: ProtocolOf<'intranasal'>): Decision {
  const doseUg = thousandths(mg);
  const deviceUg = thousandths(dose.deviceMg);
  const { devices } = workOutDevices({ doseUg, deviceUg });
  if (!dose.dosesMg.includes(mg) && overrideReason === undefined) {
    const message = `"${name}" has ${dose.dosesMg.join(' or ')} mg. Choose one of them, or give the reason.`;
    return refuse('DOSE_OUTSIDE_PROTOCOL', message, 'mg');
  }
  return accept({ kind: 'devices-ordered', body: withoutAbsent({ doseUg, deviceUg, devices, overrideReason }) });
}

function decideLozenges(state: SessionState, command: CommandOf<'order-lozenges'>, { dose, name }: ProtocolOf<'sublingual'>): Decision {
  if (state.weight === null) return refuse('WEIGHT_MISSING', noWeight);
  const { lozenges, overrideReason } = command;
  const weightGrams = state.weight.grams;
  const halves = Math.round(lozenges * 2);
  const lozengeUg = thousandths(dose.lozengeMg);
  const { doseUg, ugPerKg } = workOutLozenges({ halves, lozengeUg, grams: weightGrams });
  const refused =
    outside([{ value: lozenges, range: dose.lozengesRange, unit: 'lozenges', subject: 'lozenges' }], name) ??
    outside([{ value: Number(showShort(ugPerKg / 1000, 3)), range: [0, dose.mgPerKgMax], unit: 'mg/kg', subject: 'lozenges' }], name);
  if (refused !== null && overrideReason === undefined) return refused;
  return accept({ kind: 'lozenges-ordered', body: withoutAbsent({ doseUg, lozengeUg, halves, weightGrams, overrideReason }) });
}
