import { showMilli, showShort, thousandths } from '../values/quantity.ts';
import { divide, multiply, rational, rationalFromDecimal, roundRational, toNumber, type Rational } from '../values/rational.ts';
import { drawnDose, roundToStep, type InfusionSteps, type StepBounds } from './dose-step.ts';
import { minutesForBag, type Bag } from './dosing.ts';
import type { Range } from './protocol-range.ts';

/** The arithmetic of an order, worked out in front of the person who gives it (`docs/clinical-rules.md`). */

export interface DoseOrderInput {
  /** Body weight. */
  readonly grams: number;
  readonly ugPerKg: number;
  readonly minutes: number;
  /** Strength of the prepared bag, as µg in µL: 1 mg/mL is 1000 in 1000. */
  readonly concentration: Bag;
  /** To what can be drawn and set; left out: to whole µg, µL and µL/h. */
  readonly rounding?: InfusionRounding | undefined;
}

export interface InfusionRounding {
  readonly steps: InfusionSteps;
  /** What the drug is drawn from. */
  readonly vial: Bag;
  /** What is not passed by rounding alone, both ends included, in mg/kg, mg/mL and min. An order beyond one is not held to it. */
  readonly allowed: { readonly mgPerKg: Range; readonly mgPerMl: Range; readonly minutes: Range };
}

/** One line of arithmetic: `parts` with their signs between, then the result. */
export interface DoseEquation {
  readonly of: 'dose' | 'volume' | 'rate' | 'dose-rate';
  readonly parts: readonly { readonly sign: '' | '×' | '÷'; readonly value: string; readonly unit: string }[];
  readonly result: EquationResult;
}

export interface EquationResult {
  readonly value: string;
  readonly unit: string;
  /** As worked out, where what can be drawn or set is another amount. */
  readonly exact?: string;
  /** What the rounded amount is in another unit: `0.504 mg/kg`. */
  readonly is?: string;
}

/** Amounts as worked out from one another before any step, to whole µg, µL and µL/h. */
export interface ExactInfusion {
  readonly doseUg: number;
  readonly volumeUl: number;
  readonly rateUlPerHour: number;
}

/** What is ordered, prepared and set. */
export interface DoseArithmetic extends ExactInfusion {
  readonly exact: ExactInfusion;
  /** The bag that holds exactly this dose. */
  readonly bag: Bag;
  readonly ugPerKgMin: number;
  readonly mgPerKgHour: number;
  readonly equations: readonly DoseEquation[];
}

const whole = (value: number): Rational => rational(BigInt(value), 1n);

const doseOf = (grams: number, ugPerKg: number): Rational => rational(BigInt(grams) * BigInt(ugPerKg), 1000n);
const volumeOf = (ug: Rational, { ug: inUg, ul }: Bag): Rational => multiply(ug, rational(BigInt(ul), BigInt(inUg)));
const rateOver = (ul: Rational, minutes: number): Rational => divide(multiply(ul, whole(60)), rationalFromDecimal(minutes));

/**
 * dose = kg × mg/kg; volume = mg ÷ (mg/mL); rate = mL ÷ h. Without `rounding` each is taken from the exact one before
 * and rounded once; with it, from the one before as it is drawn. Throws `RangeError` where an amount would come out as
 * nothing.
 */
export function workOutDose(input: DoseOrderInput): DoseArithmetic {
  const { grams, ugPerKg, minutes, concentration, rounding } = input;
  const dose = doseOf(grams, ugPerKg);
  const volume = volumeOf(dose, concentration);
  const exact = { doseUg: roundRational(dose), volumeUl: roundRational(volume), rateUlPerHour: roundRational(rateOver(volume, minutes)) };
  const { doseUg, volumeUl, rateUlPerHour } = exact;
  if (doseUg < 1 || volumeUl < 1 || rateUlPerHour < 1) {
    throw new RangeError(`${doseUg} µg in ${volumeUl} µL at ${rateUlPerHour} µL/h: too little to give`);
  }
  const given = rounding === undefined ? exact : drawnAndSet(dose, input, rounding);
  const bag = { ug: given.doseUg, ul: given.volumeUl };
  const perKgMin =
    rounding === undefined
      ? divide(whole(ugPerKg), rationalFromDecimal(minutes))
      : rational(BigInt(given.rateUlPerHour) * BigInt(bag.ug) * 1000n, BigInt(bag.ul) * BigInt(grams) * 60n);
  const arithmetic = {
    ...given,
    exact,
    bag,
    ugPerKgMin: toNumber(perKgMin),
    mgPerKgHour: toNumber(multiply(perKgMin, rational(60n, 1000n))),
  };
  return { ...arithmetic, equations: equationsOf(input, arithmetic) };
}

function drawnAndSet(
  dose: Rational,
  { grams, ugPerKg, minutes, concentration }: DoseOrderInput,
  rounding: InfusionRounding,
): ExactInfusion {
  const { steps, vial, allowed } = rounding;
  const doseUg = drawnDose(dose, steps, vial, doseBounds(ugPerKg, allowed.mgPerKg, grams)).ug;
  const strength = keptEnds(concentration.ug / concentration.ul, allowed.mgPerMl);
  const inBag = (mgPerMl: number | undefined) => (mgPerMl === undefined ? undefined : divide(whole(doseUg), rationalFromDecimal(mgPerMl)));
  const bounds = { min: inBag(strength.high), max: inBag(strength.low), harm: 'below-min' } as const;
  const volumeUl = roundToStep(volumeOf(whole(doseUg), concentration), steps.bagUl, bounds);
  const time = keptEnds(minutes, allowed.minutes);
  const rate = (over: number | undefined) => (over === undefined ? undefined : rateOver(whole(volumeUl), over));
  const exactRate = rateOver(whole(volumeUl), minutes);
  const rateUlPerHour = roundToStep(exactRate, steps.rateUlPerHour, { min: rate(time.high), max: rate(time.low) });
  if (volumeUl < 1 || rateUlPerHour < 1) {
    const words = `${showMilli(doseUg)} mg over ${showShort(minutes, 1)} min is too little`;
    throw new RangeError(`${words} for steps of ${showMilli(steps.bagUl)} mL and ${showMilli(steps.rateUlPerHour)} mL/h`);
  }
  return { doseUg, volumeUl, rateUlPerHour };
}

/** The ends of a range that a figure keeps before it is rounded. */
function keptEnds(figure: number, [low, high]: Range): { readonly low: number | undefined; readonly high: number | undefined } {
  return { low: figure >= low ? low : undefined, high: figure <= high ? high : undefined };
}

/** The range of a dose in mg/kg as bounds in µg for one patient, as far as the order keeps it. */
export function doseBounds(ugPerKg: number, range: Range, grams: number): StepBounds {
  const { low, high } = keptEnds(ugPerKg / 1000, range);
  const ug = (mgPerKg: number | undefined) => (mgPerKg === undefined ? undefined : doseOf(grams, thousandths(mgPerKg)));
  return { min: ug(low), max: ug(high) };
}

/** A result in steps, with what it was before where that is another amount, and what it `is` in another unit. */
export function roundedResult(before: Rational, rounded: number, unit: string, is: string): EquationResult {
  const [exact, value] = [showMilli(roundRational(before)), showMilli(rounded)];
  return exact === value ? { value, unit } : { value, unit, exact, is };
}

/** µg/kg of an amount, to the nearest whole. */
export function perKilogram(ug: number, grams: number): number {
  return roundRational(rational(BigInt(ug) * 1000n, BigInt(grams)));
}

/** `0.504 mg/kg` */
export function perKgWords(ug: number, grams: number): string {
  return `${showMilli(perKilogram(ug, grams))} mg/kg`;
}

function equationsOf(input: DoseOrderInput, result: Omit<DoseArithmetic, 'equations'>): DoseEquation[] {
  const { grams, ugPerKg, concentration, rounding } = input;
  const { doseUg, volumeUl, rateUlPerHour, bag } = result;
  const minutesShown = showShort(input.minutes, 1);
  const took = showShort(minutesForBag(bag, rateUlPerHour), 1);
  const resultOf = (before: Rational, value: number, unit: string, is: string): EquationResult =>
    rounding === undefined ? { value: showMilli(value), unit } : roundedResult(before, value, unit, is);
  const perKg = rounding === undefined ? ugPerKg : roundRational(rational(BigInt(doseUg) * 1000n, BigInt(grams)));
  return [
    {
      of: 'dose',
      parts: [
        { sign: '', value: showMilli(grams), unit: 'kg' },
        { sign: '×', value: showMilli(ugPerKg), unit: 'mg/kg' },
      ],
      result: resultOf(doseOf(grams, ugPerKg), doseUg, 'mg', perKgWords(doseUg, grams)),
    },
    {
      of: 'volume',
      parts: [
        { sign: '', value: showMilli(doseUg), unit: 'mg' },
        { sign: '÷', value: showShort(concentration.ug / concentration.ul, 3), unit: 'mg/mL' },
      ],
      result: resultOf(volumeOf(whole(doseUg), concentration), volumeUl, 'mL', `${showShort(bag.ug / bag.ul, 3)} mg/mL`),
    },
    {
      of: 'rate',
      parts: [
        { sign: '', value: showMilli(volumeUl), unit: 'mL' },
        { sign: '÷', value: minutesShown, unit: 'min' },
        { sign: '×', value: '60', unit: 'min/h' },
      ],
      result: resultOf(rateOver(whole(volumeUl), input.minutes), rateUlPerHour, 'mL/h', `${took} min`),
    },
    {
      of: 'dose-rate',
      parts: [
        { sign: '', value: showShort(perKg, 0), unit: 'µg/kg' },
        { sign: '÷', value: rounding === undefined ? minutesShown : took, unit: 'min' },
      ],
      result: { value: showShort(result.ugPerKgMin, 2), unit: 'µg/kg/min' },
    },
  ];
}

/** `80 kg × 0.5 mg/kg = 40 mg`, `81.3 kg × 0.5 mg/kg = 40.65 → 41 mg (0.504 mg/kg)` */
export function equationText({ parts, result }: DoseEquation): string {
  const left = parts.map((part) => `${part.sign === '' ? '' : ` ${part.sign} `}${part.value} ${part.unit}`).join('');
  const exact = result.exact === undefined ? '' : `${result.exact} → `;
  return `${left} = ${exact}${result.value} ${result.unit}${result.is === undefined ? '' : ` (${result.is})`}`;
}

export interface Dilution {
  /** From the vial. */
  readonly drawUl: number;
  readonly diluentUl: number;
  /** What stays in the vial and must be accounted for. */
  readonly vialRemainderUg: number;
}

/**
 * Vial to bag: how much to draw, how much diluent to add. Throws `RangeError` when the vial is weaker than the
 * bag asked for or does not hold the dose.
 */
export function workOutDilution(bag: Bag, vial: { readonly ug: number; readonly ugPerMl: number }): Dilution {
  const drawUl = roundRational(rational(BigInt(bag.ug) * 1000n, BigInt(vial.ugPerMl)));
  if (drawUl > bag.ul)
    throw new RangeError(`a vial of ${vial.ugPerMl} µg/mL is weaker than the bag: ${drawUl} µL to draw, ${bag.ul} µL in all`);
  if (bag.ug > vial.ug) throw new RangeError(`the vial holds ${vial.ug} µg, the bag needs ${bag.ug} µg`);
  return { drawUl, diluentUl: bag.ul - drawUl, vialRemainderUg: vial.ug - bag.ug };
}
