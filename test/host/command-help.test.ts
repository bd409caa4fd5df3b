import { expect, test } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import type { CommandIo } from '../../electron/cli/command-io.ts';

test.each(Object.entries(commands))('HOST-10 %s explains itself with --help, to people alone', async (name, { load }) => {
  const [out, err]: [string[], string[]] = [[], []];
  const io: CommandIo = { stdout: (line) => void out.push(line), stderr: (line) => void err.push(line), stdin: (async function* () {})() };
  const run = await load();
  expect(await run(['--help'], io)).toBe(0);
  expect(out).toEqual([]);
  expect(err.join('\n')).toContain(`usage: vigil ${name}`);
});
