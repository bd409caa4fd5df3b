import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const vigil = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'vigil.ts');
const patience = { timeout: 60_000, interval: 100 };

let folder: string;
let supervisor: ChildProcess;
let closed: Promise<number | null>;
let errors: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-host-'));
  errors = '';
});
afterEach(async () => {
  supervisor.kill('SIGTERM');
  await closed;
  rmSync(folder, { recursive: true, force: true });
});

/** @param under what starts it: a program that is given the command */
function serve(under: readonly string[] = []): Promise<{ readonly url: string; readonly pid: number }> {
  const [program, ...args] = [...under, process.execPath, vigil, 'serve', '--no-open', '--data', join(folder, 'room')];
  supervisor = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  closed = new Promise((resolve) => supervisor.once('close', resolve));
  supervisor.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve) => supervisor.stdout?.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as never)));
}

async function answers(url: string): Promise<boolean> {
  return fetch(new URL('/', url)).then(
    ({ ok }) => ok,
    () => false,
  );
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test(
  'HOST-9 a killed room service answers again at the same address, time after time, and its supervisor says why',
  { timeout: 200_000 },
  async () => {
    const { url, pid } = await serve();
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => !lives(pid), patience);
    await vi.waitUntil(() => answers(url), patience);
    expect(errors).toContain('the room service ended (SIGKILL) and is being started again');
    supervisor.kill('SIGTERM');
    expect(await closed).toBe(0);
    expect(await answers(url)).toBe(false);
  },
);

test('HOST-9 one whose supervisor is killed ends by itself, so that nothing holds the folder unseen', { timeout: 200_000 }, async () => {
  const { url, pid } = await serve();
  expect(await answers(url)).toBe(true);
  supervisor.kill('SIGKILL');
  await closed;
  await vi.waitUntil(() => !lives(pid), patience);
});

test('HOST-11 a page that holds a connection open does not keep it from ending', async () => {
  const { url } = await serve();
  const { port } = new URL(url);
  // As a browser opens one before it has anything to ask.
  const silent = connect({ port: Number(port), host: '127.0.0.1' });
  silent.on('error', () => undefined);
  await new Promise((resolve) => silent.once('connect', resolve));
  expect(await answers(url)).toBe(true);
  supervisor.kill('SIGTERM');
  expect(await closed).toBe(0);
  silent.destroy();
});

const noLimits = process.platform === 'linux' ? null : 'reads the limits of a process from /proc, which is Linux only';
const withCoreDumps = ['/bin/sh', '-c', 'ulimit -S -c "$(ulimit -H -c)"; exec "$0" "$@"'];

/** The soft and the hard limit of what a process leaves of its memory on the disk. */
function coreLimits(pid: number | undefined): string[] {
  const line = /^Max core file size +(\w+) +(\w+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'));
  return line === null ? [] : line.slice(1);
}

test('HOST-17 the process of a room leaves no picture of its memory on the disk, where what started it would', async (context) => {
  context.skip(noLimits !== null, noLimits ?? '');
  const { pid } = await serve(withCoreDumps);
  expect(coreLimits(pid)).toEqual(['0', '0']);
  const [, most] = coreLimits(process.pid);
  context.skip(most === '0', 'nothing here may leave one, so that there is no control');
  // Control: the process above it, which has neither key nor record, was started with the limit that there is.
  expect(coreLimits(supervisor.pid)).toEqual([most, most]);
});
