import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from './statistics.ts';

export interface ColdStart {
  readonly bareNodeMs: number;
  /** Until the room answers on its port: record opened, verified and written to, monitors configured. */
  readonly serviceMs: number;
  readonly ratio: number;
}

const rounds = 9;
const bundle = join(import.meta.dirname, '..', '..', 'out', 'main', 'vigil.js');

/** The built room service beside a Node that does nothing, interleaved, medians. */
export async function benchColdStart(): Promise<ColdStart> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-cold-'));
  const bare: number[] = [];
  const service: number[] = [];
  try {
    await startService(join(folder, 'room'));
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await startBareNode());
      service.push(await startService(join(folder, 'room')));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const [bareNodeMs, serviceMs] = [median(bare), median(service)];
  return { bareNodeMs, serviceMs, ratio: serviceMs / bareNodeMs };
}

function startBareNode(): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', 'process.stdout.write("ready")'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return firstOutput(child, started);
}

function startService(folder: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [bundle, 'serve', '--no-open', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  return firstOutput(child, started);
}

async function firstOutput(child: ChildProcess, started: number): Promise<number> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const tookMs = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', () => resolve(performance.now() - started));
    void closed.then(() => reject(new Error('the process ended without a word')));
  });
  child.kill('SIGTERM');
  await closed;
  return tookMs;
}
