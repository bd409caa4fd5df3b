import { expect, test } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import type { CommandIo } from '../../electron/cli/command-io.ts';

const names = Object.keys(commands) as (keyof typeof commands)[];

function heard(): { readonly io: CommandIo; readonly out: string[]; readonly err: string[] } {
  const [out, err]: [string[], string[]] = [[], []];
  const io: CommandIo = { stdout: (line) => void out.push(line), stderr: (line) => void err.push(line), stdin: (async function* () {})() };
  return { io, out, err };
}

test.each(names)('HOST-10 %s explains itself with --help, to people alone', async (name) => {
  const command = await commands[name]();
  expect(command.name).toBe(name);
  for (const asked of ['--help', '-h']) {
    const { io, out, err } = heard();
    expect(await command.run([asked], io)).toBe(0);
    expect([out, err]).toEqual([[], [command.help]]);
  }
  expect(command.help.split('\n')[0]).toMatch(`usage: vigil ${name} `);
});

test.each(names)('HOST-10 %s refuses an option that it does not declare, with its help', async (name) => {
  const { io, out, err } = heard();
  const command = await commands[name]();
  expect(await command.run(['--neverwhere'], io)).toBe(2);
  expect([out, err.length]).toEqual([[], 1]);
  expect(err[0]?.split('\n')[0]).toMatch(new RegExp(`^vigil ${name}: .*--neverwhere`));
  expect(err[0]).toContain(command.help);
});
