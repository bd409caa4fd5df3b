import { expect, test } from 'vitest';
import { exactNowMs } from '../../../renderer/live/room-context.tsx';
import type { LiveState } from '../../../renderer/live/live-store.ts';

test('COURSE-16 the moment at which a sheet is opened is the millisecond, and not the second that the clock shows', () => {
  const heardMs = 1_700_000_000_640.2;
  const state = { heard: { serviceMs: heardMs, atMs: performance.now(), rate: 0 } } as LiveState;
  // Something recorded at 640 ms of this second is before it.
  expect(exactNowMs(state)).toBe(1_700_000_000_641);
});
