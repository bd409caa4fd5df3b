import type { LiveStore } from '../live/live-store.ts';
import { createRoomClient, type RoomClient } from './room-client.ts';
import { RoomCannotRunError, type OpenTransport, type RoomTransport } from './room-transport.ts';

/** The service speaks at least once a second; silence longer than this means the page knows nothing. */
const silentMsMax = 1600;
const checkMs = 200;
/** A check that comes so late tells of this page, and not of the service. */
const heldUpMs = 2 * checkMs;
const retryMs = [100, 250, 500, 1000] as const;

interface RoomConnection {
  readonly client: RoomClient;
  close(): void;
}

/**
 * Keeps the page's live store fed, for ever: connects, reads the feed, acknowledges, and starts again when the
 * transport ends, a number is missing, or nothing is heard. `arrive` comes before the feed on each new connection,
 * which does not know yet who sits here: told afterwards, the page would be without its session for a moment.
 */
export function connectRoom(
  store: LiveStore,
  openTransport: OpenTransport,
  arrive: (client: RoomClient) => Promise<unknown> = () => Promise.resolve(),
): RoomConnection {
  let transport: RoomTransport | null = null;
  let ended = false;
  let heardAtMs = performance.now();
  let openedAtMs = heardAtMs;
  const client = createRoomClient(() => transport);

  function lose(why: string): void {
    const { link, heard } = store.getState();
    if (ended || link.state === 'lost' || link.state === 'refused') return;
    // By the room's time: the computer's own clock may have been set, and says another.
    store.setLink({ state: 'lost', sinceMs: heard?.serviceMs ?? Date.now(), why });
  }

  let checkedAtMs = performance.now();
  let wasHeldUp = false;
  const staleness = setInterval(() => {
    const nowMs = performance.now();
    // This page itself stood still. What the service said meanwhile waits behind this very timer: it is heard first.
    wasHeldUp = !wasHeldUp && nowMs - checkedAtMs > heldUpMs;
    checkedAtMs = nowMs;
    if (wasHeldUp || nowMs - heardAtMs < silentMsMax) return;
    lose('Nothing heard from the room service.');
    // A port may stay open after its other end has died, so a silent transport is given up and opened again.
    if (performance.now() - openedAtMs > silentMsMax) transport?.close();
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
        const opened = await openTransport();
        transport = opened;
        openedAtMs = performance.now();
        const { closed } = opened;
        // Where a transport does say that it ended, the person is told at once.
        void closed.then((why) => {
          if (transport === opened) lose(why);
        });
        failures = 0;
        await Promise.race([arrive(client).then(readFeed), closed]);
      } catch (error) {
        // Only a reason that somebody can act on is shown. Otherwise the age of the last message says that the service is not heard.
        if (error instanceof RoomCannotRunError) store.setLink({ state: 'refused', code: error.code, message: error.message });
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
