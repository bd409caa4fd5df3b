import type { Command } from './command.ts';

/** Commands under one word, `vigil hub migrate`: which of them is meant is read from what follows it. */
export function commandGroup<const N extends string>(
  { name, does, about }: { readonly name: N; readonly does: string; readonly about: string },
  members: readonly Pick<Command, 'name' | 'does' | 'run'>[],
): Command<N> {
  const width = Math.max(...members.map((member) => member.name.length));
  const rows = members.map((member) => `  vigil ${member.name.padEnd(width)}  ${member.does}`);
  const help = [`usage: vigil ${name} COMMAND [options]; each explains itself with --help`, about, rows.join('\n')].join('\n\n');
  return {
    name,
    does,
    help,
    whenEnded: undefined,
    async run(argv, io) {
      const typed = [name, ...argv];
      const member = members.find((one) => one.name.split(' ').every((word, index) => typed[index] === word));
      if (member !== undefined) return member.run(typed.slice(member.name.split(' ').length), io);
      const asked = argv[0] === '--help' || argv[0] === '-h';
      io.stderr(asked || argv.length === 0 ? help : `vigil ${name}: there is no command "${argv.join(' ')}"\n${help}`);
      return asked ? 0 : 2;
    },
  };
}
