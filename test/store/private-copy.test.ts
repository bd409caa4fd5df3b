import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import { chunksOf, withPrivateCopy } from '../../electron/service/store/private-copy.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { createRoomFixture, memoryFolder, sessionDrafts, storeErrorOf, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture;
let temporary: string;
const database = (): string => join(room.folder, 'vigil.db');
beforeEach(() => {
  room = createRoomFixture(351, mkdtempSync(join(memoryFolder(), 'vigil-copied-')));
  temporary = join(room.place, 'temporary');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);
  vi.stubEnv('TEMP', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  room.close();
});

test('STORE-35 a room that is open is verified as it stands, and goes on recording', () => {
  const store = room.open();
  const sessionId = room.ids.uuid();
  store.events.appendAll(sessionDrafts(room.ids, sessionId, 30));
  expect(verifyDatabase(room.folder, room.key)).toMatchObject({ ok: true, events: 31 });
  store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 5));
  expect(verifyDatabase(room.folder, room.key)).toMatchObject({ ok: true, events: 37 });
  store.close();
  expect(readdirSync(temporary)).toEqual([]);
});

test('STORE-35 beside a process that writes and moves its log into the file all the time, each copy is whole and has what was acknowledged', async () => {
  const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
  const args = [writer, room.folder, Buffer.from(room.key).toString('hex'), '7', '0', 'wal_autocheckpoint=60'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let acknowledged = 0;
    const rest = { text: '' };
    child.stdout.on('data', (bytes: Buffer) => {
      const lines = (rest.text + bytes.toString('latin1')).split('\n');
      rest.text = lines.pop() ?? '';
      acknowledged = Number(lines.at(-1)?.slice('ACK '.length) ?? acknowledged);
    });
    const seen: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const before = acknowledged;
      while (acknowledged < before + 20) await new Promise(setImmediate);
      const told = acknowledged;
      const found = verifyDatabase(room.folder, room.key);
      expect(found.problems).toEqual([]);
      expect(found.events).toBeGreaterThanOrEqual(told);
      seen.push(found.events);
    }
    expect(new Set(seen).size).toBe(seen.length);
  } finally {
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }
});

test('STORE-35 a copy beside which the log was begun anew is made again', () => {
  const folder = mkdtempSync(join(temporary, 'files-'));
  const file = join(folder, 'vigil.db');
  writeFileSync(file, Buffer.alloc(4 * pageLength, 1));
  writeFileSync(`${file}-wal`, Buffer.alloc(32, 1));
  let copied = 0;
  const copy = withPrivateCopy(
    file,
    (path) => readFileSync(path),
    () => {
      copied += 1;
      if (copied > 1) return;
      // As a room does that has moved its log into the file and begins it anew.
      writeFileSync(file, Buffer.alloc(4 * pageLength, 2));
      writeFileSync(`${file}-wal`, Buffer.alloc(32, 2));
    },
  );
  expect([copied, copy[0]]).toEqual([2, 2]);
  const restless = storeErrorOf(() =>
    withPrivateCopy(
      file,
      () => null,
      () => writeFileSync(`${file}-wal`, Buffer.alloc(32, (copied += 1))),
    ),
  );
  expect([restless.code, restless.message]).toEqual(['STORE_LOCKED', expect.stringContaining('quieter moment')]);
});

test('STORE-36 the copy is for its owner alone, is gone after the work, and what a killed process left is removed by the next', () => {
  room.open().close();
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  const left = join(temporary, `vigil-copy-${gone}-Ab12Cd`);
  const others = [join(temporary, `vigil-copy-${process.ppid}-Ab12Cd`), join(temporary, 'vigil-copy-mine')];
  for (const folder of [left, ...others]) mkdirSync(folder);
  writeFileSync(join(left, 'vigil.db'), 'x');
  const thrown = (): never =>
    withPrivateCopy(database(), (copy) => {
      expect(existsSync(copy)).toBe(true);
      throw new Error('in the middle');
    });
  expect(thrown).toThrow('in the middle');
  expect(
    readdirSync(temporary)
      .map((name) => join(temporary, name))
      .toSorted(),
  ).toEqual(others.toSorted());
});

test('STORE-36 without the space for a copy it is refused in words that name the folder, and nothing is left', (context) => {
  context.skip(process.platform === 'win32', 'a file that is all hole is a full one there');
  const folder = mkdtempSync(join(temporary, 'files-'));
  const file = join(folder, 'vigil.db');
  writeFileSync(file, '');
  // More than the disk has, and none of it written.
  truncateSync(file, 8 * 2 ** 40);
  const refused = storeErrorOf(() => withPrivateCopy(file, () => null));
  expect([refused.code, refused.path]).toEqual(['STORE_FULL', temporary]);
  expect(refused.message).toMatch(/takes 8796094 MB, and .* has \d+ MB\. .*TMPDIR/);
  rmSync(folder, { recursive: true });
  expect(readdirSync(temporary)).toEqual([]);
});

test('STORE-36 a file is copied in pieces that leave out the page of the locks and nothing else', () => {
  const locks = 2 ** 30;
  for (const size of [0, 1, pageLength, 3_000_001, locks, locks + pageLength, locks + pageLength + 1, locks + 5_000_000]) {
    let at = 0;
    for (const piece of chunksOf(size)) {
      if (piece.at !== at) expect([at, piece.at]).toEqual([locks, locks + pageLength]);
      at = piece.at + piece.length;
    }
    expect([locks, size]).toContain(at === size ? size : at);
  }
});
