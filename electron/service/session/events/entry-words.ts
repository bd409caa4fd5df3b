import { perKgWords } from '../../../../shared/clinical/dose-order.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

/** How entries put together what they say. */

interface OrderedByWeight {
  readonly ugPerKg: number;
  readonly weightGrams: number;
  readonly doseUg: number;
  readonly exact?: { readonly doseUg: number } | undefined;
}

/** `0.5 mg/kg at 81.3 kg, 40.65 mg drawn as 41 mg (0.504 mg/kg)` */
export function orderedByWeight({ ugPerKg, weightGrams, doseUg, exact }: OrderedByWeight): string {
  const asked = `${showMilli(ugPerKg)} mg/kg at ${showMilli(weightGrams)} kg`;
  return exact === undefined || exact.doseUg === doseUg ? asked : `${asked}, ${drawnAs(exact.doseUg, doseUg, weightGrams)}`;
}

/** `40.65 mg drawn as 41 mg (0.504 mg/kg)`; the amount alone where no step made another one of it. */
export function drawnAs(exactUg: number | undefined, drawnUg: number, grams: number): string {
  const drawn = `${showMilli(drawnUg)} mg`;
  return exactUg === undefined || exactUg === drawnUg
    ? drawn
    : `${showMilli(exactUg)} mg drawn as ${drawn} (${perKgWords(drawnUg, grams)})`;
}

/** The parts that say something; null where none does. */
export function joined(...parts: readonly (string | null | undefined)[]): string | null {
  const said = parts.filter((part) => part !== undefined && part !== null && part !== '');
  return said.length === 0 ? null : said.join(' · ');
}

/** `1.2 mL read at the pump`, of what is left in a bag; null where nothing was read. */
export function readAtPump(ul: number | undefined): string | null {
  return ul === undefined ? null : `${showMilli(ul)} mL read at the pump`;
}

/** A key of the log in words: `patient-anxious` is "patient anxious". */
export function spoken(key: string): string {
  return key.replaceAll(/[-_]/g, ' ');
}
