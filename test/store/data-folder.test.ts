import { chmodSync, chownSync, linkSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataFolder } from '../../electron/service/store/data-folder.ts';
import { createRoomFixture, draft, storeErrorOf, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture;
beforeEach(() => {
  room = createRoomFixture(71);
});
afterEach(() => room.close());

function refusal(): { readonly code: string; readonly path: string; readonly message: string } {
  const { code, path, message } = storeErrorOf(() => room.open());
  return { code, path, message };
}

test('STORE-12 folder 0700 and files 0600, whatever the umask was, while open and after', () => {
  process.umask(0o000);
  const store = room.open();
  store.events.appendAll([draft(room.ids, 'stop-requested', {})]);
  const modes = (): string[] =>
    readdirSync(room.folder).map((name) => `${name} ${(statSync(join(room.folder, name)).mode & 0o777).toString(8)}`);
  const open = modes();
  store.close();
  expect((statSync(room.folder).mode & 0o777).toString(8)).toBe('700');
  expect(open).toStrictEqual(['head 600', 'lock 600', 'log 700', 'vigil.db 600', 'vigil.db-shm 600', 'vigil.db-wal 600']);
  expect(modes()).toStrictEqual(['head 600', 'lock 600', 'log 700', 'vigil.db 600']);
});

test('STORE-12 a symbolic link in place of the folder, with and without a slash, to nowhere too', () => {
  const real = join(room.place, 'real');
  mkdirSync(real, { mode: 0o700 });
  symlinkSync(real, room.folder);
  expect(refusal()).toMatchObject({ code: 'STORE_FOLDER_LINK', path: room.folder });
  expect(storeErrorOf(() => openDataFolder(`${room.folder}/`)).code).toBe('STORE_FOLDER_LINK');
  expect(readdirSync(real)).toStrictEqual([]);
  rmSync(room.folder);
  symlinkSync(join(room.place, 'nowhere'), room.folder);
  expect(refusal().code).toBe('STORE_FOLDER_LINK');
  expect(readdirSync(room.place).toSorted()).toStrictEqual(['real', 'room']);
});

test.each(['vigil.db', 'vigil.db-wal', 'lock', 'head', 'key', 'log'])('STORE-12 a symbolic link in place of %s', (name) => {
  room.open().close();
  const outside = join(room.place, 'outside');
  writeFileSync(outside, 'theirs', { mode: 0o600 });
  rmSync(join(room.folder, name), { recursive: true, force: true });
  symlinkSync(outside, join(room.folder, name));
  expect(refusal()).toMatchObject({ code: 'STORE_FOLDER_LINK', path: join(room.folder, name) });
  expect(statSync(outside).size).toBe(6);
});

test('STORE-12 a hard link to a file of the room', () => {
  room.open().close();
  linkSync(join(room.folder, 'vigil.db'), join(room.place, 'second-name'));
  expect(refusal()).toMatchObject({ code: 'STORE_FOLDER_FORBIDDEN', path: join(room.folder, 'vigil.db') });
});

test.each([0o750, 0o705, 0o777, 0o710])('STORE-12 a folder open to others (%o)', (mode) => {
  room.open().close();
  chmodSync(room.folder, mode);
  const { code, message } = refusal();
  expect(code).toBe('STORE_FOLDER_FORBIDDEN');
  expect(message).toContain(`mode ${mode.toString(8)}`);
  expect(message).toContain('chmod 700');
});

test.each(['vigil.db', 'head', 'lock'])('STORE-12 a %s that others can read', (name) => {
  room.open().close();
  chmodSync(join(room.folder, name), 0o644);
  expect(refusal()).toMatchObject({ code: 'STORE_FOLDER_FORBIDDEN', path: join(room.folder, name) });
});

test('STORE-12 a file in place of the folder, and a folder that cannot be made', () => {
  writeFileSync(room.folder, '');
  expect(refusal()).toMatchObject({ code: 'STORE_FOLDER_FORBIDDEN', path: room.folder });
  expect(storeErrorOf(() => openDataFolder(join(room.folder, 'inside'))).path).toBe(join(room.folder, 'inside'));
});

test('STORE-12 a folder or file of another account', (context) => {
  context.skip(process.getuid?.() !== 0, 'only root can give a file away');
  room.open().close();
  chownSync(join(room.folder, 'vigil.db'), 4242, 4242);
  expect(refusal()).toMatchObject({ code: 'STORE_FOLDER_FORBIDDEN', path: join(room.folder, 'vigil.db') });
  chownSync(room.folder, 4242, 4242);
  const { code, message } = refusal();
  expect(code).toBe('STORE_FOLDER_FORBIDDEN');
  expect(message).toContain('user id 4242');
});

describe('a folder that is not Vigil’s', () => {
  test('STORE-31 one with other things in it is refused as such, untouched, and no change of its rights is advised', () => {
    mkdirSync(room.folder, { mode: 0o755 });
    chmodSync(room.folder, 0o755);
    for (const name of ['passwd', 'lock', 'log']) writeFileSync(join(room.folder, name), 'theirs', { mode: 0o644 });
    const { code, path, message } = refusal();
    expect([code, path]).toEqual(['STORE_FOLDER_FORBIDDEN', room.folder]);
    expect(message).toContain('is no data folder of Vigil');
    expect(message).toContain('passwd');
    expect(message).not.toContain('chmod');
    expect(readdirSync(room.folder).toSorted()).toEqual(['lock', 'log', 'passwd']);
    expect(statSync(room.folder).mode & 0o777).toBe(0o755);
  });

  test('STORE-31 the folders of the system are none', (context) => {
    context.skip(process.platform === 'win32', 'there is no /etc');
    for (const path of ['/', '/etc', '/usr', '/var']) {
      const { code, message } = storeErrorOf(() => openDataFolder(path));
      expect(code).toBe('STORE_FOLDER_FORBIDDEN');
      expect(message).not.toMatch(/chmod|[Ss]tart Vigil as/);
    }
  });

  test('STORE-31 an empty one that others can use is not made private either', () => {
    mkdirSync(room.folder);
    chmodSync(room.folder, 0o755);
    expect(refusal().message).toMatch(/mode 755.*Name a folder that does not exist yet/);
    expect(refusal().message).not.toContain('chmod');
  });

  test('STORE-31 an empty private one is taken, also with the clinic’s codes in it', () => {
    mkdirSync(room.folder, { mode: 0o700 });
    writeFileSync(join(room.folder, 'hl7-codes.json'), '{}', { mode: 0o600 });
    room.open().close();
    expect(readdirSync(room.folder)).toContain('vigil.db');
  });
});
