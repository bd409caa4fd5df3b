import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { openReader } from '../../electron/service/store/database.ts';
import { refuseNetworkFolder } from '../../electron/service/store/network-folder.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { answer, createRoomFixture, sessionDrafts, storeErrorOf, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture | undefined;
let store: Store | undefined;
const threads: Worker[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.terminate();
  store?.close();
  room?.close();
  store = room = undefined;
});

function open(): { readonly room: RoomFixture; readonly store: Store; readonly sessionId: string } {
  const opened = (room = createRoomFixture(551));
  store = opened.open();
  const sessionId = opened.ids.uuid();
  store.events.appendAll(sessionDrafts(opened.ids, sessionId, 50));
  return { room: opened, store, sessionId };
}

describe('a second connection of the process that records', () => {
  test('STORE-55 sees what is committed, at once and while more is written, and nothing can be written through it', () => {
    const { room: opened, store: recording, sessionId } = open();
    const reader = openReader(recording.database.file, opened.key);
    const count = (): unknown => reader.connection.prepare('SELECT count(*) FROM event_log').pluck().get();
    try {
      const before = recording.events.head.seq;
      expect(count()).toBe(before);
      recording.events.appendAll([answer(opened.ids, sessionId, sessionId, 1)]);
      expect(count()).toBe(before + 1);
      const write = (): unknown => reader.write(() => reader.connection.prepare('DELETE FROM command').run());
      expect(storeErrorOf(write).code).toBe('STORE_READ_ONLY');
      expect(() => reader.connection.pragma('user_version=1')).toThrow(/readonly/);
      // An open read is a moment of the log, and keeps nobody from writing.
      reader.connection.exec('BEGIN');
      expect(count()).toBe(before + 1);
      recording.events.appendAll([answer(opened.ids, sessionId, sessionId, 2)]);
      expect(count()).toBe(before + 1);
      reader.connection.exec('COMMIT');
      expect(count()).toBe(before + 2);
    } finally {
      reader.close();
    }
  });

  test('STORE-55 a thread that drains the log all the while costs no event, and the write-ahead log stays under 8 MB', async () => {
    const { room: opened, store: recording, sessionId } = open();
    const thread = new Worker(new URL('draining-thread.ts', import.meta.url), {
      workerData: { file: recording.database.file, key: opened.key, pauseMs: 0 },
    });
    threads.push(thread);
    await once(thread, 'message');
    let largest = 0;
    for (let round = 0; round < 40; round += 1) {
      for (let tick = 0; tick < 5; tick += 1) recording.events.appendAll(sessionDrafts(opened.ids, opened.ids.uuid(), 60));
      recording.events.appendAll([answer(opened.ids, sessionId, sessionId, round)]);
      largest = Math.max(largest, statSync(`${recording.database.file}-wal`).size);
    }
    const read = once(thread, 'message');
    thread.postMessage('end');
    const [rows] = (await read) as [number];
    expect(rows).toBeGreaterThan(200);
    expect(largest).toBeLessThan(8 * 1024 * 1024);
    const { seq } = recording.events.head;
    recording.close();
    expect(verifyDatabase(opened.folder, opened.key)).toMatchObject({ ok: true, events: seq });
  });

  test('STORE-55 where the one that records is closed first, nothing is lost, and the next start takes in what is left', () => {
    const { room: opened, store: recording, sessionId } = open();
    const reader = openReader(recording.database.file, opened.key);
    reader.connection.prepare('SELECT count(*) FROM event_log').get();
    recording.events.appendAll([answer(opened.ids, sessionId, sessionId, 1)]);
    const { seq } = recording.events.head;
    recording.close();
    reader.close();
    expect(existsSync(`${recording.database.file}-wal`)).toBe(true);
    store = opened.open();
    expect(store.events.head.seq).toBe(seq);
    store.close();
    expect(verifyDatabase(opened.folder, opened.key)).toMatchObject({ ok: true, events: seq });
  });

  test('STORE-56 a moment for which SQLite’s lock is held is waited for; held longer, the write is refused and nothing of it is there', async () => {
    const { room: opened, store: recording, sessionId } = open();
    const held = async (forMs: number): Promise<() => Promise<unknown>> => {
      const thread = new Worker(new URL('lock-holder.ts', import.meta.url), {
        workerData: { file: recording.database.file, key: opened.key, forMs },
      });
      threads.push(thread);
      const ended = once(thread, 'exit');
      await once(thread, 'message');
      return () => ended;
    };
    const shortly = await held(100);
    recording.events.appendAll([answer(opened.ids, sessionId, sessionId, 1)]);
    await shortly();
    const { seq } = recording.events.head;
    const long = await held(3000);
    expect(storeErrorOf(() => recording.events.appendAll([answer(opened.ids, sessionId, sessionId, 2)])).code).toBe('STORE_LOCKED');
    await long();
    recording.events.appendAll([answer(opened.ids, sessionId, sessionId, 3)]);
    expect(recording.events.head.seq).toBe(seq + 1);
  });
});

describe('a folder on another computer', () => {
  test.each([
    ['NFS', 0x6969],
    ['SMB', 0xfe534d42],
    ['CIFS, as a signed number', 0xff534d42 | 0],
  ])('STORE-57 on %s is refused, with what to do', (_name, type) => {
    const refused = storeErrorOf(() => refuseNetworkFolder('/mnt/clinic/room', type, 'linux'));
    expect(refused).toMatchObject({ code: 'STORE_FAILED', path: '/mnt/clinic/room' });
    expect(refused.message).toMatch(/another computer.*--data/);
  });

  test('STORE-57 a share of Windows is refused by its name, and a drive is not', () => {
    expect(storeErrorOf(() => refuseNetworkFolder('\\\\nas\\rooms\\two', null, 'win32')).message).toContain('\\\\nas\\rooms\\two');
    for (const folder of ['C:\\Vigil\\room', '\\\\?\\C:\\Vigil\\room'])
      expect(() => refuseNetworkFolder(folder, null, 'win32')).not.toThrow();
  });

  test('STORE-57 a disk of this computer is taken, and one that nobody can name', () => {
    const [ext4, tmpfs, unheard] = [0xef53, 0x01021994, 0x12345678];
    for (const type of [ext4, tmpfs, unheard, null]) expect(() => refuseNetworkFolder('/var/lib/vigil', type, 'linux')).not.toThrow();
    expect(() => open()).not.toThrow();
  });
});
