import type { Clock } from '../platform/platform.ts';
import type { BytePorts } from '../platform/byte-ports.ts';
import type { SimulatedMonitor } from './simulated-monitor.ts';
import { refusal, SimulatedSocket, type OpenFault, type SimulatedPortSpec } from './simulated-socket.ts';

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
  setOpenFault(path: string, fault: OpenFault | null): void;
  /** Another monitor on the same cable. */
  exchange(path: string, monitor: SimulatedMonitor): void;
  close(): void;
}

/** Ports with simulated monitors behind them, driven by the clock handed in: the demo's and the tests' world. */
export function createSimulatedPorts(
  clock: Clock,
  specs: readonly SimulatedPortSpec[],
  options: SimulatedPortsOptions = {},
): SimulatedPorts {
  const madeMs = clock.monoMs();
  const scenarioMs = options.scenarioMs ?? (() => clock.monoMs() - madeMs);
  const listeners = new Set<() => void>();
  const sockets = specs.map((spec) => new SimulatedSocket(spec, clock, scenarioMs));

  function socketOf(path: string): SimulatedSocket {
    const socket = sockets.find((candidate) => candidate.spec.path === path);
    if (socket === undefined) throw new RangeError(`no simulated monitor was made with the path ${path}`);
    return socket;
  }

  function changed(): void {
    for (const task of listeners) task();
  }

  return {
    list: async () => sockets.map((socket) => socket.info()).filter((info) => info !== null),
    async open(path, settings, listener) {
      const socket = sockets.find((candidate) => candidate.path === path);
      if (socket === undefined) throw refusal('PORT_NOT_FOUND', path);
      return socket.open(path, settings, listener);
    },
    onListChanged(task) {
      listeners.add(task);
      return () => listeners.delete(task);
    },
    pull(path) {
      socketOf(path).pull();
      changed();
    },
    replug(path, newPath = path) {
      const socket = socketOf(path);
      if (sockets.some((other) => other !== socket && other.path === newPath)) throw new RangeError(`${newPath} is taken`);
      if (socket.isOpen) throw new RangeError(`${path} is open: pull it first`);
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
      for (const socket of sockets) socket.close();
      listeners.clear();
    },
  };
}
