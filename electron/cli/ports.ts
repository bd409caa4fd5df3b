import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { flag, texts, UsageError } from './command-option.ts';

/**
 * `vigil ports`: one JSON object a port, `{path, stableId, manufacturer, answers, finding, evidence, advice, candidates, sentBytes}`.
 * Exit 0; 1 where a port to ask is not there and nothing was sent; 2 for wrong usage.
 */
export const portsCommand = command({
  name: 'ports',
  does: 'serial ports with stable names, and what is heard there; asks only where told to',
  about:
    'Lists the serial ports with their stable names and listens to each for a few seconds: one JSON object a port, with what is heard there.',
  options: {
    'no-listen': flag('lists only'),
    // The consent to send: nothing goes to a port that was not named.
    ask: texts('PORT', 'sends to this port the questions of monitors that wait to be asked; they start no measurement. May be repeated'),
    ports: texts('PATTERN', 'ports that the system does not list, for example /dev/ttyV*; may be repeated'),
  },
  notes: 'Exit 0 listed, 1 a port to ask is not there, 2 wrong usage.',
  run: async ({ options }, io) => {
    const { ask, ports: patterns } = options;
    if (options['no-listen'] && ask.length > 0) throw new UsageError('--no-listen and --ask exclude each other');
    return lookAtPorts({ ask, patterns, listen: !options['no-listen'] }, io);
  },
});

interface Asked {
  readonly listen: boolean;
  /** The ports that may be asked. */
  readonly ask: readonly string[];
  readonly patterns: readonly string[];
}

async function lookAtPorts({ listen, ask, patterns }: Asked, io: CommandIo): Promise<ExitCode> {
  const [{ createSerialPorts }, { createSystemClock }] = await Promise.all([
    import('../service/serial/serialport-ports.ts'),
    import('../service/platform/system-clock.ts'),
  ]);
  const ports = createSerialPorts({ extraPaths: patterns });
  const listed = await ports.list();
  if (listed.length === 0) io.stderr('no serial ports found');
  const missing = ask.filter((path) => !listed.some((port) => port.path === path));
  if (missing.length > 0) {
    io.stderr(`vigil ports: there is no port ${missing.join(', ')} to ask; nothing was sent. Ports here: ${pathsOf(listed)}`);
    return 1;
  }
  if (!listen) {
    for (const port of listed) io.stdout(JSON.stringify({ ...port, answers: null, evidence: 'not listened to' }));
    return 0;
  }
  const [{ detectPort, questionsOf }, { drivers }] = await Promise.all([
    import('../service/acquisition/detection.ts'),
    import('../service/drivers/driver-directory.ts'),
  ]);
  if (ask.length > 0) {
    for (const { vendor, settings, hex } of questionsOf(drivers)) io.stderr(`asks as for ${vendor} at ${settings}: ${hex}`);
  }
  const [clock, log] = [createSystemClock(), quiet];
  const looks = listed.map((port) => detectPort({ ports, clock, log, path: port.path, drivers, ask: ask.includes(port.path) }));
  for (const [index, port] of listed.entries()) {
    const result = await looks[index]?.result;
    if (result === undefined) continue;
    const { finding, candidates, words, advice, sentBytes } = result;
    const [first] = candidates;
    const answers = finding === 'named' ? (first?.protocol ?? null) : null;
    const evidence = answers === null || first === undefined ? words : `${words} ${first.evidence}`;
    io.stdout(JSON.stringify({ ...port, answers, finding, evidence, advice, candidates, sentBytes }));
  }
  return 0;
}

function pathsOf(listed: readonly { readonly path: string }[]): string {
  return listed.length === 0 ? 'none' : listed.map(({ path }) => path).join(', ');
}

/** What went wrong inside is in the result's words. */
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
