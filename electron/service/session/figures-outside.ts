import type { Range } from '../../../shared/clinical/protocol-range.ts';
import type { Doubt } from '../../../shared/contract/contract-errors.ts';
import { showShort } from '../../../shared/values/quantity.ts';

/** A figure of a dose, with the range that the protocol has for it. */
export interface Figure {
  /** Of the doubt where it lies outside. */
  readonly key: string;
  readonly value: number;
  readonly range: Range;
  readonly unit: string;
  /** The input that it comes from. */
  readonly subject: string;
}

/** A doubt for each figure that lies outside its range; both ends belong to it. */
export function figuresOutside(protocolName: string, figures: readonly Figure[]): readonly Doubt[] {
  return figures
    .filter(({ value, range: [min, max] }) => value < min || value > max)
    .map(({ key, value, range: [min, max], unit, subject }) => ({
      key,
      code: 'DOSE_OUTSIDE_PROTOCOL',
      words: `${showShort(value, 6)} ${unit} is outside ${min} to ${max} ${unit} of "${protocolName}"`,
      subject,
      needs: 'reason',
    }));
}
