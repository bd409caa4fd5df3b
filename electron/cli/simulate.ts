import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { prettifyError } from 'zod';
import { monitorProtocolIds, monitorProtocolIdSchema, type MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { findDriver } from '../service/drivers/driver-directory.ts';
import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import type { BytePorts, OpenPort } from '../service/platform/byte-ports.ts';
import { goldenScenario } from '../service/simulation/golden-patient.ts';
import { scenarioSchema, type Scenario } from '../service/simulation/scenario.ts';
import type { CommandIo } from './command-io.ts';

const usage = `usage: vigil simulate --protocol ID --port PATH [--scenario FILE] [--seed N]
  Plays a monitor on a serial port until it is interrupted or the port closes. Without a scenario file the patient is the one of the
  demonstration session, from 15 minutes before the infusion. Protocols: ${monitorProtocolIds.join(', ')}.`;

/** What the command needs of the world; a test hands in another one. */
export interface SimulateWorld {
  readonly clock: Clock;
  ports(): Promise<BytePorts>;
  /** Resolves when the person wants it to end. */
  interrupted(): Promise<void>;
}

interface Request {
  readonly protocol: MonitorProtocolId;
  readonly port: string;
  readonly scenarioFile: string | null;
  readonly seed: number | null;
}

const turnMs = 20;
const seedMax = 0xffff_ffff;

/** `vigil simulate`. Exit 0: interrupted; 1: the port could not be opened or closed by itself; 2: wrong usage or a wrong scenario file. */
export async function runSimulate(argv: string[], io: CommandIo, world: SimulateWorld = realWorld()): Promise<number> {
  const request = parseRequest(argv);
  if (request === 'help') {
    io.stderr(usage);
    return 0;
  }
  if (typeof request === 'string') {
    io.stderr(`vigil simulate: ${request}\n${usage}`);
    return 2;
  }
  const scenario = await loadScenario(request);
  if (typeof scenario === 'string') {
    io.stderr(`vigil simulate: ${scenario}`);
    return 2;
  }
  try {
    return await play(request, scenario, io, world);
  } catch (error) {
    io.stderr(`vigil simulate: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** A string other than `help` says what is wrong. */
function parseRequest(argv: string[]): Request | string {
  const options = {
    protocol: { type: 'string' },
    port: { type: 'string' },
    scenario: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: argv, options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help === true) return 'help';
  if (values.protocol === undefined) return '--protocol is missing';
  const protocol = monitorProtocolIdSchema.safeParse(values.protocol);
  if (!protocol.success) return `there is no protocol "${values.protocol}"`;
  if (values.port === undefined) return '--port is missing';
  const seed = values.seed === undefined ? null : Number(values.seed);
  if (seed !== null && !(/^\d+$/.test(values.seed ?? '') && seed <= seedMax)) return `--seed must be a whole number from 0 to ${seedMax}`;
  return { protocol: protocol.data, port: values.port, scenarioFile: values.scenario ?? null, seed };
}

/** The scenario, or a sentence that says what is wrong with its file. */
async function loadScenario({ scenarioFile, seed }: Request): Promise<Scenario | string> {
  if (scenarioFile === null) return goldenScenario(seed ?? 1);
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(scenarioFile, 'utf8'));
  } catch (error) {
    return `cannot read the scenario ${scenarioFile}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const scenario = scenarioSchema.safeParse(parsed);
  if (!scenario.success) return `the scenario ${scenarioFile} is not valid:\n${prettifyError(scenario.error)}`;
  return seed === null ? scenario.data : { ...scenario.data, seed };
}

async function play(request: Request, scenario: Scenario, io: CommandIo, world: SimulateWorld): Promise<number> {
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
