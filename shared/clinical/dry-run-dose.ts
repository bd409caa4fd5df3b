import { assertNever } from '../values/assert-never.ts';
import { showMilli, showShort, thousandths } from '../values/quantity.ts';
import { perKilogram, equationText, perKgWords, workOutDilution, type DoseEquation } from './dose-order.ts';
import { isFarFrom } from './dose-step.ts';
import { minutesForBag } from './dosing.ts';
import { workOutInfusion, workOutInjections } from './protocol-order.ts';
import type { Protocol, ProtocolOf } from './protocol.ts';
import { workOutDevices, workOutLozenges, type InjectionArithmetic } from './route-order.ts';

/** What goes in and when, of one dose by the protocol. Amounts in µg; minutes from the start. */
export interface DryRunStep {
  readonly fromMin: number;
  /** null where it goes in at once. */
  readonly toMin: number | null;
  readonly label: string;
  readonly ug: number;
  /** As worked out, before what can be drawn of it; the same where the protocol has no steps. */
  readonly exactUg: number;
  /** `80 kg × 0.5 mg/kg = 40 mg`, one line each. */
  readonly arithmetic: readonly string[];
  /** The person may leave it out: a second injection. */
  readonly optional: boolean;
}

export interface DryRunDose {
  /** The protocol's first choice, then the other doses it allows by name (84 mg of esketamine). */
  readonly steps: readonly DryRunStep[];
  readonly alternatives: readonly (readonly DryRunStep[])[];
  /** All of it, without what is optional. */
  readonly totalUg: number;
  readonly ugPerKg: number;
  /** When the last of it has gone in. */
  readonly endMin: number;
  /** What would stop a person at this weight, in words. */
  readonly findings: readonly string[];
}

/** Works out a protocol's own dose for a weight. Throws `RangeError` where an amount comes out as nothing. */
export function dryRunDose(protocol: Protocol, grams: number): DryRunDose {
  switch (protocol.route) {
    case 'iv':
      return infusion(protocol, grams);
    case 'im':
      return injections(protocol, grams);
    case 'intranasal':
      return devices(protocol, grams);
    case 'sublingual':
      return lozenges(protocol, grams);
    default:
      return assertNever(protocol);
  }
}

const texts = (equations: readonly DoseEquation[]): string[] => equations.map(equationText);

function summed(steps: readonly DryRunStep[], grams: number, rest: Partial<DryRunDose> = {}): DryRunDose {
  const totalUg = steps.filter((step) => !step.optional).reduce((sum, step) => sum + step.ug, 0);
  const endMin = Math.max(...steps.filter((step) => !step.optional).map((step) => step.toMin ?? step.fromMin));
  return { steps, alternatives: [], totalUg, ugPerKg: perKilogram(totalUg, grams), endMin, findings: [], ...rest };
}

function infusion({ dose, diluent }: ProtocolOf<'iv'>, grams: number): DryRunDose {
  const worked = workOutInfusion(dose, grams, dose);
  const { bag, doseUg, rateUlPerHour, exact } = worked;
  const arithmetic = texts(worked.equations);
  const vial = { ug: thousandths(dose.vial.mg), ugPerMl: thousandths(dose.vial.mgPerMl) };
  const findings = farFindings('infusion', exact.doseUg, doseUg, grams);
  const minutes = minutesForBag(bag, rateUlPerHour);
  if (isFarFrom(Math.round(dose.minutes * 1000), Math.round(minutes * 1000))) {
    findings.push(`infusion: ${showMilli(rateUlPerHour)} mL/h is the nearest step of the pump, and takes ${showShort(minutes, 1)} min`);
  }
  try {
    const { drawUl, vialRemainderUg } = workOutDilution(bag, vial);
    arithmetic.push(
      `draw ${showMilli(drawUl)} mL, fill with ${diluent} to ${showMilli(bag.ul)} mL; the vial still holds ${showMilli(vialRemainderUg)} mg`,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    findings.push(`the bag cannot be made from one vial of ${dose.vial.mg} mg at ${dose.vial.mgPerMl} mg/mL`);
  }
  const step = { fromMin: 0, toMin: dose.minutes, label: 'Infusion', ug: doseUg, exactUg: exact.doseUg, arithmetic, optional: false };
  return summed([step], grams, { findings });
}

/** Steps that make another dose of what was worked out, as the order asks about it. */
function farFindings(label: string, exactUg: number, ug: number, grams: number): string[] {
  if (!isFarFrom(exactUg, ug)) return [];
  return [
    `${label}: ${showMilli(exactUg)} mg can only be drawn as ${showMilli(ug)} mg, ${perKgWords(ug, grams)}: the order asks for a reason`,
  ];
}

function injections({ dose }: ProtocolOf<'im'>, grams: number): DryRunDose {
  const { second } = dose;
  const worked = workOutInjections(dose, grams, { ...dose, secondMgPerKg: second?.mgPerKg });
  const findings: string[] = [];
  const injection = (one: InjectionArithmetic, label: string, fromMin: number, toMin: number | null): DryRunStep => {
    if (one.volumeUl > thousandths(dose.mlPerSiteMax)) {
      findings.push(`${label.toLowerCase()}: ${showMilli(one.volumeUl)} mL is more than ${dose.mlPerSiteMax} mL in one site`);
    }
    findings.push(...farFindings(label.toLowerCase(), one.exact.doseUg, one.doseUg, grams));
    const amounts = { ug: one.doseUg, exactUg: one.exact.doseUg };
    return { fromMin, toMin, label, ...amounts, arithmetic: texts(one.equations), optional: toMin !== null };
  };
  const steps = [
    injection(worked.first, 'Injection', 0, null),
    ...(second === null || worked.second === null
      ? []
      : [injection(worked.second, 'Second injection, optional', second.fromMin, second.toMin)]),
  ];
  const allUg = steps.reduce((sum, step) => sum + step.ug, 0);
  if (perKilogram(allUg, grams) > thousandths(dose.mgPerKgTotalMax)) {
    findings.push(`both injections are ${perKgWords(allUg, grams)}, more than ${dose.mgPerKgTotalMax} mg/kg`);
  }
  return summed(steps, grams, { findings });
}

function devices({ dose }: ProtocolOf<'intranasal'>, grams: number): DryRunDose {
  const deviceUg = thousandths(dose.deviceMg);
  const stepsOf = (doseMg: number): DryRunStep[] => {
    const worked = workOutDevices({ doseUg: thousandths(doseMg), deviceUg });
    return Array.from({ length: worked.devices }, (_, index) => ({
      fromMin: index * dose.minutesBetweenDevices,
      toMin: null,
      label: `Device ${index + 1} of ${worked.devices}`,
      ug: deviceUg,
      exactUg: deviceUg,
      arithmetic: index === 0 ? texts(worked.equations) : [],
      optional: false,
    }));
  };
  const others = dose.dosesMg.filter((doseMg) => doseMg !== dose.doseMg);
  return summed(stepsOf(dose.doseMg), grams, { alternatives: others.map(stepsOf) });
}

function lozenges({ dose }: ProtocolOf<'sublingual'>, grams: number): DryRunDose {
  const worked = workOutLozenges({ halves: Math.round(dose.lozenges * 2), lozengeUg: thousandths(dose.lozengeMg), grams });
  const step = {
    fromMin: 0,
    toMin: dose.holdMinutes,
    label: `Lozenge held ${dose.holdMinutes} min`,
    ug: worked.doseUg,
    exactUg: worked.doseUg,
    arithmetic: texts(worked.equations),
    optional: false,
  };
  const isTooMuch = worked.ugPerKg > thousandths(dose.mgPerKgMax);
  return summed([step], grams, {
    findings: isTooMuch ? [`${showMilli(worked.ugPerKg)} mg/kg is more than the ${dose.mgPerKgMax} mg/kg allowed`] : [],
  });
}
