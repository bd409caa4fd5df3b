import { createCipheriv, hkdfSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rotateKeyCommand } from '../../electron/cli/rotate-key.ts';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { openSealedKey } from '../../electron/main/sealed-key.ts';
import { slowHash } from '../../electron/service/platform/slow-hash.ts';
import { createCaptureSealer, openSealedCapture } from '../../electron/service/serial/sealed-capture.ts';
import { findBackup, keyOfBackup } from '../../electron/service/store/backup/read-backup.ts';
import { writeBackup } from '../../electron/service/store/backup/write-backup.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import { dataFolderAt, type DataFolder } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey, readKeyFile, unsealDataKey, writeKeyFile } from '../../electron/service/store/data-key.ts';
import { openPrivateNotes } from '../../electron/service/store/private-notes.ts';
import { openAuthorKey } from '../../electron/service/store/private-seal.ts';
import { giveName } from '../../electron/service/store/new-key-folder.ts';
import { tellLook, waitingLooks } from '../../electron/service/store/command-looks.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { Room } from '../../electron/service/room.ts';
import { using } from '../backup/backup-fixture.ts';
import { openPrivateRoom, type PrivateRoom } from '../private-notes/private-room.ts';
import { quickHashCost } from '../support/quick-hash.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { pageOf } from '../support/page.ts';
import { makeTmpfs, reasonForNoTmpfs, removeTmpfs } from '../support/tmpfs.ts';
import { testPin, testRoomKey } from '../support/test-room.ts';
import { memoryFolder, storeErrorOf } from './room-fixture.ts';
import { contentOf } from './rotated-room.ts';

let place: string;
let room: PrivateRoom;
let folder: DataFolder;
let printed: string;
let printedKey2: string;
const capture = Buffer.from('the bytes of a monitor');

beforeEach(async () => {
  place = mkdtempSync(join(memoryFolder(), 'vigil-rotate-'));
  vi.stubEnv('TMPDIR', place);
  vi.stubEnv('TEMP', place);
  room = await openPrivateRoom({ base: place });
  folder = dataFolderAt(room.test.folder);
  const randomBytes = (count: number): Uint8Array => room.test.room.ids.randomBytes(count);
  writeKeyFile(folder, testRoomKey);
  printed = createRecoveryKey(folder, testRoomKey, randomBytes);
  const nurse = pageOf(room.test.host, room.test.nurseId);
  const ceremony = await nurse.recoveryKeys.begin({ name: 'Escrow', confirm: { personId: room.test.therapistId, pin: testPin } });
  printedKey2 = ceremony.recoveryKey;
  const groups = ceremony.asked.map((number) => ceremony.recoveryKey.split('-')[number - 1] ?? '');
  await nurse.recoveryKeys.typeBack({ ceremonyId: ceremony.ceremonyId, groups });
  await room.note(await room.author(), 'speaks of the sea');
  mkdirSync(join(folder.path, 'captures'), { mode: 0o700 });
  const sealed = createCaptureSealer({ key: testRoomKey, randomBytes })(capture);
  writeFileSync(join(folder.path, 'captures', 'a.vcap'), sealed, { mode: 0o600 });
  writeFileSync(join(folder.path, 'captures', 'plain.vcap'), 'VIGILCAP from before', { mode: 0o600 });
});
afterEach(async () => {
  await room.close();
  vi.unstubAllEnvs();
});

interface Ran {
  readonly exit: number;
  readonly line: Record<string, unknown>;
  readonly err: string;
}

async function rotate(typed: readonly string[], by = 'Nurse'): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    stdout: (line: string) => void out.push(line),
    stderr: (line: string) => void err.push(line),
    stdin: (async function* () {
      yield await Promise.resolve(new TextEncoder().encode(typed.map((line) => `${line}\n`).join('')));
    })(),
  };
  const world = { clock: room.test.clock, ids: room.test.room.ids };
  const exit = await rotateKeyCommand.run(['--data', folder.path, '--by', by], io, world);
  return { exit, line: JSON.parse(out[0] ?? '{}') as Record<string, unknown>, err: err.join('\n') };
}

/** The room in its present key, as Vigil starts on it. */
function openAgain(): Room {
  const { clock, ports } = room.test;
  const platform = { clock, ids: room.test.room.ids, log: createSilentLog(), ports, hashCost: quickHashCost };
  return new Room({ platform, folder: folder.path, key: readKeyFile(folder), demo: false, version: 'test' });
}

async function inRoom<Result>(work: (opened: Room) => Promise<Result> | Result): Promise<Result> {
  const opened = openAgain();
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

const readNotes = (opened: Room): Promise<readonly (string | null)[]> => {
  const page = pageOf({ ...room.test.host, room: opened }, room.test.therapistId);
  return page.private.open({ sessionId: room.sessionId, pin: testPin, phrase: null }).then(({ notes }) => notes.map(({ text }) => text));
};

test('ROTATE-1 a room is under another key: all of its record opens with it, nothing with the old one, and the record tells who did it', async () => {
  await room.test.room.close();
  const before = using(openStore({ folder: folder.path, key: testRoomKey, ids: room.test.room.ids }), ({ events }) => [
    ...events.readAll(),
  ]);
  const old = contentOf(folder.path);
  const { exit, line, err } = await rotate([printed, '', testPin]);
  expect([exit, line]).toEqual([
    0,
    expect.objectContaining({ type: 'rotated', by: 'Nurse', seq: before.length + 1, recoveryKeys: ['first'] }),
  ]);
  expect(err).toContain('Make a backup now');
  const key = readKeyFile(folder);
  expect(Buffer.from(key).equals(Buffer.from(testRoomKey))).toBe(false);
  expect(verifyDatabase(folder.path, key)).toMatchObject({ problems: [], events: before.length + 1 });
  using(openStore({ folder: folder.path, key, ids: room.test.room.ids }), ({ events }) => {
    const after = [...events.readAll()];
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({
      kind: 'data-key-rotated',
      body: { recoveryKeys: ['first'] },
      actor: { personId: room.test.nurseId },
    });
  });
  const refused = [
    () => openStore({ folder: folder.path, key: testRoomKey, ids: room.test.room.ids }),
    () => openPrivateNotes(folder.path, testRoomKey, room.test.room.ids),
    () => verifyDatabase(folder.path, testRoomKey),
  ];
  expect(refused.map((open) => storeErrorOf(open).code)).toEqual(refused.map(() => 'STORE_WRONG_KEY'));
  // Not a file of the room is as it was, but those that lie in the plain.
  const same = Object.entries(contentOf(folder.path)).filter(([name, bytes]) => old[name] === bytes);
  expect(same.map(([name]) => name).toSorted()).toEqual(['captures/plain.vcap', 'checkpoint-key']);
  const hex = Buffer.from(key).toString('hex');
  expect(JSON.stringify(line) + err).not.toContain(hex);
});

test('ROTATE-2 a recovery key that was typed opens the room, one that was not opens its older backups, and Home says so', async () => {
  const to = join(place, 'backups');
  mkdirSync(to);
  await room.test.room.close();
  writeBackup({ path: folder.path, key: testRoomKey, to, nowMs: room.test.clock.now().utcMs, version: 'test' });
  expect((await rotate([printedKey2, '', testPin])).exit).toBe(0);
  expect(unsealDataKey(folder, printedKey2)).toEqual(readKeyFile(folder));
  expect(storeErrorOf(() => unsealDataKey(folder, printed)).code).toBe('STORE_WRONG_KEY');
  for (const typed of [printed, printedKey2]) expect(keyOfBackup(findBackup(to), { typed })).toEqual(testRoomKey);
  await inRoom(async (opened) => {
    const { keys, leftOut } = await pageOf({ ...room.test.host, room: opened }, room.test.nurseId).recoveryKeys.list();
    expect(keys).toMatchObject([{ name: 'Escrow', typedBack: true }]);
    expect(leftOut).toEqual([{ keyId: 'first', name: null, sinceMs: room.test.clock.now().utcMs }]);
  });
});

test('ROTATE-4 private notes open with the PIN that they had, though their author was not there', async () => {
  await room.test.room.close();
  expect((await rotate([printed, '', testPin])).exit).toBe(0);
  expect(await inRoom(readNotes)).toEqual(['speaks of the sea']);
});

/** The author's key as it was wrapped before there were peppers: with PIN and data key together. */
async function wrapAsBefore(): Promise<void> {
  const { ids } = room.test.room;
  const authorId = room.test.therapistId;
  const notes = openPrivateNotes(folder.path, testRoomKey, ids);
  const kept = notes.authors.find(authorId);
  const key = kept && (await openAuthorKey(testRoomKey, authorId, { pin: testPin, phrase: null }, kept));
  if (key === null) throw new Error('no key');
  const salt = ids.randomBytes(32);
  const slow = await slowHash(JSON.stringify([testPin, null]), salt, 32, quickHashCost);
  const wrapping = Buffer.from(hkdfSync('sha256', Buffer.concat([slow, testRoomKey]), salt, 'vigil private wrapping key 1', 32));
  const nonce = ids.randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(`vigil private author key 1|${authorId}`));
  const sealed = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  notes.authors.rewrap(authorId, { salt, cost: quickHashCost, withPhrase: false, sealed, pepper: null });
  notes.close();
}

test('ROTATE-5 a key that was wrapped with the data key itself opens after two rotations, and from then on keeps nothing of the old one', async () => {
  await room.test.room.close();
  await wrapAsBefore();
  for (let time = 0; time < 2; time += 1) expect((await rotate([printed, '', testPin])).exit).toBe(0);
  const wrapped = () =>
    using(openPrivateNotes(folder.path, readKeyFile(folder), room.test.room.ids), (notes) => notes.authors.find(room.test.therapistId));
  const before = wrapped();
  expect(await inRoom(readNotes)).toEqual(['speaks of the sea']);
  expect(wrapped()).not.toEqual(before);
  // Anew once, and then as it is.
  const anew = wrapped();
  expect(await inRoom(readNotes)).toEqual(['speaks of the sea']);
  expect(wrapped()).toEqual(anew);
});

/** Opening a database writes a page of it, under another vector; what is in it stays. */
function unchanged(): unknown {
  const files = Object.entries(contentOf(folder.path)).filter(([name]) => !name.endsWith('.db'));
  return [
    files,
    readdirSync(folder.path)
      .filter((name) => !name.endsWith('.lock'))
      .toSorted(),
    verifyDatabase(folder.path, testRoomKey),
  ];
}

test('ROTATE-6 a room that runs, somebody who may not, a wrong PIN and a missing paper are refused in words, and nothing is changed', async () => {
  const running = await rotate([printed, '', testPin]);
  expect(running.line).toMatchObject({ type: 'refused', code: 'STORE_LOCKED' });
  await room.test.room.close();
  const before = unchanged();
  const tries: readonly (readonly [readonly string[], string, string])[] = [
    [['', testPin], 'Nurse', 'No recovery key was typed'],
    [[printed.replace(/^./, (c) => (c === '0' ? '1' : '0')), '', testPin], 'Nurse', 'No recovery key was typed'],
    [[printed, '', '739155'], 'Nurse', 'This is not the PIN of Nurse'],
    [[printed, '', testPin], 'Nobody', 'Nobody called "Nobody"'],
    [[printed, '', testPin], 'Therapist', 'is a therapist'],
  ];
  for (const [typed, by, words] of tries) {
    const { exit, line } = await rotate(typed, by);
    expect([exit, line['type']]).toEqual([1, 'refused']);
    expect(line['message']).toContain(words);
  }
  expect(unchanged()).toEqual(before);
});

test('ROTATE-7 a page that was changed is named, and the room stays as it is', async () => {
  await room.test.room.close();
  const bytes = readFileSync(folder.databaseFile);
  bytes.writeUInt8(bytes.readUInt8(9 * pageLength + 99) ^ 1, 9 * pageLength + 99);
  writeFileSync(folder.databaseFile, bytes);
  const before = unchanged();
  const { exit, line } = await rotate([printed, '', testPin]);
  expect([exit, line['code']]).toEqual([1, 'STORE_CORRUPT']);
  expect(unchanged()).toEqual(before);
});

test('ROTATE-8 captures are under the new key, and what is plain or does not open is named and left', async () => {
  await room.test.room.close();
  const { line } = await rotate([printed, '', testPin]);
  expect(line['leftAsTheyWere']).toEqual(['captures/plain.vcap']);
  const sealed = readFileSync(join(folder.path, 'captures', 'a.vcap'));
  expect(openSealedCapture(sealed, readKeyFile(folder))).toMatchObject({ plain: capture, changed: false, unreadBytes: 0 });
  expect(openSealedCapture(sealed, testRoomKey)).toMatch(/does not open with the key of this room/);
});

test('ROTATE-9 between the two keys nothing is read, the command ends it without being asked anything, and both shells find the new key', async () => {
  await room.test.room.close();
  const { newKeyFolder } = folder;
  mkdirSync(`${newKeyFolder}.begun`, { mode: 0o700 });
  writeKeyFile(dataFolderAt(`${newKeyFolder}.begun`), testRoomKey.toReversed());
  giveName(folder);
  writeFileSync(join(folder.path, 'key.sealed'), '{"of":"the old key"}', { mode: 0o600 });
  const words: string[] = [];
  const io = { stdout: (line: string) => void words.push(line), stderr: () => undefined };
  expect(await verifyCommand.run(['--data', folder.path], io)).toBe(1);
  expect(words.join('')).toContain('between two data keys');
  const keyStore = { name: () => Promise.resolve('k'), seal: () => Promise.reject(new Error()), unseal: () => Promise.reject(new Error()) };
  expect(await openSealedKey(folder.path, keyStore, false)).toMatchObject({ key: null });
  expect((await rotate([])).line).toMatchObject({ type: 'finished' });
  expect(readKeyFile(folder)).toEqual(testRoomKey.toReversed());
  expect(readdirSync(folder.path).filter((name) => /^new-key|sealed$/.test(name))).toEqual(['recovery-key.sealed']);
});

test('ROTATE-10 without space for all of it nothing is begun, and the disk that has none is named', async (ctx) => {
  const why = reasonForNoTmpfs();
  ctx.skip(why !== null, why ?? '');
  await room.test.room.close();
  const small = makeTmpfs('8m');
  try {
    cpSync(folder.path, join(small, 'room'), { recursive: true });
    folder = dataFolderAt(join(small, 'room'));
    const before = unchanged();
    const { exit, line } = await rotate([printed, '', testPin]);
    expect([exit, line['code']]).toEqual([1, 'STORE_FULL']);
    expect(line['message']).toMatch(/The files under the new key take \d+ MB, and the disk of .* has \d MB/);
    expect(unchanged()).toEqual(before);
  } finally {
    removeTmpfs(small);
  }
});

test('ROTATE-11 what a command told of its reading, and the room has not taken in, waits under the new key', async () => {
  await room.test.room.close();
  const told = {
    lookId: room.uuid(),
    occurred: room.test.clock.now(),
    look: { what: 'room-verified', from: 'command', personId: null, account: 'it' },
  } as const;
  tellLook(folder.path, told, testRoomKey);
  expect((await rotate([printed, '', testPin])).exit).toBe(0);
  expect(waitingLooks(folder.path, readKeyFile(folder), 9)).toEqual({ looks: [told], unreadable: 0 });
});
