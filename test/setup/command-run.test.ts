import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../electron/setup/command-run.mjs';
import { projectRoot } from '../../electron/setup/project-root.mjs';

test('SETUP-6 the exit code and the output are those of the command', async () => {
  const end = await runCommand(process.execPath, ['-e', 'console.log("a"); console.error("b"); process.exit(3)'], { output: 'capture' });
  expect(end).toMatchObject({ exitCode: 3, timedOut: false });
  expect(end.output.trim().split('\n').sort()).toEqual(['a', 'b']);
});

test('SETUP-6 a command past its deadline is killed, and says so', async () => {
  const end = await runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { output: 'capture', deadlineMs: 200 });
  expect(end).toMatchObject({ exitCode: 137, timedOut: true });
});

test('SETUP-6 a command that cannot be started is named', async () => {
  await expect(runCommand('no-such-command', [])).rejects.toThrow(/no-such-command could not be started/);
});

/** A command started through `runCommand` by a process of its own: what a setup script does. */
function scriptRunning(child: string): string {
  const module = JSON.stringify(join(projectRoot, 'electron', 'setup', 'command-run.mjs'));
  return `import { runCommand } from ${module}; process.exitCode = (await runCommand(process.execPath, ['-e', ${JSON.stringify(child)}])).exitCode;`;
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('SETUP-6 %s is passed on, and the child closes before we end', async (signal) => {
  const child = `process.on('${signal}', () => { console.log('closed'); process.exit(7); }); setInterval(() => {}, 1000); console.log('ready');`;
  const started = spawn(process.execPath, ['--input-type=module', '-e', scriptRunning(child)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output === 'ready\n') started.kill(signal);
  });
  const [exitCode] = await once(started, 'close');
  expect({ exitCode, output }).toEqual({ exitCode: 7, output: 'ready\nclosed\n' });
});

test('SETUP-6 when the shell that npm started us by is gone, the command is ended', async (ctx) => {
  ctx.skip(process.platform === 'win32', 'Windows keeps the number of a parent that is gone');
  const child = `process.on('SIGTERM', () => { console.log('closed'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');`;
  const script = scriptRunning(child);
  // Two commands, so that the shell stays and does not become the first of them.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; true', process.execPath, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  let output = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output === 'ready\n') shell.kill('SIGKILL');
  });
  await once(shell.stdout, 'close');
  expect(output).toBe('ready\nclosed\n');
});
