import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBackedUpRoom, using, type BackedUpRoom } from '../backup/backup-fixture.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { keyOfFolder } from '../../electron/service/store/folder-key.ts';
import { begunFolder } from '../../electron/service/store/new-key-folder.ts';
import { openPrivateNotes } from '../../electron/service/store/private-notes.ts';
import { finishRotation } from '../../electron/service/store/rotate-key.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { verifyPrivateNotes } from '../../electron/service/store/verify-private-notes.ts';
import { newKey, rotateRoom } from './rotated-room.ts';

const moments = process.env['VIGIL_SOAK'] === '1' ? 200 : 6;
const program = join(import.meta.dirname, 'killed-rotation.ts');
const by = '0193a000-0000-7000-8000-00000000a001';

let room: BackedUpRoom;
let seq: number;
beforeEach(() => {
  room = createBackedUpRoom(571);
  seq = using(room.open(), ({ events }) => events.head.seq);
});
afterEach(() => room.close());

/** The same room once more, to be killed in. */
function copyOfRoom(name: string): string {
  const folder = join(room.place, name);
  cpSync(room.folder, folder, { recursive: true });
  return folder;
}

const argv = (folder: string, step: number): string[] => [program, folder, room.printedKey, by, String(step)];

function killAtStep(folder: string, step: number): void {
  const { signal, stderr } = spawnSync(process.execPath, argv(folder, step), { encoding: 'utf8' });
  expect(signal, stderr).toBe('SIGKILL');
}

function opens(folder: string, key: Uint8Array): boolean {
  try {
    openStore({ folder, key, ids: room.ids }).close();
    openPrivateNotes(folder, key, room.ids).close();
    return true;
  } catch (error) {
    if (error instanceof StoreError) return false;
    throw error;
  }
}

/** As Vigil starts: which key the folder has, that no other opens it, and that all of it is whole. */
function proveOneKey(folder: string): 'old' | 'new' {
  const key = keyOfFolder(folder, room.ids);
  const which = Buffer.from(key).equals(newKey) ? 'new' : 'old';
  expect(which === 'new' || Buffer.from(key).equals(room.key)).toBe(true);
  expect([opens(folder, room.key), opens(folder, newKey)]).toEqual([which === 'old', which === 'new']);
  expect(verifyDatabase(folder, key)).toMatchObject({ problems: [], events: which === 'new' ? seq + 1 : seq });
  expect(verifyPrivateNotes(folder, key, [room.noteId])).toMatchObject({ notes: 1, problems: [] });
  for (const left of [begunFolder(dataFolderAt(folder)), dataFolderAt(folder).newKeyFolder]) expect(existsSync(left)).toBe(false);
  return which;
}

/** Run again, it ends: with the new key at once, or from the beginning. */
function runAgain(folder: string): void {
  if (!finishRotation(folder)) rotateRoom({ folder, typed: room.printedKey, by, ids: room.ids });
  expect(proveOneKey(folder)).toBe('new');
}

test('ROTATE-3 killed at each of its steps, the room opens with exactly one of the two keys, whole, and run again it ends', () => {
  const whole = spawnSync(process.execPath, argv(copyOfRoom('counted'), 0), { encoding: 'utf8' });
  const steps = Number(/STEPS (\d+)/.exec(whole.stdout)?.[1]);
  expect(steps, whole.stderr).toBeGreaterThan(12);
  const found: string[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const folder = copyOfRoom(`killed-${step}`);
    killAtStep(folder, step);
    const again = join(room.place, 'again');
    cpSync(folder, again, { recursive: true });
    found.push(proveOneKey(folder));
    runAgain(again);
    for (const done of [folder, again]) rmSync(done, { recursive: true });
  }
  // Once new, always new: there is one moment at which it turns.
  expect(found.join(' ')).toMatch(/^(old )+(new )*new$/);
}, 300_000);

function killAfter(folder: string, afterMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv(folder, 0), { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs));
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}

test(`ROTATE-3 killed at ${moments} other moments as well`, async () => {
  for (let moment = 0; moment < moments; moment += 1) {
    const folder = copyOfRoom(`moment-${moment}`);
    await killAfter(folder, (moment * 53) % 160);
    proveOneKey(folder);
    rmSync(folder, { recursive: true });
  }
}, 600_000);

test('ROTATE-3 the control: where nothing ends the switch of a killed one, neither key opens the room', () => {
  const steps = Number(/STEPS (\d+)/.exec(spawnSync(process.execPath, argv(copyOfRoom('counted'), 0), { encoding: 'utf8' }).stdout)?.[1]);
  // Before the last but one of what it moves.
  killAtStep(room.folder, steps - 1);
  const folder = dataFolderAt(room.folder);
  expect(existsSync(folder.newKeyFolder)).toBe(true);
  rmSync(folder.newKeyFolder, { recursive: true });
  expect([opens(room.folder, room.key), opens(room.folder, newKey)]).toEqual([false, false]);
}, 60_000);
