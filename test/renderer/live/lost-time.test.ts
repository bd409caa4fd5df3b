import { expect, test } from 'vitest';
import { coverNowMs } from '../../../renderer/components/page/not-recording.tsx';
import { connectRoom } from '../../../renderer/connection/room-connection.ts';
import { createLiveStore } from '../../../renderer/live/live-store.ts';
import { goldenBoard } from '../../fixtures/boards/golden-board.ts';

test('CLOCK-9 since when nothing is heard, and for how long, is said by the room’s time, whatever the computer’s clock says', async () => {
  const store = createLiveStore();
  const board = goldenBoard({ state: 'full' });
  store.take({ number: 1, kind: 'snapshot', board }, performance.now());
  const roomMs = board.clock.now.utcMs;
  // Years away from the golden session's time.
  expect(Math.abs(Date.now() - roomMs)).toBeGreaterThan(60_000);
  const connection = connectRoom(store, () => Promise.reject(new Error('nobody there')));
  await expect.poll(() => store.getState().link.state, { timeout: 20_000 }).toBe('lost');
  connection.close();
  const state = store.getState();
  expect(state.link).toMatchObject({ state: 'lost', sinceMs: roomMs });
  const lastingMs = coverNowMs(state) - roomMs;
  expect(lastingMs).toBeGreaterThan(1000);
  expect(lastingMs).toBeLessThan(60_000);
});
