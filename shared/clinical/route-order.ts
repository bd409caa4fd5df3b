import { showMilli, showShort } from '../values/quantity.ts';
import { divide, multiply, rational, roundRational, type Rational } from '../values/rational.ts';
import { drawnDose, type InjectionSteps, type StepBounds } from './dose-step.ts';
import type { Bag } from './dosing.ts';
import { perKgWords, perKilogram, roundedResult, type DoseEquation, type EquationResult } from './dose-order.ts';

/** The arithmetic of an order by a route other than a vein (`docs/clinical-rules.md`). Amounts in µg, µL and g. */

const whole = (value: number): Rational => rational(BigInt(value), 1n);

export interface InjectionOrderInput {
  readonly grams: number;
  readonly ugPerKg: number;
  readonly vial: Bag;
  /** To what can be drawn; left out: to whole µg and µL. */
  readonly rounding?: InjectionRounding | undefined;
}

export interface InjectionRounding {
  readonly steps: InjectionSteps;
  /** In µg, what rounding alone must not pass. */
  readonly bounds: StepBounds;
}

export interface InjectionArithmetic {
  readonly doseUg: number;
  readonly volumeUl: number;
  /** As worked out before any step. */
  readonly exact: { readonly doseUg: number; readonly volumeUl: number };
  readonly equations: readonly DoseEquation[];
}

/**
 * dose = kg × mg/kg; volume = mg ÷ (mg/mL). Without `rounding` each is rounded once; with it the dose is what the
 * drawn volume holds. Throws `RangeError` where nothing would come out.
 */
export function workOutInjection(input: InjectionOrderInput): InjectionArithmetic {
  const { grams, ugPerKg, vial, rounding } = input;
  const dose = rational(BigInt(grams) * BigInt(ugPerKg), 1000n);
  const volume = multiply(dose, rational(BigInt(vial.ul), BigInt(vial.ug)));
  const exact = { doseUg: roundRational(dose), volumeUl: roundRational(volume) };
  const drawn = rounding === undefined ? null : drawnDose(dose, rounding.steps, vial, rounding.bounds);
  const given = drawn === null ? exact : { doseUg: drawn.ug, volumeUl: drawn.ul };
  const { doseUg, volumeUl } = given;
  if (doseUg < 1 || volumeUl < 1) throw new RangeError(`${doseUg} µg in ${volumeUl} µL: too little to give`);
  const ofDose: EquationResult =
    drawn === null ? { value: showMilli(doseUg), unit: 'mg' } : roundedResult(dose, doseUg, 'mg', perKgWords(doseUg, grams));
  const equations: DoseEquation[] = [
    {
      of: 'dose',
      parts: [
        { sign: '', value: showMilli(grams), unit: 'kg' },
        { sign: '×', value: showMilli(ugPerKg), unit: 'mg/kg' },
      ],
      result: ofDose,
    },
    {
      of: 'volume',
      parts: [
        { sign: '', value: showMilli(doseUg), unit: 'mg' },
        { sign: '÷', value: showShort(vial.ug / vial.ul, 3), unit: 'mg/mL' },
      ],
      result: { value: showMilli(volumeUl), unit: 'mL' },
    },
  ];
  return { ...given, exact, equations };
}

/** µL that hold this much of a solution, to the nearest whole. */
export function volumeOf(ug: number, vial: Bag): number {
  return roundRational(divide(multiply(whole(ug), whole(vial.ul)), whole(vial.ug)));
}

export interface DevicesArithmetic {
  readonly devices: number;
  readonly equations: readonly DoseEquation[];
}

/** Devices of a nasal dose. Throws `RangeError` where it is no whole number of them. */
export function workOutDevices({ doseUg, deviceUg }: { readonly doseUg: number; readonly deviceUg: number }): DevicesArithmetic {
  const devices = doseUg / deviceUg;
  if (!Number.isInteger(devices) || devices < 1) {
    throw new RangeError(`${showMilli(doseUg)} mg is no whole number of ${showMilli(deviceUg)} mg devices`);
  }
  const parts = [
    { sign: '', value: showMilli(doseUg), unit: 'mg' },
    { sign: '÷', value: showMilli(deviceUg), unit: 'mg per device' },
  ] as const;
  return { devices, equations: [{ of: 'dose', parts, result: { value: String(devices), unit: devices === 1 ? 'device' : 'devices' } }] };
}

export interface LozengesArithmetic {
  readonly doseUg: number;
  readonly ugPerKg: number;
  readonly equations: readonly DoseEquation[];
}

/** Lozenges are counted in halves, because they are cut. Throws `RangeError` for none. */
export function workOutLozenges(input: {
  readonly halves: number;
  readonly lozengeUg: number;
  readonly grams: number;
}): LozengesArithmetic {
  const { halves, lozengeUg, grams } = input;
  const doseUg = roundRational(rational(BigInt(halves) * BigInt(lozengeUg), 2n));
  if (doseUg < 1) throw new RangeError('no lozenge is no dose');
  const ugPerKg = perKilogram(doseUg, grams);
  const equations: DoseEquation[] = [
    {
      of: 'dose',
      parts: [
        { sign: '', value: showShort(halves / 2, 1), unit: halves === 2 ? 'lozenge' : 'lozenges' },
        { sign: '×', value: showMilli(lozengeUg), unit: 'mg' },
      ],
      result: { value: showMilli(doseUg), unit: 'mg' },
    },
    {
      of: 'dose-rate',
      parts: [
        { sign: '', value: showMilli(doseUg), unit: 'mg' },
        { sign: '÷', value: showMilli(grams), unit: 'kg' },
      ],
      result: { value: showMilli(ugPerKg), unit: 'mg/kg' },
    },
  ];
  return { doseUg, ugPerKg, equations };
}
