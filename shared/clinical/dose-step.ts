import { showMilli, thousandths } from '../values/quantity.ts';
import { ceilRational, divide, floorRational, isLess, multiply, rational, roundRational, type Rational } from '../values/rational.ts';
import type { Bag, DoseAmount } from './dosing.ts';
import type { ImDose, IvDose } from './protocol-dose.ts';

/**
 * What can be drawn and set. A dose is ordered, a syringe is filled and a pump is set in steps; what lies between two
 * of them is not given by anybody. Steps and amounts are in µg, µL and µL/h (`docs/clinical-rules.md`).
 */
export interface InjectionSteps {
  /** Of the dose as it is ordered. */
  readonly doseUg: number;
  /** Of the syringe that draws from the vial. */
  readonly drawUl: number;
}

export interface InfusionSteps extends InjectionSteps {
  /** Of what the bag or the syringe of the pump is filled to. */
  readonly bagUl: number;
  readonly rateUlPerHour: number;
}

/** null where the protocol names none: its amounts stay as they are worked out. */
export function injectionSteps({ steps }: Pick<ImDose, 'steps'>): InjectionSteps | null {
  return steps === undefined ? null : { doseUg: thousandths(steps.mg), drawUl: thousandths(steps.ml) };
}

/** null where the protocol names none: its amounts stay as they are worked out. */
export function infusionSteps({ steps }: Pick<IvDose, 'steps'>): InfusionSteps | null {
  if (steps === undefined) return null;
  const { mg, ml, bagMl, mlPerHour } = steps;
  return { doseUg: thousandths(mg), drawUl: thousandths(ml), bagUl: thousandths(bagMl), rateUlPerHour: thousandths(mlPerHour) };
}

/** What rounding alone must not pass. A bound that was passed before any rounding is for its doubt and stands in none of these. */
export interface StepBounds {
  readonly min?: Rational | undefined;
  readonly max?: Rational | undefined;
  /** Beyond which of the two the harm lies: it holds where both cannot. `max` unless it says so. */
  readonly harm?: 'below-min';
}

const whole = (value: number): Rational => rational(BigInt(value), 1n);

/**
 * The multiple of a step that is nearest, a half going up; where a bound forbids that one, the nearest that it allows.
 */
export function roundToStep(exact: Rational, step: number, { min, max, harm }: StepBounds = {}): number {
  const steps = (amount: Rational): Rational => divide(amount, whole(step));
  const nearest = roundRational(steps(exact)) * step;
  const lowest = min === undefined ? 0 : ceilRational(steps(min)) * step;
  const highest = max === undefined ? Number.POSITIVE_INFINITY : floorRational(steps(max)) * step;
  return harm === 'below-min' ? Math.max(lowest, Math.min(highest, nearest)) : Math.min(highest, Math.max(lowest, nearest));
}

/** The lower of two upper bounds. */
export function lowerOf(a: Rational | undefined, b: Rational | undefined): Rational | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isLess(b, a) ? b : a;
}

/** The settable amounts next to one that is none, the lower first, without nothing; null where it is one. */
export function nearestSteps(value: number, step: number): readonly number[] | null {
  if (value % step === 0) return null;
  const low = Math.floor(value / step) * step;
  return [low, low + step].filter((one) => one > 0);
}

/** Rounding by more than this share is another dose, and is asked about. */
const farShare = 20n;

/** Whether what can be given is more than a twentieth away from what was worked out. */
export function isFarFrom(exact: number, rounded: number): boolean {
  const off = BigInt(rounded) - BigInt(exact);
  return (off < 0n ? -off : off) * farShare > BigInt(exact);
}

/**
 * What is drawn of a solution for a dose: the dose in steps of its order, its volume in steps of the syringe, and what
 * that volume holds, which is what counts from there on. Throws `RangeError` where no step is small enough.
 */
export function drawnDose(exactUg: Rational, { doseUg, drawUl }: InjectionSteps, solution: Bag, { min, max }: StepBounds): DoseAmount {
  const perUg = rational(BigInt(solution.ul), BigInt(solution.ug));
  const inUl = (ug: Rational | undefined): Rational | undefined => (ug === undefined ? undefined : multiply(ug, perUg));
  const ordered = whole(roundToStep(exactUg, doseUg, { min, max }));
  // An order that no step keeps above its least is not raised to it by the syringe.
  const least = min !== undefined && isLess(ordered, min) ? undefined : min;
  const ul = roundToStep(multiply(ordered, perUg), drawUl, { min: inUl(least), max: inUl(max) });
  // A part of a microgram is not drawn: rounded up it could pass a bound that the volume keeps.
  const ug = floorRational(divide(whole(ul), perUg));
  if (ug < 1) {
    const words = `${showMilli(roundRational(exactUg))} mg is less than can be drawn`;
    throw new RangeError(`${words} in steps of ${showMilli(doseUg)} mg and ${showMilli(drawUl)} mL`);
  }
  return { ug, ul };
}
