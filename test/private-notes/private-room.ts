import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { pageOf } from '../support/page.ts';

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
  const page = (personId: string): RoomClient => pageOf(test.host, personId);
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

/** Every file of a folder, with what is in it. */
export function filesOf(folder: string): readonly { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [{ path, bytes: readFileSync(path) }];
  });
}
