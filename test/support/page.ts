import { createRouterClient } from '@orpc/server';
import { openConnection, type PageConnection, type RoomHost } from '../../electron/service/api/call-context.ts';
import { roomRouter } from '../../electron/service/api/router.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';

/** A page of a room in this process: what it calls goes through the same procedures as over a socket. */
export interface Page {
  readonly client: RoomClient;
  readonly connection: PageConnection;
}

/** A new page; with this person on its seat, as after signing in and without the time that comparing a PIN takes. */
export function openPage(host: RoomHost, personId: string | null = null): Page {
  const connection = openConnection('browser');
  if (personId !== null) connection.seat = host.room.seats.take(personId);
  return { connection, client: createRouterClient(roomRouter, { context: { host, connection } }) as unknown as RoomClient };
}

export function pageOf(host: RoomHost, personId: string | null = null): RoomClient {
  return openPage(host, personId).client;
}

/** What became of a call: `accepted`, or the code of its refusal. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'accepted',
    (error: unknown) => refusalOf(error)?.code ?? String(error),
  );
}
