import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
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
import { command } from './command.ts';
import { flag, number, oneOf, required, text, UsageError } from './command-option.ts';
import { protocolOption, protocolsNote } from './protocol-option.ts';

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
export const captureCommand = command({
  name: 'capture',
  does: 'the raw bytes of a port, with their times, to a file',
  about: `Writes the raw bytes of a port with their times until it is interrupted, the port closes, or ${captureBytesMax / 1024 / 1024} MB are reached.
It only listens. A monitor that calls waits for an acknowledgement, and gets it, as from the room.
The file may hold whatever the monitor sends, names too: keep it as you keep a record.`,
  options: {
    port: required(text('PATH', 'the port; tcp://HOST:PORT, or listen://ADDRESS:PORT?from=ADDRESS where the monitor calls')),
    protocol: protocolOption('what the monitor speaks'),
    ask: flag('sends the questions of that protocol, for a monitor that says nothing by itself'),
    silent: flag('sends nothing, not even acknowledgements'),
    baud: number('N', 'the line speed; that of the protocol, or 9600, without it', { from: 50, to: 4_000_000, isWhole: true }),
    parity: oneOf('none|even|odd', 'that of the protocol, or none, without it', { among: ['none', 'even', 'odd'], noun: 'parity' }),
    seconds: number('N', 'ends after so long', { above: 0, to: 86_400 }),
    out: required(text('FILE', 'where to; it must not be there yet', 'o'), ': where is the capture to be written?'),
  },
  notes: protocolsNote,
  run: async ({ options }, io, world: CaptureWorld = realWorld()) => {
    const { port, protocol, ask, silent, seconds, out: file } = options;
    if (ask && protocol === null) throw new UsageError('--ask needs --protocol: nothing is sent to a monitor that nobody named');
    if (ask && silent) throw new UsageError('--ask and --silent contradict each other');
    const profile = protocol === null ? plainSettings : findDriver(protocol).portProfiles[0];
    const settings = { ...profile, baudRate: options.baud ?? profile.baudRate, parity: options.parity ?? profile.parity };
    try {
      return await capture({ port, protocol, ask, silent, settings, seconds, file }, io, world);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      io.stderr(`vigil capture: ${isThere ? `${file} is there already; a capture never replaces a file` : reason}`);
      return 1;
    }
  },
});

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
