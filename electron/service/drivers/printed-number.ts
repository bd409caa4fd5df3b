import { isDigit } from './framing.ts';

const plus = 0x2b;
const dash = 0x2d;
const point = 0x2e;

/**
 * A number as a monitor prints it, or the dashes that it prints for none, read where it stands: no text is made of a field. One object
 * serves all of them; what it says holds until the next `read`.
 *
 *   -02.10%      +--        --.--%      ABC
 *   number│      dashes│    dashes│     neither, and the end is its start
 *         └─ end: what stands behind is the caller's, a unit most often
 */
export class PrintedNumber {
  kind: 'number' | 'dashes' | 'neither' = 'neither';
  /** Exact to the digits that are printed, up to fifteen of them; NaN where it is no number. */
  value = Number.NaN;
  /** How many digits stand before the point and behind it. */
  wholeDigits = 0;
  decimals = 0;
  /** Right behind it. */
  end = 0;

  /** Begins at `start` and looks no further than `end` (exclusive). */
  read(bytes: Uint8Array, start: number, end: number): void {
    const sign = start < end ? bytes[start] : undefined;
    const from = sign === plus || sign === dash ? start + 1 : start;
    if (from < end && isDigit(bytes[from] as number)) this.#readDigits(bytes, from, end, sign === dash);
    else this.#readDashes(bytes, start, sign === plus ? from : start, end);
  }

  #readDigits(bytes: Uint8Array, from: number, end: number, isNegative: boolean): void {
    let at = from;
    let digits = 0;
    while (at < end && isDigit(bytes[at] as number)) digits = digits * 10 + (bytes[at++] as number) - 0x30;
    this.kind = 'number';
    this.wholeDigits = at - from;
    this.decimals = 0;
    this.end = at;
    // A point that no digit follows is none of the number's.
    if (at + 1 < end && bytes[at] === point && isDigit(bytes[at + 1] as number)) {
      const pointAt = at++;
      let scale = 1;
      for (; at < end && isDigit(bytes[at] as number); scale *= 10) digits = digits * 10 + (bytes[at++] as number) - 0x30;
      this.decimals = at - pointAt - 1;
      this.end = at;
      // Both are whole and exact, so that their quotient is the number nearest to what is printed, as `Number` reads it.
      digits /= scale;
    }
    this.value = isNegative ? -digits : digits;
  }

  /** `---`, `--.--`, `+--`: points may stand among them, but not alone. */
  #readDashes(bytes: Uint8Array, start: number, from: number, end: number): void {
    let at = from;
    let dashes = 0;
    while (at < end && (bytes[at] === dash || bytes[at] === point)) {
      if (bytes[at++] === dash) dashes += 1;
    }
    this.kind = dashes > 0 ? 'dashes' : 'neither';
    this.value = Number.NaN;
    this.wholeDigits = 0;
    this.decimals = 0;
    this.end = dashes > 0 ? at : start;
  }
}

/** The number of a field of digits and nothing else, at most fifteen; null where it is empty or holds anything else. */
export function wholeNumberIn(bytes: Uint8Array, start: number, end: number): number | null {
  if (start >= end) return null;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (!isDigit(byte)) return null;
    value = value * 10 + byte - 0x30;
  }
  return value;
}
