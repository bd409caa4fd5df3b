import { describe, expect, test } from 'vitest';
import { afterKey } from '../../../renderer/sheets/sign-in/scanned-badge.ts';

/** The badge that these keys are, typed one after the other; null where they are none. */
function badgeOf(keys: readonly string[], isPinAsked: boolean): string | null {
  let now: ReturnType<typeof afterKey> = { typed: '', badge: null };
  for (const key of keys) now = afterKey(now.typed, { key, ctrlKey: false, metaKey: false, altKey: false }, isPinAsked);
  return now.badge;
}
const keysOf = (code: string): string[] => Array.from(code, (key) => key);
const read = (code: string, isPinAsked: boolean): string | null => badgeOf([...keysOf(code), 'Enter'], isPinAsked);

describe('what a reader types at the sign-in', () => {
  test.each([
    ['4071', true, false],
    ['40718235', true, false],
    ['246801', true, false],
    ['STAFF-0042', true, true],
    ['A40718235', true, true],
    ['4071823540718', true, true],
    ['407', false, false],
    ['ABC', false, false],
  ])('BADGE-6 %s is a badge before a name is chosen: %s, and where a PIN is asked for: %s', (code, before, asked) => {
    expect(read(code, false)).toBe(before ? code : null);
    expect(read(code, true)).toBe(asked ? code : null);
  });

  test('BADGE-6 a capital is typed with Shift, and any other key begins anew', () => {
    expect(badgeOf(['Shift', 'A', 'Shift', 'B', '1', '2', 'Enter'], true)).toBe('AB12');
    for (const key of ['Tab', 'Escape', 'Backspace', 'ArrowDown', 'F9']) {
      expect(badgeOf(['A', 'B', 'C', 'D', key, 'Enter'], false)).toBeNull();
    }
    expect(badgeOf(['x', 'F9', ...keysOf(badge), 'Enter'], false)).toBe(badge);
    expect(afterKey('ABCD', { key: 'c', ctrlKey: true, metaKey: false, altKey: false }, false)).toEqual({ typed: '', badge: null });
  });

  test('BADGE-6 read twice in a row it is the same badge twice', () => {
    const keys = [...keysOf(badge), 'Enter', ...keysOf(badge)];
    expect(badgeOf(keys, false)).toBeNull();
    expect(badgeOf([...keys, 'Enter'], true)).toBe(badge);
  });

  test('BADGE-6 what leans on the keyboard is kept short', () => {
    let typed = '';
    for (let key = 0; key < 10_000; key += 1)
      ({ typed } = afterKey(typed, { key: 'x', ctrlKey: false, metaKey: false, altKey: false }, false));
    expect(typed.length).toBeLessThanOrEqual(64);
  });
});

const badge = 'STAFF-0042';
