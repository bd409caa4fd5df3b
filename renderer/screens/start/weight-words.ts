import { gramsFromEntry, poundsOf, showDecimal } from '../../../shared/values/quantity.ts';

export type WeightUnit = 'kg' | 'lb';

/** The same weight in the other unit: people know their own weight in one of them. */
export function inOtherUnit(grams: number, unit: WeightUnit): string {
  return unit === 'kg' ? `${showDecimal(poundsOf(grams), 1)} lb` : `${showDecimal(grams / 1000, 2)} kg`;
}
/** `80.0 kg`, `176.4 lb`, as it was typed. */
export function asEntered(entered: { readonly value: number; readonly unit: WeightUnit }): string {
  return `${showDecimal(entered.value, 1)} ${entered.unit}`;
}

/** Change since another weight: `+0.4` kg and `+0.5` percent, with a true minus. */
export function changeSince(grams: number, beforeGrams: number): { readonly kg: string; readonly percent: string } {
  return { kg: signed((grams - beforeGrams) / 1000), percent: signed(((grams - beforeGrams) / beforeGrams) * 100) };
}

function signed(value: number): string {
  const text = showDecimal(Math.abs(value), 1);
  if (text === '0.0') return '±0.0';
  return value < 0 ? `−${text}` : `+${text}`;
}

export function gramsTyped(value: number | null, unit: WeightUnit | null): number | null {
  return value === null || unit === null || value <= 0 ? null : gramsFromEntry({ value, unit });
}
