import { expect, test } from 'vitest';
import { connectRoom } from '../../../renderer/connection/room-connection.ts';
import type { OpenTransport } from '../../../renderer/connection/room-transport.ts';
import { createLiveStore } from '../../../renderer/live/live-store.ts';
import type { FeedMessage } from '../../../shared/contract/board/room-board.ts';
import { goldenBoard } from '../../fixtures/boards/golden-board.ts';

const board = goldenBoard({ state: 'full' });

/** A service that says something ten times a second, over a port as the desktop has it. */
function speakingService() {
  const { port1, port2 } = new MessageChannel();
  let number = 0;
  const timer = setInterval(() => port1.postMessage((number += 1)), 100);
  const waiting: ((message: FeedMessage) => void)[] = [];
  port2.onmessage = ({ data }: MessageEvent<number>) => waiting.shift()?.({ kind: 'snapshot', number: data, board });
  async function* feed(): AsyncGenerator<FeedMessage> {
    for (;;) yield await new Promise<FeedMessage>((resolve) => waiting.push(resolve));
  }
  const call = (path: readonly string[]): Promise<unknown> => Promise.resolve(path.join('.') === 'live.watch' ? feed() : {});
  const open: OpenTransport = () =>
    Promise.resolve({ link: { call } as never, closed: new Promise<string>(() => undefined), close: () => undefined });
  return {
    open,
    end: () => {
      clearInterval(timer);
      port1.close();
    },
    silence: () => clearInterval(timer),
  };
}

function standStill(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}

test('PAGE-26 a page that stood still itself says nothing of the service, and one that hears nothing says so', async () => {
  const store = createLiveStore();
  const service = speakingService();
  const connection = connectRoom(store, service.open);
  const states: string[] = [];
  await expect.poll(() => store.getState().link.state).toBe('live');
  store.subscribe(() => states.push(store.getState().link.state));
  // As while another program has the processor: nothing of this page runs, neither its timers nor what it hears.
  for (let time = 0; time < 3; time += 1) {
    standStill(1900);
    await new Promise((resolve) => setTimeout(resolve, 450));
  }
  expect(states).not.toContain('lost');
  service.silence();
  await expect.poll(() => store.getState().link.state, { timeout: 20_000 }).toBe('lost');
  connection.close();
  service.end();
});
