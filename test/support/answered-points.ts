import type { RoomClient } from '../../renderer/connection/room-client.ts';

/** Before signing: every open point of an ended session, each answered by its own key. */
export async function answerOpenPoints(client: RoomClient, sessionId: string, commandId: () => string): Promise<void> {
  const { items } = await client.signing.read({ sessionId });
  for (const { key } of items.filter(({ asks, closed }) => asks !== 'nothing' && closed === null)) {
    const command = { type: 'close-item' as const, keys: [key], reason: 'left before the dose' };
    await client.session.execute({ commandId: commandId(), sessionId, command });
  }
}
