import { processIo, type CommandIo } from './command-io.ts';

type Run = (argv: string[], io: CommandIo) => Promise<number>;

/** Loaded when asked for: `vigil ports` needs no database, `vigil decode` no serial library. */
const commands: Readonly<Record<string, { readonly does: string; load(): Promise<Run> }>> = {
  serve: { does: 'the room in a browser, on 127.0.0.1', load: async () => (await import('./serve.ts')).runServe },
  ports: { does: 'serial ports, and what answers there', load: async () => (await import('./ports.ts')).runPorts },
  decode: { does: 'captured bytes to readings', load: async () => (await import('./decode.ts')).runDecode },
  simulate: { does: 'plays a monitor on a serial port', load: async () => (await import('./simulate.ts')).runSimulate },
  capture: { does: 'the raw bytes of a port, with their times, to a file', load: async () => (await import('./capture.ts')).runCapture },
  replay: { does: 'a capture decoded, or played on a port', load: async () => (await import('./replay.ts')).runReplay },
  plan: { does: 'the dry run of a protocol: every slot, the dose, the limits', load: async () => (await import('./plan.ts')).runPlan },
  score: { does: 'answers of a rating to totals, bands and what is missing', load: async () => (await import('./score.ts')).runScore },
  verify: { does: 'proves a data folder whole: chain, order, integrity', load: async () => (await import('./verify.ts')).runVerify },
  export: {
    does: 'a session as JSON, CSV or PDF, or the drug log, written or checked',
    load: async () => (await import('./export.ts')).runExport,
  },
  'recover-key': {
    does: 'makes the key file again from the printed recovery key',
    load: async () => (await import('./recover-key.ts')).runRecoverKey,
  },
};

function usage(): string {
  const lines = Object.entries(commands).map(([name, { does }]) => `  vigil ${name.padEnd(12)} ${does}`);
  return ['usage: vigil COMMAND [options]; each command explains itself with --help', ...lines].join('\n');
}

async function run(argv: string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = argv;
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const asked = name === '--help' || name === 'help';
    io.stderr(asked || name === undefined ? usage() : `vigil: there is no command "${name}"\n${usage()}`);
    return asked ? 0 : 2;
  }
  const runCommand = await command.load();
  return runCommand(rest, io);
}

process.exitCode = await run(process.argv.slice(2), processIo());
