import { expect, test } from 'vitest';
import { noSlots, slotsFor } from '../../../../../renderer/screens/session/record-now/undo-places.ts';

const event = (eventId: string, enteredMs: number): { eventId: string; enteredMs: number } => ({ eventId, enteredMs });

test('PAGE-25 a way back stays in its place while others come and go', () => {
  const one = slotsFor(noSlots, [event('a', 1)]);
  expect(one).toEqual(['a', null]);
  const two = slotsFor(one, [event('b', 2), event('a', 1)]);
  expect(two).toEqual(['a', 'b']);
  expect(slotsFor(two, [event('b', 2)])).toEqual([null, 'b']);
  expect(slotsFor([null, 'b'], [event('c', 3), event('b', 2)])).toEqual(['c', 'b']);
});

test('PAGE-25 a third waits for a free place, and nothing new means the same places', () => {
  const full = ['a', 'b'];
  const three = [event('c', 3), event('b', 2), event('a', 1)];
  expect(slotsFor(full, three)).toBe(full);
  expect(slotsFor(full, three.slice(0, 2))).toEqual(['c', 'b']);
});
