import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { openTestRoom, plugMonitorsIn, startDose } from '../support/test-room.ts';

const kills = process.env['VIGIL_SOAK'] === '1' ? 1000 : 20;
const writer = join(import.meta.dirname, 'room-writer.ts');
const key = new Uint8Array(32).map((_, index) => index + 1);

/** Starts the writer, kills it after `afterMs` of writing, and returns the highest sequence it had acknowledged. */
function killWhileWriting(folder: string, nurseId: string, afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, folder, Buffer.from(key).toString('hex'), nurseId], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (output === '' && chunk.includes('READY')) setTimeout(() => child.kill('SIGKILL'), afterMs);
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the writer ended by itself (${code}): ${errors}`));
      // Only whole lines are promises.
      const acknowledged = output.slice(0, output.lastIndexOf('\n')).matchAll(/^ACK (\d+)$/gm);
      resolve(Math.max(0, ...[...acknowledged].map((match) => Number(match[1]))));
    });
  });
}

it(
  `REC-8 loses no acknowledged event in ${kills} kills during writes, and reopens the session with its clock right`,
  async () => {
    // The writer lives by the real clock, so the session has to lie in its past.
    const test = openTestRoom({ startMs: Date.now() - 60_000 });
    test.openSession();
    plugMonitorsIn(test);
    startDose(test);
    const sessionId = test.room.recorder.session?.sessionId;
    const startedMs = test.room.recorder.session?.dose.startedMs;
    await test.room.close();
    let acknowledgedTotal = 0;
    let acknowledged = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const before = acknowledged;
      acknowledged = Math.max(before, await killWhileWriting(test.folder, test.nurseId, (kill * 37) % 120));
      acknowledgedTotal += acknowledged - before;
    }
    const report = verifyDatabase(test.folder, key);
    expect(report.problems).toEqual([]);
    expect(report.head?.seq).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledgedTotal).toBeGreaterThan(kills);
    await test.restart();
    const { session } = test.room.recorder;
    expect(session?.sessionId).toBe(sessionId);
    expect(session?.dose.startedMs).toBe(startedMs);
    await test.close();
  },
  kills * 10_000,
);
