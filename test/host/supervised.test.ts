import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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

function serve(): Promise<{ readonly url: string; readonly pid: number }> {
  supervisor = spawn(process.execPath, [vigil, 'serve', '--no-open', '--data', join(folder, 'room')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
