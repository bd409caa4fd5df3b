import { showShort } from '../values/quantity.ts';
import { divide, multiply, rational, rationalFromDecimal, roundRational, toNumber, type Rational } from '../values/rational.ts';
import type { Bag } from './dosing.ts';

/** The arithmetic of an order, worked out in front of the person who gives it (`docs/clinical-rules.md`). */

export interface DoseOrderInput {
  /** Body weight. */
  readonly grams: number;
  readonly ugPerKg: number;
  readonly minutes: number;
  /** Strength of the prepared bag, as µg in µL: 1 mg/mL is 1000 in 1000. */
  readonly concentration: Bag;
}

/** One line of arithmetic: `parts` with their signs between, then the result. */
export interface DoseEquation {
  readonly of: 'dose' | 'volume' | 'rate' | 'dose-rate';
  readonly parts: readonly { readonly sign: '' | '×' | '÷'; readonly value: string; readonly unit: string }[];
  readonly result: { readonly value: string; readonly unit: string };
}

export interface DoseArithmetic {
  readonly doseUg: number;
  readonly volumeUl: number;
  readonly rateUlPerHour: number;
  /** The bag that holds exactly this dose. */
  readonly bag: Bag;
  readonly ugPerKgMin: number;
  readonly mgPerKgHour: number;
  readonly equations: readonly DoseEquation[];
}

const exact = (value: number): Rational => rational(BigInt(value), 1n);

/**
 * dose = kg × mg/kg; volume = mg ÷ (mg/mL); rate = mL ÷ h. Each is taken from the exact one before and rounded
 * once, to whole µg, µL and µL/h. Throws `RangeError` where an amount would come out as nothing.
 */
export function workOutDose(input: DoseOrderInput): DoseArithmetic {
  const { grams, ugPerKg, minutes, concentration } = input;
  const dose = divide(multiply(exact(grams), exact(ugPerKg)), exact(1000));
  const volume = divide(multiply(dose, exact(concentration.ul)), exact(concentration.ug));
  const rate = divide(multiply(volume, exact(60)), rationalFromDecimal(minutes));
  const doseUg = roundRational(dose);
  const volumeUl = roundRational(volume);
  const rateUlPerHour = roundRational(rate);
  if (doseUg < 1 || volumeUl < 1 || rateUlPerHour < 1) {
    throw new RangeError(`${doseUg} µg in ${volumeUl} µL at ${rateUlPerHour} µL/h: too little to give`);
  }
  const perKgMin = divide(exact(ugPerKg), rationalFromDecimal(minutes));
  const perKgHour = toNumber(multiply(perKgMin, rational(60n, 1000n)));
  const arithmetic = {
    doseUg,
    volumeUl,
    rateUlPerHour,
    bag: { ug: doseUg, ul: volumeUl },
    ugPerKgMin: toNumber(perKgMin),
    mgPerKgHour: perKgHour,
  };
  return { ...arithmetic, equations: equationsOf(input, arithmetic) };
}

function equationsOf(input: DoseOrderInput, result: Omit<DoseArithmetic, 'equations'>): DoseEquation[] {
  const kg = showShort(input.grams / 1000, 3);
  const mgPerKg = showShort(input.ugPerKg / 1000, 3);
  const mg = showShort(result.doseUg / 1000, 3);
  const ml = showShort(result.volumeUl / 1000, 3);
  const mgPerMl = showShort(input.concentration.ug / input.concentration.ul, 3);
  const minutes = showShort(input.minutes, 1);
  return [
    {
      of: 'dose',
      parts: [
        { sign: '', value: kg, unit: 'kg' },
        { sign: '×', value: mgPerKg, unit: 'mg/kg' },
      ],
      result: { value: mg, unit: 'mg' },
    },
    {
      of: 'volume',
      parts: [
        { sign: '', value: mg, unit: 'mg' },
        { sign: '÷', value: mgPerMl, unit: 'mg/mL' },
      ],
      result: { value: ml, unit: 'mL' },
    },
    {
      of: 'rate',
      parts: [
        { sign: '', value: ml, unit: 'mL' },
        { sign: '÷', value: minutes, unit: 'min' },
        { sign: '×', value: '60', unit: 'min/h' },
      ],
      result: { value: showShort(result.rateUlPerHour / 1000, 3), unit: 'mL/h' },
    },
    {
      of: 'dose-rate',
      parts: [
        { sign: '', value: showShort(input.ugPerKg, 0), unit: 'µg/kg' },
        { sign: '÷', value: minutes, unit: 'min' },
      ],
      result: { value: showShort(result.ugPerKgMin, 2), unit: 'µg/kg/min' },
    },
  ];
}

/** `80 kg × 0.5 mg/kg = 40 mg` */
export function equationText(equation: DoseEquation): string {
  const left = equation.parts.map((part) => `${part.sign === '' ? '' : ` ${part.sign} `}${part.value} ${part.unit}`).join('');
  return `${left} = ${equation.result.value} ${equation.result.unit}`;
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
