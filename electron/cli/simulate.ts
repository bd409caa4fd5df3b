import { readFile } from 'node:fs/promises';
import { prettifyError } from 'zod';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { findDriver } from '../service/drivers/driver-directory.ts';
import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import type { BytePorts, OpenPort } from '../service/platform/byte-ports.ts';
import { goldenScenario } from '../service/simulation/golden-patient.ts';
import { scenarioSchema, type Scenario } from '../service/simulation/scenario.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { number, required, text } from './command-option.ts';
import { protocolOption, protocolsNote } from './protocol-option.ts';

/** What the command needs of the world; a test hands in another one. */
export interface SimulateWorld {
  readonly clock: Clock;
  ports(): Promise<BytePorts>;
  /** Resolves when the person wants it to end. */
  interrupted(): Promise<void>;
}

const turnMs = 20;

/** `vigil simulate`. Exit 0: interrupted; 1: the port could not be opened or closed by itself; 2: wrong usage or a wrong scenario file. */
export const simulateCommand = command({
  name: 'simulate',
  does: 'plays a monitor on a serial port',
  about: `Plays a monitor on a serial port until it is interrupted or the port closes. Without a scenario file the patient is the one of the
demonstration session, from 15 minutes before the infusion.`,
  options: {
    protocol: required(protocolOption('what the monitor speaks')),
    port: required(text('PATH', 'the port')),
    scenario: text('FILE', 'the patient and the faults of the line (JSON)'),
    seed: number('N', 'another one makes other chance; that of the scenario, or 1, without it', {
      from: 0,
      to: 0xffff_ffff,
      isWhole: true,
    }),
  },
  notes: protocolsNote,
  run: async ({ options: { protocol, port, scenario: file, seed } }, io, world: SimulateWorld = realWorld()) => {
    const scenario = await loadScenario(file, seed);
    if (typeof scenario === 'string') {
      io.stderr(`vigil simulate: ${scenario}`);
      return 2;
    }
    try {
      return await play({ protocol, port }, scenario, io, world);
    } catch (error) {
      io.stderr(`vigil simulate: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
  },
});

/** The scenario, or a sentence that says what is wrong with its file. */
async function loadScenario(file: string | null, seed: number | null): Promise<Scenario | string> {
  if (file === null) return goldenScenario(seed ?? 1);
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return `cannot read the scenario ${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const scenario = scenarioSchema.safeParse(parsed);
  if (!scenario.success) return `the scenario ${file} is not valid:\n${prettifyError(scenario.error)}`;
  return seed === null ? scenario.data : { ...scenario.data, seed };
}

interface Request {
  readonly protocol: MonitorProtocolId;
  readonly port: string;
}

async function play(request: Request, scenario: Scenario, io: CommandIo, world: SimulateWorld): Promise<ExitCode> {
  const { clock } = world;
  const monitor = findDriver(request.protocol).createSimulator(scenario);
  const ports = await world.ports();
  const startMs = clock.monoMs();
  const scenarioMs = (): number => scenario.startMs + clock.monoMs() - startMs;
  let port: OpenPort | null = null;
  let lost: (reason: string) => void = () => undefined;
  const closed = new Promise<string>((resolve) => {
    lost = resolve;
  });
  const send = (bytes: Uint8Array | null): void => {
    if (bytes === null || bytes.length === 0 || port === null) return;
    port.write(bytes).catch((error: unknown) => lost(error instanceof Error ? error.message : String(error)));
  };
  port = await ports.open(request.port, findDriver(request.protocol).portProfiles[0], {
    bytes: (chunk) => {
      monitor.advance(scenarioMs());
      send(monitor.receive(chunk));
    },
    closed: (reason) => lost(reason),
  });
  io.stdout(JSON.stringify({ kind: 'simulating', protocol: request.protocol, port: request.port, seed: scenario.seed }));
  const stop = clock.every(turnMs, () => send(monitor.advance(scenarioMs())));
  const reason = await Promise.race([closed, world.interrupted().then(() => null)]);
  stop();
  await port.close();
  if (reason === null) return 0;
  io.stderr(`vigil simulate: ${request.port} closed: ${reason}`);
  return 1;
}

function realWorld(): SimulateWorld {
  return {
    clock: createSystemClock(),
    // Loaded late: the usage and a wrong scenario need no serial library.
    ports: async () => (await import('../service/serial/all-ports.ts')).createPorts(),
    interrupted: () =>
      new Promise((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      }),
  };
}
