import { parseArgs } from 'node:util';

export interface CliOutput {
  stdout(line: string): void;
  stderr(line: string): void;
}

const usage = 'usage: vigil ports [--no-listen] [--ports PATTERN]…';

/**
 * `vigil ports`: one JSON object a port, `{path, stableId, manufacturer, answers, evidence}`. It only listens; a
 * monitor that waits to be asked is not found this way. Returns the exit code: 0, or 2 for wrong usage.
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
  const [{ listenToPort }, { drivers }] = await Promise.all([
    import('../service/acquisition/port-listener.ts'),
    import('../service/drivers/driver-directory.ts'),
  ]);
  const clock = createSystemClock();
  const heard = listed.map((port) => listenToPort({ ports, clock, path: port.path, drivers }));
  for (const [index, port] of listed.entries()) {
    const result = await heard[index];
    io.stdout(JSON.stringify({ ...port, answers: result?.answers ?? null, evidence: result?.evidence ?? '' }));
  }
  return 0;
}

function askedFor(argv: readonly string[], io: CliOutput): { readonly listen: boolean; readonly patterns: readonly string[] } | null {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { 'no-listen': { type: 'boolean' }, ports: { type: 'string', multiple: true } },
      allowPositionals: false,
    });
    return { listen: values['no-listen'] !== true, patterns: values.ports ?? [] };
  } catch (error) {
    io.stderr(error instanceof Error ? error.message : String(error));
    io.stderr(usage);
    return null;
  }
}
