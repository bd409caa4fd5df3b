import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupCommand } from '../../electron/cli/backup.ts';
import { wantsOwnProcess } from '../../electron/cli/own-process.ts';
import { decodeManifest, encodeManifest } from '../../electron/service/store/backup/backup-manifest.ts';
import { findBrokenPages } from '../../electron/service/store/cipher-pages.ts';
import { openDataFolder, dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { unsealDataKey } from '../../electron/service/store/data-key.ts';
import { privateFileKey } from '../../electron/service/store/private-seal.ts';
import { makeTmpfs, mount, reasonForNoTmpfs, removeTmpfs } from '../support/tmpfs.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { sessionDrafts, storeErrorOf } from '../store/room-fixture.ts';
import { createBackedUpRoom, takenMs, using, type BackedUpRoom } from './backup-fixture.ts';

let room: BackedUpRoom;
beforeEach(() => {
  room = createBackedUpRoom();
});
afterEach(() => room.close());

const dayMs = 86_400_000;
const script = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
const keyHex = (): string => Buffer.from(room.key).toString('hex');
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

async function run(
  ...argv: string[]
): Promise<{ readonly exit: number; readonly out: readonly Record<string, unknown>[]; readonly err: string }> {
  const [out, err]: [Record<string, unknown>[], string[]] = [[], []];
  const io = {
    stdout: (line: string) => void out.push(JSON.parse(line) as Record<string, unknown>),
    stderr: (line: string) => void err.push(line),
  };
  const exit = await backupCommand.run(argv, io, { now: () => ({ utcMs: takenMs, offsetMin: 0 }) });
  return { exit, out, err: err.join('\n') };
}

test('BACKUP-1 beside a room that is open: record and notes whole, nothing in clear, no key, nothing left behind', () => {
  const { name, manifest } = using(room.open(), (store) => {
    store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 5));
    const head = store.events.head;
    const backup = room.backUp();
    expect(backup.manifest).toMatchObject({ seq: head.seq, hash: Buffer.from(head.hash).toString('hex'), epoch: head.epoch, takenMs });
    store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 5));
    return backup;
  });
  const folder = join(room.to, name);
  expect(room.backups()).toEqual([name]);
  expect(readdirSync(folder).toSorted()).toEqual(['manifest.json', 'private-notes.copy', 'record.copy', 'recovery-key.copy']);
  for (const { name: file, bytes, sha256: stated } of manifest.files) {
    expect([statSync(join(folder, file)).size, sha256(join(folder, file))]).toEqual([bytes, stated]);
  }
  expect(findBrokenPages(join(folder, 'record.copy'), room.key, 1)).toEqual({ broken: [], wholePages: true });
  expect(findBrokenPages(join(folder, 'private-notes.copy'), privateFileKey(room.key), 1)).toEqual({ broken: [], wholePages: true });
  const recoveryKeyFile = join(folder, 'recovery-key.copy');
  expect(unsealDataKey({ ...dataFolderAt(folder), recoveryKeyFile }, room.printedKey)).toEqual(room.key);
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file));
    expect([file, bytes.includes('Ada Example'), bytes.includes(keyHex()), bytes.includes(Buffer.from(room.key))]).toEqual([
      file,
      false,
      false,
      false,
    ]);
  }
  expect(readdirSync(room.temporary)).toEqual([]);
});

test('BACKUP-1 a plain copy of the files, with a checkpoint in the middle of it, is not whole, so that the test can fail', () => {
  const copied = join(room.to, 'plain-copy');
  mkdirSync(copied, { recursive: true, mode: 0o700 });
  const copy = (...files: string[]): void => {
    for (const file of files) writeFileSync(join(copied, file), readFileSync(join(room.folder, file)), { mode: 0o600 });
  };
  using(room.open(), (store) => {
    store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 50));
    copy('vigil.db');
    store.database.connection.pragma('wal_checkpoint(TRUNCATE)');
    store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 50));
    copy('vigil.db-wal', 'head');
  });
  const findings = (): readonly unknown[] => verifyDatabase(copied, room.key).problems;
  let told: readonly unknown[];
  try {
    told = findings();
  } catch (error) {
    told = [error];
  }
  expect(told).not.toEqual([]);
});

test('BACKUP-1 a backup is never opened as a room', () => {
  const { name } = room.backUp();
  expect(storeErrorOf(() => openDataFolder(join(room.to, name))).code).toBe('STORE_FOLDER_FORBIDDEN');
});

test('BACKUP-1 the manifest is known by its seal: another key, or a changed word, does not fit', () => {
  const { name, manifest } = room.backUp();
  const text = readFileSync(join(room.to, name, 'manifest.json'), 'utf8');
  const isSealed = (of: string, key = room.key): unknown => {
    const read = decodeManifest(of);
    return typeof read === 'string' ? read : read.isSealedBy(key);
  };
  expect(isSealed(text)).toBe(true);
  expect(isSealed(text, room.ids.randomBytes(32))).toBe(false);
  expect(isSealed(text.replace(`"seq": ${manifest.seq}`, '"seq": 1'))).toBe(false);
  expect(isSealed(text.slice(0, -30))).toBe('damaged');
  expect(isSealed(text.replace('vigil-backup-1', 'vigil-backup-2'))).toBe('newer');
});

test.each([
  ['copy', 1],
  ['write', 1],
  ['compare', 0],
] as const)('BACKUP-2 killed at %s %i there is no new backup, and the next one removes what was begun', (step, before) => {
  const args = [script('killed-backup'), room.folder, keyHex(), room.to, step, String(before), String(takenMs)];
  expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL');
  expect(room.backups().filter((name) => !name.endsWith('.part'))).toEqual([]);
  if (step !== 'copy') expect(room.backups()).toHaveLength(1);
  const { name } = room.backUp({ nowMs: takenMs + 1000 });
  expect([room.backups(), readdirSync(room.temporary)]).toEqual([[name], []]);
});

test('BACKUP-2 killed as soon as it has its name, it is whole', () => {
  const args = [script('killed-backup'), room.folder, keyHex(), room.to, 'keep', '0', String(takenMs)];
  expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL');
  const [name = ''] = room.backups();
  const read = decodeManifest(readFileSync(join(room.to, name, 'manifest.json'), 'utf8'));
  if (typeof read === 'string') throw new Error(read);
  expect(read.isSealedBy(room.key)).toBe(true);
  for (const { name: file, sha256: stated } of read.manifest.files) expect(sha256(join(room.to, name, file))).toBe(stated);
});

test.each(['record.copy', 'private-notes.copy', 'recovery-key.copy', 'manifest.json'])(
  'BACKUP-2 a disk that keeps %s otherwise than it was written is found out, and nothing is left',
  (file) => {
    const onStep = (step: string): void => {
      if (step !== 'compare') return;
      const path = join(room.to, room.backups()[0] ?? '', file);
      const bytes = readFileSync(path);
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    };
    expect(storeErrorOf(() => room.backUp({ onStep })).message).toMatch(`${file} is not what was written: the disk did not keep it`);
    expect(room.backups()).toEqual([]);
  },
);

test('BACKUP-3 what is removed was written by this room: with its name and without its seal it stays, and so do another room’s', () => {
  const other = createBackedUpRoom(432);
  try {
    const theirs = [40, 39].map((days) => other.backUp({ to: room.to, nowMs: takenMs - days * dayMs }).name);
    const [first = '', second = ''] = [60, 58.02].map((days) => room.backUp({ nowMs: takenMs - days * dayMs }).name);
    // Of one day with the third and fourth; its manifest is somebody else's now.
    const forged = join(room.to, second, 'manifest.json');
    const read = decodeManifest(readFileSync(forged, 'utf8'));
    if (typeof read === 'string') throw new Error(read);
    writeFileSync(forged, encodeManifest(read.manifest, other.key));
    const third = room.backUp({ nowMs: takenMs - 58 * dayMs }).name;
    const fourth = room.backUp({ nowMs: takenMs - 58 * dayMs + 3_600_000 });
    expect(fourth.removed).toEqual([third]);
    expect(room.backups()).toEqual([...theirs, first, second, fourth.name].toSorted());
  } finally {
    other.close();
  }
});

test('BACKUP-3 the one just written stays, also where the clock was ahead when the others were', () => {
  for (let day = 1; day < 12; day += 1) room.backUp({ nowMs: takenMs + day * dayMs });
  const { name, removed } = room.backUp({ nowMs: takenMs });
  expect(removed).not.toContain(name);
  expect(room.backups()).toContain(name);
});

test('BACKUP-4 a destination that is none is refused in words, with exit code 1, and nothing is made there', async () => {
  const file = join(room.place, 'file');
  writeFileSync(file, '');
  mkdirSync(join(room.folder, 'log', 'backups'), { recursive: true, mode: 0o700 });
  const refusals = [
    [join(room.place, 'usb'), 'there is no such folder. Connect the disk'],
    [join(file, 'deeper'), 'there is no such folder'],
    [file, 'is not a folder'],
    [room.folder, 'lies in the data folder'],
    [join(room.folder, 'log', 'backups'), 'lies in the data folder'],
  ] as const;
  for (const [to, words] of refusals) {
    const { exit, out, err } = await run('--data', room.folder, '--to', to);
    expect([exit, out[0]?.['type'], out[0]?.['path']], to).toEqual([1, 'refused', to]);
    expect(err).toContain(words);
  }
  expect(readdirSync(room.place).includes('usb')).toBe(false);
  expect((await run('--data', room.folder)).exit).toBe(2);
});

test('BACKUP-4 a destination that is full, fills up, is read-only or goes away: words, no half backup, and the earlier one stays', (context) => {
  const reason = reasonForNoTmpfs();
  context.skip(reason !== null, reason ?? '');
  const to = makeTmpfs('1m');
  try {
    const { name } = room.backUp({ to });
    const refused = (onStep?: (step: string) => void) =>
      storeErrorOf(() => room.backUp({ to, nowMs: takenMs + 1000, ...(onStep && { onStep }) }));
    const left = (): string[] => readdirSync(to).filter((entry) => entry !== 'ballast');
    const ballast = (): void => writeFileSync(join(to, 'ballast'), Buffer.alloc(2_000_000), { flag: 'a' });
    const fill = (): void => {
      try {
        ballast();
      } catch {
        // Full, as was wanted.
      }
    };
    fill();
    expect([refused().code, refused().message]).toEqual([
      'STORE_FULL',
      expect.stringMatching(/The backup takes 1 MB, and .* Free some space there/),
    ]);
    rmSync(join(to, 'ballast'));
    expect(refused((step) => void (step === 'write' && fill())).code).toBe('STORE_FULL');
    expect(left()).toEqual([name]);
    rmSync(join(to, 'ballast'));
    expect(mount('-o', 'remount,ro', to)).toBeNull();
    expect(refused().code).toBe('STORE_READ_ONLY');
    expect(mount('-o', 'remount,rw', to)).toBeNull();
    const gone = refused((step) => {
      if (step !== 'compare') return;
      for (const entry of left().filter((one) => one.endsWith('.part'))) renameSync(join(to, entry), join(to, 'gone'));
    });
    expect(gone.message).toMatch(/record\.copy is missing/);
    rmSync(join(to, 'gone'), { recursive: true });
    expect(left()).toEqual([name]);
  } finally {
    removeTmpfs(to);
  }
});

test('BACKUP-5 of two at once the second says so; a folder with somebody else’s file is never removed', () => {
  const second: string[] = [];
  const onStep = (step: string): void => void (step === 'write' && second.push(storeErrorOf(() => room.backUp()).message));
  const { name } = room.backUp({ onStep });
  expect(new Set(second)).toEqual(new Set(['Another backup of this room is being made. Try again when it has ended.']));
  mkdirSync(join(room.to, `${name}.part`));
  writeFileSync(join(room.to, `${name}.part`, 'thesis.txt'), '');
  const next = room.backUp({ nowMs: takenMs + 1000 });
  expect(next.notRemoved).toContain(join(room.to, name));
  expect(room.backups()).toEqual([name, `${name}.part`, next.name]);
});

test('BACKUP-6 a record with a changed page, without its end, or without its private notes is not backed up, and the earlier backup stays', async () => {
  const { name } = room.backUp();
  const [record, notes, head] = ['vigil.db', 'private-notes.db', 'head'].map((file) => join(room.folder, file)) as [string, string, string];
  const broken = (file: string): string => {
    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed[changed.length - 700] = (changed[changed.length - 700] ?? 0) ^ 1;
    writeFileSync(file, changed);
    const { message } = storeErrorOf(() => room.backUp({ nowMs: takenMs + 1000 }));
    writeFileSync(file, whole);
    return message;
  };
  expect(broken(record)).toMatch(/vigil\.db .*(is not whole|is damaged)/);
  expect(broken(notes)).toMatch(/private-notes\.db .*(is not whole|is damaged)/);
  const before = readFileSync(head, 'utf8');
  writeFileSync(head, before.replace('"seq":21', '"seq":29'));
  expect((await run('--data', room.folder, '--to', room.to)).err).toContain('events 22 to 29 were acknowledged and are missing');
  writeFileSync(head, before);
  rmSync(notes);
  expect(storeErrorOf(() => room.backUp({ nowMs: takenMs + 1000 })).message).toContain('private notes were begun here');
  expect(room.backups()).toEqual([name]);
});

test('BACKUP-1 the command tells machines in one line and people in words, and works in a process of its own', async () => {
  const { exit, out, err } = await run('--data', room.folder, '--to', room.to);
  expect(exit).toBe(0);
  expect(out).toEqual([
    expect.objectContaining({ type: 'backed-up', takenAt: '2026-11-23T15:00:00.000+00:00', seq: 21, removed: [], sameDisk: true }),
  ]);
  expect(err).toMatch(/^backed up and compared: vigil-[0-9a-f]{12}-20261123T150000Z, 21 events, \d+ kB\nvigil backup: .* same disk/);
  expect(wantsOwnProcess(backupCommand)).toBe(true);
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../electron/cli/vigil.ts'), 'backup', '--data', room.folder, '--to', room.to],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  expect((await once(child, 'close'))[0]).toBe(0);
  expect(room.backups()).toHaveLength(2);
});

test('BACKUP-3 the last one that the printed key opens stays beside one that it does not', () => {
  const { name } = room.backUp();
  rmSync(dataFolderAt(room.folder).recoveryKeyFile);
  const later = room.backUp({ nowMs: takenMs + 60_000 });
  expect(later.removed).toEqual([]);
  expect(room.backups()).toEqual([name, later.name].toSorted());
});
