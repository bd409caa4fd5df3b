import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBackupMaker } from '../../electron/service/entry/backup-maker.ts';
import { notedDestination, RoomBackups, type BackupMaker } from '../../electron/service/recorder/room-backups.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { memoryFolder } from '../store/room-fixture.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { createBackedUpRoom, takenMs } from './backup-fixture.ts';

let folder: string;
let clock: ManualClock;
beforeEach(() => {
  folder = mkdtempSync(join(memoryFolder(), 'vigil-backups-'));
  clock = createManualClock({ startMs: takenMs, offsetMin: 0 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Made = Awaited<ReturnType<BackupMaker['backUp']>>;
type Drilled = Awaited<ReturnType<BackupMaker['drill']>>;

/** Whose backups and drills end when, and as, a test says. */
function scriptedMaker() {
  const asked: string[] = [];
  const waiting: ((outcome: Made | Drilled) => void)[] = [];
  const wait = async <Outcome>(what: string): Promise<Outcome> => {
    asked.push(what);
    return new Promise<Outcome>((resolve) => waiting.push(resolve as (outcome: Made | Drilled) => void));
  };
  const maker: BackupMaker = {
    to: '/backups',
    backUp: async () => wait<Made>('backup'),
    drill: async (name) => wait<Drilled>(`drill ${name}`),
    close: () => void asked.push('closed'),
  };
  const end = async (outcome: Made | Drilled): Promise<void> => {
    waiting.shift()?.(outcome);
    await new Promise(setImmediate);
  };
  return { maker, asked, end };
}

type Status = 'none' | 'running' | 'completed';
const session = (status: Status, predictedEndMs: number | null = null) => ({ dose: { status, predictedEndMs } });

function roomWith(maker: BackupMaker) {
  const now: { session: ReturnType<typeof session> | null } = { session: null };
  const backups = new RoomBackups({ clock, log: createSilentLog(), folder, maker, session: () => now.session, onChange: () => undefined });
  const passed = async (ms: number): Promise<void> => {
    await clock.pass(ms);
    backups.turn();
  };
  return { backups, now, passed };
}

const minuteMs = 60_000;

test('BACKUP-14 one at a time: while one runs no other is begun, and what asks for the section is answered', async () => {
  const { maker, asked, end } = scriptedMaker();
  const { backups, passed } = roomWith(maker);
  for (let turn = 0; turn < 50; turn += 1) await passed(1000);
  expect(asked).toEqual(['backup']);
  expect(backups.section).toEqual({ lastMs: null, drilledMs: null, waits: false, failure: null });
  await end({ name: 'one' });
  expect([asked, backups.section.lastMs]).toEqual([['backup', 'drill one'], takenMs + 1000]);
  await end({ whole: true });
  await passed(1000);
  expect(asked).toEqual(['backup', 'drill one']);
});

test('BACKUP-13 a session that ends is backed up, one whose dose runs is not, and a drill does not run beside a session', async () => {
  const { maker, asked, end } = scriptedMaker();
  const { backups, now, passed } = roomWith(maker);
  now.session = session('running');
  await passed(minuteMs);
  expect([asked, backups.section.waits]).toEqual([[], true]);
  now.session = session('completed');
  await passed(minuteMs);
  expect(backups.section.waits).toBe(false);
  await end({ name: 'during' });
  expect(asked).toEqual(['backup']);
  await passed(minuteMs);
  now.session = null;
  await passed(minuteMs);
  await end({ name: 'after' });
  expect(asked).toEqual(['backup', 'backup', 'drill after']);
});

test('BACKUP-13 a session that somebody forgot to end keeps a backup back until an hour after its dose was to end', async () => {
  const { maker, asked } = scriptedMaker();
  const { now, passed } = roomWith(maker);
  now.session = session('running', takenMs + minuteMs);
  await passed(60 * minuteMs);
  expect(asked).toEqual([]);
  await passed(minuteMs);
  expect(asked).toEqual(['backup']);
});

test('BACKUP-14 a failure is said in its words until one succeeds, and tried again after a pause; what is closed says nothing more', async () => {
  const { maker, asked, end } = scriptedMaker();
  const { backups, passed } = roomWith(maker);
  await passed(1000);
  await end({ failed: 'There is no such folder.' });
  expect(backups.section).toEqual({ lastMs: null, drilledMs: null, waits: false, failure: 'There is no such folder.' });
  await passed(5 * minuteMs - 1000);
  expect(asked).toHaveLength(1);
  await passed(1000);
  await end({ name: 'two' });
  await end({ failed: 'record.copy is cut.' });
  expect(backups.section).toMatchObject({ drilledMs: null, failure: 'record.copy is cut.' });
  await passed(5 * minuteMs);
  expect(asked).toHaveLength(3);
  backups.close();
});

test('BACKUP-15 when the last backup and drill were is known after a restart, and a damaged note of it costs one more backup', async () => {
  const first = scriptedMaker();
  const before = roomWith(first.maker);
  await before.passed(1000);
  await first.end({ name: 'one' });
  await first.end({ whole: true });
  const { section } = before.backups;
  expect(section).toEqual({ lastMs: takenMs + 1000, drilledMs: takenMs + 1000, waits: false, failure: null });
  const second = scriptedMaker();
  const after = roomWith(second.maker);
  expect(after.backups.section).toEqual(section);
  await after.passed(minuteMs);
  expect(second.asked).toEqual([]);
  writeFileSync(join(folder, 'backups.json'), '{"lastMs":');
  expect(roomWith(second.maker).backups.section).toEqual({ lastMs: null, drilledMs: null, waits: false, failure: null });
});

test('BACKUP-14 the real one: a process writes the backup beside a room that is open, another restores it on trial, and a refusal comes in its words', async () => {
  const room = createBackedUpRoom(441);
  const program = join(import.meta.dirname, '../../electron/cli/vigil.ts');
  const open = room.open();
  try {
    const maker = createBackupMaker({ program, folder: room.folder, to: room.to });
    const made = await maker.backUp();
    expect(made).toEqual({ name: room.backups()[0] });
    expect(await maker.drill(room.backups()[0] ?? '')).toEqual({ whole: true });
    const nowhere = createBackupMaker({ program, folder: room.folder, to: join(room.place, 'usb') });
    expect(await nowhere.backUp()).toEqual({ failed: expect.stringContaining('there is no such folder. Connect the disk') });
    const ended = maker.backUp();
    maker.close();
    expect(await ended).toEqual({ failed: 'It was ended before it was done.' });
  } finally {
    open.close();
    room.close();
  }
});

test('PROOF-9 with its last backup the room notes where its backups lie; without one, or where the note is damaged, it tells of none', async () => {
  const { maker, end } = scriptedMaker();
  expect(notedDestination(folder)).toBeNull();
  const { passed } = roomWith(maker);
  await passed(1000);
  await end({ name: 'first' });
  expect(notedDestination(folder)).toBe('/backups');
  writeFileSync(join(folder, 'backups.json'), '{"lastMs":1,"drilledMs":null}');
  expect(notedDestination(folder)).toBeNull();
});
