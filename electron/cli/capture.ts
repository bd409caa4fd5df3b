import { parseArgs } from 'node:util';
import { monitorProtocolIds, monitorProtocolIdSchema, type MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { listeningPlace } from '../../shared/values/network-path.ts';
import { drivers, findDriver } from '../service/drivers/driver-directory.ts';
import type { Driver } from '../service/drivers/driver.ts';
import type { BytePorts, PortSettings } from '../service/platform/byte-ports.ts';
import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import { captureBytesMax, CaptureFile } from '../service/serial/capture-file.ts';
import { tappedPorts } from '../service/serial/tapped-ports.ts';
import product from '../../package.json' with { type: 'json' };
import { AnsweredCallers } from './answered-callers.ts';
import type { CommandIo, ExitCode } from './command-io.ts';

const usage = `usage: vigil capture --port PATH [--protocol ID] [--ask] [--baud N] [--parity none|even|odd] [--seconds N] [--silent] -o FILE
  Writes the raw bytes of a port with their times until it is interrupted, the port closes, or ${captureBytesMax / 1024 / 1024} MB are reached.
  It only listens. --ask, with --protocol, sends the questions of that protocol, for a monitor that says nothing by itself.
  The line settings are those of the protocol, or 9600 8N1; --baud and --parity change them. PATH may be tcp://HOST:PORT, or
  listen://ADDRESS:PORT?from=ADDRESS where the monitor calls: it waits for an acknowledgement, and gets it, as from the room. --silent
  sends none.
  The file must not be there yet. It may hold whatever the monitor sends, names too: keep it as you keep a record.
  Protocols: ${monitorProtocolIds.join(', ')}.`;

/** What the command needs of the world; a test hands in another one. */
export interface CaptureWorld {
  readonly clock: Clock;
  ports(): Promise<BytePorts>;
  /** Resolves when the person wants it to end. */
  interrupted(): Promise<void>;
}

interface Request {
  readonly port: string;
  readonly protocol: MonitorProtocolId | null;
  readonly ask: boolean;
  /** Not even what a monitor that calls waits for. */
  readonly silent: boolean;
  readonly settings: PortSettings;
  readonly seconds: number | null;
  readonly file: string;
}

const askEveryMs = 100;
const plainSettings: PortSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

/** `vigil capture`. Exit 0: written whole; 1: the port or the file refused, or the port closed by itself; 2: wrong usage. */
export async function runCapture(argv: string[], io: CommandIo, world: CaptureWorld = realWorld()): Promise<ExitCode> {
  const request = parseRequest(argv);
  if (request === 'help') {
    io.stderr(usage);
    return 0;
  }
  if (typeof request === 'string') {
    io.stderr(`vigil capture: ${request}\n${usage}`);
    return 2;
  }
  try {
    return await capture(request, io, world);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    io.stderr(`vigil capture: ${isThere ? `${request.file} is there already; a capture never replaces a file` : reason}`);
    return 1;
  }
}

/** A string other than `help` says what is wrong. */
function parseRequest(argv: string[]): Request | string {
  const text = { type: 'string' } as const;
  const options = {
    port: text,
    protocol: text,
    ask: { type: 'boolean' },
    silent: { type: 'boolean' },
    baud: text,
    parity: text,
    seconds: text,
    out: { type: 'string', short: 'o' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: argv, options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help === true) return 'help';
  if (values.port === undefined) return '--port is missing';
  if (values.out === undefined) return '-o is missing: where is the capture to be written?';
  const protocol = values.protocol === undefined ? null : monitorProtocolIdSchema.safeParse(values.protocol);
  if (protocol?.success === false) return `there is no protocol "${values.protocol}"`;
  if (values.ask === true && protocol === null) return '--ask needs --protocol: nothing is sent to a monitor that nobody named';
  const settings = settingsOf(protocol === null ? plainSettings : findDriver(protocol.data).portProfiles[0], values);
  if (typeof settings === 'string') return settings;
  const seconds = values.seconds === undefined ? null : Number(values.seconds);
  if (seconds !== null && !(seconds > 0 && seconds <= 86_400)) return '--seconds must be a number from 1 to 86400';
  const [ask, silent] = [values.ask === true, values.silent === true];
  if (ask && silent) return '--ask and --silent contradict each other';
  return { port: values.port, protocol: protocol?.data ?? null, ask, silent, settings, seconds, file: values.out };
}

function settingsOf(
  profile: PortSettings,
  { baud, parity }: { baud?: string | undefined; parity?: string | undefined },
): PortSettings | string {
  const baudRate = baud === undefined ? profile.baudRate : Number(baud);
  if (!Number.isInteger(baudRate) || baudRate < 50 || baudRate > 4_000_000)
    return `--baud must be a line speed such as 9600, not "${baud}"`;
  if (parity === undefined) return { ...profile, baudRate };
  if (parity !== 'none' && parity !== 'even' && parity !== 'odd') return `--parity must be none, even or odd, not "${parity}"`;
  return { ...profile, baudRate, parity };
}

async function capture(request: Request, io: CommandIo, { clock, ports, interrupted }: CaptureWorld): Promise<ExitCode> {
  const { port: path, protocol, settings, seconds } = request;
  const tapped = tappedPorts(await ports());
  const listed = (await tapped.list()).find((port) => port.path === path);
  const header = { app: product.version, protocol, port: { path, stableId: listed?.stableId ?? null }, settings, simulated: false };
  let ended: (why: string | null) => void = () => undefined;
  const over = new Promise<string | null>((resolve) => {
    ended = resolve;
  });
  const file = await CaptureFile.create({ clock, file: request.file, header, onEnded: ({ state }) => ended(state) });
  tapped.tap(file);
  const poller = request.ask && protocol !== null ? (findDriver(protocol).createPoller?.() ?? null) : null;
  const decoder = poller === null || protocol === null ? null : findDriver(protocol).createDecoder();
  const sink = { frame: () => poller?.answered(clock.monoMs()), reading: () => {}, wave: () => {}, discarded: () => {} };
  const answering = request.silent || listeningPlace(path) === null ? null : answeringDriver(protocol);
  const callers = answering === null ? null : new AnsweredCallers(answering);
  try {
    const port = await tapped.open(path, settings, {
      bytes: (chunk, line = 0) => {
        poller?.heard?.(chunk, clock.monoMs());
        decoder?.push(chunk, sink);
        const notKept = file.progress.state === 'on' ? null : 'the capture has ended';
        for (const bytes of callers?.answersTo(chunk, line, clock.now(), notKept) ?? [])
          void port.write(bytes, line).catch(() => undefined);
      },
      lineOpened: (line, { isSame }) => {
        if (!isSame) callers?.forget(line);
      },
      closed: (reason) => ended(`the port closed: ${reason}`),
    });
    io.stderr(`vigil capture: ${path} to ${request.file}`);
    const stopAsking = clock.every(askEveryMs, () => {
      const bytes = poller?.poll(clock.monoMs()) ?? null;
      if (bytes !== null) port.write(bytes).catch((error: unknown) => ended(`the question could not be written: ${String(error)}`));
    });
    const stopTimer = seconds === null ? () => undefined : clock.after(seconds * 1000, () => ended(null));
    const why = await Promise.race([over, interrupted().then(() => null)]);
    stopAsking();
    stopTimer();
    const bytes = why === null ? (poller?.closingBytes?.() ?? null) : null;
    if (bytes !== null) await port.write(bytes).catch(() => undefined);
    await port.close();
    return await finish(file, why, io);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Whose acknowledgements those who call wait for: the protocol's that was named, or the only one there is that has any. */
function answeringDriver(protocol: MonitorProtocolId | null): Driver | null {
  const candidates = (protocol === null ? drivers : [findDriver(protocol)]).filter(({ acknowledges }) => acknowledges === true);
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

async function finish(file: CaptureFile, why: string | null, io: CommandIo): Promise<ExitCode> {
  await file.close();
  const { bytes, state, file: name } = file.progress;
  io.stdout(JSON.stringify({ kind: 'capture', file: name, bytes, state }));
  if (why === null || why === 'ended') return 0;
  const words: Readonly<Record<string, string>> = {
    full: 'the capture has reached its size',
    failed: 'the disk refused; what is whole of it counts',
  };
  io.stderr(`vigil capture: ${words[why] ?? why}`);
  return why === 'full' ? 0 : 1;
}

function realWorld(): CaptureWorld {
  return {
    clock: createSystemClock(),
    ports: async () => (await import('../service/serial/all-ports.ts')).createPorts(),
    interrupted: () =>
      new Promise((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      }),
  };
}
