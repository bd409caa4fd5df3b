import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { monitorProtocolIds, monitorProtocolIdSchema, type MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { findDriver } from '../service/drivers/driver-directory.ts';
import type { BytePorts } from '../service/platform/byte-ports.ts';
import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import { readCapture, type CaptureRecord, type ReadCapture } from '../service/serial/capture-format.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { createDecodeLines, type DecodeLines } from './decode-lines.ts';

const usage = `usage: vigil replay FILE [--speed N|max] [--protocol ID] [--waves] [--port PATH]
  Decodes a capture as it was heard: the lines of "vigil decode", at the pace of the monitor (--speed 1), N times as fast, or as fast as
  possible (max). With --port the monitor's bytes go out on that port instead, for another program to hear.
  Exit 0 whole, 1 the capture was cut or changed (what is whole of it is played), 2 wrong usage or no capture.
  Protocols: ${monitorProtocolIds.join(', ')}.`;

/** What the command needs of the world; a test hands in another one. */
export interface ReplayWorld {
  readonly clock: Clock;
  ports(): Promise<BytePorts>;
}

interface Request {
  readonly file: string;
  /** null: as fast as possible. */
  readonly speed: number | null;
  readonly protocol: MonitorProtocolId | null;
  readonly waves: boolean;
  readonly port: string | null;
}

const speedMax = 10_000;
const fileBytesMax = 1024 * 1024 * 1024;

/** `vigil replay`: see `usage`. */
export async function runReplay(argv: string[], io: CommandIo, world: ReplayWorld = realWorld()): Promise<ExitCode> {
  const request = parseRequest(argv);
  if (request === 'help') {
    io.stderr(usage);
    return 0;
  }
  if (typeof request === 'string') {
    io.stderr(`vigil replay: ${request}\n${usage}`);
    return 2;
  }
  const found = await load(request.file);
  if (typeof found === 'string') {
    io.stderr(`vigil replay: ${request.file} ${found}`);
    return 2;
  }
  const protocol = request.protocol ?? monitorProtocolIdSchema.safeParse(found.header.protocol).data ?? null;
  if (protocol === null && request.port === null) {
    const said =
      found.header.protocol === null
        ? 'does not say what was spoken'
        : `is of protocol "${found.header.protocol}", which this Vigil does not know`;
    io.stderr(`vigil replay: ${request.file} ${said}; name it with --protocol`);
    return 2;
  }
  try {
    if (request.port !== null) await playOnPort(found, request.port, request.speed, world);
    else if (protocol !== null) {
      const lines = createDecodeLines({ protocol, driver: findDriver(protocol), waves: request.waves, print: (line) => io.stdout(line) });
      await playLines(found.records, lines, request.speed, world.clock);
    }
  } catch (error) {
    io.stderr(`vigil replay: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  return report(found, request.file, io);
}

/** A string other than `help` says what is wrong. */
function parseRequest(argv: string[]): Request | string {
  const text = { type: 'string' } as const;
  const options = { speed: text, protocol: text, waves: { type: 'boolean' }, port: text, help: { type: 'boolean', short: 'h' } } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined) return 'no capture was named';
  if (more.length > 0) return `one capture at a time: "${more[0]}" is a second one`;
  const protocol = values.protocol === undefined ? null : monitorProtocolIdSchema.safeParse(values.protocol);
  if (protocol?.success === false) return `there is no protocol "${values.protocol}"`;
  const speed = values.speed === 'max' ? null : Number(values.speed ?? 1);
  if (speed !== null && !(speed > 0 && speed <= speedMax)) return `--speed must be a number up to ${speedMax}, or "max"`;
  return { file, speed, protocol: protocol?.data ?? null, waves: values.waves === true, port: values.port ?? null };
}

/** The capture, or what is wrong with the file, in words that follow its name. */
async function load(file: string): Promise<ReadCapture | string> {
  try {
    if ((await stat(file)).size > fileBytesMax) return 'is larger than any capture';
    const found = readCapture(await readFile(file), (bytes) => createHash('sha256').update(bytes).digest());
    return 'fault' in found ? found.words : found;
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

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
