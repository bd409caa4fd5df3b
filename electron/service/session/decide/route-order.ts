import { injectionSteps } from '../../../../shared/clinical/dose-step.ts';
import { largestSiteUl, workOutInjections, type InjectionFigures } from '../../../../shared/clinical/protocol-order.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { ImDose } from '../../../../shared/clinical/protocol-dose.ts';
import type { ProtocolOf } from '../../../../shared/clinical/protocol.ts';
import { workOutDevices, workOutLozenges, type InjectionArithmetic } from '../../../../shared/clinical/route-order.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { fromThousandths, showMilli, showShort, thousandths } from '../../../../shared/values/quantity.ts';
import { acceptWith, refuse, type CommandOf, type Decision, type DecisionContext, type Refused } from './decision.ts';
import { slipDoubt, totalDoubts } from './dose-doubts.ts';
import { figuresOutside, type JudgedFigure } from '../questions/figures-outside.ts';
import { orderAuthority } from './order-authority.ts';
import type { NewEvent } from '../events/session-event.ts';
import { wrongRoute } from './wrong-route.ts';
import { roundedFarDoubts } from './step-doubts.ts';
import type { SessionState } from '../state/session-state.ts';

type OrderCommand = CommandOf<'order-injection' | 'order-devices' | 'order-lozenges'>;

/** Orders by every route but a vein. Each is a prescriber's; a figure outside the protocol is doubtful, one that cannot be given is refused. */
export function decideRouteOrder(state: SessionState, command: OrderCommand, context: DecisionContext): Decision {
  if (state.dose.status !== 'none') {
    return refuse('DOSE_ALREADY_STARTED', 'The dose has been started on its order. If that start was wrong, undo it first.');
  }
  try {
    const ordered = decideFigures(state, command, context);
    if ('refusal' in ordered) return ordered;
    const authority = orderAuthority(context, command.standingOrder === true);
    if ('refusal' in authority) return authority;
    const { event, doubts, totalUg, subject } = ordered;
    // A dose above the range is asked about as such; what other sessions of today add is not.
    const ofToday = totalDoubts(state, context, totalUg, subject).filter(({ key }) => key !== 'total-above-limit');
    return acceptWith([...doubts, ...ofToday], { ...event, body: { ...event.body, ...authority } } as OrderEvent);
  } catch (error) {
    if (error instanceof RangeError) return refuse('DOSE_OUTSIDE_PROTOCOL', `This order cannot be given: ${error.message}.`);
    throw error;
  }
}

type OrderEvent = NewEvent<'injection-ordered' | 'devices-ordered' | 'lozenges-ordered'>;

/** The order that the typed figures come to, before it is said whose order it is. */
interface Ordered {
  readonly event: OrderEvent;
  readonly doubts: readonly Doubt[];
  readonly totalUg: number;
  readonly subject: string;
}

function decideFigures(state: SessionState, command: OrderCommand, { protocol }: DecisionContext): Ordered | Refused {
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
}

const noWeight = 'There is no weight to work the dose out from. Record the weight first.';

function decideInjection(state: SessionState, command: CommandOf<'order-injection'>, { dose, name }: ProtocolOf<'im'>): Ordered | Refused {
  if (state.weight === null) return refuse('WEIGHT_MISSING', noWeight);
  const { mgPerKg, mgPerMl, secondMgPerKg } = command;
  if (secondMgPerKg !== undefined && dose.second === null) {
    return refuse('DOSE_OUTSIDE_PROTOCOL', `"${name}" has one injection. Order it alone.`, 'secondMgPerKg');
  }
  const grams = state.weight.grams;
  const worked = workOutInjections(dose, grams, command);
  const steps = injectionSteps(dose);
  const bodyOf = ({ doseUg, volumeUl, exact }: InjectionArithmetic, perKg: number) => {
    const ordered = { ugPerKg: thousandths(perKg), doseUg, volumeUl };
    return steps === null ? ordered : { ...ordered, exact };
  };
  const first = bodyOf(worked.first, mgPerKg);
  const second = worked.second === null ? null : bodyOf(worked.second, secondMgPerKg ?? 0);
  // As it would be given: where the protocol has steps, what was rounded is what is asked about.
  const given = (one: { readonly doseUg: number } | null): number | undefined => (one === null ? undefined : one.doseUg / grams);
  const asked = steps === null ? command : { mgPerKg: first.doseUg / grams, mgPerMl, secondMgPerKg: given(second) };
  return {
    event: {
      kind: 'injection-ordered',
      body: { ...first, weightGrams: grams, vial: worked.vial, second, ...(steps === null ? {} : { steps }) },
    },
    doubts: [
      ...figuresOutside(name, injectionFigures(asked, dose)),
      ...figuresOutside(name, [volumeFigure(Math.max(first.volumeUl, second?.volumeUl ?? 0), dose)]),
      ...injectionSlips(asked, dose),
      ...roundedFarDoubts('rounded-far', worked.first.exact.doseUg, first.doseUg, grams),
      ...(worked.second === null || second === null
        ? []
        : roundedFarDoubts('second-rounded-far', worked.second.exact.doseUg, second.doseUg, grams)),
    ],
    totalUg: first.doseUg + (second?.doseUg ?? 0),
    subject: 'mgPerKg',
  };
}

function injectionFigures({ mgPerKg, mgPerMl, secondMgPerKg }: InjectionFigures, dose: ImDose): readonly JudgedFigure[] {
  const unit = 'mg/kg';
  const total = Number((mgPerKg + (secondMgPerKg ?? 0)).toFixed(6));
  const second =
    secondMgPerKg === undefined || dose.second === null
      ? []
      : [{ key: 'second-dose-outside-protocol', value: secondMgPerKg, range: dose.second.mgPerKgRange, unit, subject: 'secondMgPerKg' }];
  return [
    { key: 'dose-outside-protocol', value: mgPerKg, range: dose.mgPerKgRange, unit, subject: 'mgPerKg' },
    { key: 'strength-outside-protocol', value: mgPerMl, range: dose.mgPerMlRange, unit: 'mg/mL', subject: 'mgPerMl' },
    ...second,
    { key: 'total-above-limit', value: total, range: [0, dose.mgPerKgTotalMax], unit: 'mg/kg in all', subject: 'mgPerKg' },
  ];
}

/** Whatever muscle is chosen later: what none of them takes is asked about before it is drawn up. */
function volumeFigure(volumeUl: number, dose: ImDose): JudgedFigure {
  const mostUl = largestSiteUl(dose);
  return {
    key: 'volume-above-limit',
    value: fromThousandths(volumeUl),
    range: [0, fromThousandths(mostUl)],
    unit: 'mL in one muscle',
    subject: 'mgPerMl',
  };
}

function injectionSlips({ mgPerKg, mgPerMl, secondMgPerKg }: InjectionFigures, dose: ImDose): readonly Doubt[] {
  const planned = (value: number, unit: string): string => `the ${value} ${unit} of the protocol`;
  const slip = (key: string, value: number, expected: number, unit: string): readonly Doubt[] =>
    slipDoubt(key, `${showShort(value, 3)} ${unit}`, value, expected, planned(expected, unit));
  return [
    ...slip('dose-tenfold', mgPerKg, dose.mgPerKg, 'mg/kg'),
    ...slip('strength-tenfold', mgPerMl, dose.mgPerMl, 'mg/mL'),
    ...(dose.second === null || secondMgPerKg === undefined
      ? []
      : slip('second-dose-tenfold', secondMgPerKg, dose.second.mgPerKg, 'mg/kg')),
  ];
}

function decideDevices({ mg }: CommandOf<'order-devices'>, { dose, name }: ProtocolOf<'intranasal'>): Ordered {
  const doseUg = thousandths(mg);
  const deviceUg = thousandths(dose.deviceMg);
  const { devices } = workOutDevices({ doseUg, deviceUg });
  const words = `"${name}" has ${dose.dosesMg.join(' or ')} mg, not ${mg} mg`;
  const needs = mg > Math.max(...dose.dosesMg) ? 'prescriber' : 'reason';
  const doubt: Doubt = { key: 'dose-outside-protocol', code: 'DOSE_OUTSIDE_PROTOCOL', words, subject: 'mg', needs };
  const slip = slipDoubt('dose-tenfold', `${mg} mg`, mg, dose.doseMg, `the ${dose.doseMg} mg of the protocol`);
  return {
    event: { kind: 'devices-ordered', body: { doseUg, deviceUg, devices } },
    doubts: [...(dose.dosesMg.includes(mg) ? [] : [doubt]), ...slip],
    totalUg: doseUg,
    subject: 'mg',
  };
}

function decideLozenges(
  state: SessionState,
  command: CommandOf<'order-lozenges'>,
  { dose, name }: ProtocolOf<'sublingual'>,
): Ordered | Refused {
  if (state.weight === null) return refuse('WEIGHT_MISSING', noWeight);
  const { lozenges } = command;
  const weightGrams = state.weight.grams;
  const halves = Math.round(lozenges * 2);
  const lozengeUg = thousandths(dose.lozengeMg);
  const { doseUg, ugPerKg } = workOutLozenges({ halves, lozengeUg, grams: weightGrams });
  const perKg = Number(showMilli(ugPerKg));
  const doubts = figuresOutside(name, [
    { key: 'lozenges-outside-protocol', value: lozenges, range: dose.lozengesRange, unit: 'lozenges', subject: 'lozenges' },
    { key: 'dose-outside-protocol', value: perKg, range: [0, dose.mgPerKgMax], unit: 'mg/kg', subject: 'lozenges' },
  ]);
  return {
    event: { kind: 'lozenges-ordered', body: { doseUg, lozengeUg, halves, weightGrams } },
    doubts: [
      ...doubts,
      ...slipDoubt('dose-tenfold', `${lozenges} lozenges`, lozenges, dose.lozenges, `the ${dose.lozenges} of the protocol`),
    ],
    totalUg: doseUg,
    subject: 'lozenges',
  };
}
