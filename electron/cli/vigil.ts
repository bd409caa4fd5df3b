import { processIo, type CommandIo } from './command-io.ts';
import { commands } from './commands.ts';
import { runAsOwnProcess, wantsOwnProcess } from './own-process.ts';

async function usage(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const lines = all.map(({ name, does }) => `  vigil ${name.padEnd(12)} ${does}`);
  return ['usage: vigil COMMAND [options]; each command explains itself with --help', ...lines].join('\n');
}

async function run(argv: string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = argv;
  if (name !== undefined && isCommand(name)) {
    const command = await commands[name]();
    return wantsOwnProcess(command) ? runAsOwnProcess(process.argv.slice(1), command, io) : command.run(rest, io);
  }
  const asked = name === '--help' || name === '-h' || name === 'help';
  io.stderr(asked || name === undefined ? await usage() : `vigil: there is no command "${name}"\n${await usage()}`);
  return asked ? 0 : 2;
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

process.exitCode = await run(process.argv.slice(2), processIo());
