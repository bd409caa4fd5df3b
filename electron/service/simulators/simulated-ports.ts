import type { Cancel, Clock } from '../platform/platform.ts';
import { PortError, type BytePorts, type OpenPort, type PortErrorCode, type PortInfo, type PortListener } from '../serial/byte-port.ts';
import type { PortSettings } from '../serial/byte-port.ts';
import { createChance, type Chance } from './seeded-noise.ts';
import type { SimulatedMonitor } from './simulated-monitor.ts';

export interface SimulatedPortSpec {
  readonly path: string;
  readonly stableId: string | null;
  readonly monitor: SimulatedMonitor;
  /** How often the monitor's bytes are handed over; a real adapter collects for a few milliseconds, too. */
  readonly tickMs?: number;
  /** The monitor's line speed; opened at another one the port delivers garbage, as a real line does. */
  readonly baudRate?: number;
  readonly manufacturer?: string;
}

export interface SimulatedPortsOptions {
  /** Scenario time, in ms; the clock's monotonic time since the ports were made when left out. */
  readonly scenarioMs?: () => number;
}

/** A room full of simulated monitors. A monitor is named by the path it had at first, wherever it is plugged in later. */
export interface SimulatedPorts extends BytePorts {
  /** The cable comes out: an open port closes, the name leaves the list. */
  pull(path: string): void;
  /** The cable goes in again, perhaps in another socket. */
  replug(path: string, newPath?: string): void;
  /** Another program holds the port, or the system refuses it; null ends the fault. An open port is not touched. */
  setOpenFault(path: string, fault: 'busy' | 'forbidden' | null): void;
  /** Another monitor on the same cable. */
  exchange(path: string, monitor: SimulatedMonitor): void;
  close(): void;
}

interface Socket {
  readonly spec: SimulatedPortSpec;
  monitor: SimulatedMonitor;
  /** Where it is plugged in; null: pulled. */
  path: string | null;
  openFault: 'busy' | 'forbidden' | null;
  open: OpenSocket | null;
}

interface OpenSocket {
  readonly listener: PortListener;
  readonly stop: Cancel;
  readonly garble: boolean;
}

const defaultTickMs = 100;
/** A monitor needs a moment to answer. */
const replyMs = 20;

/** Ports with simulated monitors behind them, driven by the clock handed in: the demo's and the tests' world. */
export function createSimulatedPorts(
  clock: Clock,
  specs: readonly SimulatedPortSpec[],
  options: SimulatedPortsOptions = {},
): SimulatedPorts {
  const madeMs = clock.monoMs();
  const scenarioMs = options.scenarioMs ?? (() => clock.monoMs() - madeMs);
  const chance = createChance(0x706f);
  const listeners = new Set<() => void>();
  const sockets: Socket[] = specs.map((spec) => ({ spec, monitor: spec.monitor, path: spec.path, openFault: null, open: null }));

  function socketOf(path: string): Socket {
    const socket = sockets.find((candidate) => candidate.spec.path === path);
    if (socket === undefined) throw new RangeError(`no simulated monitor was made with the path ${path}`);
    return socket;
  }

  function deliver(socket: Socket, bytes: Uint8Array): void {
    if (socket.open === null || bytes.length === 0) return;
    socket.open.listener.bytes(socket.open.garble ? garbled(bytes, chance) : bytes);
  }

  function shut(socket: Socket): OpenSocket | null {
    const open = socket.open;
    socket.open = null;
    open?.stop();
    return open;
  }

  function attach(socket: Socket, settings: PortSettings, listener: PortListener): OpenSocket {
    // What the monitor sent while nobody listened is gone.
    socket.monitor.tick(scenarioMs());
    const stop = clock.every(socket.spec.tickMs ?? defaultTickMs, () => deliver(socket, socket.monitor.tick(scenarioMs())));
    const open = { listener, stop, garble: settings.baudRate !== (socket.spec.baudRate ?? 9600) };
    socket.open = open;
    return open;
  }

  async function open(path: string, settings: PortSettings, listener: PortListener): Promise<OpenPort> {
    const socket = sockets.find((candidate) => candidate.path === path);
    if (socket === undefined) throw refusal('PORT_NOT_FOUND', path);
    if (socket.openFault === 'forbidden') throw refusal('PORT_FORBIDDEN', path);
    if (socket.openFault === 'busy' || socket.open !== null) throw refusal('PORT_BUSY', path);
    const mine = attach(socket, settings, listener);
    return {
      path,
      async write(bytes) {
        if (socket.open !== mine) throw new PortError('PORT_FAILED', `${path}: the port is closed`);
        socket.monitor.tick(scenarioMs());
        const reply = mine.garble ? null : socket.monitor.receive(bytes);
        if (reply === null) return;
        clock.after(replyMs, () => {
          if (socket.open === mine) deliver(socket, reply);
        });
      },
      async close() {
        if (socket.open === mine) shut(socket);
      },
    };
  }

  function changed(): void {
    for (const task of listeners) task();
  }

  return {
    list: async () => sockets.flatMap(({ path, spec }) => (path === null ? [] : [portInfo(path, spec)])),
    open,
    onListChanged(task) {
      listeners.add(task);
      return () => listeners.delete(task);
    },
    pull(path) {
      const socket = socketOf(path);
      const open = shut(socket);
      socket.path = null;
      open?.listener.closed('the cable was pulled');
      changed();
    },
    replug(path, newPath = path) {
      const taken = sockets.find((candidate) => candidate.path === newPath);
      const socket = socketOf(path);
      if (taken !== undefined && taken !== socket) throw new RangeError(`${newPath} is taken`);
      if (socket.open !== null) throw new RangeError(`${path} is open: pull it first`);
      socket.path = newPath;
      changed();
    },
    setOpenFault(path, fault) {
      socketOf(path).openFault = fault;
    },
    exchange(path, monitor) {
      socketOf(path).monitor = monitor;
    },
    close() {
      sockets.forEach(shut);
      listeners.clear();
    },
  };
}

function portInfo(path: string, spec: SimulatedPortSpec): PortInfo {
  return { path, stableId: spec.stableId, manufacturer: spec.manufacturer ?? 'Vigil simulator' };
}

function refusal(code: Exclude<PortErrorCode, 'PORT_FAILED'>, path: string): PortError {
  const reasons = {
    PORT_NOT_FOUND: 'there is no such port',
    PORT_FORBIDDEN: 'the system does not allow opening it',
    PORT_BUSY: 'another program has it open',
  } as const;
  return new PortError(code, `${path}: ${reasons[code]}`);
}

/** What a UART reads at the wrong speed: fewer bytes, and other ones. */
function garbled(bytes: Uint8Array, chance: Chance): Uint8Array {
  return Uint8Array.from({ length: Math.ceil(bytes.length / 2) }, () => chance.below(256) | 0x80);
}
