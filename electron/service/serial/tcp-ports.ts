import { connect, type Socket } from 'node:net';
import { networkPlace } from '../../../shared/values/network-path.ts';
import { PortError, type OpenPort, type PortErrorCode, type PortListener } from '../platform/byte-ports.ts';
import type { Clock } from '../platform/platform.ts';

export interface TcpOptions {
  readonly clock: Clock;
  readonly connectMs?: number;
}

/** An adapter answers at once or is not there. */
const connectMsDefault = 5000;
/** A peer that vanished without a word (power, a pulled network cable) is asked for after this long without bytes. */
const keepAliveMs = 10_000;
/** More than this waiting to be written means that nothing is taking it; as with a serial port. */
const waitingBytesMax = 4096;

/**
 * Opens a serial line behind a network adapter. The adapter has the line's settings; here there are only bytes.
 * Rejects with `PortError`: nothing there, refused, or no answer in time are all "not found", as an unplugged adapter is.
 */
export async function openTcpPort(
  path: string,
  listener: PortListener,
  { clock, connectMs = connectMsDefault }: TcpOptions,
): Promise<OpenPort> {
  const place = networkPlace(path);
  if (place === null) throw new PortError('PORT_NOT_FOUND', `${path}: not a place on the network; tcp://HOST:PORT is`);
  const socket = connect({ host: place.host, port: place.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
  const port = new OpenTcpPort(path, socket, listener);
  await new Promise<void>((resolve, reject) => {
    const cancel = clock.after(connectMs, () => {
      socket.destroy();
      reject(new PortError('PORT_NOT_FOUND', `${path}: no answer within ${connectMs / 1000} s`));
    });
    socket.once('connect', () => {
      cancel();
      resolve();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      cancel();
      reject(tcpErrorOf(path, error));
    });
  });
  port.opened();
  return port;
}

class OpenTcpPort implements OpenPort {
  readonly path: string;
  readonly #socket: Socket;
  readonly #freed: Promise<void>;
  #listener: PortListener | null;
  #isOpen = false;
  #reason = 'the other end closed the connection';

  constructor(path: string, socket: Socket, listener: PortListener) {
    this.path = path;
    this.#socket = socket;
    this.#listener = listener;
    this.#freed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('data', (chunk: Buffer) => this.#listener?.bytes(Uint8Array.from(chunk)));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#reason = wordsFor(error);
    });
    // A peer that says it will send no more has nothing left for us: a line has no half.
    socket.on('end', () => socket.destroy());
    socket.on('close', () => this.#ended());
  }

  opened(): void {
    this.#isOpen = true;
    if (this.#socket.destroyed) this.#ended();
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.#socket.writable) return Promise.reject(new PortError('PORT_FAILED', `${this.path}: not open`));
    if (this.#socket.writableLength + bytes.length > waitingBytesMax) {
      const waiting = `${this.#socket.writableLength} bytes still wait to be written`;
      return Promise.reject(new PortError('PORT_FAILED', `${this.path}: ${waiting}`));
    }
    return new Promise((resolve, reject) => {
      // Node also answers here for what was under way when the socket was closed.
      this.#socket.write(Uint8Array.from(bytes), (error) => {
        if (error) reject(new PortError('PORT_FAILED', `${this.path}: ${wordsFor(error)}`));
        else resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.#listener = null;
    this.#socket.destroy();
    await this.#freed;
  }

  #ended(): void {
    // Before it was open, the one who opens it is told instead.
    if (!this.#isOpen) return;
    const listener = this.#listener;
    this.#listener = null;
    listener?.closed(this.#reason);
  }
}

/** Also of a place that is to be listened at. */
export function tcpErrorOf(path: string, error: NodeJS.ErrnoException): PortError {
  return new PortError(codeOf(error), `${path}: ${wordsFor(error)}`);
}

function codeOf({ code }: NodeJS.ErrnoException): PortErrorCode {
  if (code === 'EACCES' || code === 'EPERM') return 'PORT_FORBIDDEN';
  if (code === 'EADDRINUSE') return 'PORT_BUSY';
  const gone = [
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ETIMEDOUT',
    'EHOSTDOWN',
    'ENETDOWN',
    'EADDRNOTAVAIL',
  ];
  return code !== undefined && gone.includes(code) ? 'PORT_NOT_FOUND' : 'PORT_FAILED';
}

function wordsFor(error: NodeJS.ErrnoException): string {
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing accepts a connection there',
    ENOTFOUND: 'there is no computer or adapter of that name',
    EAI_AGAIN: 'the name could not be looked up',
    EHOSTUNREACH: 'that address cannot be reached',
    ENETUNREACH: 'there is no network to that address',
    ETIMEDOUT: 'the other end does not answer any more',
    ECONNRESET: 'the other end broke the connection off',
    EADDRINUSE: 'another program listens there',
    EADDRNOTAVAIL: 'that address is not one of this computer',
    EPIPE: 'the other end broke the connection off',
  };
  return known[error.code ?? ''] ?? error.message;
}
