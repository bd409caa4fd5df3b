import type { Socket } from 'node:net';
import { PortError, type PortListener, type SenderState } from '../platform/byte-ports.ts';
import type { Cancel, Clock } from '../platform/platform.ts';

/** More at once is no room with monitors. */
export const linesMax = 16;
const sendersKept = 32;
/** What one place takes in a quarter of a second; the rest waits at its sender, so that a flood costs the room nothing. */
const budgetBytes = 262_144;
const budgetEveryMs = 250;
/** More than this waiting to be written means that the sender takes no answers. */
const waitingBytesMax = 8192;
const keepAliveMs = 10_000;

interface Line {
  readonly number: number;
  readonly address: string;
  readonly socket: Socket;
  lastByteMonoMs: number;
}

interface Sender {
  isAllowed: boolean;
  connections: number;
  bytes: number;
  since: SenderState['since'];
  words: string | null;
}

/** The connections of one place that monitors call: bounded in number and in what they may send, each a line of its own. */
export class CallingLines {
  readonly #clock: Clock;
  readonly #listener: PortListener;
  readonly #lines = new Map<number, Line>();
  /** The last sender of each number: a sender that connects anew for each message gets its number back. */
  readonly #lastAddress = new Map<number, string>();
  readonly #senders = new Map<string, Sender>();
  #left = budgetBytes;
  #refill: Cancel | null = null;
  #closed = false;

  constructor(clock: Clock, listener: PortListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  take(socket: Socket, address: string): void {
    socket.on('error', () => undefined);
    if (this.#closed) return void socket.destroy();
    const number = this.#freeNumber(address);
    const isSame = this.#lastAddress.get(number) === address;
    this.#lastAddress.set(number, address);
    const line: Line = { number, address, socket, lastByteMonoMs: this.#clock.monoMs() };
    this.#lines.set(number, line);
    const sender = this.#senderOf(address, true);
    sender.connections += 1;
    sender.since = this.#clock.now();
    sender.words = null;
    socket.setKeepAlive(true, keepAliveMs);
    socket.on('data', (chunk: Buffer) => this.#heard(line, chunk));
    // A sender that has said what it had to say may still wait for the answer to it.
    socket.on('end', () => socket.end());
    socket.on('close', () => this.#gone(line));
    this.#listener.lineOpened?.(number, { address, isSame });
    if (this.#left > 0) socket.resume();
  }

  refused(address: string): void {
    const sender = this.#senderOf(address, false);
    sender.connections += 1;
    sender.since = this.#clock.now();
    sender.words = 'not among the addresses that may call here';
  }

  write(number: number, bytes: Uint8Array): Promise<void> {
    const line = this.#lines.get(number);
    if (line === undefined || !line.socket.writable) {
      return Promise.reject(new PortError('PORT_FAILED', 'the sender is not connected any more'));
    }
    if (line.socket.writableLength + bytes.length > waitingBytesMax) {
      this.end(number, 'it takes no answers');
      return Promise.reject(new PortError('PORT_FAILED', 'the sender takes no answers'));
    }
    return new Promise((resolve, reject) => {
      line.socket.write(Uint8Array.from(bytes), (error) => {
        if (error) reject(new PortError('PORT_FAILED', error.message));
        else resolve();
      });
    });
  }

  end(number: number, why: string): void {
    const line = this.#lines.get(number);
    if (line === undefined) return;
    this.#gone(line);
    const sender = this.#senderOf(line.address, true);
    sender.words = why;
    // What was answered already still goes out; whatever else comes is not read.
    line.socket.removeAllListeners('data');
    line.socket.destroySoon();
  }

  get senders(): readonly SenderState[] {
    const connected = new Set([...this.#lines.values()].map(({ address }) => address));
    return [...this.#senders].map(([address, state]) => ({ address, isConnected: connected.has(address), ...state }));
  }

  close(): void {
    this.#closed = true;
    this.#refill?.();
    for (const { socket } of this.#lines.values()) socket.destroy();
    this.#lines.clear();
  }

  #heard(line: Line, chunk: Buffer): void {
    if (this.#closed || this.#lines.get(line.number) !== line) return;
    line.lastByteMonoMs = this.#clock.monoMs();
    this.#senderOf(line.address, true).bytes += chunk.length;
    this.#left -= chunk.length;
    if (this.#left <= 0) this.#rest();
    this.#listener.bytes(Uint8Array.from(chunk), line.number);
  }

  /** The quarter of a second is full: nobody is read until the next one. */
  #rest(): void {
    for (const { socket } of this.#lines.values()) socket.pause();
    this.#refill ??= this.#clock.after(budgetEveryMs, () => {
      this.#refill = null;
      this.#left = budgetBytes;
      for (const { socket } of this.#lines.values()) socket.resume();
    });
  }

  #gone(line: Line): void {
    if (this.#lines.get(line.number) !== line) return;
    this.#lines.delete(line.number);
    this.#senderOf(line.address, true).since = this.#clock.now();
    if (!this.#closed) this.#listener.lineEnded?.(line.number);
  }

  /**
   * The number that this sender had last; otherwise a free one, never used if possible; otherwise that of the line
   * that is silent longest.
   */
  #freeNumber(address: string): number {
    const numbers = Array.from({ length: linesMax }, (_, index) => index + 1);
    const free = numbers.filter((number) => !this.#lines.has(number));
    const own = free.find((number) => this.#lastAddress.get(number) === address);
    const found = own ?? free.find((number) => !this.#lastAddress.has(number)) ?? free[0];
    if (found !== undefined) return found;
    const quietest = [...this.#lines.values()].reduce((a, b) => (b.lastByteMonoMs < a.lastByteMonoMs ? b : a));
    this.end(quietest.number, `more than ${linesMax} connections; this one was silent longest`);
    return quietest.number;
  }

  #senderOf(address: string, isAllowed: boolean): Sender {
    let sender = this.#senders.get(address);
    if (sender === undefined) {
      const oldest = this.#senders.keys().next().value;
      if (this.#senders.size >= sendersKept && oldest !== undefined) this.#senders.delete(oldest);
      sender = { isAllowed, connections: 0, bytes: 0, since: this.#clock.now(), words: null };
      this.#senders.set(address, sender);
    }
    return sender;
  }
}
