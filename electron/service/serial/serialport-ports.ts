import type { SerialPort } from 'serialport';
import {
  PortError,
  type BytePorts,
  type OpenPort,
  type PortErrorCode,
  type PortInfo,
  type PortListener,
  type PortSettings,
} from '../platform/byte-ports.ts';
import type { Cancel, Clock } from '../platform/platform.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { listLinuxPorts } from './linux-port-list.ts';
import { deviceAt, isCharacterDevice, VirtualPorts } from './virtual-ports.ts';

export interface SerialPortsOptions {
  /** For looking after open ports; the computer's own when left out. */
  readonly clock?: Clock;
  /** Patterns of ports that the system does not list, for example `/dev/ttyV*`. */
  readonly extraPaths?: readonly string[];
}

/** More than this waiting to be written means that nothing is taking it. */
const waitingBytesMax = 4096;
const lookAfterMs = 500;
/**
 * A read that has not returned yet in another thread keeps the lock of a port that was just closed, on a busy computer for
 * some milliseconds: a port is called busy when it stays so.
 */
const busyTriesMax = 5;
const busyPauseMs = 20;

/**
 * The serial ports of this computer. The only importer of `serialport`, which is loaded at first use: a start
 * without a monitor does not pay for it.
 */
export function createSerialPorts(options: SerialPortsOptions = {}): BytePorts {
  const virtual = new VirtualPorts(options.extraPaths ?? []);
  const clock = options.clock ?? createSystemClock();
  let listing: Promise<readonly PortInfo[]> | null = null;

  async function listNow(): Promise<readonly PortInfo[]> {
    const known = process.platform === 'linux' ? await listLinuxPorts() : await listBySystem();
    const extra = await virtual.list();
    return [...known, ...extra.filter((port) => !known.some((other) => other.path === port.path))];
  }

  return {
    // Several links ask at the same moment; they share one answer.
    list: () => {
      listing ??= listNow().finally(() => {
        listing = null;
      });
      return listing;
    },
    open: async (path, settings, listener) => {
      if (process.platform !== 'win32') await requirePort(path);
      const port = await openOnceFree(path, settings, listener, clock);
      await virtual.noteOpened(path);
      return port;
    },
  };
}

async function listBySystem(): Promise<PortInfo[]> {
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list();
  return ports.map((port) => ({
    path: port.path,
    stableId: port.serialNumber || port.pnpId || null,
    manufacturer: port.manufacturer || null,
  }));
}

/** A mistyped path must not open, let alone write to, whatever file is there. */
async function requirePort(path: string): Promise<void> {
  if (!(await isCharacterDevice(path))) throw new PortError('PORT_NOT_FOUND', `${path}: there is no such serial port`);
}

async function openOnceFree(path: string, settings: PortSettings, listener: PortListener, clock: Clock): Promise<OpenPort> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openPort(path, settings, listener, clock);
    } catch (error) {
      if (tries === busyTriesMax || !(error instanceof PortError && error.code === 'PORT_BUSY')) throw error;
      await new Promise<void>((resolve) => void clock.after(busyPauseMs, resolve));
    }
  }
}

async function openPort(path: string, settings: PortSettings, listener: PortListener, clock: Clock): Promise<OpenPort> {
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, ...settings, lock: true, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error === null ? resolve() : reject(portErrorOf(path, error))));
  });
  // Isolators and some monitors are powered by these lines. A pseudo-terminal has none, which is no fault.
  if (settings.rtscts !== true) port.set({ dtr: true, rts: true }, () => {});
  return new OpenSerialPort(path, port, listener, { clock, device: await deviceAt(path) });
}

interface OpenedDevice {
  readonly clock: Clock;
  /** As `deviceAt` names it; null where it vanished while it was opened, which the package then says itself. */
  readonly device: string | null;
}

class OpenSerialPort implements OpenPort {
  readonly path: string;
  readonly #port: SerialPort;
  readonly #freed = Promise.withResolvers<void>();
  #listener: PortListener | null;
  #waitingBytes = 0;
  readonly #refusals = new Set<(error: PortError) => void>();
  readonly #stopLooking: Cancel;

  constructor(path: string, port: SerialPort, listener: PortListener, opened: OpenedDevice) {
    this.path = path;
    this.#stopLooking = process.platform === 'win32' ? () => undefined : this.#lookAfter(opened);
    this.#port = port;
    this.#listener = listener;
    port.once('close', () => this.#freed.resolve());
    port.on('data', (chunk: Buffer) => this.#listener?.bytes(Uint8Array.from(chunk)));
    port.on('close', (error?: Error | null) => this.#ended(error?.message ?? 'the port ended'));
    port.on('error', (error: Error) => {
      this.#ended(error.message);
      void this.close();
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.#port.isOpen) return Promise.reject(new PortError('PORT_FAILED', `${this.path}: not open`));
    if (this.#waitingBytes + bytes.length > waitingBytesMax) {
      return Promise.reject(new PortError('PORT_FAILED', `${this.path}: ${this.#waitingBytes} bytes still wait to be written`));
    }
    this.#waitingBytes += bytes.length;
    return new Promise<void>((resolve, reject) => {
      this.#refusals.add(reject);
      this.#port.write(Buffer.from(bytes), (error) => {
        this.#refusals.delete(reject);
        this.#waitingBytes -= bytes.length;
        if (error) reject(new PortError('PORT_FAILED', `${this.path}: ${error.message}`));
        else resolve();
      });
    });
  }

  /** Until the system has the port back: before that its lock still stands, and whoever opens it next would find it busy. */
  close(): Promise<void> {
    this.#listener = null;
    this.#stopLooking();
    this.#refuseWrites();
    // While it closes the package says that it is not open.
    if (this.#port.isOpen) this.#port.close(() => this.#freed.resolve());
    else if (!this.#port.closing) this.#freed.resolve();
    return this.#freed.promise;
  }

  /**
   * The package does not always say that a cable was pulled: an end that reads as "nothing yet" keeps it waiting for
   * ever. So we look whether the device that we opened is still there under its name.
   */
  #lookAfter({ clock, device }: OpenedDevice): Cancel {
    return clock.every(lookAfterMs, () => {
      void deviceAt(this.path).then((there) => {
        const isThere = there !== null && (device === null || there === device);
        if (isThere || this.#listener === null) return;
        this.#ended('the device is gone');
        void this.close();
      });
    });
  }

  #ended(reason: string): void {
    const listener = this.#listener;
    this.#listener = null;
    this.#stopLooking();
    this.#refuseWrites();
    listener?.closed(reason);
  }

  /** The package forgets writes that were under way when a port closes; whoever waits for them must not. */
  #refuseWrites(): void {
    for (const refuse of this.#refusals) refuse(new PortError('PORT_FAILED', `${this.path}: closed before all was written`));
    this.#refusals.clear();
  }
}

/** The package has no codes, only the system's words. */
export function portErrorOf(path: string, error: Error): PortError {
  const code = codeOf(error.message, process.platform);
  return new PortError(code, `${path}: ${wordsFor(code, error.message)}`);
}

export function codeOf(message: string, platform: NodeJS.Platform): PortErrorCode {
  if (/cannot lock port|resource busy|EBUSY|in use/iu.test(message)) return 'PORT_BUSY';
  // Windows says so of a port that another program has open.
  if (platform === 'win32' && /access (is )?denied/iu.test(message)) return 'PORT_BUSY';
  if (/permission denied|EACCES|EPERM|access (is )?denied|not permitted/iu.test(message)) return 'PORT_FORBIDDEN';
  if (/no such file|no such device|file not found|ENOENT|ENXIO|ENODEV|cannot find/iu.test(message)) return 'PORT_NOT_FOUND';
  return 'PORT_FAILED';
}

function wordsFor(code: PortErrorCode, message: string): string {
  if (code === 'PORT_BUSY') return 'another program has this port open';
  if (code === 'PORT_NOT_FOUND') return 'there is no such serial port';
  if (code === 'PORT_FORBIDDEN') {
    return 'no permission to open this port: the user has to be in the group that owns it (dialout on most systems), and sign in again';
  }
  return message;
}
