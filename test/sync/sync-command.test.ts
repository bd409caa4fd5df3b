import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBackup, keyOfBackup } from '../../electron/service/store/backup/read-backup.ts';
import { restoreBackup } from '../../electron/service/store/backup/restore-backup.ts';
import { writeBackup } from '../../electron/service/store/backup/write-backup.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { openReader } from '../../electron/service/store/database.ts';
import { startHubs, type Hubs, type TestHub } from '../hub/hub-fixture.ts';
import { reasonForNoPostgres } from '../support/own-postgres.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { testRoomKey } from '../support/test-room.ts';
import { agreed, allText, canaries, environment, holdAt, joinedRoom, startSync, sync, type LoggedRow, type SentRoom } from './sent-room.ts';

let hubs: Hubs;
beforeAll(async () => {
  if (reasonForNoPostgres === null) hubs = await startHubs();
});
afterAll(() => hubs?.close());

/** What of a log is not at the hub once, in order and to the byte; withheld bodies aside. */
async function differences(hub: TestHub, roomId: string, logged: readonly LoggedRow[]): Promise<string[]> {
  const there = await hub.rowsOf(roomId);
  const seqs = there.map(({ seq }) => seq);
  return [
    ...(JSON.stringify(seqs) === JSON.stringify(logged.map(({ seq }) => seq)) ? [] : [`the hub has ${seqs.length} of ${logged.length}`]),
    ...there.flatMap(({ seq, epoch, kind, hash, body, withheld }, index) => {
      const here = logged[index];
      const same = here?.seq === seq && here.epoch === epoch && here.kind === kind && here.hash === hash;
      return same && (body === here.body || (body === null && withheld !== null)) ? [] : [`entry ${seq} is another`];
    }),
  ];
}

const withheldKinds = async (hub: TestHub, roomId: string): Promise<string[]> =>
  (await hub.rowsOf(roomId)).flatMap(({ kind, withheld }) => (withheld === null ? [] : [`${kind}: ${withheld}`]));

test('SYNC-9 all of a room arrives once and to the byte, of what stays only its place; run again it sends nothing, and what is taken back goes', async (ctx) => {
  const { test: room, folder, roomId, hub, env, observe, takePrivate, logged } = await joinedRoom(ctx, hubs);
  const said = observe(canaries.private);
  await room.room.close();
  const first = await sync(folder, env);
  const all = logged();
  expect(first).toMatchObject({
    code: 0,
    line: { type: 'sync-status', is: 'up-to-date', roomId, seq: all.length, sent: all.length, problem: null },
  });
  expect(await differences(hub, roomId, all)).toEqual([]);
  expect(await withheldKinds(hub, roomId)).toEqual([
    'person-added: credential',
    'person-added: credential',
    'observation-recorded: not-agreed',
    'pin-changed: credential',
  ]);
  const before = await allText(hub);
  // What is looked for can be found.
  for (const words of [agreed, canaries.private]) expect(before).toContain(words);
  for (const words of [canaries.pinHash, canaries.unagreed]) expect(before).not.toContain(words);
  expect(await sync(folder, env)).toMatchObject({ code: 0, line: { is: 'up-to-date', seq: all.length, sent: 0 } });

  await room.restart();
  await takePrivate(said);
  await room.pass(2000);
  await room.room.close();
  expect(await sync(folder, env)).toMatchObject({ code: 0, line: { is: 'up-to-date', sent: logged().length - all.length } });
  expect(await differences(hub, roomId, logged())).toEqual([]);
  const after = await allText(hub);
  for (const words of Object.values(canaries)) expect(after).not.toContain(words);
  expect(after).toContain(agreed);
  expect(await hub.owner.query('SELECT reason FROM vigil.withholding')).toEqual([{ reason: 'private' }]);
  expect(await hub.owner.query('SELECT name FROM vigil.room')).toEqual([{ name: 'Room 1' }]);
});

/** More than the first batch. */
function fill({ observe }: SentRoom): void {
  for (let count = 0; count < 320; count += 1) observe(`observation ${count}`);
}

test('SYNC-10 ended or killed in the middle of a batch that the hub then takes, the next run goes on from what is there, and all is there once', async (ctx) => {
  const room = await joinedRoom(ctx, hubs);
  const { folder, roomId, hub, env, logged } = room;
  fill(room);
  await room.test.room.close();
  const held = await holdAt(hub, 300);
  const ended = startSync(folder, env);
  await held.reached(1);
  ended.child.kill('SIGINT');
  expect(await ended.ended()).toMatchObject({ code: 130, line: {}, told: expect.stringContaining('the next run goes on from it') });
  const killed = startSync(folder, env, true);
  await held.reached(2);
  killed.child.kill('SIGKILL');
  await killed.ended();
  const before = (await hub.rowsOf(roomId)).length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(300);
  await held.letGo();
  const all = logged();
  expect(await sync(folder, env)).toMatchObject({ code: 0, line: { is: 'up-to-date', seq: all.length } });
  expect(await differences(hub, roomId, all)).toEqual([]);
});

test('SYNC-10 of two runs at once both end with everything there, once', async (ctx) => {
  const room = await joinedRoom(ctx, hubs);
  const { folder, roomId, hub, env, logged } = room;
  fill(room);
  await room.test.room.close();
  const both = await Promise.all([sync(folder, env), sync(folder, env)]);
  expect(both).toMatchObject([
    { code: 0, line: { is: 'up-to-date' } },
    { code: 0, line: { is: 'up-to-date' } },
  ]);
  expect(await differences(hub, roomId, logged())).toEqual([]);
});

/** Words of a run that did not bring the log to the hub. */
async function refusedWith(folder: string, env: Record<string, string>, ...argv: string[]): Promise<string> {
  const { code, line, told } = await sync(folder, env, '--patience', '2', ...argv);
  expect([code, line['is']]).not.toEqual([0, 'up-to-date']);
  return told;
}

test('SYNC-11 a hub that was restored is sent what it lost; a restored room goes on in its new epoch, and the folder from before is told as an old copy', async (ctx) => {
  const { place, test: room, folder, roomId, hub, env, observe, logged } = await joinedRoom(ctx, hubs);
  await room.room.close();
  await sync(folder, env);
  const sent = logged().length;
  await hub.restoreTo(roomId, 7);
  expect(await sync(folder, env)).toMatchObject({ code: 0, line: { is: 'up-to-date', sent: sent - 7 } });
  expect(await differences(hub, roomId, logged())).toEqual([]);

  const backups = join(place, 'backups');
  mkdirSync(backups);
  writeBackup({ path: folder, key: testRoomKey, to: backups, nowMs: room.clock.now().utcMs, version: 'test' });
  const old = join(place, 'old');
  cpSync(folder, old, { recursive: true });
  await room.restart();
  observe('lost with the computer');
  await room.room.close();
  expect((await sync(folder, env)).code).toBe(0);
  const lost = logged();
  expect(await refusedWith(old, env)).toContain('this data folder is an old copy');

  const backup = findBackup(backups);
  const key = keyOfBackup(backup, { keyFile: join(folder, 'key') });
  const restored = join(place, 'restored');
  restoreBackup({ backup, key, path: restored, ids: createSeededIds(77), now: room.clock.now() });
  const again = await sync(restored, env);
  expect(again).toMatchObject({ code: 0, line: { is: 'up-to-date' } });
  expect(again.told).toContain('entries from after the copy that this room was restored from. They stay there.');
  const [there, now] = [await hub.rowsOf(roomId), logged(restored)];
  const epoch = now.at(-1)?.epoch;
  expect(there.filter((row) => row.epoch === epoch).map(({ hash }) => hash)).toEqual(
    now.filter((row) => row.epoch === epoch).map(({ hash }) => hash),
  );
  expect(there.filter((row) => row.epoch !== epoch).map(({ hash }) => hash)).toEqual(lost.map(({ hash }) => hash));
  // The computer that was restored elsewhere comes back.
  expect(await refusedWith(folder, env)).toContain('two computers record as one room');
});

test('SYNC-12 what keeps a log from the hub is told in words that name what to mend, and nothing is sent', async (ctx) => {
  const { place, test: room, folder, roomId, hub, env } = await joinedRoom(ctx, hubs);
  await room.room.close();
  const { postgres } = hubs;
  const dsn = (rest: string): Record<string, string> => ({ ...env, VIGIL_HUB_DSN: rest });
  const { VIGIL_HUB_DSN: good = '' } = env;
  const reader = environment(postgres, hub.database, await hub.addReader());
  const other = environment(postgres, hub.database, await hub.addRoom('0193a000-0000-7000-8000-000000000001', 'Room 9'));
  await postgres.createDatabase(`bare_${hub.database}`);
  const bare = environment(postgres, `bare_${hub.database}`, postgres.superuser);
  const wrongPassword = join(place, 'wrong-password');
  writeFileSync(wrongPassword, 'not it\n');
  const wrong: readonly (readonly [words: string, env: Record<string, string>, ...argv: string[]])[] = [
    ['does not accept the password', env, '--password-file', wrongPassword],
    ['and none was given: --password-file names it', { VIGIL_HUB_DSN: good }],
    ['Run: vigil hub migrate', bare],
    ['has no right to this', reader],
    ['is that of another room (0193a000', other],
    ['has no database "nowhere"', dsn(good.replace(/\w+$/, 'nowhere'))],
    ['signed by nobody who is trusted here', dsn(good.replace('127.0.0.1', 'localhost')), '--ca', postgres.otherCaFile],
    ['Nothing answers at', dsn(good.replace(`:${postgres.port}/`, ':1/'))],
  ];
  for (const [words, of, ...argv] of wrong) expect(await refusedWith(folder, of, ...argv)).toContain(words);
  await hub.owner.query('INSERT INTO vigil.schema_version (n) VALUES (9990)');
  expect(await refusedWith(folder, env)).toContain('of a newer Vigil (step 9990');
  await hub.owner.query('UPDATE vigil.schema_version SET n = 5 WHERE n = 9990; DELETE FROM vigil.schema_version WHERE n <> 5');
  expect(await refusedWith(folder, env)).toContain('of an older Vigil (step 5). Run: vigil hub migrate');
  await hub.owner.query('UPDATE vigil.schema_version SET n = 10; UPDATE vigil.room SET left_at = now()');
  expect(await refusedWith(folder, env)).toContain('The clinic has taken this room out');
  await hub.owner.query('UPDATE vigil.room SET left_at = NULL');
  expect(await hub.rowsOf(roomId)).toEqual([]);
  // Over TLS, and with everything as it should be.
  const right = await sync(folder, dsn(good.replace('127.0.0.1', 'localhost')), '--ca', postgres.caFile);
  expect(right).toMatchObject({ code: 0, line: { is: 'up-to-date', encrypted: true } });
  expect(await sync(folder, {})).toMatchObject({
    code: 2,
    told: expect.stringContaining('no hub was named: say --dsn, or set VIGIL_HUB_DSN'),
  });
});

test('SYNC-13 a room beside it records, ends and starts while a run hangs at the hub; what came meanwhile goes with the next', async (ctx) => {
  const { test: room, folder, roomId, hub, env, observe, logged } = await joinedRoom(ctx, hubs);
  const busy = (): number =>
    (room.room.recorder.storage.store.database.connection.pragma('wal_checkpoint(RESTART)') as { busy: number }[])[0]?.busy ?? -1;
  const held = await holdAt(hub, 5);
  const run = startSync(folder, env, true);
  await held.reached(1);
  run.child.kill('SIGSTOP');
  observe('meanwhile');
  expect(busy()).toBe(0);
  // A connection to the file itself that hangs in a read would hold the room's log.
  const reader = openReader(dataFolderAt(folder).databaseFile, testRoomKey);
  reader.connection.exec('BEGIN; SELECT count(*) FROM event_log');
  reader.connection.prepare('SELECT count(*) FROM event_log').get();
  observe('and more');
  expect(busy()).toBe(1);
  reader.close();
  await room.restart();
  observe('after a start');
  run.child.kill('SIGCONT');
  await held.letGo();
  const first = await run.ended();
  expect(first).toMatchObject({ code: 0, line: { is: 'up-to-date' } });
  await room.pass(2000);
  const second = await startSync(folder, env).ended();
  expect(second).toMatchObject({ code: 0, line: { is: 'up-to-date' } });
  expect(Number(second.line['seq'])).toBeGreaterThan(Number(first.line['seq']) + 3);
  await room.room.close();
  await sync(folder, env);
  expect(await differences(hub, roomId, logged())).toEqual([]);
});
