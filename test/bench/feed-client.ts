import type { FeedMessage } from '../../shared/contract/board/room-board.ts';
import { callRoom } from '../support/room-client.ts';

/** The live feed of a served room, acknowledged like a page does. `url` is the first line of `vigil serve`. */
export async function* openFeed(url: string): AsyncGenerator<FeedMessage> {
  const room = await callRoom(url);
  try {
    for await (const message of await room.client.live.watch()) {
      yield message;
      void room.client.live.acknowledge({ number: message.number });
    }
  } finally {
    room.close();
  }
}
