import { parseArgs } from 'node:util';

export interface CliOutput {
  stdout(line: string): void;
  stderr(line: string): void;
}

const usage = `usage: vigil ports [--no-listen] [--ask PORT]… [--ports PATTERN]…
  Lists the serial ports with their stable names and listens to each for a few seconds: one JSON object a port, with what is heard there.

  --no-listen      lists only
  --ask PORT       sends to this port the questions of monitors that wait to be asked; they start no measurement. May be repeated
  --ports PATTERN  ports that the system does not list, for example /dev/ttyV*; may be repeated

Exit 0 listed, 1 a port to ask is not there, 2 wrong usage.`;

/**
 * `vigil ports`: one JSON object a port, `{path, stableId, manufacturer, answers, finding, evidence, advice, candidates, sentBytes}`.
 * It only listens; `--ask PORT` is the consent to send to that port the harmless questions of monitors that wait to be asked, named first.
 * Returns the exit code: 0, 1 where a port to ask is not there and nothing was sent, or 2 for wrong usage.
 */
export async function runPorts(argv: readonly string[], io: CliOutput): Promise<number> {
  if (argv.includes('--help')) {
    io.stderr(usage);
    return 0;
  }
  const asked = askedFor(argv, io);
  if (asked === null) return 2;
  const [{ createSerialPorts }, { createSystemClock }] = await Promise.all([
    import('../service/serial/serialport-ports.ts'),
    import('../service/platform/system-clock.ts'),
  ]);
  const ports = createSerialPorts({ extraPaths: asked.patterns });
  const listed = await ports.list();
  if (listed.length === 0) io.stderr('no serial ports found');
  const missing = asked.ask.filter((path) => !listed.some((port) => port.path === path));
  if (missing.length > 0) {
    io.stderr(`vigil ports: there is no port ${missing.join(', ')} to ask; nothing was sent. Ports here: ${pathsOf(listed)}`);
    return 1;
  }
  if (!asked.listen) {
    for (const port of listed) io.stdout(JSON.stringify({ ...port, answers: null, evidence: 'not listened to' }));
    return 0;
  }
  const [{ detectPort, questionsOf }, { drivers }] = await Promise.all([
    import('../service/acquisition/detection.ts'),
    import('../service/drivers/driver-directory.ts'),
  ]);
  if (asked.ask.length > 0) {
    for (const { vendor, settings, hex } of questionsOf(drivers)) io.stderr(`asks as for ${vendor} at ${settings}: ${hex}`);
  }
  const [clock, log] = [createSystemClock(), quiet];
  const looks = listed.map((port) => detectPort({ ports, clock, log, path: port.path, drivers, ask: asked.ask.includes(port.path) }));
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

interface Asked {
  readonly listen: boolean;
  /** The ports that may be asked. */
  readonly ask: readonly string[];
  readonly patterns: readonly string[];
}

/** What went wrong inside is in the result's words. */
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

function askedFor(argv: readonly string[], io: CliOutput): Asked | null {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { 'no-listen': { type: 'boolean' }, ask: { type: 'string', multiple: true }, ports: { type: 'string', multiple: true } },
      allowPositionals: false,
    });
    if (values['no-listen'] === true && values.ask !== undefined) throw new RangeError('--no-listen and --ask exclude each other');
    return { listen: values['no-listen'] !== true, ask: values.ask ?? [], patterns: values.ports ?? [] };
  } catch (error) {
    io.stderr(error instanceof Error ? error.message : String(error));
    io.stderr(usage);
    return null;
  }
}
