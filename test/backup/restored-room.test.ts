import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBackup, keyOfBackup } from '../../electron/service/store/backup/read-backup.ts';
import { restoreBackup } from '../../electron/service/store/backup/restore-backup.ts';
import { writeBackup } from '../../electron/service/store/backup/write-backup.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { readKeyFile, writeKeyFile } from '../../electron/service/store/data-key.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
let place: string;
beforeEach(() => {
  room = openTestRoom();
  place = join(room.folder, '..');
  mkdirSync(join(place, 'backups'));
  writeKeyFile(
    dataFolderAt(room.folder),
    new Uint8Array(32).map((_, index) => index + 1),
  );
});
afterEach(() => room.close());

const minuteMs = 60_000;

/** As on another computer: the folder is gone, and the room is made again from its backup in the same place. */
function restoreHere(): void {
  const keyFile = join(place, 'backups', 'key');
  const key = readKeyFile(dataFolderAt(room.folder));
  writeKeyFile({ ...dataFolderAt(room.folder), keyFile }, key);
  rmSync(room.folder, { recursive: true });
  const backup = findBackup(join(place, 'backups'));
  const opened = keyOfBackup(backup, { keyFile });
  restoreBackup({ backup, key: opened, path: room.folder, ids: createSeededIds(77), now: room.clock.now() });
}

function backUp(): void {
  const key = readKeyFile(dataFolderAt(room.folder));
  writeBackup({ path: room.folder, key, to: join(place, 'backups'), nowMs: room.clock.now().utcMs, version: 'test' });
}

test('BACKUP-10 the computer dies in minute 20 of an infusion: its session goes on from the backup of minute 10, with the gap, and asks for the pump', async () => {
  room.openSession();
  startDose(room);
  await room.pass(10 * minuteMs);
  room.execute({ type: 'record-observation', text: 'eyes closed', chips: [], begunAt: room.clock.now().utcMs });
  backUp();
  const takenMs = room.clock.now().utcMs;
  await room.pass(10 * minuteMs);
  room.execute({ type: 'record-observation', text: 'lost with the computer', chips: [], begunAt: room.clock.now().utcMs });
  await room.pass(5 * minuteMs);
  await room.restart(restoreHere);
  const { session, room: state } = room.room.recorder;
  expect(session?.dose.status).toBe('running');
  expect(JSON.stringify(session?.log)).toContain('eyes closed');
  expect(JSON.stringify(session?.log)).not.toContain('lost with the computer');
  expect(session?.gaps.at(-1)).toMatchObject({ cause: 'restored', toMs: room.clock.now().utcMs });
  expect(Math.abs((session?.gaps.at(-1)?.fromMs ?? 0) - takenMs)).toBeLessThan(2000);
  expect(session?.needsPumpConfirmation).toBe(true);
  expect(state.restored).toMatchObject({ takenMs });
  room.execute({ type: 'confirm-pump', running: true });
  expect(room.room.recorder.session?.needsPumpConfirmation).toBe(false);
  // A later restart is one, and no restore.
  await room.pass(minuteMs);
  await room.restart(() => undefined);
  expect(room.room.recorder.session?.gaps.filter(({ cause }) => cause === 'restored')).toHaveLength(1);
  expect(room.room.recorder.room.restored).toMatchObject({ takenMs });
});

test('BACKUP-10 restored between sessions, the room is free and says from when it is', async () => {
  backUp();
  await room.restart(restoreHere);
  expect([room.room.recorder.session, room.room.recorder.room.restored?.takenMs]).toEqual([null, room.clock.now().utcMs]);
});

test('BACKUP-3 a backup of the room before its restore stays: it may hold what the restored one lost', async () => {
  backUp();
  const early = readdirSync(join(place, 'backups'));
  await room.pass(minuteMs);
  const aside = join(place, 'aside');
  cpSync(join(place, 'backups'), aside, { recursive: true });
  backUp();
  const [fuller = ''] = readdirSync(join(place, 'backups')).filter((name) => !early.includes(name));
  renameSync(join(place, 'backups', fuller), join(aside, fuller));
  cpSync(aside, join(place, 'backups'), { recursive: true });
  rmSync(join(place, 'backups', fuller), { recursive: true });
  await room.restart(restoreHere);
  cpSync(join(aside, fuller), join(place, 'backups', fuller), { recursive: true });
  await room.pass(minuteMs);
  backUp();
  expect(readdirSync(join(place, 'backups'))).toContain(fuller);
});
