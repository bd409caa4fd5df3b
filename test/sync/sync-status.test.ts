import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rotateKeyCommand } from '../../electron/cli/rotate-key.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey } from '../../electron/service/store/data-key.ts';
import { startHubs, type Hubs } from '../hub/hub-fixture.ts';
import { reasonForNoPostgres } from '../support/own-postgres.ts';
import { testPin, testRoomKey } from '../support/test-room.ts';
import { allText, environment, holdAt, joinedRoom, openSentRoom, sync } from './sent-room.ts';

let hubs: Hubs;
beforeAll(async () => {
  if (reasonForNoPostgres === null) hubs = await startHubs();
});
afterAll(() => hubs?.close());

const statusFile = (folder: string): string => join(folder, 'sync.json');
const waitingLooks = (folder: string): string[] => (existsSync(join(folder, 'looks')) ? readdirSync(join(folder, 'looks')) : []);

test('SYNC-14 --status says without a hub how far the log is and what the last run found; of the record nothing is in its file', async (ctx) => {
  const { test: room, folder, roomId, env, observe } = await joinedRoom(ctx, hubs);
  await room.room.close();
  expect(await sync(folder, {}, '--status')).toMatchObject({ code: 1, line: { is: 'never', roomId, hub: null, at: null, arrived: null } });
  const sent = await sync(folder, env);
  const status = await sync(folder, {}, '--status');
  const { sent: count, encrypted, ...known } = sent.line;
  expect([count, encrypted]).toEqual([sent.line['seq'], false]);
  expect(status).toMatchObject({ code: 0, line: known });
  expect(statSync(statusFile(folder)).mode & 0o777).toBe(0o600);
  const kept = readFileSync(statusFile(folder), 'utf8');
  for (const secret of [env['VIGIL_HUB_PASSWORD'] ?? '', 'Demo Patient', 'Nurse', roomId]) expect(kept).not.toContain(secret);

  await room.restart();
  observe('one more');
  await room.room.close();
  const since = await sync(folder, {}, '--status');
  expect(since).toMatchObject({ code: 0, line: { is: 'up-to-date', arrived: sent.line['seq'] } });
  expect(since.told).toMatch(/recorded since, and not sent yet: up to entry \d+/);
  // A run that brought nothing there keeps what was there before.
  await sync(folder, { ...env, VIGIL_HUB_PASSWORD: 'not it' });
  expect(await sync(folder, {}, '--status')).toMatchObject({
    code: 1,
    line: { is: 'paused', arrived: sent.line['seq'], arrivedAt: sent.line['arrivedAt'], problem: expect.stringContaining('password') },
  });
  expect(await sync(folder, {}, '--status', '--once')).toMatchObject({ code: 2, line: {} });
});

test('SYNC-14 a file that is lost, damaged or changed by somebody without the key is none, and the next run makes it anew', async (ctx) => {
  const { test: room, folder, roomId, hub, env } = await joinedRoom(ctx, hubs);
  await room.room.close();
  await sync(folder, env);
  const whole = readFileSync(statusFile(folder), 'utf8');
  const forged = whole.replace('"parked":[]', '"parked":[{"seq":3,"words":"kept back"}]');
  expect(forged).not.toBe(whole);
  await hub.restoreTo(roomId, 0);
  for (const text of [forged, whole.slice(0, 40), '', null]) {
    if (text === null) rmSync(statusFile(folder));
    else writeFileSync(statusFile(folder), text, { mode: 0o600 });
    expect((await sync(folder, {}, '--status')).line).toMatchObject({ is: 'never' });
  }
  writeFileSync(statusFile(folder), forged, { mode: 0o600 });
  expect(await sync(folder, env)).toMatchObject({ code: 0, line: { is: 'up-to-date', parked: [] } });
  expect((await hub.rowsOf(roomId)).filter(({ withheld }) => withheld === 'not-taken')).toEqual([]);
  expect((await sync(folder, {}, '--status')).line).toMatchObject({ is: 'up-to-date' });
});

test('SYNC-15 on this computer itself an owner of the hub may send, and the room is added by that; a login of another room is refused', async (ctx) => {
  ctx.skip(reasonForNoPostgres !== null, reasonForNoPostgres ?? '');
  const hub = await hubs.create();
  ctx.onTestFinished(() => hub.close());
  const room = openSentRoom(ctx);
  const env = environment(hubs.postgres, hub.database, hubs.postgres.superuser);
  await room.test.room.close();
  expect(await sync(room.folder, env)).toMatchObject({ code: 0, line: { is: 'up-to-date' } });
  expect(await hub.owner.query('SELECT room_id AS "roomId", name FROM vigil.room')).toEqual([{ roomId: room.roomId, name: 'Room 2' }]);
  expect((await hub.rowsOf(room.roomId)).length).toBe(room.logged().length);

  const ofAnother = await hubs.create();
  ctx.onTestFinished(() => ofAnother.close());
  await ofAnother.owner.query(`SELECT vigil.add_room(clinic_id, gen_random_uuid(), 'Room 9', session_user) FROM vigil.clinic`);
  const refused = await sync(room.folder, environment(hubs.postgres, ofAnother.database, hubs.postgres.superuser));
  expect(refused).toMatchObject({ code: 1, line: { is: 'paused' }, told: expect.stringContaining('is that of another room') });
});

test('SYNC-16 an entry that the hub cannot take is told with exit code 1 when it is found, and named by each run and --status after it', async (ctx) => {
  const { test: room, folder, roomId, hub, env, logged } = await joinedRoom(ctx, hubs);
  await room.room.close();
  const { seq } = logged().find(({ kind }) => kind === 'session-ended')!;
  await hub.owner
    .query(`CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no'' USING ERRCODE = ''22021''; END';
    CREATE TRIGGER refuse BEFORE INSERT ON vigil.event FOR EACH ROW WHEN (NEW.seq = ${seq} AND NEW.body IS NOT NULL) EXECUTE FUNCTION public.refuse()`);
  const found = await sync(folder, env);
  expect(found).toMatchObject({ code: 1, line: { is: 'up-to-date', parked: [{ seq }] } });
  expect(found.told).toContain(`entry ${seq} could not be taken, and only its place was sent`);
  expect((await hub.rowsOf(roomId)).find((row) => row.seq === seq)).toMatchObject({ body: null, withheld: 'not-taken' });
  for (const argv of [[], ['--status']]) {
    const after = await sync(folder, env, ...argv);
    expect(after).toMatchObject({ code: 0, line: { parked: [{ seq }] }, told: expect.stringContaining(`entry ${seq} could not be taken`) });
  }
});

test('SYNC-17 what is sent to a hub for the first time is told to the room before it leaves, and nothing later, so that no run makes work for the next', async (ctx) => {
  const { test: room, folder, roomId, hub, env } = await joinedRoom(ctx, hubs);
  await room.room.close();
  // Of a run from which nothing leaves there is nothing to tell.
  await sync(folder, { ...env, VIGIL_HUB_PASSWORD: 'not it' });
  expect(waitingLooks(folder)).toEqual([]);
  const held = await holdAt(hub, 1);
  const first = sync(folder, env);
  await held.reached(1);
  expect(waitingLooks(folder)).toHaveLength(1);
  expect(await hub.rowsOf(roomId)).toEqual([]);
  await held.letGo();
  await first;
  await sync(folder, env);
  expect(waitingLooks(folder)).toHaveLength(1);
  await room.restart();
  await room.pass(2000);
  const looks = room.room.recorder.storage.store.events.readLooks({ all: true }, Number.MAX_SAFE_INTEGER, 10).map(({ body }) => body);
  expect(looks).toEqual([{ what: 'log-sent', from: 'command', personId: null, account: userInfo().username }]);
  await room.room.close();
  expect((await sync(folder, env)).line['sent']).toBeGreaterThan(0);
  expect((await sync(folder, env)).line['sent']).toBe(0);
  const other = await hubs.create();
  ctx.onTestFinished(() => other.close());
  await sync(folder, environment(hubs.postgres, other.database, await other.addRoom(roomId)));
  expect(waitingLooks(folder)).toHaveLength(1);
});

test('SYNC-18 under another data key the room goes on where it was, and nothing of keys leaves', async (ctx) => {
  const { test: room, folder, roomId, hub, env, logged } = await joinedRoom(ctx, hubs);
  const printed = createRecoveryKey(dataFolderAt(folder), testRoomKey, (count) => room.room.ids.randomBytes(count));
  await room.room.close();
  expect((await sync(folder, env)).code).toBe(0);
  const before = logged().length;
  const typed = [printed, '', testPin].map((line) => `${line}\n`).join('');
  const io = {
    stdout: () => undefined,
    stderr: () => undefined,
    stdin: (async function* () {
      yield await Promise.resolve(new TextEncoder().encode(typed));
    })(),
  };
  const world = { clock: room.clock, ids: room.room.ids };
  expect(await rotateKeyCommand.run(['--data', folder, '--by', 'Nurse'], io, world)).toBe(0);
  expect((await sync(folder, {}, '--status')).line).toMatchObject({ is: 'never', roomId });
  const after = await sync(folder, env);
  expect(after).toMatchObject({ code: 0, line: { is: 'up-to-date' } });
  expect(Number(after.line['sent'])).toBe(Number(after.line['seq']) - before);
  expect((await hub.rowsOf(roomId)).filter(({ kind }) => kind === 'data-key-rotated')).toMatchObject([{ body: null, redacted: null }]);
  expect(await allText(hub)).not.toContain(printed.split('-')[0]);
});

test('SYNC-17 where it cannot be told, nothing leaves', async (ctx) => {
  const { test: room, folder, roomId, hub, env } = await joinedRoom(ctx, hubs);
  await room.room.close();
  writeFileSync(join(folder, 'looks'), 'no folder', { mode: 0o600 });
  expect(await sync(folder, env)).toMatchObject({
    code: 1,
    line: { is: 'paused', problem: expect.stringContaining(join(folder, 'looks')) },
  });
  expect(await hub.rowsOf(roomId)).toEqual([]);
});
