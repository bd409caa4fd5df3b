import { multiply, rational, rationalFromDecimal, roundRational, type Rational } from './rational.ts';

/**
 * The one place where units change. Everything that is stored or reckoned with is a whole number of the small
 * unit (g, µg, µL, µL/h); the large units are for people.
 */

export type TemperatureUnit = 'Cel' | '[degF]';

/** Degrees Celsius of a temperature as it was typed, to the hundredth: a tenth of a degree Fahrenheit comes back as it was. */
export function celsiusFromEntry({ value, unit }: { readonly value: number; readonly unit: TemperatureUnit }): number {
  return unit === 'Cel' ? value : Math.round(((value - 32) * 500) / 9) / 100;
}

/** The same temperature for people, to a tenth, with its unit: `37.0 °C`, `98.6 °F`. */
export function showTemperature(celsius: number, unit: TemperatureUnit): string {
  return unit === 'Cel' ? `${showDecimal(celsius, 1)} °C` : `${showDecimal((celsius * 9) / 5 + 32, 1)} °F`;
}

export type WeightUnit = 'kg' | 'lb';

/** Grams in one international avoirdupois pound, by definition: 453.59237. */
const gramsPerPound: Rational = rational(45_359_237n, 100_000n);
const thousand: Rational = rational(1000n, 1n);

/**
 * A weight as it was typed, in whole grams (half a gram rounds up).
 * The unit is mandatory: 176 lb read as kilograms would more than double the dose.
 */
export function gramsFromEntry(entry: { readonly value: number; readonly unit: WeightUnit }): number {
  return roundRational(multiply(rationalFromDecimal(entry.value), entry.unit === 'lb' ? gramsPerPound : thousand));
}

/** A weight for people: in kilograms, which doses are reckoned by; after pounds where the clinic weighs in pounds. */
export function showWeight(grams: number, unit: WeightUnit): string {
  const kg = `${showDecimal(grams / 1000, 1)} kg`;
  return unit === 'kg' ? kg : `${showDecimal(poundsOf(grams), 1)} lb (${kg})`;
}

/** For showing; never to reckon on with. */
export function poundsOf(grams: number): number {
  return (grams * 100_000) / 45_359_237;
}

/** mg → µg, mL → µL, mL/h → µL/h, mg/kg → µg/kg, kg → g: a typed decimal times 1000, to the nearest whole. */
export function thousandths(value: number): number {
  return roundRational(multiply(rationalFromDecimal(value), thousand));
}

/** µg → mg, µL → mL, g → kg. For showing; never to reckon on with. */
export function fromThousandths(value: number): number {
  return value / 1000;
}

/**
 * A number as shown, with exactly `decimals` places, a half rounded away from zero **as typed**: 1.005 to two
 * places is "1.01" (its double lies a little below, and `toFixed` would print 1.00).
 */
export function showDecimal(value: number, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const scaled = BigInt(roundRational(multiply(rationalFromDecimal(value), rational(scale, 1n))));
  const magnitude = scaled < 0n ? -scaled : scaled;
  const whole = (magnitude / scale).toString();
  const fraction = decimals === 0 ? '' : `.${(magnitude % scale).toString().padStart(decimals, '0')}`;
  return `${scaled < 0n ? '-' : ''}${whole}${fraction}`;
}

/** As `showDecimal`, without trailing zeros: 40 mg is "40", 36.2 mg is "36.2". */
export function showShort(value: number, decimalsMax: number): string {
  const text = showDecimal(value, decimalsMax);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * A dose, a volume or a rate for people: mg of µg, mL of µL, mL/h of µL/h, kg of g. As it is written safely: a 0
 * before the point, none after the last figure (5 and never 5.0, 0.5 and never .5).
 */
export function showMilli(thousandth: number): string {
  return showShort(fromThousandths(thousandth), 3);
}
