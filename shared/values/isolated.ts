/** Letters that are written from right to left, and the marks that turn the writing. */
const rightToLeft = /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff]|[\ud802\ud803\ud83a\ud83b]/;
const [first, last] = ['\u2068', '\u2069'];

/**
 * Text that a person typed, put into a sentence of ours: letters from right to left stay by themselves and do not tear the figures beside
 * them ("3 ,name Apr 1979"). Other text stays as it is. Where typed text stands in an element of its own, `base.css` does the same.
 */
export function isolated(typed: string): string {
  return rightToLeft.test(typed) ? `${first}${typed}${last}` : typed;
}

/** A sentence with typed text in it as it is kept: the marks are for the screen. */
export function withoutIsolation(sentence: string): string {
  return sentence.replaceAll(first, '').replaceAll(last, '');
}

/** Every text in it set apart, for a sentence that is put together of them. Keys and numbers stay as they are. */
export function isolatedIn<T>(value: T): T {
  if (typeof value === 'string') return isolated(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => isolatedIn(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isolatedIn<unknown>(item)])) as T;
}
