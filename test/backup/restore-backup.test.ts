import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { restoreCommand } from '../../electron/cli/restore.ts';
import { encodeManifest } from '../../electron/service/store/backup/backup-manifest.ts';
import { takeLock } from '../../electron/service/store/database.ts';
import { findBackup } from '../../electron/service/store/backup/read-backup.ts';
import { openPrivateNotes } from '../../electron/service/store/private-notes.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { draft, sessionDrafts } from '../store/room-fixture.ts';
import { createBackedUpRoom, takenMs, using, type BackedUpRoom } from './backup-fixture.ts';

let room: BackedUpRoom;
let target: string;
beforeEach(() => {
  room = createBackedUpRoom(433);
  target = join(room.place, 'restored');
});
afterEach(() => room.close());

interface Ran {
  readonly exit: number;
  readonly line: Record<string, unknown>;
  readonly err: string;
}

/** @param typed what is typed as the recovery key; null: the room's key file is named */
async function restore(typed: string | null, ...argv: string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    stdout: (line: string) => void out.push(line),
    stderr: (line: string) => void err.push(line),
    stdin: (async function* () {
      yield await Promise.resolve(new TextEncoder().encode(`${typed ?? ''}\n`));
    })(),
  };
  const opens = typed === null ? ['--key', join(room.folder, 'key')] : ['--recovery-key'];
  const clock = { now: () => ({ utcMs: takenMs + 3_600_000, offsetMin: 0 }) };
  const exit = await restoreCommand.run([...argv, ...opens], io, { clock, ids: room.ids });
  expect(out.length).toBeLessThanOrEqual(1);
  return { exit, line: JSON.parse(out[0] ?? '{}') as Record<string, unknown>, err: err.join('\n') };
}

const places = (): string[] => readdirSync(room.place).toSorted();

test('BACKUP-7 a new folder, the newest backup and the printed key: all of it is there, and the room records on in an epoch of its own', async () => {
  room.backUp({ nowMs: takenMs - 86_400_000 });
  using(room.open(), (store) => store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 3)));
  const before = using(room.open(), ({ events }) => events.head);
  room.backUp();
  // The room went on, under numbers that the restored one uses as well.
  using(room.open(), (store) => store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 9)));
  const { exit, line, err } = await restore(room.printedKey, '--from', room.to, '--data', target);
  expect([exit, line]).toEqual([
    0,
    expect.objectContaining({ type: 'restored', seq: before.seq, events: before.seq + 1, takenAt: '2026-11-23T15:00:00.000+00:00' }),
  ]);
  expect(err).toContain('The last entry in it was recorded on 2026-11-23 at');
  expect(err).toContain('A session was open then.');
  expect(readFileSync(join(target, 'key'), 'utf8')).toBe(readFileSync(join(room.folder, 'key'), 'utf8'));
  using(openStore({ folder: target, key: room.key, ids: room.ids }), ({ events }) => {
    expect(events.hashOf(before.seq)?.equals(before.hash)).toBe(true);
    const restored = events.readRoom().at(-1);
    expect(restored).toMatchObject({
      seq: before.seq + 1,
      kind: 'room-restored',
      body: { takenMs, throughSeq: before.seq },
      actor: 'service',
    });
    expect(events.head.roomId).toBe(before.roomId);
    expect(events.head.epoch).not.toBe(before.epoch);
    events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 4));
  });
  expect(verifyDatabase(target, room.key)).toMatchObject({ ok: true, events: before.seq + 6, epoch: line['epoch'] });
  using(openPrivateNotes(target, room.key, room.ids), (notes) => expect(notes.findNote(room.noteId)?.sessionId).toBe(room.sessionId));
});

test('BACKUP-7 restored, recorded into, backed up and restored again: three epochs in one chain; two restores of one backup are two epochs', async () => {
  room.backUp();
  const epochs = new Set<unknown>();
  for (const name of ['first', 'second']) {
    const { line } = await restore(null, '--from', room.to, '--data', join(room.place, name));
    epochs.add(line['epoch']);
  }
  expect(epochs.size).toBe(2);
  const first = join(room.place, 'first');
  using(openStore({ folder: first, key: room.key, ids: room.ids }), ({ events }) =>
    events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 4)),
  );
  const later = room.backUp({ path: first, nowMs: takenMs + 7_200_000 });
  target = join(room.place, 'share', 'vigil', 'room');
  const again = await restore(null, '--from', join(room.to, later.name), '--data', target);
  expect(again.line).toMatchObject({ type: 'restored', events: later.manifest.seq + 1 });
  using(openStore({ folder: target, key: room.key, ids: room.ids }), ({ database, events }) => {
    const causes = database.connection.prepare<[], string>('SELECT cause FROM epoch ORDER BY first_seq').pluck().all();
    expect(causes).toEqual(['created', 'restored', 'restored']);
    events.appendAll([draft(room.ids, 'service-started', { version: 'x', bootId: room.ids.uuid() })]);
  });
  expect(verifyDatabase(target, room.key)).toMatchObject({ ok: true, events: later.manifest.seq + 2 });
});

test.each(['record.copy', 'private-notes.copy', 'recovery-key.copy', 'manifest.json'])(
  'BACKUP-8 with one byte of %s changed, with half of it, or without it, nothing is restored, and the file is named',
  async (name) => {
    const file = join(room.to, room.backUp().name, name);
    const whole = readFileSync(file);
    // In the manifest: a digit of a size.
    const at = name === 'manifest.json' ? whole.indexOf('"bytes": ') + 9 : whole.length >> 1;
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const damages = [() => writeFileSync(file, changed), () => truncateSync(file, whole.length >> 1), () => rmSync(file)];
    for (const damage of damages) {
      writeFileSync(file, whole);
      damage();
      const { exit, line, err } = await restore(room.printedKey, '--from', join(room.to, room.backups()[0] ?? ''), '--data', target);
      expect([exit, line['type'], String(line['message'])]).toEqual([
        1,
        'refused',
        expect.stringContaining(name === 'manifest.json' ? '' : name),
      ]);
      expect(err).toContain('vigil restore: ');
      expect(places()).toEqual(['backups', 'room', 'temporary']);
    }
  },
);

test('BACKUP-8 a manifest that was written anew by somebody without the key is named', async () => {
  const { name, manifest } = room.backUp();
  writeFileSync(join(room.to, name, 'manifest.json'), encodeManifest({ ...manifest, takenMs: takenMs + 1 }, room.ids.randomBytes(32)));
  const { exit, err } = await restore(room.printedKey, '--from', room.to, '--data', target);
  expect([exit, err]).toEqual([1, expect.stringContaining(`${join(room.to, name, 'manifest.json')} was changed since it was written`)]);
  expect((await restore(null, '--from', room.to, '--data', target)).err).toContain('or manifest.json there was changed');
});

test('BACKUP-9 it writes over nothing, and says what stands there', async () => {
  room.backUp();
  mkdirSync(join(room.place, 'photos'));
  writeFileSync(join(room.place, 'photos', 'one.png'), '');
  const refused = async (path: string) => (await restore(null, '--from', room.to, '--data', path)).err;
  expect(await refused(room.folder)).toContain(`${room.folder} holds a room. A restore never writes over anything`);
  expect(await refused(join(room.place, 'photos'))).toContain('is not empty. A restore never writes over anything');
  expect(await refused(join(room.place, 'photos', 'one.png'))).toContain('one.png');
  mkdirSync(`${target}.restoring`);
  writeFileSync(join(`${target}.restoring`, 'thesis.txt'), '');
  expect(await refused(target)).toContain('is in the way: move it elsewhere');
  rmSync(join(`${target}.restoring`, 'thesis.txt'));
  const other = takeLock(join(`${target}.restoring`, 'lock'));
  expect(await refused(target)).toContain('Another restore into this folder is being made');
  other.close();
  // Empty, and made by somebody: taken.
  mkdirSync(target, { mode: 0o700 });
  expect((await restore(null, '--from', room.to, '--data', target)).exit).toBe(0);
});

test('BACKUP-9 another room’s key, a mistyped one, a newer Vigil, backups of two rooms, and no backup are refused in words', async () => {
  const { name, manifest } = room.backUp();
  const other = createBackedUpRoom(434);
  try {
    const from = join(room.to, name);
    const refused = async (typed: string | null, ...argv: string[]): Promise<[number, string]> => {
      const { exit, err } = await restore(typed, ...argv);
      return [exit, err];
    };
    const to = ['--data', target];
    const [first = '', second = '', ...rest] = room.printedKey.split('-');
    expect(await refused([second, first, ...rest].join('-'), '--from', from, ...to)).toEqual([1, expect.stringMatching(/recovery key/)]);
    expect(await refused(other.printedKey, '--from', from, ...to)).toEqual([
      1,
      expect.stringContaining('may be the sheet of another room'),
    ]);
    other.backUp({ to: room.to });
    expect(await refused(room.printedKey, '--from', room.to, ...to)).toEqual([
      1,
      expect.stringContaining('holds backups of 2 rooms. Name one of them'),
    ]);
    expect(await refused(room.printedKey, '--from', other.to, ...to)).toEqual([1, expect.stringContaining('is no backup, and holds none')]);
    expect(await refused(room.printedKey, '--from', join(room.place, 'usb'), ...to)).toEqual([1, expect.stringContaining('usb')]);
    writeFileSync(join(from, 'manifest.json'), encodeManifest({ ...manifest, storeVersion: 9000 }, room.key));
    expect(await refused(room.printedKey, '--from', from, ...to)).toEqual([
      1,
      expect.stringContaining('was written by a newer Vigil (version 9000;'),
    ]);
    expect((await restore(null, '--from', from)).exit).toBe(2);
    expect((await restore(null, '--from', from, '--drill', ...to)).exit).toBe(2);
    expect(places()).toEqual(['backups', 'room', 'temporary']);
  } finally {
    other.close();
  }
});

test('BACKUP-11 a note of which only the later file tells is marked again, one that the record tells of is not', async () => {
  const told = room.ids.uuid();
  const authorId = room.ids.uuid();
  using(room.open(), ({ events }) =>
    events.appendAll([
      draft(room.ids, 'private-note-marked', { noteId: told }, { sessionId: room.sessionId, actor: { personId: authorId } }),
    ]),
  );
  using(openPrivateNotes(room.folder, room.key, room.ids), (notes) => {
    notes.authors.add(authorId, {
      salt: new Uint8Array(32),
      cost: 'scrypt$N=2,r=1,p=1',
      withPhrase: false,
      sealed: new Uint8Array(48),
      pepper: null,
    });
    const note = {
      authorId,
      sessionId: room.sessionId,
      atMs: takenMs,
      offsetMin: 0,
      recordedMs: takenMs,
      sealed: new Uint8Array(48),
      keyNumber: 1,
    };
    notes.addNote({ ...note, noteId: told }, null);
    // As after its mark was recorded, which the copy of the record has not.
    for (const noteId of [told, room.noteId]) notes.setMarked(noteId);
  });
  room.backUp();
  await restore(null, '--from', room.to, '--data', target);
  using(openPrivateNotes(target, room.key, room.ids), (notes) =>
    expect(notes.unmarked().map(({ noteId }) => noteId)).toEqual([room.noteId]),
  );
});

test('BACKUP-12 a drill proves the newest backup and leaves nothing; of a damaged one it says what is wrong', async () => {
  const { name } = room.backUp();
  const { exit, line } = await restore(room.printedKey, '--from', room.to, '--drill');
  expect([exit, line]).toEqual([
    0,
    expect.objectContaining({ type: 'drilled', from: join(room.to, name), seq: 21, events: 22, readings: 0 }),
  ]);
  expect([places(), readdirSync(room.temporary), room.backups()]).toEqual([['backups', 'room', 'temporary'], [], [name]]);
  truncateSync(join(room.to, name, 'record.copy'), 4096);
  const damaged = await restore(null, '--from', room.to, '--drill');
  expect([damaged.exit, damaged.err]).toEqual([1, expect.stringContaining('record.copy is cut: it has 4096 bytes')]);
});

test('BACKUP-12 what a killed restore left is no room, and is removed by the next', async () => {
  const { name } = room.backUp();
  const args = [fileURLToPath(new URL('./killed-restore.ts', import.meta.url)), join(room.to, name), join(room.folder, 'key'), target];
  expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL');
  expect(places()).toEqual(['backups', 'restored.restoring', 'room', 'temporary']);
  expect((await restore(null, '--from', room.to, '--data', target)).exit).toBe(0);
  expect(places()).toEqual(['backups', 'restored', 'room', 'temporary']);
});

test('BACKUP-16 of one room the backup that holds most is taken, whatever the clock said when it was named', () => {
  const ahead = room.backUp({ nowMs: takenMs + 1000 * 86_400_000 });
  using(room.open(), (store) => store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 3)));
  const { name, manifest } = room.backUp({ nowMs: takenMs });
  expect(manifest.seq).toBeGreaterThan(ahead.manifest.seq);
  expect(findBackup(room.to).folder).toBe(join(room.to, name));
});
