import { parseArgs } from 'node:util';

export interface CliOutput {
  stdout(line: string): void;
  stderr(line: string): void;
}

const usage = 'usage: vigil ports [--no-listen] [--ask PORT]… [--ports PATTERN]…';

/**
 * `vigil ports`: one JSON object a port, `{path, stableId, manufacturer, answers, finding, evidence, advice, candidates, sentBytes}`.
 * It only listens; `--ask PORT` is the consent to send to that port the harmless questions of monitors that wait to be asked, named first.
 * Returns the exit code: 0, or 2 for wrong usage.
 */
export async function runPorts(argv: readonly string[], io: CliOutput): Promise<number> {
  const asked = askedFor(argv, io);
  if (asked === null) return 2;
  const [{ createSerialPorts }, { createSystemClock }] = await Promise.all([
    import('../service/serial/serialport-ports.ts'),
    import('../service/platform/system-clock.ts'),
  ]);
  const ports = createSerialPorts({ extraPaths: asked.patterns });
  const listed = await ports.list();
  if (listed.length === 0) io.stderr('no serial ports found');
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
