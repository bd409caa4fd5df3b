import type { Cancel, Clock } from '../platform/platform.ts';
import {
  PortError,
  type OpenPort,
  type PortErrorCode,
  type PortInfo,
  type PortListener,
  type PortSettings,
} from '../platform/byte-ports.ts';
import { createChance, type Chance } from './seeded-noise.ts';
import type { SimulatedMonitor } from './simulated-monitor.ts';

export interface SimulatedPortSpec {
  readonly path: string;
  readonly stableId: string | null;
  readonly monitor: SimulatedMonitor;
  /** How often the monitor's bytes are handed over; a real adapter collects for a few milliseconds, too. */
  readonly turnMs?: number;
  /** The monitor's line speed; opened at another one the port delivers garbage, as a real line does. */
  readonly baudRate?: number;
  readonly manufacturer?: string;
}

export type OpenFault = 'busy' | 'forbidden';

interface Opened {
  readonly listener: PortListener;
  readonly stop: Cancel;
  readonly isWrongSpeed: boolean;
}

const defaultTurnMs = 100;
const defaultBaudRate = 9600;
/** A monitor needs a moment to answer. */
const replyMs = 20;

/** One monitor with its cable and adapter: plugged in somewhere or nowhere, open at most once at a time. */
export class SimulatedSocket {
  readonly spec: SimulatedPortSpec;
  monitor: SimulatedMonitor;
  /** Where it is plugged in; null: pulled. */
  path: string | null;
  openFault: OpenFault | null = null;
  readonly #clock: Clock;
  readonly #scenarioMs: () => number;
  readonly #chance: Chance = createChance(0x706f);
  #opened: Opened | null = null;

  constructor(spec: SimulatedPortSpec, clock: Clock, scenarioMs: () => number) {
    this.spec = spec;
    this.monitor = spec.monitor;
    this.path = spec.path;
    this.#clock = clock;
    this.#scenarioMs = scenarioMs;
  }

  get isOpen(): boolean {
    return this.#opened !== null;
  }

  info(): PortInfo | null {
    if (this.path === null) return null;
    return { path: this.path, stableId: this.spec.stableId, manufacturer: this.spec.manufacturer ?? 'Vigil simulator' };
  }

  /** Throws PortError. */
  open(path: string, settings: PortSettings, listener: PortListener): OpenPort {
    if (this.openFault === 'forbidden') throw refusal('PORT_FORBIDDEN', path);
    if (this.openFault === 'busy' || this.isOpen) throw refusal('PORT_BUSY', path);
    // What the monitor sent while nobody listened is gone.
    this.monitor.advance(this.#scenarioMs());
    const stop = this.#clock.every(this.spec.turnMs ?? defaultTurnMs, () => this.#deliver(this.monitor.advance(this.#scenarioMs())));
    const mine: Opened = { listener, stop, isWrongSpeed: settings.baudRate !== (this.spec.baudRate ?? defaultBaudRate) };
    this.#opened = mine;
    return {
      path,
      write: async (bytes) => {
        if (this.#opened !== mine) throw new PortError('PORT_FAILED', `${path}: the port is closed`);
        this.#write(mine, bytes);
      },
      close: async () => {
        if (this.#opened === mine) this.close();
      },
    };
  }

  /** The cable comes out: whoever has the port open is told. */
  pull(): void {
    const listener = this.#opened?.listener;
    this.close();
    this.path = null;
    listener?.closed('the cable was pulled');
  }

  close(): void {
    this.#opened?.stop();
    this.#opened = null;
  }

  #deliver(bytes: Uint8Array): void {
    if (this.#opened === null || bytes.length === 0) return;
    this.#opened.listener.bytes(this.#opened.isWrongSpeed ? garbled(bytes, this.#chance) : bytes);
  }

  #write(mine: Opened, bytes: Uint8Array): void {
    // The monitor answers for now, and what it had to say before is said before.
    this.#deliver(this.monitor.advance(this.#scenarioMs()));
    const reply = mine.isWrongSpeed ? null : this.monitor.receive(bytes);
    if (reply === null) return;
    this.#clock.after(replyMs, () => {
      if (this.#opened === mine) this.#deliver(reply);
    });
  }
}

export function refusal(code: Exclude<PortErrorCode, 'PORT_FAILED'>, path: string): PortError {
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
