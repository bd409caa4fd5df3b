import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { openConnection } from '../../electron/service/api/call-context.ts';
import { roomRouter } from '../../electron/service/api/router.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';

/** Ends an earlier session whose events fill several pages, and leaves another one running. */
function withLongEarlierSession(room: TestRoom): { readonly earlier: string; readonly running: string; readonly pages: readonly number[] } {
  const earlier = room.openSession();
  const pagesUntilNow = leavesOfEvents(room);
  for (let at = 0; at < 40; at += 1) {
    room.execute({ type: 'record-observation', text: `calm ${at} `.repeat(120), chips: [], begunAt: room.clock.now().utcMs });
  }
  const pages = leavesOfEvents(room).filter((page) => !pagesUntilNow.includes(page));
  startDose(room);
  room.insist({ type: 'complete-dose' });
  room.insist({ type: 'end-session', reason: 'test' });
  return { earlier, running: room.openSession(), pages };
}

function leavesOfEvents({ room }: TestRoom): readonly number[] {
  const leaves = `SELECT pageno FROM dbstat WHERE name = 'event_log' AND pagetype = 'leaf'`;
  return room.recorder.storage.store.database.connection.prepare<[], number>(leaves).pluck().all();
}

function flip(file: string, page: number): void {
  const handle = openSync(file, 'r+');
  const at = (page - 1) * pageLength + 100;
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  writeSync(handle, Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at);
  closeSync(handle);
}

test('REC-22 a damaged page of an earlier session is said in words to whoever reads it, and the room goes on recording', async () => {
  const room = openTestRoom();
  try {
    const { earlier, running, pages } = withLongEarlierSession(room);
    expect(pages.length).toBeGreaterThan(4);
    await room.restart(() => flip(join(room.folder, 'vigil.db'), pages[2] ?? 0));
    const connection = openConnection('browser');
    connection.seat = room.room.seats.take(room.nurseId);
    const client = createRouterClient(roomRouter, { context: { host: room.host, connection } });
    for (let tries = 0; tries < 2; tries += 1) {
      const failed = await client.session.record({ sessionId: earlier }).catch(refusalOf);
      expect(failed).toMatchObject({ code: 'STORE_FAILED' });
      const { message } = failed as { message: string };
      expect(message).toContain('vigil.db is damaged');
      expect(message).toContain('The room goes on recording.');
      room.execute({ type: 'record-observation', text: 'noted', chips: [], begunAt: room.clock.now().utcMs });
      expect(room.room.recorder.storage.state.state).toBe('recording');
    }
    expect((await client.session.record({ sessionId: running })).session.sessionId).toBe(running);
    expect(room.room.recorder.session?.observations).toHaveLength(2);
    const list = await client.session.list();
    expect(list.map(({ state }) => state)).toEqual(['open', 'unreadable']);
  } finally {
    await room.close();
  }
});
