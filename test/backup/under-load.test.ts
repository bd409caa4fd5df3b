import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { restoreCommand } from '../../electron/cli/restore.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { sessionDrafts } from '../store/room-fixture.ts';
import { createBackedUpRoom, takenMs, using, type BackedUpRoom } from './backup-fixture.ts';

const writer = fileURLToPath(new URL('../store/writer.ts', import.meta.url));
const soak = process.env['VIGIL_SOAK'] === '1';
const restores = soak ? 100 : 2;

let room: BackedUpRoom | undefined;
let recording: ChildProcess | undefined;
afterEach(async () => {
  if (recording?.exitCode === null) {
    const closed = once(recording, 'close');
    recording.kill('SIGKILL');
    await closed;
  }
  room?.close();
  room = undefined;
});

test(`BACKUP-18 of ${restores} restores of a room that records without a pause each has what was acknowledged before its backup, and numbers of its own`, async (context) => {
  room = createBackedUpRoom(439);
  const { ids, key, folder } = room;
  recording = spawn(process.execPath, [writer, folder, Buffer.from(key).toString('hex'), '439', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  recording.stdout?.on('data', (bytes: Buffer) => (told = (told + bytes.toString('latin1')).slice(-200)));
  const acknowledged = (): number => Number(/ACK (\d+)\n(?:ACK [\d]*)?$/.exec(told)?.[1] ?? 0);
  const clock = { now: () => ({ utcMs: takenMs + 3_600_000, offsetMin: 0 }) };
  const io = { stdout: () => undefined, stderr: () => undefined };
  const numbers = new Set<string>();
  const epochs = new Set<string>();
  for (let turn = 0; turn < restores; turn += 1) {
    const before = acknowledged();
    await vi.waitFor(() => expect(acknowledged()).toBeGreaterThan(before), { timeout: 60_000, interval: 5 });
    const promised = acknowledged();
    const { name, manifest } = room.backUp({ nowMs: takenMs + turn * 60_000 });
    expect(manifest.seq).toBeGreaterThanOrEqual(promised);
    const target = join(room.place, `restored-${turn}`);
    const argv = ['--from', join(room.to, name), '--data', target, '--key', join(folder, 'key')];
    expect(await restoreCommand.run(argv, io, { clock, ids })).toBe(0);
    using(openStore({ folder: target, key, ids }), ({ events }) => {
      const restored = events.head;
      expect(restored.seq).toBe(manifest.seq + 1);
      const { length } = events.appendAll(sessionDrafts(ids, ids.uuid(), 3));
      for (let seq = restored.seq; seq <= restored.seq + length; seq += 1) numbers.add(`${restored.epoch} ${seq}`);
      epochs.add(restored.epoch);
    });
    expect(verifyDatabase(target, key).problems).toEqual([]);
    rmSync(target, { recursive: true });
    rmSync(join(room.to, name), { recursive: true });
  }
  expect(epochs.size).toBe(restores);
  expect(numbers.size).toBe(5 * restores);
  await context.annotate(`${restores} restores, ${acknowledged()} events recorded meanwhile, no number twice`);
});
