import { RPCLink } from '@orpc/client/websocket';
import WebSocket from 'ws';
import { createRoomClient } from '../../renderer/connection/room-client.ts';
import type { FeedMessage } from '../../shared/contract/room-board.ts';

/** The live feed of a served room, acknowledged like a page does. `url` is the first line of `vigil serve`. */
export async function* openFeed(url: string): AsyncGenerator<FeedMessage> {
  const { host, hash, origin } = new URL(url);
  const socket = new WebSocket(`ws://${host}/room`, [`vigil.${hash.slice('#token='.length)}`], { origin });
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('the socket closed')));
  const link = new RPCLink({ websocket: socket as never });
  const client = createRoomClient(() => ({ link, closed, close: () => socket.close() }));
  try {
    for await (const message of await client.live.watch()) {
      yield message;
      void client.live.acknowledge({ number: message.number });
    }
  } finally {
    socket.terminate();
  }
}
