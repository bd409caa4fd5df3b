import type { Range } from '../../../../shared/clinical/protocol-range.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import { showShort } from '../../../../shared/values/quantity.ts';

/** A figure of a dose, with the range that the protocol has for it. */
export interface JudgedFigure {
  /** Of the doubt where it lies outside. */
  readonly key: string;
  readonly value: number;
  readonly range: Range;
  readonly unit: string;
  /** The input that it comes from. */
  readonly subject: string;
  /** Where the harm lies: more of it, but for the minutes of a dose, which go in faster the fewer they are. */
  readonly harm?: 'below';
}

/**
 * A doubt for each figure that lies outside its range; both ends belong to it. More, faster or stronger than the
 * protocol is for a prescriber to sign; less, slower or weaker takes a reason: nobody waits for a prescriber to turn
 * a dose down.
 */
export function figuresOutside(protocolName: string, figures: readonly JudgedFigure[]): readonly Doubt[] {
  return figures
    .filter(({ value, range: [min, max] }) => value < min || value > max)
    .map(({ key, value, range: [min, max], unit, subject, harm }) => ({
      key,
      code: 'DOSE_OUTSIDE_PROTOCOL',
      words: `${outsideShown(value, min, max)} ${unit} is outside ${min} to ${max} ${unit} of "${protocolName}"`,
      subject,
      needs: (harm === 'below' ? value < min : value > max) ? 'prescriber' : 'reason',
    }));
}

/** With as many decimals as it takes to see that it is outside. */
function outsideShown(value: number, min: number, max: number): string {
  const shown = [3, 4, 5].map((decimals) => showShort(value, decimals));
  return shown.find((text) => Number(text) < min || Number(text) > max) ?? showShort(value, 6);
}
