import { isFarFrom, nearestSteps } from '../../../../shared/clinical/dose-step.ts';
import type { Bag } from '../../../../shared/clinical/dosing.ts';
import { perKgWords } from '../../../../shared/clinical/dose-order.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

/**
 * What is doubtful about amounts and steps. What a person types is never rounded: it says what was drawn or set, and
 * where the clinic's steps have no such figure, they say why.
 */
function doubt(key: string, words: string, subject: string): Doubt {
  return { key, code: 'DOSE_OUTSIDE_PROTOCOL', words, subject, needs: 'reason' };
}

export interface TypedAmount {
  readonly key: string;
  /** In µg, µL or µL/h, as the step. */
  readonly value: number;
  /** undefined where the protocol names none. */
  readonly step: number | undefined;
  readonly unit: 'mg' | 'mL' | 'mL/h';
  readonly subject: string;
}

/** A figure between two steps, with the nearest two. */
export function stepDoubts({ key, value, step, unit, subject }: TypedAmount): readonly Doubt[] {
  if (step === undefined) return [];
  const nearest = nearestSteps(value, step);
  if (nearest === null) return [];
  const words = `${showMilli(value)} ${unit} lies between steps of ${showMilli(step)} ${unit}: the nearest ${nearestWords(nearest.map(showMilli), unit)}`;
  return [doubt(key, words, subject)];
}

function nearestWords(figures: readonly string[], unit: string): string {
  return figures.length === 1 ? `is ${figures.join('')} ${unit}` : `are ${figures.join(' and ')} ${unit}`;
}

/** An amount whose volume lies between two marks of the syringe. */
export function syringeDoubts(ug: number, vial: Bag, drawUl: number | undefined): readonly Doubt[] {
  if (drawUl === undefined) return [];
  const ul = (ug * vial.ul) / vial.ug;
  const low = Math.floor(ul / drawUl + nearly) * drawUl;
  if (Math.abs(ul - low) <= drawUl * nearly) return [];
  const holds = [low, low + drawUl]
    .filter((one) => one > 0)
    .map((one) => `${showMilli(Math.round((one * vial.ug) / vial.ul))} mg in ${showMilli(one)} mL`);
  const words = `${showMilli(ug)} mg are ${showMilli(Math.round(ul))} mL, between the syringe's steps of ${showMilli(drawUl)} mL: the nearest ${holds.length === 1 ? 'is' : 'are'} ${holds.join(' and ')}`;
  return [doubt('amount-not-drawable', words, 'mg')];
}

/** Amounts are whole micrograms; a syringe's mark may lie between two of them. */
const nearly = 1e-3;

/** An order that its steps turn into another dose. */
export function roundedFarDoubts(key: string, exactUg: number, drawnUg: number, grams: number): readonly Doubt[] {
  if (!isFarFrom(exactUg, drawnUg)) return [];
  const words = `${showMilli(exactUg)} mg can only be drawn as ${showMilli(drawnUg)} mg, ${perKgWords(drawnUg, grams)}`;
  return [doubt(key, words, 'mgPerKg')];
}
