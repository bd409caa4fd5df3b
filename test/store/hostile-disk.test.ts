import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Store } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { makeTmpfs, mount, reasonForNoTmpfs, removeTmpfs } from '../support/tmpfs.ts';
import { answer, createRoomFixture, draft, sessionDrafts, storeErrorOf, type RoomFixture } from './room-fixture.ts';

const mounts: string[] = [];
const rooms: RoomFixture[] = [];
const stores: Store[] = [];

const reason = reasonForNoTmpfs();

/** A room on a file system of its own. */
function roomOnTmpfs(size: string): RoomFixture {
  const place = makeTmpfs(size);
  mounts.push(place);
  const room = createRoomFixture(221, place);
  rooms.push(room);
  return room;
}

function open(room: RoomFixture): Store {
  const store = room.open();
  stores.push(store);
  return store;
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const place of mounts.splice(0)) removeTmpfs(place);
  for (const room of rooms.splice(0)) room.close();
});

test('STORE-22 a disk that fills up refuses in words, keeps what is there, and goes on when there is space', (context) => {
  context.skip(reason !== null, reason ?? '');
  const room = roomOnTmpfs('4m');
  const store = open(room);
  const sessionId = room.ids.uuid();
  store.events.appendAll(sessionDrafts(room.ids, sessionId, 5));
  let refused: StoreError | null = null;
  let tick = 0;
  for (let round = 0; round < 20_000 && refused === null; round += 1) {
    const before = store.events.head;
    const batch = Array.from({ length: 20 }, () => answer(room.ids, sessionId, sessionId, (tick += 1)));
    try {
      store.events.appendAll(batch);
    } catch (error) {
      expect(error).toBeInstanceOf(StoreError);
      refused = error as StoreError;
      expect(store.events.head).toStrictEqual(before);
    }
  }
  expect(refused).toMatchObject({ code: 'STORE_FULL' });
  expect(refused?.message).toMatch(/full.*until there is space/);
  const acknowledged = store.events.head.seq;
  expect(acknowledged).toBeGreaterThan(500);
  expect([...store.events.readAll()]).toHaveLength(acknowledged);
  // A big batch does not fit; it is refused again and again, and nothing of it is left.
  const big = (): unknown => store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 3000));
  for (const _ of [1, 2, 3]) expect(storeErrorOf(big).code).toBe('STORE_FULL');
  expect(store.events.head.seq).toBe(acknowledged);

  expect(mount('-o', 'remount,size=64m', room.place)).toBeNull();
  big();
  expect(store.events.head.seq).toBe(acknowledged + 3001);
  store.close();
  expect(verifyDatabase(room.folder, room.key)).toMatchObject({ ok: true, events: acknowledged + 3001 });
});

test('STORE-22 a room cannot be begun on a full disk, and can once there is space', (context) => {
  context.skip(reason !== null, reason ?? '');
  const room = roomOnTmpfs('64k');
  writeFileSync(join(room.place, 'ballast'), Buffer.alloc(1 << 16).subarray(0, 40_000));
  expect(storeErrorOf(() => room.open()).code).toBe('STORE_FULL');
  expect(storeErrorOf(() => room.open()).code).toBe('STORE_FULL');
  expect(mount('-o', 'remount,size=8m', room.place)).toBeNull();
  expect(open(room).events.appendAll([draft(room.ids, 'stop-requested', {})])).toHaveLength(1);
});

test('STORE-23 a disk that is read-only: refused in words, untouched, and still verified', (context) => {
  context.skip(reason !== null, reason ?? '');
  const room = roomOnTmpfs('8m');
  const store = open(room);
  store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 30));
  store.close();
  expect(mount('-o', 'remount,ro', room.place)).toBeNull();
  const before = readFileSync(join(room.folder, 'vigil.db'));
  const error = storeErrorOf(() => room.open());
  expect(error.code).toBe('STORE_READ_ONLY');
  expect(error.message).toContain(room.folder);
  expect(readFileSync(join(room.folder, 'vigil.db')).equals(before)).toBe(true);
  expect(verifyDatabase(room.folder, room.key)).toMatchObject({ ok: true, events: 31 });
  expect(mount('-o', 'remount,rw', room.place)).toBeNull();
  expect(open(room).events.appendAll([draft(room.ids, 'stop-requested', {})])).toHaveLength(1);
});

test('STORE-23 a new room on a read-only disk', (context) => {
  context.skip(reason !== null, reason ?? '');
  const room = roomOnTmpfs('8m');
  expect(mount('-o', 'remount,ro', room.place)).toBeNull();
  expect(storeErrorOf(() => room.open()).code).toBe('STORE_READ_ONLY');
});

const immutable = ((): string | null => {
  const room = createRoomFixture(231);
  const file = join(room.place, 'probe');
  writeFileSync(file, '');
  const done = spawnSync('chattr', ['+i', file], { encoding: 'utf8' });
  if (done.status === 0) spawnSync('chattr', ['-i', file]);
  room.close();
  return done.status === 0 ? null : `chattr +i is not permitted here: ${done.error?.message ?? done.stderr.trim()}`;
})();

test('STORE-23 a database file made immutable', (context) => {
  context.skip(immutable !== null, immutable ?? '');
  const room = createRoomFixture(232);
  rooms.push(room);
  open(room).close();
  const file = join(room.folder, 'vigil.db');
  expect(spawnSync('chattr', ['+i', file]).status).toBe(0);
  try {
    expect(storeErrorOf(() => room.open())).toMatchObject({ code: 'STORE_READ_ONLY', path: file });
  } finally {
    spawnSync('chattr', ['-i', file]);
  }
  open(room);
});

// Permissions do not bind root; elsewhere this is the commonest way to meet a folder that cannot be written to.
test('STORE-23 a folder without the right to write', (context) => {
  context.skip(process.getuid?.() === 0, 'permissions do not bind root');
  const room = createRoomFixture(233);
  rooms.push(room);
  open(room).close();
  chmodSync(room.folder, 0o500);
  try {
    expect(storeErrorOf(() => room.open()).code).toBe('STORE_READ_ONLY');
  } finally {
    chmodSync(room.folder, 0o700);
  }
});
