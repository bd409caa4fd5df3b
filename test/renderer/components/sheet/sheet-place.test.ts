import { expect, test } from 'vitest';
import { leftBy, opened, type SheetPlace } from '../../../../renderer/components/sheet/sheet-place.ts';

const empty: SheetPlace<string> = { opening: 0, sheet: null };

test('SCREEN-34 a sheet closes itself and leads to another while it is the one that is open', () => {
  const vitals = opened(empty, 'vitals');
  expect(leftBy(vitals, 1, null).sheet).toBeNull();
  expect(leftBy(vitals, 1, 'sign-in')).toEqual({ opening: 2, sheet: 'sign-in' });
});

test('SCREEN-34 a sheet whose call comes back late leaves what was opened since alone, also one of its own kind', () => {
  const second = opened(opened(empty, 'vitals'), 'vitals');
  expect(leftBy(second, 1, null)).toBe(second);
  expect(leftBy(second, 1, 'sign-in')).toBe(second);
});

test('SCREEN-34 a sheet that was closed by hand opens nothing afterwards', () => {
  const closed = leftBy(opened(empty, 'vitals'), 1, null);
  expect(leftBy(closed, 1, 'sign-in')).toBe(closed);
});
