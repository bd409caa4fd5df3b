import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFeed } from '../bench/feed-client.ts';
import { cableMonitor } from '../e2e/support/cabled-monitor.ts';
import { serveRoom } from '../e2e/support/served-room.ts';
import { prepareRoom } from '../support/prepared-room.ts';
import { canMakePtys } from '../support/pty-pair.ts';
import { callRoom, openServedSession } from '../support/room-client.ts';

const hourMs = 3_600_000;
/** Twelve hours in a long run of the tests, or as many minutes as it is told. */
const minutes = Number(process.env['VIGIL_LONG_RUN_MINUTES'] ?? 720);
const lastsMs = process.env['VIGIL_SOAK'] === '1' ? minutes * 60_000 : 5000;
const walMaxMb = 8;
const growthMaxMbPerHour = 1;

interface Sample {
  readonly atMs: number;
  readonly descriptors: number;
  readonly residentMb: number;
  readonly walMb: number;
}

function sampleOf(pid: number, folder: string, atMs: number): Sample {
  const kb = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  const walMb = statSync(join(folder, 'vigil.db-wal')).size / 1e6;
  return { atMs, descriptors: readdirSync(`/proc/${pid}/fd`).length, residentMb: kb / 1024, walMb };
}

/** Megabytes an hour, of the line that lies nearest to all samples behind the first hour. */
function growthPerHour(samples: readonly Sample[]): number {
  const first = samples[0]?.atMs ?? 0;
  const late = samples.filter(({ atMs }) => atMs - first > hourMs);
  const mean = (of: (sample: Sample) => number): number => late.reduce((sum, sample) => sum + of(sample), 0) / late.length;
  const [meanMs, meanMb] = [mean(({ atMs }) => atMs), mean(({ residentMb }) => residentMb)];
  const products = late.reduce((sum, { atMs, residentMb }) => sum + (atMs - meanMs) * (residentMb - meanMb), 0);
  const squares = late.reduce((sum, { atMs }) => sum + (atMs - meanMs) ** 2, 0);
  return (products / squares) * hourMs;
}

test(
  'STORM-8 a room that records two monitors for hours, with a page that reads, takes no more descriptors, log or memory as it goes on',
  async (context) => {
    context.skip(!canMakePtys, 'socat is not here to make virtual serial cables');
    context.skip(process.platform !== 'linux', 'what a process holds is read from /proc');
    const [oximeter, cuff] = [await cableMonitor('nonin-df7'), await cableMonitor('dinamap')];
    const folder = join(oximeter.folder, 'room');
    const monitors = [
      { name: 'Oximeter', protocol: 'nonin-df7', port: oximeter.port },
      { name: 'Cuff', protocol: 'dinamap', port: cuff.port },
    ] as const;
    const served = await serveRoom(['--data', await prepareRoom(folder, { monitors })]);
    const room = await callRoom(served.url);
    try {
      await openServedSession(room);
      const samples: Sample[] = [];
      const everyMs = Math.max(500, lastsMs / 1000);
      const heard = new Set<string>();
      for await (const message of openFeed(served.url)) {
        const told = message.kind === 'snapshot' ? message.board.monitors : (message.sections.monitors ?? []);
        for (const { monitorId, state } of told) if (state === 'live') heard.add(monitorId);
        if (heard.size < 2) continue;
        const nowMs = performance.now();
        if (nowMs - (samples.at(-1)?.atMs ?? -Infinity) >= everyMs) samples.push(sampleOf(served.pid, folder, nowMs));
        if (nowMs - (samples[0]?.atMs ?? nowMs) >= lastsMs) break;
      }
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined) throw new Error('no sample');
      // One more at a moment: a file of the log that is being turned, a call that is being answered.
      expect(last.descriptors).toBeLessThanOrEqual(first.descriptors + 1);
      expect(Math.max(...samples.map(({ walMb }) => walMb))).toBeLessThan(walMaxMb);
      const isLong = last.atMs - first.atMs > 3 * hourMs;
      if (isLong) expect(growthPerHour(samples)).toBeLessThan(growthMaxMbPerHour);
      const figures = `${Math.round(first.residentMb)} to ${Math.round(last.residentMb)} MB, ${first.descriptors} to ${last.descriptors} descriptors`;
      await context.annotate(`${Math.round((last.atMs - first.atMs) / 60_000)} min: ${figures}`);
    } finally {
      room.close();
      await served.end();
      await cuff.remove();
      await oximeter.remove();
    }
  },
  lastsMs + hourMs,
);
