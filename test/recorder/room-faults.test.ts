import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Room } from '../../electron/service/room.ts';
import { decideAddMonitor } from '../../electron/service/session/room/decide-room.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { quickHashCost } from '../support/quick-hash.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { openTestRoom, oximeterPath, plugMonitorsIn, type TestRoom } from '../support/test-room.ts';

let test: TestRoom;
afterEach(() => test.close());
const key = new Uint8Array(32).map((_, index) => index + 1);

/** The next write fails, and so does every attempt to open the record again, until the returned function is called. */
function failStore({ room, folder }: TestRoom): () => void {
  const { events } = room.recorder.storage.store;
  events.appendAll = () => {
    throw new StoreError('STORE_READ_ONLY', 'The disk is read-only.', folder);
  };
  // Opening refuses a folder that others may read.
  chmodSync(folder, 0o755);
  return () => chmodSync(folder, 0o700);
}

it('REC-16 goes on while nothing can be written: a seat grown idle is given up in the record afterwards', async () => {
  test = openTestRoom();
  test.openSession();
  plugMonitorsIn(test);
  await test.pass(3000);
  const { recorder, seats } = test.room;
  recorder.recordRoom({ events: [{ kind: 'signed-in', body: { personId: test.nurseId } }] }, null);
  const seat = seats.take(test.nurseId);
  const mend = failStore(test);
  expect(() => test.execute({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } })).toThrow('STORE_READ_ONLY');
  await test.pass(6 * 60_000);
  expect(seats.holder(seat)).toBeNull();
  mend();
  await test.pass(3000);
  expect(recorder.storage.state.state).toBe('recording');
  const signedOut = [...recorder.storage.store.events.readAll()].filter((event) => event.kind === 'signed-out');
  expect(signedOut.map((event) => event.body)).toEqual([{ personId: test.nurseId, cause: 'idle' }]);
});

it('LISTEN-15 a monitor that calls is told when nothing can be recorded, and that it can be again', async () => {
  test = openTestRoom();
  const { room, ports, nurseId } = test;
  const path = 'listen://127.0.0.1:2575';
  const message = '\x0bMSH|^~\\&|MON||||20261129100000||ORU^R01|N|P|2.4\rOBX|1|NM|150456^^MDC||97|%|||||F\r\x1c\r';
  let answered = '';
  let saidMs = -Infinity;
  ports.replug(oximeterPath, path);
  ports.exchange(oximeterPath, {
    advance: (tMs) => {
      if (tMs - saidMs < 1000) return new Uint8Array(0);
      saidMs = tMs;
      return new TextEncoder().encode(message);
    },
    receive: (bytes) => {
      answered = String.fromCharCode(...bytes);
      return null;
    },
  });
  const monitor = {
    monitorId: room.ids.uuid(),
    name: 'Gateway',
    protocol: 'hl7-oru',
    port: { path, stableId: null },
    simulated: true,
  } as const;
  room.recorder.recordRoom(decideAddMonitor(room.recorder.room, monitor), nurseId);
  room.connectMonitors();
  test.openSession();
  await test.pass(5000);
  expect(answered).toMatch(/MSA\|AA\|N\r/);
  const mend = failStore(test);
  expect(() => test.execute({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } })).toThrow('STORE_READ_ONLY');
  await test.pass(3000);
  expect(answered).toMatch(/MSA\|AE\|N\|received and shown, not recorded\r/);
  mend();
  await test.pass(8000);
  expect(room.recorder.storage.state.state).toBe('recording');
  expect(answered).toMatch(/MSA\|AA\|N\r/);
});

it('REC-17 a room that cannot be opened holds nothing, so that the next try can', async () => {
  test = openTestRoom();
  const folder = join(test.folder, '..', 'second');
  const { clock, ports } = test;
  const { ids } = test.room;
  openStore({ folder, key, ids }).close();
  const before = clock.pending;
  let left = 1;
  const brokenIds = {
    ...ids,
    uuid: () => {
      if ((left -= 1) < 0) throw new Error('no randomness');
      return ids.uuid();
    },
  };
  const open = (some: typeof ids): Room =>
    new Room({
      platform: { clock, ids: some, log: createSilentLog(), ports, hashCost: quickHashCost },
      folder,
      key,
      demo: false,
      version: 'test',
    });
  expect(() => open(brokenIds)).toThrow('no randomness');
  expect(clock.pending).toBe(before);
  await open(ids).close();
});
