import { expect, test } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import { monitorProtocols } from '../../electron/service/acquisition/monitor-protocols.ts';
import { textOf } from './tree.ts';

/** The rows of the table that begins with this head, each as its cells. */
function tableOf(head: string): readonly (readonly string[])[] {
  const lines = textOf('README.md').split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${head} `));
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const rows = lines.slice(from + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map(cells);
}

test('ARCH-17 the README lists every monitor that Vigil reads, as set-up offers them', () => {
  const offered = monitorProtocols().map(({ protocol, vendor, models }) => [`\`${protocol}\``, `${vendor}: ${models.join(', ')}`]);
  expect(offered.length).toBeGreaterThan(8);
  expect(tableOf('protocol')).toEqual(offered);
});

test('ARCH-17 the README lists every command of vigil, in the words of its own help', async () => {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  expect(tableOf('command')).toEqual(all.map(({ name, does }) => [`\`${name}\``, does]));
});
