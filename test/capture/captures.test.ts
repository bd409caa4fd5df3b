import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Captures } from '../../electron/service/acquisition/captures.ts';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { readCapture } from '../../electron/service/serial/capture-format.ts';
import { openSealedCapture } from '../../electron/service/serial/sealed-capture.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { openTestRoom, plugMonitorsIn, testRoomKey, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
afterEach(() => room.close());

function read(file: string): ReturnType<typeof readCapture> {
  const opened = openSealedCapture(readFileSync(file), testRoomKey);
  if (typeof opened === 'string') throw new Error(opened);
  return readCapture(opened.plain, (bytes) => createHash('sha256').update(bytes).digest());
}

test('CAPTURE-10 shows in the status of its monitor, ends by the switch, and with the service', async () => {
  room = openTestRoom();
  plugMonitorsIn(room);
  await room.pass(3000);
  const { recorder, captures, acquisition } = room.room;
  const [oximeter, cuff] = [...recorder.room.monitors.values()];
  if (oximeter === undefined || cuff === undefined) throw new Error('no monitors');
  expect((await captures.start(oximeter)).state).toBe('on');
  await captures.start(cuff);
  await room.pass(5000);
  const status = () => acquisition.statuses().find(({ monitorId }) => monitorId === oximeter.monitorId)?.capture;
  expect(status()?.bytes).toBeGreaterThan(500);
  const again = await captures.start(oximeter);
  expect(again.file).toBe(status()?.file);
  await captures.stop(oximeter.monitorId);
  const ended = status();
  await room.pass(3000);
  expect(status()).toEqual(ended);
  expect(read(ended?.file ?? '')).toMatchObject({ state: 'whole', header: { protocol: 'masimo-ascii1', simulated: true } });
  expect(readFileSync(ended?.file ?? '').toString('latin1')).not.toContain('Demo Patient');
  const ofCuff = captures.viewOf(cuff.monitorId)?.file ?? '';
  await room.restart();
  const found = read(ofCuff);
  expect(found).toMatchObject({ state: 'whole' });
  expect('fault' in found ? [] : new Set(found.records.map((record) => record.kind))).toEqual(
    new Set(['opened', 'from-monitor', 'to-monitor', 'closed']),
  );
  expect(room.room.acquisition.statuses().map((monitor) => monitor.capture)).toEqual([undefined, undefined]);
});

test('CAPTURE-6 a folder that has its size, or cannot be written, is refused in words; the link goes on', async () => {
  room = openTestRoom();
  plugMonitorsIn(room);
  await room.pass(3000);
  const [oximeter] = [...room.room.recorder.room.monitors.values()];
  if (oximeter === undefined) throw new Error('no monitor');
  const options = {
    clock: room.clock,
    log: createSilentLog(),
    version: 'test',
    seal: { key: testRoomKey, randomBytes: (count: number) => room.room.ids.randomBytes(count) },
    onChange: () => undefined,
    fileBytesMax: 1000,
    folderBytesMax: 1500,
  };
  const folder = join(dirname(room.folder), 'captures');
  const captures = new Captures({ ...options, folder });
  captures.portsOf(oximeter.monitorId, room.ports);
  await captures.start(oximeter);
  await captures.release(oximeter.monitorId)();
  captures.portsOf(oximeter.monitorId, room.ports);
  writeFileSync(join(folder, 'old.vigilcap'), Buffer.alloc(600));
  const refusal = async (refused: Promise<unknown>): Promise<string> => {
    const error = await refused.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof RefusedError ? `${error.refusal.code} ${error.refusal.message}` : 'accepted';
  };
  expect(await refusal(captures.start(oximeter))).toMatch(/^STORE_FULL The captures in .* Vigil removes none by itself/);
  expect(readdirSync(folder)).toHaveLength(2);
  writeFileSync(join(dirname(room.folder), 'file'), '');
  const nowhere = new Captures({ ...options, folder: join(dirname(room.folder), 'file', 'x') });
  nowhere.portsOf(oximeter.monitorId, room.ports);
  expect(await refusal(nowhere.start(oximeter))).toMatch(/^STORE_FAILED No capture could be written/);
  expect(await refusal(new Captures({ ...options, folder }).start(oximeter))).toMatch(/^MONITOR_NOT_FOUND/);
  expect(room.room.acquisition.statuses()[0]?.state).toBe('live');
});
