import { injectionSites } from './route-dose.ts';
import { siteLimitUl } from './dose-limit.ts';
import { doseBounds, workOutDose, type DoseArithmetic } from './dose-order.ts';
import { infusionSteps, injectionSteps, lowerOf } from './dose-step.ts';
import type { Bag } from './dosing.ts';
import type { ImDose, IvDose } from './protocol-dose.ts';
import type { Range } from './protocol-range.ts';
import { workOutInjection, type InjectionArithmetic } from './route-order.ts';
import { thousandths } from '../values/quantity.ts';
import { isLess, rational } from '../values/rational.ts';

/** An order by a protocol, from the figures that people type; amounts in steps where the protocol names them. */

/** Strength with six decimals of mg/mL kept: 0.3625 mg/mL is 362 500 µg in a litre, exactly. */
const ulPerLitre = 1_000_000;

/** A strength as typed. Throws `RangeError` for one that is too weak to reckon with. */
export function solutionOf(mgPerMl: number): Bag {
  const ug = thousandths(mgPerMl * 1000);
  if (ug < 1) throw new RangeError(`${mgPerMl} mg/mL is too weak to reckon with`);
  return { ug, ul: ulPerLitre };
}

export interface InfusionFigures {
  readonly mgPerKg: number;
  readonly minutes: number;
  /** Strength of the prepared bag. */
  readonly mgPerMl: number;
}

/** Throws `RangeError` where the figures give no dose that can be drawn and set. */
export function workOutInfusion(dose: IvDose, grams: number, { mgPerKg, minutes, mgPerMl }: InfusionFigures): DoseArithmetic {
  const steps = infusionSteps(dose);
  const rounding =
    steps === null
      ? undefined
      : {
          steps,
          vial: solutionOf(dose.vial.mgPerMl),
          allowed: { mgPerKg: dose.mgPerKgRange, mgPerMl: dose.mgPerMlRange, minutes: dose.minutesRange },
        };
  return workOutDose({ grams, ugPerKg: thousandths(mgPerKg), minutes, concentration: solutionOf(mgPerMl), rounding });
}

export interface InjectionFigures {
  readonly mgPerKg: number;
  /** Strength of the vial. */
  readonly mgPerMl: number;
  /** Of the second injection, where one is planned. */
  readonly secondMgPerKg?: number | undefined;
}

export interface InjectionOrder {
  readonly vial: Bag;
  readonly first: InjectionArithmetic;
  readonly second: InjectionArithmetic | null;
}

/**
 * One injection or two. The second is rounded with what the first one is: together they do not pass by rounding what
 * the protocol lets into one patient. Throws `RangeError` where the figures give no dose that can be drawn.
 */
export function workOutInjections(dose: ImDose, grams: number, { mgPerKg, mgPerMl, secondMgPerKg }: InjectionFigures): InjectionOrder {
  const vial = solutionOf(mgPerMl);
  const steps = injectionSteps(dose);
  const inAll = thousandths(mgPerKg) + thousandths(secondMgPerKg ?? 0);
  const isWithinTotal = inAll <= thousandths(dose.mgPerKgTotalMax);
  const one = (perKg: number, range: Range, beforeUg: number): InjectionArithmetic => {
    const ugPerKg = thousandths(perKg);
    if (steps === null) return workOutInjection({ grams, ugPerKg, vial });
    const { min, max } = doseBounds(ugPerKg, range, grams);
    const total = rational(BigInt(thousandths(dose.mgPerKgTotalMax)) * BigInt(grams) - BigInt(beforeUg) * 1000n, 1000n);
    const muscle = rational(BigInt(largestSiteUl(dose)) * BigInt(vial.ug), BigInt(vial.ul));
    const isInMuscle = !isLess(muscle, rational(BigInt(ugPerKg) * BigInt(grams), 1000n));
    const bounds = { min, max: lowerOf(lowerOf(max, isWithinTotal ? total : undefined), isInMuscle ? muscle : undefined) };
    return workOutInjection({ grams, ugPerKg, vial, rounding: { steps, bounds } });
  };
  const first = one(mgPerKg, dose.mgPerKgRange, 0);
  const second = secondMgPerKg === undefined ? null : one(secondMgPerKg, dose.second?.mgPerKgRange ?? dose.mgPerKgRange, first.doseUg);
  return { vial, first, second };
}

/** The most that any muscle takes, in µL. */
export function largestSiteUl(dose: ImDose): number {
  return Math.max(...injectionSites.map((site) => siteLimitUl(dose, site)));
}
