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

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('SETUP-6 %s is passed on, and the child closes before we end', async (signal) => {
  const child = `process.on('${signal}', () => { console.log('closed'); process.exit(7); }); setInterval(() => {}, 1000); console.log('ready');`;
  const module = JSON.stringify(join(projectRoot, 'electron', 'setup', 'command-run.mjs'));
  const parent = `import { runCommand } from ${module}; process.exitCode = (await runCommand(process.execPath, ['-e', ${JSON.stringify(child)}])).exitCode;`;
  const started = spawn(process.execPath, ['--input-type=module', '-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output === 'ready\n') started.kill(signal);
  });
  const [exitCode] = await once(started, 'close');
  expect({ exitCode, output }).toEqual({ exitCode: 7, output: 'ready\nclosed\n' });
});
