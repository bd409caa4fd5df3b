import type { LiveStore } from '../live/live-store.ts';
import { createRoomClient, type RoomClient } from './room-client.ts';
import type { OpenTransport, RoomTransport } from './room-transport.ts';

/** The service speaks at least once a second; silence longer than this means the page knows nothing. */
const silentMsMax = 1600;
const checkMs = 200;
const retryMs = [100, 250, 500, 1000] as const;

export interface RoomConnection {
  readonly client: RoomClient;
  close(): void;
}

/**
 * Keeps the page's live store fed, for ever: connects, reads the feed, acknowledges, and starts again when the
 * transport ends, a number is missing, or nothing is heard.
 */
export function connectRoom(store: LiveStore, openTransport: OpenTransport): RoomConnection {
  let transport: RoomTransport | null = null;
  let ended = false;
  let heardAtMs = performance.now();
  const client = createRoomClient(() => transport);

  const staleness = setInterval(() => {
    const silentMs = performance.now() - heardAtMs;
    const { link } = store.getState();
    if (silentMs < silentMsMax || link.state === 'lost' || link.state === 'refused') return;
    store.setLink({ state: 'lost', sinceMs: Date.now() - silentMs, why: 'Nothing heard from the room service.' });
    transport?.close();
  }, checkMs);

  async function readFeed(): Promise<void> {
    const feed = await client.live.watch();
    for await (const message of feed) {
      heardAtMs = performance.now();
      if (ended || !store.take(message, heardAtMs)) return;
      void client.live.acknowledge({ number: message.number }).catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !ended; failures += 1) {
      try {
        transport = await openTransport();
        const { closed } = transport;
        failures = 0;
        await Promise.race([readFeed(), closed]);
      } catch {
        // The reason is of no use to a person here; the staleness clock tells them what it means.
      }
      transport?.close();
      transport = null;
      await pause(retryMs[Math.min(failures, retryMs.length - 1)] ?? 1000);
    }
  }

  void run();
  return {
    client,
    close() {
      ended = true;
      clearInterval(staleness);
      transport?.close();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
