import type { Anchor, InstrumentItem } from '../../../shared/clinical/instrument.ts';
import { ratingText } from '../../text/rating.ts';

/** What is offered for an item: each step of its range, most awake or least first as the form has it. */
export function valuesOf(item: InstrumentItem): number[] {
  const values: number[] = [];
  for (let value = item.min; value <= item.max; value += item.step) values.push(value);
  return values;
}

/** `time slowed · 0 none to 4 extreme` */
export function rangeOf(item: InstrumentItem, anchors: readonly Anchor[] = item.anchors): string {
  const word = (value: number): string => {
    const anchor = anchors.find((candidate) => candidate.value === value)?.text;
    return anchor === undefined ? String(value) : `${value} ${anchor}`;
  };
  const range = [word(item.min), word(item.max)] as const;
  return item.label === null ? ratingText.rangeOnly(...range) : ratingText.range(item.label, ...range);
}

/** A true minus, and a plus where the scale has two sides. */
export function signed(value: number, twoSided: boolean): string {
  if (value < 0) return `−${-value}`;
  return twoSided && value > 0 ? `+${value}` : String(value);
}
