import { z } from 'zod';
import { showMilli } from '../values/quantity.ts';

/**
 * What a controlled-drug log counts: one drug in one strength and size. Every amount is in whole micrograms, so that
 * a running balance is exact after any number of entries (`docs/clinical-rules.md`).
 */
export const stockUnits = ['vial', 'ampoule', 'device', 'lozenge', 'tablet'] as const;

/** The most one unit may hold: a typing mistake stops here, no vial does. */
const unitUgMax = 10_000_000;

export const stockSchema = z.object({
  drug: z.string().trim().min(1).max(60),
  unit: z.enum(stockUnits),
  /** Drug in one unit. */
  unitUg: z.number().int().positive().max(unitUgMax),
  /** null where it is not a liquid. */
  ugPerMl: z.number().int().positive().max(unitUgMax).nullable(),
});
export type Stock = z.output<typeof stockSchema>;

/** Where leftover drug was. */
export const wasteSources = ['vial', 'bag', 'syringe', 'line', 'device', 'other'] as const;
export type WasteSource = (typeof wasteSources)[number];

/** Two entries are of the same stock when these are equal. */
export function stockKey({ drug, unit, unitUg, ugPerMl }: Stock): string {
  return [drug.trim().toLowerCase(), unit, unitUg, ugPerMl ?? ''].join('|');
}

/** `ketamine, vial of 500 mg (50 mg/mL)` */
export function stockLabel({ drug, unit, unitUg, ugPerMl }: Stock): string {
  const strength = ugPerMl === null ? '' : ` (${showMilli(ugPerMl)} mg/mL)`;
  return `${drug}, ${unit} of ${showMilli(unitUg)} mg${strength}`;
}
