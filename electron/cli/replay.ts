import { monitorProtocolIdSchema } from '../../shared/clinical/monitor-protocol.ts';
import { findDriver } from '../service/drivers/driver-directory.ts';
import type { BytePorts } from '../service/platform/byte-ports.ts';
import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import type { CaptureRecord, ReadCapture } from '../service/serial/capture-format.ts';
import { StoreError } from '../service/store/store-error.ts';
import { captureKeyOptions, loadCapture, type CaptureInput } from './capture-input.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { figure, flag, otherwise, text } from './command-option.ts';
import { createDecodeLines, type DecodeLines } from './decode-lines.ts';
import { protocolOption, protocolsNote } from './protocol-option.ts';

/** What the command needs of the world; a test hands in another one. */
export interface ReplayWorld {
  readonly clock: Clock;
  ports(): Promise<BytePorts>;
}

const speedMax = 10_000;

/** `vigil replay`. */
export const replayCommand = command({
  name: 'replay',
  does: 'a capture decoded, or played on a port',
  about: `Decodes a capture as it was heard: the lines of "vigil decode", at the pace of the monitor. With --port the monitor's bytes go out on
that port instead, for another program to hear.`,
  options: {
    speed: otherwise(
      figure<number | 'max'>('N|max', 'N times as fast as the monitor was, or as fast as possible; 1 without it', {
        is: `a number up to ${speedMax}, or "max"`,
        read: (typed) => (typed === 'max' ? typed : Number(typed) > 0 && Number(typed) <= speedMax ? Number(typed) : null),
      }),
      1,
    ),
    protocol: protocolOption('another one than the capture states, or where it states none'),
    waves: flag('adds the waveforms'),
    port: text('PATH', 'plays there'),
    ...captureKeyOptions,
  },
  argument: { value: 'FILE', noun: 'capture' },
  notes: `Exit 0 whole, 1 the capture was cut or changed (what is whole of it is played), 2 wrong usage or no capture.
${protocolsNote}`,
  run: async ({ options, argument: file }, io, world: ReplayWorld = realWorld()) => {
    const loaded = await load(file, options, io);
    if (typeof loaded === 'string') {
      io.stderr(`vigil replay: ${loaded}`);
      return 2;
    }
    const { found } = loaded;
    const { port, waves } = options;
    const speed = options.speed === 'max' ? null : options.speed;
    const protocol = options.protocol ?? monitorProtocolIdSchema.safeParse(found.header.protocol).data ?? null;
    if (protocol === null && port === null) {
      const stated = found.header.protocol;
      const said = stated === null ? 'does not say what was spoken' : `is of protocol "${stated}", which this Vigil does not know`;
      io.stderr(`vigil replay: ${file} ${said}; name it with --protocol`);
      return 2;
    }
    try {
      if (port !== null) await playOnPort(found, port, speed, world);
      else if (protocol !== null) {
        const lines = createDecodeLines({ protocol, driver: findDriver(protocol), waves, print: (line) => io.stdout(line) });
        await playLines(found.records, lines, speed, world.clock);
      }
    } catch (error) {
      io.stderr(`vigil replay: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
    return report(found, file, io);
  },
});

async function load(file: string, options: Parameters<typeof loadCapture>[1], { stdin }: CommandIo): Promise<CaptureInput | string> {
  try {
    const loaded = await loadCapture(file, options, stdin);
    return typeof loaded === 'string' ? `${file} ${loaded}` : loaded;
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
}

/** `speed` null: as fast as possible. */
async function playLines(records: readonly CaptureRecord[], lines: DecodeLines, speed: number | null, clock: Clock): Promise<void> {
  const waitFor = pace(speed, clock);
  let isOpen = true;
  let line = 0;
  for (const { kind, atUs, bytes } of records) {
    await waitFor(atUs);
    if (kind === 'from-monitor') {
      lines.push(bytes, line);
      isOpen = true;
    } else if (kind === 'line') line = lineOf(bytes);
    else if (kind === 'line-opened' || kind === 'line-ended') {
      lines.endLine(lineOf(bytes), kind === 'line-opened');
    } else if (kind === 'closed' && isOpen) {
      lines.restart();
      isOpen = false;
      line = 0;
    }
  }
  lines.end();
}

function lineOf(bytes: Uint8Array): number {
  return Number(new TextDecoder().decode(bytes)) || 0;
}

async function playOnPort(
  { header, records }: ReadCapture,
  path: string,
  speed: number | null,
  { clock, ports }: ReplayWorld,
): Promise<void> {
  let lost: string | null = null;
  const { rtscts, ...line } = header.settings;
  const settings = rtscts === undefined ? line : { ...line, rtscts };
  const port = await (await ports()).open(path, settings, { bytes: () => {}, closed: (reason) => (lost = reason) });
  try {
    const waitFor = pace(speed, clock);
    for (const { kind, atUs, bytes } of records) {
      if (kind !== 'from-monitor') continue;
      await waitFor(atUs);
      if (lost !== null) throw new Error(`${path} closed: ${String(lost)}`);
      // A port takes so much at a time and no more.
      for (let at = 0; at < bytes.length; at += writeBytesMax) await port.write(bytes.subarray(at, at + writeBytesMax));
    }
  } finally {
    await port.close();
  }
}

const writeBytesMax = 1024;

/** Resolves when it is time for what was heard at `atUs`. */
function pace(speed: number | null, clock: Clock): (atUs: number) => Promise<void> {
  const startMs = clock.monoMs();
  return async (atUs) => {
    if (speed === null) return;
    const waitMs = startMs + atUs / 1000 / speed - clock.monoMs();
    if (waitMs > 0) await new Promise<void>((resolve) => void clock.after(waitMs, resolve));
  };
}

function report({ state, records, unreadBytes, sha256 }: ReadCapture, file: string, io: CommandIo): ExitCode {
  const last = records.at(-1)?.atUs ?? 0;
  const played = `${records.length} records over ${Math.round(last / 100_000) / 10} s`;
  switch (state) {
    case 'whole':
      io.stderr(`vigil replay: whole: ${played}, SHA-256 ${sha256 ?? ''}`);
      return 0;
    case 'cut':
      io.stderr(`vigil replay: ${file} was cut: it has no end and no hash. ${played} are whole; ${unreadBytes} bytes at the end are not.`);
      return 1;
    case 'changed':
      io.stderr(
        `vigil replay: ${file} was changed after it was written: its hash does not fit, or a record is none. ${played} could be read.`,
      );
      return 1;
  }
}

function realWorld(): ReplayWorld {
  return {
    clock: createSystemClock(),
    ports: async () => (await import('../service/serial/all-ports.ts')).createPorts(),
  };
}
