import type { ProtocolOf } from '../../../shared/clinical/protocol.ts';
import { workOutDevices, workOutInjection, workOutLozenges } from '../../../shared/clinical/route-order.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { showShort, thousandths } from '../../../shared/values/quantity.ts';
import { acceptWith, refuse, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { figuresOutside } from './figures-outside.ts';
import { wrongRoute } from './route-words.ts';
import type { SessionState } from './session-state.ts';

type OrderCommand = CommandOf<'order-injection' | 'order-devices' | 'order-lozenges'>;

/** Orders by every route but a vein. A figure outside the protocol is doubtful; one that cannot be given is refused. */
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

const noWeight = 'There is no weight to work the dose out from. Record the weight first.';
/** Strength with six decimals of mg/mL kept. */
const ulPerLitre = 1_000_000;

function decideInjection(state: SessionState, command: CommandOf<'order-injection'>, { dose, name }: ProtocolOf<'im'>): Decision {
  if (state.weight === null) return refuse('WEIGHT_MISSING', noWeight);
  const { mgPerKg, mgPerMl, secondMgPerKg } = command;
  if (secondMgPerKg !== undefined && dose.second === null) {
    return refuse('DOSE_OUTSIDE_PROTOCOL', `"${name}" has one injection. Order it alone.`, 'secondMgPerKg');
  }
  const total = mgPerKg + (secondMgPerKg ?? 0);
  const doubts = figuresOutside(name, [
    { key: 'dose-outside-protocol', value: mgPerKg, range: dose.mgPerKgRange, unit: 'mg/kg', subject: 'mgPerKg' },
    { key: 'strength-outside-protocol', value: mgPerMl, range: dose.mgPerMlRange, unit: 'mg/mL', subject: 'mgPerMl' },
    ...(secondMgPerKg === undefined || dose.second === null
      ? []
      : [
          {
            key: 'second-dose-outside-protocol',
            value: secondMgPerKg,
            range: dose.second.mgPerKgRange,
            unit: 'mg/kg',
            subject: 'secondMgPerKg',
          },
        ]),
    {
      key: 'total-above-limit',
      value: Number(total.toFixed(6)),
      range: [0, dose.mgPerKgTotalMax],
      unit: 'mg/kg in all',
      subject: 'mgPerKg',
    },
  ]);
  const grams = state.weight.grams;
  const vial = { ug: thousandths(mgPerMl * 1000), ul: ulPerLitre };
  const worked = (perKg: number) => {
    const ugPerKg = thousandths(perKg);
    const { doseUg, volumeUl } = workOutInjection({ grams, ugPerKg, vial });
    return { ugPerKg, doseUg, volumeUl };
  };
  const second = secondMgPerKg === undefined ? null : worked(secondMgPerKg);
  return acceptWith(doubts, { kind: 'injection-ordered', body: { ...worked(mgPerKg), weightGrams: grams, vial, second } });
}

function decideDevices({ mg }: CommandOf<'order-devices'>, { dose, name }: ProtocolOf<'intranasal'>): Decision {
  const doseUg = thousandths(mg);
  const deviceUg = thousandths(dose.deviceMg);
  const { devices } = workOutDevices({ doseUg, deviceUg });
  const words = `"${name}" has ${dose.dosesMg.join(' or ')} mg, not ${mg} mg`;
  const doubt = { key: 'dose-outside-protocol', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'mg', needs: 'reason' } as const;
  return acceptWith(dose.dosesMg.includes(mg) ? [] : [doubt], { kind: 'devices-ordered', body: { doseUg, deviceUg, devices } });
}

function decideLozenges(state: SessionState, command: CommandOf<'order-lozenges'>, { dose, name }: ProtocolOf<'sublingual'>): Decision {
  if (state.weight === null) return refuse('WEIGHT_MISSING', noWeight);
  const { lozenges } = command;
  const weightGrams = state.weight.grams;
  const halves = Math.round(lozenges * 2);
  const lozengeUg = thousandths(dose.lozengeMg);
  const { doseUg, ugPerKg } = workOutLozenges({ halves, lozengeUg, grams: weightGrams });
  const perKg = Number(showShort(ugPerKg / 1000, 3));
  const doubts = figuresOutside(name, [
    { key: 'lozenges-outside-protocol', value: lozenges, range: dose.lozengesRange, unit: 'lozenges', subject: 'lozenges' },
    { key: 'dose-outside-protocol', value: perKg, range: [0, dose.mgPerKgMax], unit: 'mg/kg', subject: 'lozenges' },
  ]);
  return acceptWith(doubts, { kind: 'lozenges-ordered', body: { doseUg, lozengeUg, halves, weightGrams } });
}
