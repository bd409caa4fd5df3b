import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolderAt, type DataFolder } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey, readKeyFile, unsealDataKey } from '../../electron/service/store/data-key.ts';
import { keyOfFolder } from '../../electron/service/store/folder-key.ts';
import { roomExists } from '../../electron/service/store/room-exists.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { restoreKeyFile } from '../../electron/service/store/restore-key-file.ts';
import { createRoomFixture, draft, storeErrorOf, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture;
let folder: DataFolder;
beforeEach(() => {
  room = createRoomFixture(64);
  folder = dataFolderAt(room.folder);
});
afterEach(() => room.close());

function openWithItsKey(): Store {
  return openStore({ folder: room.folder, key: keyOfFolder(room.folder, room.ids), ids: room.ids });
}

/** A room whose key is its file, with one event in it. */
function recordSomething(): void {
  const store = openWithItsKey();
  store.events.appendAll([draft(room.ids, 'stop-requested', {})]);
  store.close();
}

/** Everything in the folder, to the byte. */
function contentOf(path: string): ReadonlyMap<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted();
  return new Map(names.map((name) => [name, statSync(join(path, name)).isFile() ? readFileSync(join(path, name), 'hex') : 'folder']));
}

test.each([
  ['by its kept head', () => undefined],
  ['by the database, where the head is missing', () => rmSync(folder.headFile)],
  ['by the database, where the head is damaged', () => writeFileSync(folder.headFile, 'nothing')],
])('STORE-48 the sealed recovery key of another room makes no key file: that the key is not of this record is known %s', (_by, spoil) => {
  recordSomething();
  const printed = createRecoveryKey(folder, readKeyFile(folder), (count) => room.ids.randomBytes(count));
  rmSync(folder.keyFile);
  spoil();
  const own = readFileSync(folder.recoveryKeyFile);
  rmSync(folder.recoveryKeyFile);
  const ofOther = createRecoveryKey(folder, room.ids.randomBytes(32), (count) => room.ids.randomBytes(count));
  const { code, message } = storeErrorOf(() => restoreKeyFile(folder, ofOther));
  expect([code, message]).toEqual(['STORE_WRONG_KEY', expect.stringMatching(/is of another room.*No key file was written/)]);
  expect(existsSync(folder.keyFile)).toBe(false);
  writeFileSync(folder.recoveryKeyFile, own);
  restoreKeyFile(folder, printed);
  expect(existsSync(folder.keyFile)).toBe(true);
});

test('STORE-25 a new folder gets a key, for its owner only, and keeps it', () => {
  const key = keyOfFolder(room.folder, room.ids);
  expect(key).toHaveLength(32);
  expect(statSync(folder.keyFile).mode & 0o777).toBe(0o600);
  expect(keyOfFolder(room.folder, room.ids)).toStrictEqual(key);
  recordSomething();
  expect(keyOfFolder(room.folder, room.ids)).toStrictEqual(key);
});

test('SHELL-23 where no key may lie in a file none is made, it is said what to do, and one that is there is used', () => {
  const refused = storeErrorOf(() => keyOfFolder(room.folder, room.ids, 'refused'));
  expect([refused.code, refused.path]).toStrictEqual(['STORE_FAILED', folder.keyFile]);
  expect(refused.message).toMatch(/^No room was set up: this computer has no key store.*--key-in-file\.$/);
  expect(existsSync(folder.keyFile)).toBe(false);
  const key = keyOfFolder(room.folder, room.ids, 'made');
  expect(keyOfFolder(room.folder, room.ids, 'refused')).toStrictEqual(key);
});

test('STORE-25 with the key file gone no key is made, whatever is left of the record, and nothing is touched', () => {
  recordSomething();
  rmSync(folder.keyFile);
  const losses: readonly (readonly string[])[] = [[], [folder.headFile], [folder.databaseFile]];
  const everything = contentOf(room.folder);
  for (const lost of losses) {
    const kept = lost.map((file) => [file, readFileSync(file)] as const);
    for (const file of lost) rmSync(file);
    const before = contentOf(room.folder);
    const refused = storeErrorOf(openWithItsKey);
    expect([refused.code, refused.path]).toStrictEqual(['STORE_WRONG_KEY', folder.keyFile]);
    expect(refused.message).toMatch(/is missing.*No other key opens.*recovery key/);
    expect(contentOf(room.folder)).toStrictEqual(before);
    for (const [file, bytes] of kept) writeFileSync(file, bytes, { mode: 0o600 });
  }
  expect(contentOf(room.folder)).toStrictEqual(everything);
});

test('STORE-25 nor is one made beside the log of a lost database, backups, or a sealed recovery key', () => {
  const traces = [`${folder.databaseFile}-wal`, join(folder.backupFolder, 'vigil-0020-before-0030.db'), folder.recoveryKeyFile];
  keyOfFolder(room.folder, room.ids);
  rmSync(folder.keyFile);
  for (const trace of traces) {
    mkdirSync(folder.backupFolder, { recursive: true, mode: 0o700 });
    writeFileSync(trace, 'what is left', { mode: 0o600 });
    expect(storeErrorOf(() => keyOfFolder(room.folder, room.ids)).code, trace).toBe('STORE_WRONG_KEY');
    expect(readdirSync(room.folder)).not.toContain('key');
    rmSync(trace);
  }
});

test('STORE-25 a key file that was emptied or holds something else is refused and left as it is', () => {
  recordSomething();
  for (const content of ['', 'no key', `${'0'.repeat(63)}\n`]) {
    writeFileSync(folder.keyFile, content);
    expect(storeErrorOf(openWithItsKey).code).toBe('STORE_WRONG_KEY');
    expect(readFileSync(folder.keyFile, 'latin1')).toBe(content);
  }
});

test('STORE-25 the key of another room is refused, and the recovery key brings the right one back', () => {
  const key = keyOfFolder(room.folder, room.ids);
  recordSomething();
  const printed = createRecoveryKey(folder, key, (count) => room.ids.randomBytes(count));
  writeFileSync(folder.keyFile, `${'ab'.repeat(32)}\n`);
  expect(storeErrorOf(openWithItsKey).code).toBe('STORE_WRONG_KEY');
  rmSync(folder.keyFile);
  expect(storeErrorOf(openWithItsKey).code).toBe('STORE_WRONG_KEY');
  expect(restoreKeyFile(folder, printed)).toStrictEqual(key);
  const store = openWithItsKey();
  expect(store.events.head.seq).toBe(1);
  store.close();
});

test('STORE-26 a room exists once its record was begun, also where part of it is gone, and asking makes nothing', () => {
  expect(roomExists(room.folder)).toBe(false);
  expect(readdirSync(room.place)).toStrictEqual([]);
  keyOfFolder(room.folder, room.ids);
  // A key alone is a start that was broken off; the same key serves when it goes on.
  expect(roomExists(room.folder)).toBe(false);
  recordSomething();
  expect(roomExists(room.folder)).toBe(true);
  rmSync(folder.databaseFile);
  expect(roomExists(room.folder)).toBe(true);
  rmSync(folder.headFile);
  expect(roomExists(room.folder)).toBe(false);
  symlinkSync(join(room.place, 'nowhere'), folder.databaseFile);
  expect(roomExists(room.folder)).toBe(true);
});

test('STORE-43 a room whose record is gone as a whole is refused in words as long as anything tells of it, and nothing is made', () => {
  const key = keyOfFolder(room.folder, room.ids);
  recordSomething();
  const printed = createRecoveryKey(folder, key, (count) => room.ids.randomBytes(count));
  const record = [folder.databaseFile, `${folder.databaseFile}-wal`, folder.headFile];
  const kept = record.filter((file) => existsSync(file)).map((file) => [file, readFileSync(file)] as const);
  for (const file of record) rmSync(file, { force: true });
  const before = contentOf(room.folder);
  expect(roomExists(room.folder)).toBe(true);
  const refused = storeErrorOf(openWithItsKey);
  expect([refused.code, refused.path]).toStrictEqual(['STORE_CORRUPT', folder.databaseFile]);
  expect(refused.message).toMatch(
    /vigil\.db and head are missing, but recovery-key\.sealed is there.*Put the missing files back.*an empty folder/,
  );
  expect(contentOf(room.folder)).toStrictEqual(before);
  // The printed key is still the one of this room.
  expect(unsealDataKey(folder, printed)).toStrictEqual(key);
  for (const [file, bytes] of kept) writeFileSync(file, bytes, { mode: 0o600 });
  const store = openWithItsKey();
  expect(store.events.head.seq).toBe(1);
  store.close();
});

test('STORE-43 what is only made beside a record tells of it; a key, a log and an empty folder of backups do not', () => {
  const key = keyOfFolder(room.folder, room.ids);
  mkdirSync(folder.backupFolder, { mode: 0o700 });
  expect(roomExists(room.folder)).toBe(false);
  for (const trace of [folder.recoveryKeyFile, folder.derivedFile, join(folder.backupFolder, 'vigil-0020-before-0030.db')]) {
    writeFileSync(trace, 'what is left', { mode: 0o600 });
    expect(roomExists(room.folder), trace).toBe(true);
    expect(storeErrorOf(openWithItsKey).message, trace).toMatch(/Nothing was made anew/);
    rmSync(trace);
  }
  openWithItsKey().close();
  expect(keyOfFolder(room.folder, room.ids)).toStrictEqual(key);
});
