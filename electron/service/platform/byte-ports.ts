import type { Instant } from '../../../shared/values/instant.ts';

/** Line settings. `rtscts` and modem lines are best effort: a PTY has none, and that is not an error. */
export interface PortSettings {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
  readonly rtscts?: boolean;
}

export interface PortInfo {
  /** What to open, for example `/dev/ttyUSB0` or `COM3`. Changes when an adapter moves to another socket. */
  readonly path: string;
  /** Names the adapter itself (by-id link, serial number, PnP id); null where the system cannot tell. */
  readonly stableId: string | null;
  readonly manufacturer: string | null;
}

export type PortErrorCode = 'PORT_NOT_FOUND' | 'PORT_BUSY' | 'PORT_FORBIDDEN' | 'PORT_FAILED';

export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: PortErrorCode;
  constructor(code: PortErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Called by an open port. `bytes` belongs to the callee. After `closed` nothing more is called.
 *
 * A cable is one line, line 0. A place that monitors call has a line for each of them, numbered from 1; `lineOpened` comes before its first
 * bytes, and a number is used again for the same sender, or for another one.
 */
export interface PortListener {
  bytes(chunk: Uint8Array, line?: number): void;
  lineOpened?(line: number, sender: LineSender): void;
  /** Its sender ended it, or we did. */
  lineEnded?(line: number): void;
  /** The port ended without our asking: cable out, adapter gone, device error. */
  closed(reason: string): void;
}

export interface LineSender {
  readonly address: string;
  /** It had this line the last time, too. */
  readonly isSame: boolean;
}

/** One address that called a place where monitors call. */
export interface SenderState {
  readonly address: string;
  readonly isConnected: boolean;
  /** May it be heard? */
  readonly isAllowed: boolean;
  readonly connections: number;
  readonly bytes: number;
  /** Since when it is as it is. */
  readonly since: Instant;
  /** Why we ended its last connection; null where it did, or it is there. */
  readonly words: string | null;
}

export interface OpenPort {
  readonly path: string;
  write(bytes: Uint8Array, line?: number): Promise<void>;
  /** Ends one line of several and keeps why, for whoever looks at the senders. */
  endLine?(line: number, why: string): void;
  /** Who called; left out where nobody calls. */
  senders?(): readonly SenderState[];
  /** Idempotent; resolves when the descriptor is free. The listener is not called afterwards. */
  close(): Promise<void>;
}

/**
 * Ports that carry bytes: the real serial ports, or memory ports with a simulated monitor behind them.
 * Nothing above this interface knows which.
 */
export interface BytePorts {
  list(): Promise<readonly PortInfo[]>;
  /** Rejects with PortError. */
  open(path: string, settings: PortSettings, listener: PortListener): Promise<OpenPort>;
  /** Optional push of "the list may have changed"; callers poll as well. */
  onListChanged?(task: () => void): () => void;
}
