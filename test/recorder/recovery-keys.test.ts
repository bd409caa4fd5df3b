import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeBackup } from '../../electron/service/store/backup/write-backup.ts';
import { findBackup, keyOfBackup } from '../../electron/service/store/backup/read-backup.ts';
import { createRecoveryKey, unsealDataKey } from '../../electron/service/store/data-key.ts';
import { dataFolderAt, type DataFolder } from '../../electron/service/store/data-folder.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { KeyCeremony, RecoveryKeyView } from '../../shared/contract/recovery-keys.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { codeOf, openPage, pageOf } from '../support/page.ts';
import { openTestRoom, testPin, testRoomKey, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
let folder: DataFolder;
let base: string;
let firstKey: string;
let nurse: RoomClient;
const uuids = (count: number) => room.room.ids.randomBytes(count);

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vigil-keys-'));
  room = openTestRoom({ base });
  folder = dataFolderAt(room.folder);
  firstKey = createRecoveryKey(folder, testRoomKey, uuids);
  nurse = pageOf(room.host, room.nurseId);
});
afterEach(() => room.close());

const confirm = (personId = room.therapistId) => ({ confirm: { personId, pin: testPin } });
const groupsOf = ({ recoveryKey, asked }: KeyCeremony): string[] => asked.map((number) => recoveryKey.split('-')[number - 1] ?? '');
const keys = async (): Promise<readonly RecoveryKeyView[]> => (await nurse.recoveryKeys.list()).keys;
const opens = (printed: string): boolean => {
  try {
    return Buffer.from(unsealDataKey(folder, printed)).equals(Buffer.from(testRoomKey));
  } catch {
    return false;
  }
};
const kinds = (): string[] =>
  room.room.recorder.storage.store.events
    .readRoom()
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('recovery-key'));

async function addKey(name: string): Promise<string> {
  const ceremony = await nurse.recoveryKeys.begin({ name, ...confirm() });
  await nurse.recoveryKeys.typeBack({ ceremonyId: ceremony.ceremonyId, groups: groupsOf(ceremony) });
  return ceremony.recoveryKey;
}

test('RKEY-1, RKEY-4 a second key opens the room beside the first, and the record tells who made it', async () => {
  const escrow = await addKey('Escrow');
  expect([opens(firstKey), opens(escrow)]).toEqual([true, true]);
  expect(await keys()).toMatchObject([
    { keyId: 'first', name: null, by: 'Nurse', typedBack: false },
    { name: 'Escrow', by: 'Nurse', typedBack: true },
  ]);
  const events = room.room.recorder.storage.store.events.readRoom();
  expect(events.find(({ kind }) => kind === 'recovery-key-added')?.body).toMatchObject({
    name: 'Escrow',
    confirmedBy: { name: 'Therapist' },
  });
  for (const group of escrow.split('-')) expect(JSON.stringify(events)).not.toContain(group);
  expect(kinds()).toEqual(['recovery-key-added', 'recovery-key-typed-back']);
});

test('RKEY-2 nothing opens with a key before it was typed back, a wrong group is named, and letters may be small', async () => {
  const before = readFileSync(folder.recoveryKeyFile);
  const ceremony = await nurse.recoveryKeys.begin({ name: 'Escrow', ...confirm() });
  expect([opens(ceremony.recoveryKey), kinds()]).toEqual([false, []]);
  const right = groupsOf(ceremony);
  const { ceremonyId, asked } = ceremony;
  expect(new Set(asked).size).toBe(3);
  for (const [index, number] of asked.entries()) {
    const wrong = right.with(index, '00000');
    const error = await nurse.recoveryKeys.typeBack({ ceremonyId, groups: wrong }).catch(refusalOf);
    expect(error).toMatchObject({ code: 'RECOVERY_KEY_GROUP_WRONG', subject: String(number) });
  }
  // Two groups swapped: the first of them is named.
  const swapped = [right[1] ?? '', right[0] ?? '', right[2] ?? ''];
  expect(await nurse.recoveryKeys.typeBack({ ceremonyId, groups: swapped }).catch(refusalOf)).toMatchObject({ subject: String(asked[0]) });
  expect(readFileSync(folder.recoveryKeyFile)).toEqual(before);
  const likened = right.map((group) => ` ${group.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `);
  await nurse.recoveryKeys.typeBack({ ceremonyId, groups: likened });
  expect(opens(ceremony.recoveryKey)).toBe(true);
});

test('RKEY-2 the room asks for other groups each time', async () => {
  const asked = new Set<string>();
  for (let round = 0; round < 40; round += 1) {
    const ceremony = await nurse.recoveryKeys.begin({ name: `Key ${round}`, ...confirm() });
    asked.add(ceremony.asked.join());
    expect(ceremony.asked).toEqual(ceremony.asked.toSorted((a, b) => a - b));
  }
  expect(asked.size).toBeGreaterThan(8);
});

test('RKEY-3 leaves everything as it was for whoever leaves, waits for half an hour or begins another one', async () => {
  const before = readFileSync(folder.recoveryKeyFile);
  const begin = (): Promise<KeyCeremony> => nurse.recoveryKeys.begin({ name: 'Escrow', ...confirm() });
  const finish = ({ ceremonyId, ...rest }: KeyCeremony): Promise<string> =>
    codeOf(pageOf(room.host, room.nurseId).recoveryKeys.typeBack({ ceremonyId, groups: groupsOf({ ceremonyId, ...rest }) }));
  const left = await begin();
  await nurse.recoveryKeys.leave({ ceremonyId: left.ceremonyId });
  expect(await finish(left)).toBe('RECOVERY_KEY_GONE');
  const [one, two] = [await begin(), await begin()];
  expect(await finish(one)).toBe('RECOVERY_KEY_GONE');
  await room.pass(30 * 60_000 + 1000);
  expect(await finish(two)).toBe('RECOVERY_KEY_GONE');
  expect([readFileSync(folder.recoveryKeyFile).equals(before), kinds()]).toEqual([true, []]);
});

test('RKEY-4 nobody changes the keys alone, or types back what somebody else began', async () => {
  expect(await codeOf(nurse.recoveryKeys.begin({ name: 'Escrow' }))).toBe('STAFF_WITNESS_REQUIRED');
  expect(await codeOf(nurse.recoveryKeys.begin({ name: 'Escrow', confirm: { personId: room.therapistId, pin: '999999' } }))).toBe(
    'STAFF_WRONG_PIN',
  );
  expect(await codeOf(nurse.recoveryKeys.remove({ keyId: 'first' }))).toBe('STAFF_WITNESS_REQUIRED');
  const ceremony = await nurse.recoveryKeys.begin({ name: 'Escrow', ...confirm() });
  const back = { ceremonyId: ceremony.ceremonyId, groups: groupsOf(ceremony) };
  expect(await codeOf(pageOf(room.host, room.therapistId).recoveryKeys.typeBack(back))).toBe('STAFF_NOT_ALLOWED');
  expect(await codeOf(openPage(room.host).client.recoveryKeys.typeBack(back))).toBe('STAFF_NOT_SIGNED_IN');
  // With somebody of the ranks there, it is one of them.
  const it = addKnownPerson(room.room, { name: 'Ivo', role: 'it', pin: testPin });
  expect(await codeOf(nurse.recoveryKeys.begin({ name: 'Escrow', ...confirm() }))).toBe('STAFF_WITNESS_REQUIRED');
  expect(await codeOf(nurse.recoveryKeys.begin({ name: 'Escrow', ...confirm(it.personId) }))).toBe('accepted');
});

test('RKEY-5 takes a key away, never the last one, and says truly what it still opens', async () => {
  expect(await codeOf(nurse.recoveryKeys.remove({ keyId: 'first', ...confirm() }))).toBe('RECOVERY_KEY_LAST');
  const escrow = await addKey('Escrow');
  const to = join(base, 'backups');
  mkdirSync(to);
  const backUp = (nowMs: number): string => join(to, writeBackup({ path: room.folder, key: testRoomKey, to, nowMs, version: 'test' }).name);
  const before = backUp(Date.UTC(2026, 0, 1));
  expect(await codeOf(nurse.recoveryKeys.remove({ keyId: 'none', ...confirm() }))).toBe('RECOVERY_KEY_NOT_FOUND');
  await nurse.recoveryKeys.remove({ keyId: 'first', ...confirm() });
  const after = backUp(Date.UTC(2026, 0, 2));
  expect([opens(firstKey), opens(escrow)]).toEqual([false, true]);
  const opened = (backup: string, typed: string): boolean => {
    try {
      return keyOfBackup(findBackup(backup), { typed }).length === 32;
    } catch {
      return false;
    }
  };
  expect([opened(before, firstKey), opened(before, escrow), opened(after, firstKey), opened(after, escrow)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect((await keys()).map(({ name }) => name)).toEqual(['Escrow']);
  expect(kinds().at(-1)).toBe('recovery-key-removed');
});

test('RKEY-6 a name that was exchanged in the file opens nothing, and a name is given once', async () => {
  const escrow = await addKey('Escrow');
  expect(await codeOf(nurse.recoveryKeys.begin({ name: 'escrow', ...confirm() }))).toBe('RECOVERY_KEY_NAME_TAKEN');
  writeFileSync(folder.recoveryKeyFile, readFileSync(folder.recoveryKeyFile, 'utf8').replace('Escrow', 'Clinic'));
  expect([opens(firstKey), opens(escrow)]).toEqual([true, false]);
});

test('RKEY-6 a file that is cut is said to be damaged, and is not written over', async () => {
  const cut = readFileSync(folder.recoveryKeyFile).subarray(0, -5);
  writeFileSync(folder.recoveryKeyFile, cut);
  expect(await nurse.recoveryKeys.list().catch(refusalOf)).toMatchObject({ message: expect.stringMatching(/is damaged/) as unknown });
  expect(await codeOf(nurse.recoveryKeys.begin({ name: 'Escrow', ...confirm() }))).toBe('STORE_FAILED');
  expect(readFileSync(folder.recoveryKeyFile)).toEqual(cut);
});

test('RKEY-7 where it cannot be recorded the file is as before', async () => {
  const before = readFileSync(folder.recoveryKeyFile);
  const ceremony = await nurse.recoveryKeys.begin({ name: 'Escrow', ...confirm() });
  const { events } = room.room.recorder.storage.store;
  events.appendAll = () => {
    throw new Error('disk');
  };
  expect(await codeOf(nurse.recoveryKeys.typeBack({ ceremonyId: ceremony.ceremonyId, groups: groupsOf(ceremony) }))).not.toBe('accepted');
  expect(readFileSync(folder.recoveryKeyFile).equals(before)).toBe(true);
  expect(opens(ceremony.recoveryKey)).toBe(false);
});

test('RKEY-8 the key of set-up opens the room at once, and is known to be kept once it was typed back, by whoever has the paper', async () => {
  rmSync(folder.recoveryKeyFile);
  const ceremony = room.room.recoveryKeys.beginFirst(room.nurseId);
  expect([opens(ceremony.recoveryKey), (await keys())[0]?.typedBack]).toEqual([true, false]);
  const nobody = openPage(room.host).client;
  const { ceremonyId } = ceremony;
  expect(await codeOf(nobody.recoveryKeys.typeBack({ ceremonyId, groups: ['', '', ''] }))).toBe('RECOVERY_KEY_GROUP_WRONG');
  await nobody.recoveryKeys.typeBack({ ceremonyId, groups: groupsOf(ceremony) });
  expect((await keys())[0]).toMatchObject({ keyId: 'first', by: 'Nurse', typedBack: true });
  await room.restart();
  nurse = pageOf(room.host, room.nurseId);
  expect((await keys())[0]).toMatchObject({ typedBack: true });
});

test('RKEY-3 a file of the keys that was put back from before opens with what it holds, and the list is of it', async () => {
  const older = join(base, 'older');
  copyFileSync(folder.recoveryKeyFile, older);
  const escrow = await addKey('Escrow');
  copyFileSync(older, folder.recoveryKeyFile);
  expect([opens(firstKey), opens(escrow), (await keys()).length]).toEqual([true, false, 1]);
  expect(existsSync(`${folder.recoveryKeyFile}.new`)).toBe(false);
});
