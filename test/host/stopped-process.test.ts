import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cableMonitor } from '../e2e/support/cabled-monitor.ts';
import { serveRoom } from '../e2e/support/served-room.ts';
import { prepareRoom } from '../support/prepared-room.ts';
import { canMakePtys } from '../support/pty-pair.ts';
import { callRoom, openServedSession } from '../support/room-client.ts';

/** What is stopped for: longer than a monitor may be silent. */
const stoppedMs = 12_000;

test('STORM-11 a room service that was stopped for a while has a gap there and no value in it, and goes on by itself', async (context) => {
  context.skip(!canMakePtys, 'socat is not here to make virtual serial cables');
  context.skip(process.platform === 'win32', 'no signal there stops a process');
  const oximeter = await cableMonitor('nonin-df7');
  const folder = join(oximeter.folder, 'room');
  const monitors = [{ name: 'Oximeter', protocol: 'nonin-df7', port: oximeter.port }] as const;
  const served = await serveRoom(['--data', await prepareRoom(folder, { monitors })]);
  const room = await callRoom(served.url);
  try {
    const { sessionId } = await openServedSession(room);
    const measured = async () => {
      const { trend } = await room.client.session.record({ sessionId });
      return trend.columns.spo2.flatMap((value, index) => (value === null ? [] : [trend.fromMs + index * trend.stepMs]));
    };
    await expect.poll(async () => (await measured()).length, { timeout: 60_000 }).toBeGreaterThan(3);
    process.kill(served.pid, 'SIGSTOP');
    const fromMs = Date.now();
    await new Promise((resolve) => setTimeout(resolve, stoppedMs));
    const toMs = Date.now();
    process.kill(served.pid, 'SIGCONT');
    await expect.poll(async () => (await measured()).filter((atMs) => atMs > toMs + 1000).length, { timeout: 60_000 }).toBeGreaterThan(3);
    const within = (await measured()).filter((atMs) => atMs > fromMs + 1000 && atMs < toMs - 1000);
    expect(within).toEqual([]);
    const { session } = await room.client.session.record({ sessionId });
    const [gap, ...others] = session.gaps;
    expect([gap?.cause, others]).toEqual(['sleep', []]);
    // A second on either side: what came before it is in, and the first bytes behind it are.
    expect(Math.abs((gap?.fromMs ?? 0) - fromMs)).toBeLessThan(2000);
    expect(gap?.toMs ?? 0).toBeGreaterThanOrEqual(toMs - 1000);
  } finally {
    room.close();
    await served.end();
    await oximeter.remove();
  }
}, 200_000);
