import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { openConnection } from '../../electron/service/api/call-context.ts';
import { roomRouter } from '../../electron/service/api/router.ts';
import { refusalIn, type RoomClient } from '../../renderer/connection/room-client.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

export const otherTherapistPin = '739155';

/** A room with a session and pages, as people would use them. */
export interface PrivateRoom {
  readonly test: TestRoom;
  readonly sessionId: string;
  /** A new page at which this person has signed in. */
  page(personId: string): RoomClient;
  /** A new page with the private side open. */
  author(phrase?: string): Promise<RoomClient>;
  uuid(): string;
  /** Records a private note and returns its id. */
  note(page: RoomClient, text: string): Promise<string>;
  close(): Promise<void>;
}

export async function openPrivateRoom(options: Parameters<typeof openTestRoom>[0] = {}): Promise<PrivateRoom> {
  const test = openTestRoom(options);
  const sessionId = test.openSession();
  const page = (personId: string): RoomClient => {
    const connection = openConnection();
    // A seat as after signing in, without the half second that comparing a PIN takes.
    connection.seat = test.room.seats.take(personId);
    return createRouterClient(roomRouter, { context: { host: test.host, connection } }) as unknown as RoomClient;
  };
  const uuid = (): string => test.room.ids.uuid();
  return {
    test,
    sessionId,
    page,
    author: async (phrase) => {
      const client = page(test.therapistId);
      await client.private.open({ sessionId, pin: testPin, phrase: phrase ?? null });
      return client;
    },
    uuid,
    note: async (client, text) => {
      const noteId = uuid();
      await client.private.record({ sessionId, noteId, draftId: null, text, begunAt: test.clock.now().utcMs });
      return noteId;
    },
    close: () => test.close(),
  };
}

/** The refusal of a call, or "accepted". */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    return refusalIn(error)?.code ?? String(error);
  }
}

/** Every file of a folder, with what is in it. */
export function filesOf(folder: string): readonly { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [{ path, bytes: readFileSync(path) }];
  });
}
