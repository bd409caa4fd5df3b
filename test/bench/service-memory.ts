import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFeed } from './feed-client.ts';

export interface ServiceMemory {
  readonly simulatedHours: number;
  readonly residentMb: number;
  readonly limitMb: number;
}

const bundle = join(import.meta.dirname, '..', '..', 'out', 'main', 'vigil.js');
const hours = 4;
const limitMb = 120;

/**
 * Resident memory of the built room service after four hours of the demo at 600×: two simulated monitors through the
 * real drivers, recorder, encrypted store and feed, with one page reading.
 */
export async function benchServiceMemory(): Promise<ServiceMemory> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-memory-'));
  try {
    const resident = await residentOfService(['--demo', '--rate', '600', '--data', join(folder, 'demo')], hours * 3_600_000);
    return { simulatedHours: hours, residentMb: resident, limitMb };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In MB, of the built room service while one page reads, when its time has gone on by so much since it answered. */
export async function residentOfService(options: readonly string[], afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [bundle, 'serve', '--no-open', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise((resolve) => child.once('close', resolve));
  try {
    const { url, pid } = await new Promise<{ url: string; pid: number }>((resolve) => {
      child.stdout.once('data', (line: Buffer) => resolve(JSON.parse(line.toString()) as { url: string; pid: number }));
    });
    const startedMs = Date.now();
    for await (const message of openFeed(url)) {
      const nowMs = (message.kind === 'snapshot' ? message.board.clock : message.sections.clock)?.now.utcMs ?? 0;
      if (nowMs - startedMs > afterMs) break;
    }
    return residentMb(pid);
  } finally {
    child.kill('SIGTERM');
    await closed;
  }
}

/** As the kernel counts it; the bench runs on Linux. */
function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kb === undefined) throw new Error(`no resident size of process ${pid}`);
  return Number(kb) / 1024;
}
