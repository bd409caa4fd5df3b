import { describe, expect, test } from 'vitest';
import { PrintedNumber, wholeNumberIn } from '../../electron/service/drivers/printed-number.ts';
import { ascii } from './decoded-stream.ts';

/** Every text of up to `longest` of these characters. */
function textsOf(characters: string, longest: number): string[] {
  if (longest === 0) return [''];
  const shorter = textsOf(characters, longest - 1);
  return ['', ...shorter.flatMap((text) => Array.from(characters, (character) => text + character))];
}

const texts = textsOf('07.+-C', 5);
/** What a field begins with, said once more: a sign and digits, or dashes with points among them. */
const numberForm = /^[+-]?(\d+)(?:\.(\d+))?/;
const dashesForm = /^\+?[.-]*-[.-]*/;

describe('numbers that a monitor prints', () => {
  test('DRIVER-13 every text begins with the number that its digits state, with dashes, or with neither', () => {
    const printed = new PrintedNumber();
    const kinds = { number: 0, dashes: 0, neither: 0 };
    for (const text of texts) {
      // What stands around a field is not looked at.
      printed.read(ascii(`5${text}5`), 1, 1 + text.length);
      const [number, whole = '', decimals = ''] = numberForm.exec(text) ?? [];
      const [dashes = ''] = number === undefined ? (dashesForm.exec(text) ?? []) : [];
      const kind = number !== undefined ? 'number' : dashes === '' ? 'neither' : 'dashes';
      kinds[kind] += 1;
      expect(
        { kind: printed.kind, value: printed.value, digits: [printed.wholeDigits, printed.decimals], end: printed.end - 1 },
        text,
      ).toEqual({ kind, value: Number(number), digits: [whole.length, decimals.length], end: (number ?? dashes).length });
    }
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(1000);
  });

  test('DRIVER-13 decimals are the number nearest to what is printed', () => {
    const printed = new PrintedNumber();
    for (let thousandths = 0; thousandths < 10_000; thousandths += 7) {
      const text = `-${(thousandths / 1000).toFixed(3)}`;
      printed.read(ascii(text), 0, text.length);
      expect(printed.value).toBe(Number(text));
    }
  });

  test('DRIVER-13 a field of digits is a whole number, and any other is none', () => {
    for (const text of texts) {
      expect(wholeNumberIn(ascii(`5${text}5`), 1, 1 + text.length), text).toBe(/^\d+$/.test(text) ? Number(text) : null);
    }
  });
});
