/**
 * A slip of the hand or the eye: a decimal place, a zero too many, mg typed as mL/h. It is told by the ratio to what
 * was to be expected, whatever a protocol allows.
 */

/** From here up it is no adjustment any more, whichever digit it was. */
const factorMin = 5;
const tolerance = 0.05;
const places = [
  { factor: 1000, words: 'a thousand times' },
  { factor: 100, words: 'a hundred times' },
  { factor: 10, words: 'ten times' },
  { factor: 0.1, words: 'a tenth of' },
  { factor: 0.01, words: 'a hundredth of' },
  { factor: 0.001, words: 'a thousandth of' },
] as const;

/** `ten times`, where `value` looks like a slip for `expected`; null where it does not, or nothing was expected. */
export function slipWords(value: number, expected: number | null): string | null {
  if (expected === null || expected <= 0) return null;
  const ratio = value / expected;
  const place = placeOf(ratio);
  if (place !== null) return place;
  return ratio >= factorMin ? `${Math.round(ratio * 10) / 10} times` : null;
}

/** Only a place that slipped, within a twentieth: for what may well be five times as much. */
export function placeOf(ratio: number): string | null {
  return places.find(({ factor }) => Math.abs(ratio / factor - 1) <= tolerance)?.words ?? null;
}
