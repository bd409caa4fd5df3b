import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { wantsOwnProcess } from '../../electron/cli/own-process.ts';
import { scoreCommand } from '../../electron/cli/score.ts';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { withoutCoreDump } from '../../electron/cli/without-core-dump.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const script = join(import.meta.dirname, 'long-command.ts');

let temporary: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'vigil-own-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(temporary, { recursive: true, force: true });
});

function copies(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('vigil-copy-'));
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'HOST-14 %s ends a command in the middle of its work, with words, a code, and nothing left behind',
  async (signal) => {
    const env = { ...process.env, TMPDIR: temporary, TEMP: temporary };
    child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'], env });
    let errors = '';
    child.stderr?.on('data', (bytes: Buffer) => (errors += bytes.toString()));
    const closed = once(child, 'close');
    if (child.stdout !== null) await once(child.stdout, 'data');
    const working = Number(copies()[0]?.split('-')[2]);
    await vi.waitUntil(() => getPriority(working) >= constants.priority.PRIORITY_BELOW_NORMAL);
    child.kill(signal);
    expect(await closed).toEqual([128 + constants.signals[signal], null]);
    expect(errors).toContain(`vigil long: ended by ${signal}. Nothing was done.`);
    expect(copies()).toEqual([]);
  },
);

test('HOST-17 a command that works for long leaves no picture of its memory on the disk', async (context) => {
  context.skip(process.platform !== 'linux', 'reads the limits of a process from /proc, which is Linux only');
  child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: temporary } });
  const closed = once(child, 'close');
  if (child.stdout !== null) await once(child.stdout, 'data');
  const working = Number(copies()[0]?.split('-')[2]);
  expect(readFileSync(`/proc/${working}/limits`, 'utf8')).toMatch(/^Max core file size +0 +0 /m);
  child.kill('SIGTERM');
  await closed;
});

test('HOST-17 Windows has no such limit, and a program is started there as it is', () => {
  expect(withoutCoreDump('node.exe', ['room.js'], 'win32')).toEqual({ program: 'node.exe', args: ['room.js'] });
});

test('HOST-14 vigil verify has a process of its own and works in it; what is done in a moment has none', () => {
  expect([wantsOwnProcess(verifyCommand), wantsOwnProcess(scoreCommand)]).toEqual([true, false]);
  vi.stubEnv('VIGIL_WORKS_ITSELF', '1');
  expect(wantsOwnProcess(verifyCommand)).toBe(false);
  vi.unstubAllEnvs();
});
