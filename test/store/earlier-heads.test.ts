import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { findBackup, keyOfBackup } from '../../electron/service/store/backup/read-backup.ts';
import { restoreBackup } from '../../electron/service/store/backup/restore-backup.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { createBackedUpRoom, takenMs, using, type BackedUpRoom } from '../backup/backup-fixture.ts';
import { sessionDrafts } from './room-fixture.ts';
import { rewriteFrom, withKeyOf } from './rewritten-room.ts';

let room: BackedUpRoom;
beforeEach(() => {
  room = createBackedUpRoom(521);
});
afterEach(() => room.close());

interface Ran {
  readonly exit: number;
  readonly last: Record<string, unknown>;
  readonly problems: readonly { readonly seq: number | null; readonly what: string }[];
  readonly said: string;
}

async function verify(...argv: string[]): Promise<Ran> {
  const out: Record<string, unknown>[] = [];
  let said = '';
  const io = {
    stdout: (line: string) => void out.push(JSON.parse(line) as Record<string, unknown>),
    stderr: (line: string) => void (said += `${line}\n`),
  };
  const exit = await verifyCommand.run(['--data', room.folder, ...argv], io);
  const problems = out.filter(({ type }) => type === 'problem') as unknown as Ran['problems'];
  return { exit, last: out.at(-1) ?? {}, problems, said };
}

const recordMore = (events: number): void =>
  using(room.open(), (store) => void store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), events - 1)));
const dayMs = 86_400_000;

/** 21 events, a backup, 20 more, a backup, 20 more. */
function backedUpTwice(): void {
  room.backUp();
  recordMore(20);
  room.backUp({ nowMs: takenMs + dayMs });
  recordMore(20);
}

test('PROOF-1 history rewritten from event N on, with the key and every hash, is whole in itself and found by the first backup after N', async () => {
  backedUpTwice();
  rewriteFrom(room, 30);
  // The negative control: nothing in the folder tells of it.
  const alone = await verify();
  expect(alone).toMatchObject({ exit: 0, last: { ok: true, heads: [] } });
  expect(alone.said).toContain('no checkpoints: the chain alone proves it, which whoever has the key could have rewritten');
  expect(alone.said).toContain('compared with nothing from elsewhere (--backups, --head)');
  const { exit, problems, last } = await verify('--backups', room.to);
  const [, second] = room.backups();
  const what = `event 41 is not the one that the backup ${second} tells of: the record was rewritten from one of the events 22 to 41 on, or an older copy of the folder was put in its place and recorded on`;
  expect({ exit, problems }).toEqual({ exit: 1, problems: [{ type: 'problem', seq: 41, what }] });
  expect(last['heads']).toMatchObject([
    { seq: 21, result: 'same' },
    { seq: 41, result: 'other' },
  ]);
});

test('PROOF-1 what was rewritten behind the last backup is not found by it, and the words say how far it vouches', async () => {
  backedUpTwice();
  rewriteFrom(room, 42);
  const { exit, said } = await verify('--backups', room.to);
  expect(exit).toBe(0);
  expect(said).toContain(`events 1 to 41 are those that the backup ${room.backups()[1]} of 2026-11-24 tells of`);
});

test('PROOF-2 a head that was written down finds it, whole or by its first digits, and names N where the one before it is known as well', async () => {
  recordMore(9);
  const heads = using(room.open(), ({ events }) => [29, 30].map((seq) => `${seq}:${events.hashOf(seq)?.toString('hex')}`));
  const [before = '', at = ''] = heads;
  expect(await verify('--head', at)).toMatchObject({ exit: 0, last: { heads: [{ seq: 30, result: 'same', toldBy: '--head' }] } });
  rewriteFrom(room, 30);
  const what =
    'event 30 is not the one that --head tells of: the record was rewritten from there on, or an older copy of the folder was put in its place and recorded on';
  expect(await verify('--head', before, '--head', at.slice(0, 19))).toMatchObject({ exit: 1, problems: [{ seq: 30, what }] });
  for (const wrong of ['30', '30:12', 'x:0123456789abcdef', '30:0123456789abcdeg'])
    expect(await verify('--head', wrong), wrong).toMatchObject({ exit: 2 });
  expect((await verify('--since', 'a', '--since-head', 'b')).said).toContain('--since and --since-head are the same');
});

test('PROOF-2 the mark of an earlier verification finds it under both names of its option', async () => {
  const mark = join(room.place, 'mark');
  expect(await verify('--since-head', mark)).toMatchObject({ exit: 0 });
  rewriteFrom(room, 21);
  const what =
    'event 21 is not the one that the earlier verification tells of: the record was rewritten from one of the events 1 to 21 on, or an older copy of the folder was put in its place and recorded on';
  for (const name of ['--since', '--since-head'])
    expect(await verify(name, mark)).toMatchObject({ exit: 1, problems: [{ seq: 21, what }] });
});

test('PROOF-1 a log that ends before a backup knows it is named by the first event that is missing', async () => {
  backedUpTwice();
  withKeyOf(room, (connection) => connection.exec('DELETE FROM event_log WHERE seq > 35'));
  rewriteFrom(room, 35);
  const [, second] = room.backups();
  expect((await verify('--backups', room.to)).problems).toMatchObject([
    {
      seq: 36,
      what: `events 36 to 41 are missing: the backup ${second} tells of event 41: an older copy of the folder was put in its place, or the end was taken out`,
    },
  ]);
});

test('PROOF-3 after a restore the backups that go further are said and are no problem; those before it are compared as ever', async () => {
  backedUpTwice();
  const [first = ''] = room.backups();
  const backup = findBackup(join(room.to, first));
  const keyFile = join(room.place, 'key');
  renameSync(dataFolderAt(room.folder).keyFile, keyFile);
  const key = keyOfBackup(backup, { keyFile });
  rmSync(room.folder, { recursive: true });
  restoreBackup({ backup, key, path: room.folder, ids: room.ids, now: { utcMs: takenMs + 2 * dayMs, offsetMin: 0 } });
  const found = await verify('--backups', room.to);
  expect(found).toMatchObject({
    exit: 0,
    last: {
      heads: [
        { seq: 21, result: 'same' },
        { seq: 41, result: 'lost-end' },
      ],
    },
  });
  expect(found.said).toContain('1 of what was named goes further than what this room was restored or salvaged from');
  expect(found.said).toContain('restored at event 22 from a backup of');
  // A head that was written down before does not say of which epoch it was.
  const { manifest } = findBackup(join(room.to, room.backups().at(-1) ?? ''));
  expect(await verify('--head', `${manifest.seq}:${manifest.hash}`)).toMatchObject({ exit: 0, last: { heads: [{ result: 'lost-end' }] } });
  // An epoch that the record never had is no restore.
  withKeyOf(room, (connection) => connection.exec(`UPDATE epoch SET epoch = randomblob(16) WHERE first_seq = 1`));
  rewriteFrom(room, 1);
  expect(await verify('--backups', room.to)).toMatchObject({ exit: 1, problems: [{ seq: 21 }] });
});

test('PROOF-3 backups of another room are passed over, and one whose manifest was changed is said', async () => {
  backedUpTwice();
  const [first = ''] = room.backups();
  writeFileSync(join(room.to, first, 'manifest.json'), '{}');
  const found = await verify('--backups', room.to);
  expect(found).toMatchObject({ exit: 0, last: { heads: [{ seq: 41, result: 'same' }] } });
  expect(found.said).toContain(`not compared: the backup ${first}, whose manifest is another room's or was changed`);
  expect(await verify('--backups', join(room.place, 'nowhere'))).toMatchObject({ exit: 1, last: { type: 'refused' } });
});

test('PROOF-9 the backups that a room makes by itself are found without being named, and said where they are not there now', async () => {
  backedUpTwice();
  expect(await verify()).toMatchObject({ exit: 0, last: { heads: [] } });
  const note = (to: string): void =>
    writeFileSync(join(room.folder, 'backups.json'), JSON.stringify({ lastMs: null, drilledMs: null, to }));
  note(room.to);
  chmodSync(join(room.folder, 'backups.json'), 0o600);
  expect(await verify()).toMatchObject({ exit: 0, last: { heads: [{ seq: 21 }, { seq: 41, result: 'same' }] } });
  const nowhere = join(room.place, 'unplugged');
  note(nowhere);
  const found = await verify();
  expect(found).toMatchObject({ exit: 0, last: { heads: [] } });
  expect(found.said).toContain(`not compared: the room's own backups, which are not at ${nowhere} now`);
  note(room.to);
  rewriteFrom(room, 30);
  expect(await verify()).toMatchObject({ exit: 1, problems: [{ seq: 41 }] });
});

test('PROOF-3 a restore of which no entry tells is a problem: it would hide that the record left what its backups hold', async () => {
  backedUpTwice();
  withKeyOf(room, (connection) =>
    connection.exec(
      `INSERT INTO epoch (first_seq, epoch, cause) SELECT 30, randomblob(16), 'restored' FROM epoch WHERE first_seq = 1; DELETE FROM checkpoint`,
    ),
  );
  rewriteFrom(room, 30);
  const what = 'from event 30 on this is a restored room, and no entry tells of a restore or a salvage';
  expect(await verify('--backups', room.to)).toMatchObject({
    exit: 1,
    problems: expect.arrayContaining([expect.objectContaining({ seq: 30, what })]),
  });
});
