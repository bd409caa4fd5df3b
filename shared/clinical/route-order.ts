import { showShort } from '../values/quantity.ts';
import { divide, multiply, rational, roundRational, type Rational } from '../values/rational.ts';
import type { Bag } from './dosing.ts';
import type { DoseEquation } from './dose-order.ts';

/** The arithmetic of an order by a route other than a vein (`docs/clinical-rules.md`). Amounts in µg, µL and g. */

const exact = (value: number): Rational => rational(BigInt(value), 1n);
const show = (thousandths: number): string => showShort(thousandths / 1000, 3);

export interface InjectionArithmetic {
  readonly doseUg: number;
  readonly volumeUl: number;
  readonly equations: readonly DoseEquation[];
}

/** dose = kg × mg/kg; volume = mg ÷ (mg/mL), each rounded once. Throws `RangeError` where nothing would come out. */
export function workOutInjection(input: { readonly grams: number; readonly ugPerKg: number; readonly vial: Bag }): InjectionArithmetic {
  const { grams, ugPerKg, vial } = input;
  const dose = divide(multiply(exact(grams), exact(ugPerKg)), exact(1000));
  const doseUg = roundRational(dose);
  const volumeUl = roundRational(divide(multiply(dose, exact(vial.ul)), exact(vial.ug)));
  if (doseUg < 1 || volumeUl < 1) throw new RangeError(`${doseUg} µg in ${volumeUl} µL: too little to give`);
  const equations: DoseEquation[] = [
    {
      of: 'dose',
      parts: [
        { sign: '', value: show(grams), unit: 'kg' },
        { sign: '×', value: show(ugPerKg), unit: 'mg/kg' },
      ],
      result: { value: show(doseUg), unit: 'mg' },
    },
    {
      of: 'volume',
      parts: [
        { sign: '', value: show(doseUg), unit: 'mg' },
        { sign: '÷', value: showShort(vial.ug / vial.ul, 3), unit: 'mg/mL' },
      ],
      result: { value: show(volumeUl), unit: 'mL' },
    },
  ];
  return { doseUg, volumeUl, equations };
}

/** µL that hold this much of a solution, to the nearest whole. */
export function volumeOf(ug: number, vial: Bag): number {
  return roundRational(divide(multiply(exact(ug), exact(vial.ul)), exact(vial.ug)));
}

/** µg/kg of an amount, to the nearest whole. */
export function perKilogram(ug: number, grams: number): number {
  return roundRational(divide(multiply(exact(ug), exact(1000)), exact(grams)));
}

export interface DevicesArithmetic {
  readonly devices: number;
  readonly equations: readonly DoseEquation[];
}

/** Devices of a nasal dose. Throws `RangeError` where it is no whole number of them. */
export function workOutDevices({ doseUg, deviceUg }: { readonly doseUg: number; readonly deviceUg: number }): DevicesArithmetic {
  const devices = doseUg / deviceUg;
  if (!Number.isInteger(devices) || devices < 1) {
    throw new RangeError(`${show(doseUg)} mg is no whole number of ${show(deviceUg)} mg devices`);
  }
  const parts = [
    { sign: '', value: show(doseUg), unit: 'mg' },
    { sign: '÷', value: show(deviceUg), unit: 'mg per device' },
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
        { sign: '×', value: show(lozengeUg), unit: 'mg' },
      ],
      result: { value: show(doseUg), unit: 'mg' },
    },
    {
      of: 'dose-rate',
      parts: [
        { sign: '', value: show(doseUg), unit: 'mg' },
        { sign: '÷', value: show(grams), unit: 'kg' },
      ],
      result: { value: show(ugPerKg), unit: 'mg/kg' },
    },
  ];
  return { doseUg, ugPerKg, equations };
}
