import { processIo, type CommandIo } from './command-io.ts';
import { commands } from './commands.ts';

function usage(): string {
  const lines = Object.entries(commands).map(([name, { does }]) => `  vigil ${name.padEnd(12)} ${does}`);
  return ['usage: vigil COMMAND [options]; each command explains itself with --help', ...lines].join('\n');
}

async function run(argv: string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = argv;
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const asked = name === '--help' || name === '-h' || name === 'help';
    io.stderr(asked || name === undefined ? usage() : `vigil: there is no command "${name}"\n${usage()}`);
    return asked ? 0 : 2;
  }
  const runCommand = await command.load();
  return runCommand(rest.length === 1 && rest[0] === '-h' ? ['--help'] : rest, io);
}

process.exitCode = await run(process.argv.slice(2), processIo());
