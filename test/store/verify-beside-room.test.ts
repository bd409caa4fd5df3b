import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestRoom, plugMonitorsIn, startDose, type TestRoom } from '../support/test-room.ts';

const vigil = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'vigil.ts');

let room: TestRoom;
beforeEach(() => {
  room = openTestRoom();
});
afterEach(() => room.close());

test('STORE-35 a room in the middle of an infusion records on, monitors and entries, while vigil verify proves what there is', async () => {
  plugMonitorsIn(room);
  room.openSession();
  startDose(room);
  await room.pass(5000);
  writeFileSync(join(room.folder, 'key'), `${Buffer.from(new Uint8Array(32).map((_, index) => index + 1)).toString('hex')}\n`, {
    mode: 0o600,
  });
  const { store } = room.room.recorder.storage;
  const before = { events: store.events.head.seq, readings: store.readings.count() };
  const { whole, lines } = await verified(() => room.pass(1000));
  const after = { events: store.events.head.seq, readings: store.readings.count() };
  expect(lines).toEqual([expect.objectContaining({ type: 'verified', ok: true, problems: 0 })]);
  expect(whole).toBe(0);
  const [found] = lines;
  expect(found?.['events']).toBeGreaterThanOrEqual(before.events);
  expect(found?.['readings']).toBeGreaterThanOrEqual(before.readings);
  expect(after.events).toBeGreaterThan(before.events);
  expect(after.readings).toBeGreaterThan(before.readings);
  expect(found?.['readings']).toBeLessThanOrEqual(after.readings);
});

/** Runs `vigil verify` as it is run, and lets `meanwhile` go on with an entry each time until it has ended. */
async function verified(
  meanwhile: () => Promise<void>,
): Promise<{ readonly whole: number | null; readonly lines: readonly Record<string, unknown>[] }> {
  const child = spawn(process.execPath, [vigil, 'verify', '--data', room.folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  let exit: number | null | undefined;
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.once('close', (code) => (exit = code));
  for (let entry = 0; exit === undefined; entry += 1) {
    await meanwhile();
    room.execute({ type: 'record-observation', text: `entry ${entry}`, chips: [], begunAt: room.clock.now().utcMs });
    await new Promise(setImmediate);
  }
  const lines = out.trim().split('\n');
  return { whole: exit, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}
