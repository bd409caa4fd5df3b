import type { Cancel } from '../platform/platform.ts';
import { PortError, type BytePorts, type OpenPort, type PortInfo, type PortListener, type PortSettings } from '../platform/byte-ports.ts';

/** The far end of a port in memory: where a monitor's bytes go in and a request's bytes come out. */
export interface MemoryPort {
  readonly path: string;
  readonly isOpen: boolean;
  readonly settings: PortSettings | null;
  /** Everything written by the near end, one entry a write; at most the last `writesKept`. */
  readonly written: readonly Uint8Array[];
  /** Opened how often: one more for each reconnect. */
  readonly openings: number;
  /** Sends bytes from the monitor. As on a real line, they are lost if the port is not open. */
  send(bytes: Uint8Array | string): void;
  /** Called with each write of the near end. */
  onWrite(task: (bytes: Uint8Array) => void): void;
}

/** Ports in memory, with the faults that real ones have. */
export interface MemoryPorts extends BytePorts {
  /** Plugs an adapter in. A second one under the same path replaces the first. */
  plug(path: string, info?: Partial<Omit<PortInfo, 'path'>>): MemoryPort;
  /** Pulls it out: the list forgets it and an open port ends. `quietly`, the end is not reported, as some adapters do. */
  pull(path: string, options?: { readonly quietly?: boolean }): void;
  /** Every opening fails with this code until it is set to null. */
  refuse(path: string, code: 'PORT_BUSY' | 'PORT_FORBIDDEN' | 'PORT_FAILED' | null): void;
  /** While true, writes do not complete, as with a monitor that holds its flow control line. */
  holdWrites(path: string, hold: boolean): void;
}

const writesKept = 1000;

interface Socket {
  readonly info: PortInfo;
  readonly written: Uint8Array[];
  settings: PortSettings | null;
  listener: PortListener | null;
  openings: number;
  holds: boolean;
  onWrite: ((bytes: Uint8Array) => void) | null;
}

export function createMemoryPorts(): MemoryPorts {
  const sockets = new Map<string, Socket>();
  const refusals = new Map<string, 'PORT_BUSY' | 'PORT_FORBIDDEN' | 'PORT_FAILED'>();
  const watchers = new Set<() => void>();

  function listChanged(): void {
    for (const task of watchers) task();
  }

  async function open(path: string, settings: PortSettings, listener: PortListener): Promise<OpenPort> {
    const refusal = refusals.get(path);
    if (refusal !== undefined) throw new PortError(refusal, `${path}: refused`);
    const socket = sockets.get(path);
    if (socket === undefined) throw new PortError('PORT_NOT_FOUND', `${path}: no such port`);
    if (socket.listener !== null) throw new PortError('PORT_BUSY', `${path}: already open`);
    socket.listener = listener;
    socket.settings = settings;
    socket.openings += 1;
    return openEnd(path, socket, listener);
  }

  return {
    list: () => Promise.resolve([...sockets.values()].map((socket) => socket.info)),
    open,
    onListChanged: (task): Cancel => {
      watchers.add(task);
      return () => watchers.delete(task);
    },
    plug: (path, info = {}) => {
      const socket: Socket = {
        info: { path, stableId: info.stableId ?? null, manufacturer: info.manufacturer ?? null },
        written: [],
        settings: null,
        listener: null,
        openings: 0,
        holds: false,
        onWrite: null,
      };
      sockets.set(path, socket);
      listChanged();
      return farEnd(path, socket);
    },
    pull: (path, options = {}) => {
      const socket = sockets.get(path);
      sockets.delete(path);
      const listener = socket?.listener ?? null;
      if (socket !== undefined && listener !== null && options.quietly !== true) {
        socket.listener = null;
        listener.closed('cable out');
      }
      listChanged();
    },
    refuse: (path, code) => {
      if (code === null) refusals.delete(path);
      else refusals.set(path, code);
    },
    holdWrites: (path, hold) => {
      const socket = sockets.get(path);
      if (socket !== undefined) socket.holds = hold;
    },
  };
}

function openEnd(path: string, socket: Socket, listener: PortListener): OpenPort {
  return {
    path,
    write: (bytes) => {
      if (socket.listener !== listener) return Promise.reject(new PortError('PORT_FAILED', `${path}: not open`));
      if (socket.holds) return new Promise<void>(() => {});
      socket.written.push(Uint8Array.from(bytes));
      if (socket.written.length > writesKept) socket.written.shift();
      socket.onWrite?.(Uint8Array.from(bytes));
      return Promise.resolve();
    },
    close: () => {
      if (socket.listener === listener) socket.listener = null;
      return Promise.resolve();
    },
  };
}

function farEnd(path: string, socket: Socket): MemoryPort {
  return {
    path,
    written: socket.written,
    get isOpen() {
      return socket.listener !== null;
    },
    get settings() {
      return socket.settings;
    },
    get openings() {
      return socket.openings;
    },
    send: (bytes) => {
      socket.listener?.bytes(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes));
    },
    onWrite: (task) => {
      socket.onWrite = task;
    },
  };
}
