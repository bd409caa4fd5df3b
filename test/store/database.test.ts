import { createRequire } from 'node:module';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createRoomFixture, draft, sessionDrafts, storeErrorOf, type RoomFixture } from './room-fixture.ts';

const PlainDatabase = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;

let room: RoomFixture;
let store: Store | undefined;
const at = (name: string): string => join(room.folder, name);
beforeEach(() => {
  room = createRoomFixture(81);
});
afterEach(() => {
  store?.close();
  store = undefined;
  room.close();
});

function makeRoom(events = 20): void {
  const made = room.open();
  made.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), events - 1));
  made.close();
}

/** Every file with its content, to show that a refusal changed nothing. The lock is only ever locked. */
function contents(): Record<string, string> {
  const files = readdirSync(room.folder).filter((name) => statSync(at(name)).isFile() && name !== 'lock');
  return Object.fromEntries(files.map((name) => [name, readFileSync(at(name)).toString('base64')]));
}

function expectRefusal(code: string, name: string): string {
  const before = contents();
  const error = storeErrorOf(() => room.open());
  expect(error.code).toBe(code);
  expect(error.path).toBe(at(name));
  expect(error.message).toContain(at(name));
  expect(contents()).toStrictEqual(before);
  // The refusal gave its own lock back.
  expect(storeErrorOf(() => room.open()).code).toBe(code);
  return error.message;
}

describe('pragmas', () => {
  test('STORE-8 in force when new, when reopened, and after writes', () => {
    for (const round of [1, 2]) {
      store = room.open();
      store.events.appendAll([draft(room.ids, 'stop-requested', {}, { tick: round })]);
      const connection = store.database.connection;
      const value = (name: string): unknown => connection.pragma(name, { simple: true });
      expect({
        journal: value('journal_mode'),
        synchronous: value('synchronous'),
        locking: value('locking_mode'),
        waits: value('busy_timeout'),
        foreignKeys: value('foreign_keys'),
        tempStore: value('temp_store'),
        checkpoint: value('wal_autocheckpoint'),
        cipher: value('cipher'),
        trusted: value('trusted_schema'),
      }).toStrictEqual({
        journal: 'wal',
        synchronous: 2,
        locking: 'normal',
        waits: 1000,
        foreignKeys: 1,
        tempStore: 2,
        checkpoint: 2000,
        cipher: 'sqlcipher',
        trusted: 0,
      });
      store.close();
    }
  });

  test('STORE-8 left alone, this build would drop to NORMAL: the reason to read back', () => {
    makeRoom();
    const connection = new PlainDatabase(join(room.place, 'plain.db'));
    connection.pragma('journal_mode=WAL');
    connection.exec('CREATE TABLE t (a INTEGER)');
    connection.close();
    const again = new PlainDatabase(join(room.place, 'plain.db'));
    again.exec('INSERT INTO t VALUES (1)');
    expect(again.pragma('synchronous', { simple: true })).toBe(1);
    again.close();
  });

  test('STORE-8 the write-ahead log stays under 8 MB through many commits', () => {
    store = room.open();
    const sessionId = room.ids.uuid();
    let largest = 0;
    for (let round = 0; round < 30; round += 1) {
      store.events.appendAll(sessionDrafts(room.ids, sessionId, 500));
      largest = Math.max(largest, statSync(at('vigil.db-wal')).size);
    }
    expect(largest).toBeGreaterThan(1_000_000);
    expect(largest).toBeLessThan(8 * 1024 * 1024);
  });
});

describe('refusals', () => {
  test('STORE-9 a wrong key, of a new room and of one in the middle of its log', () => {
    makeRoom();
    const other = createSeededIds(7).randomBytes(32);
    const before = contents();
    const open = (): Store => openStore({ folder: room.folder, key: other, ids: room.ids });
    expect(storeErrorOf(open)).toMatchObject({ code: 'STORE_WRONG_KEY', path: at('vigil.db') });
    rmSync(at('head'));
    expect(storeErrorOf(open)).toMatchObject({ code: 'STORE_WRONG_KEY', path: at('vigil.db') });
    expect(contents()['vigil.db']).toBe(before['vigil.db']);
    expect(() => openStore({ folder: room.folder, key: new Uint8Array(16), ids: room.ids })).toThrow(/32 bytes/);
  });

  test('STORE-9 a file of a newer version, which keeps its content and its version', () => {
    store = room.open();
    store.database.connection.pragma('user_version=990');
    store.close();
    expect(expectRefusal('STORE_NEWER', 'vigil.db')).toContain('version 990');
  });

  test('STORE-9 a plain SQLite file', () => {
    makeRoom();
    rmSync(at('vigil.db'));
    const plain = new PlainDatabase(at('vigil.db'));
    plain.exec('CREATE TABLE event (a INTEGER)');
    plain.close();
    process.umask(0o077);
    copyFileSync(at('vigil.db'), at('plain'));
    expectRefusal('STORE_NOT_ENCRYPTED', 'vigil.db');
  });

  test('STORE-9 a second instance, from this process too, and the first goes on', () => {
    store = room.open();
    const error = storeErrorOf(() => room.open());
    expect(error).toMatchObject({ code: 'STORE_LOCKED', path: at('lock') });
    expect(error.message).toMatch(/already running/);
    expect(store.events.appendAll([draft(room.ids, 'stop-requested', {})])).toHaveLength(1);
    expect(storeErrorOf(() => room.open()).code).toBe('STORE_LOCKED');
  });

  test('STORE-9 a damaged first page, a damaged page in the middle, and a file cut short', () => {
    makeRoom(400);
    const whole = readFileSync(at('vigil.db'));
    for (const byte of [0, 100, 2000]) {
      const damaged = Buffer.from(whole);
      damaged[byte] = (damaged[byte] ?? 0) ^ 0xff;
      writeFileSync(at('vigil.db'), damaged);
      expectRefusal('STORE_CORRUPT', 'vigil.db');
    }
    writeFileSync(at('vigil.db'), whole);
    truncateSync(at('vigil.db'), pageLength);
    expectRefusal('STORE_CORRUPT', 'vigil.db');
  });

  test('STORE-9 damage met while reading is told with its file, and other sessions stay readable', () => {
    const made = room.open();
    const sessionId = room.ids.uuid();
    made.events.appendAll(sessionDrafts(room.ids, sessionId, 2000));
    const pages = made.database.connection
      .prepare<[], number>(`SELECT pageno FROM dbstat WHERE name = 'event_log' AND pagetype = 'leaf' ORDER BY pageno`)
      .pluck()
      .all();
    made.close();
    const middle = pages[Math.floor(pages.length / 2)] ?? 0;
    const file = readFileSync(at('vigil.db'));
    file[(middle - 1) * pageLength + 77] = (file[(middle - 1) * pageLength + 77] ?? 0) ^ 1;
    writeFileSync(at('vigil.db'), file);
    store = room.open();
    const opened = store;
    expect(storeErrorOf(() => [...opened.events.readAll()])).toMatchObject({ code: 'STORE_CORRUPT', path: at('vigil.db') });
    expect(opened.events.newestSessions(1000)).toHaveLength(1);
  });

  test('STORE-10 a missing, an emptied, and a log without its database', () => {
    makeRoom();
    const whole = readFileSync(at('vigil.db'));
    rmSync(at('vigil.db'));
    expect(expectRefusal('STORE_CORRUPT', 'vigil.db')).toMatch(/missing.*not made anew/);
    expect(existsSync(at('vigil.db'))).toBe(false);
    writeFileSync(at('vigil.db'), '', { mode: 0o600 });
    expect(expectRefusal('STORE_CORRUPT', 'vigil.db')).toMatch(/empty/);
    rmSync(at('vigil.db'));
    rmSync(at('head'));
    writeFileSync(at('vigil.db-wal'), whole, { mode: 0o600 });
    expect(expectRefusal('STORE_CORRUPT', 'vigil.db')).toMatch(/its log/);
  });

  test('STORE-10 an older copy put back is noticed, because its numbers would be used again', () => {
    makeRoom();
    copyFileSync(at('vigil.db'), join(room.place, 'older.db'));
    makeRoom(5);
    copyFileSync(join(room.place, 'older.db'), at('vigil.db'));
    const error = storeErrorOf(() => room.open());
    expect(error.code).toBe('STORE_CORRUPT');
    expect(error.message).toContain('events 21 to 25 were acknowledged and are missing');
  });

  test('STORE-10 a start that died before its first commit is finished by the next', () => {
    store = room.open();
    store.close();
    rmSync(at('head'));
    rmSync(at('vigil.db'));
    writeFileSync(at('vigil.db'), '', { mode: 0o600 });
    store = room.open();
    expect(store.events.head.seq).toBe(0);
  });
});

test('STORE-11 what was typed is in no file, and the database looks like noise', () => {
  const canary = 'Zyxwvut Canary';
  // Each long enough that noise does not hold it by chance: three letters were found once in three hundred thousand bytes.
  const secrets = [canary, 'SQLite format', 'CREATE TABLE', 'observation', 'Ada Example', Buffer.from(room.key).toString('hex')];
  store = room.open();
  const sessionId = room.ids.uuid();
  store.events.appendAll(sessionDrafts(room.ids, sessionId, 50));
  store.events.appendAll([draft(room.ids, 'observation-recorded', { text: canary, chips: [] }, { sessionId })]);
  const files = readdirSync(room.folder).filter((name) => statSync(at(name)).isFile() && name !== 'lock');
  expect(files.toSorted()).toStrictEqual(['head', 'vigil.db', 'vigil.db-shm', 'vigil.db-wal']);
  // Another process's view: the files are read through copies, so that no handle of this process drops a lock.
  for (const name of files) {
    copyFileSync(at(name), join(room.place, name));
    const bytes = readFileSync(join(room.place, name)).toString('latin1');
    for (const secret of secrets) {
      expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
    }
  }
});
