import { createDatexScanner } from './frame.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { recordFrame } from './simulator-records.ts';
import { createDatexValues, type DatexValues } from './simulator-values.ts';
import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import type { DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';
import { createChance, type Chance } from '../../simulation/seeded-noise.ts';
import { backlogMs, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const shortestIntervalMs = 5000;
const waveEveryMs = 1000;
const waveRequestBytes = 72;
const numericsRequestBytes = 49;
const endOfList = 0xff;

/** What the monitor sends until it is told to stop. */
interface Transmission {
  readonly everyMs: number;
  /** Multiples of the interval since the scenario's zero. */
  next: number;
}

export interface DatexOptions {
  /** The level of the interface that it speaks; 2009 when left out. */
  readonly level?: number;
  /** It answers requests of this level only. */
  readonly isStrict?: boolean;
  /** A monitor may not be able to send waves. */
  readonly hasWaves?: boolean;
}

export function createDatexSimulator(scenario: Scenario, deliveredMg?: DeliveredMg, options: DatexOptions = {}): SimulatedMonitor {
  return new DatexSimulator(scenario, deliveredMg, options);
}

/** An S/5 monitor: silent until it is asked, then it sends at its interval until it is told to stop or switched off. */
class DatexSimulator implements SimulatedMonitor {
  readonly #scenario: Scenario;
  readonly #level: number;
  readonly #isStrict: boolean;
  readonly #hasWaves: boolean;
  readonly #chance: Chance;
  readonly #values: DatexValues;
  readonly #scanner = createDatexScanner();
  readonly #framer = createFramer(this.#scanner);
  readonly #listener: FrameHandler = { frame: () => this.#hear(this.#scanner.body), discarded: () => undefined, padding: () => undefined };
  #nowMs: number;
  #number = 0;
  #numerics: (Transmission & { readonly classMask: number }) | null = null;
  #waves: (Transmission & { readonly types: readonly number[] }) | null = null;
  #replies: Uint8Array[] = [];

  constructor(scenario: Scenario, deliveredMg: DeliveredMg | undefined, { level = 0x0a, isStrict = false, hasWaves = true }: DatexOptions) {
    this.#scenario = scenario;
    this.#level = level;
    this.#isStrict = isStrict;
    this.#hasWaves = hasWaves;
    this.#chance = createChance(scenario.seed ^ 0x6472);
    this.#values = createDatexValues(scenario, deliveredMg);
    this.#nowMs = scenario.startMs;
  }

  advance(tMs: number): Uint8Array {
    this.#nowMs = Math.max(this.#nowMs, tMs);
    if (activeFaults(this.#scenario, this.#nowMs).has('reboot')) {
      [this.#numerics, this.#waves] = [null, null];
      return new Uint8Array(0);
    }
    const frames: Uint8Array[] = [];
    if (this.#waves !== null) {
      for (const atMs of due(this.#waves, this.#nowMs)) frames.push(this.#frame(1, atMs, this.#values.waves(atMs, this.#waves.types)));
    }
    if (this.#numerics !== null) {
      for (const atMs of due(this.#numerics, this.#nowMs)) {
        frames.push(this.#frame(0, atMs, this.#values.numerics(atMs, this.#numerics.classMask)));
      }
    }
    return joinBytes(frames);
  }

  receive(bytes: Uint8Array): Uint8Array | null {
    const faults = activeFaults(this.#scenario, this.#nowMs);
    // Dead, or the cable is: nothing is heard either.
    if (faults.has('reboot') || faults.has('silence')) return null;
    this.#framer.push(bytes, this.#listener);
    const answer = joinBytes(this.#replies);
    this.#replies = [];
    return answer.length === 0 ? null : answer;
  }

  #frame(mainType: number, tMs: number, subrecords: ReturnType<DatexValues['numerics']>): Uint8Array {
    if (subrecords.length === 0) return new Uint8Array(0);
    this.#number = (this.#number + 1) & 0xff;
    const head = { number: this.#number, level: this.#level, mainType, timeS: this.#values.clockS(tMs) };
    return damageFrame(recordFrame(head, subrecords), activeFaults(this.#scenario, tMs), this.#chance);
  }

  #hear(body: Uint8Array): void {
    const view = new DataView(body.buffer, body.byteOffset);
    const [length, level, mainType, type] = [view.getInt16(0, true), view.getUint8(3), view.getInt16(14, true), view.getUint8(18)];
    if (type !== 0 || (this.#isStrict && level !== this.#level)) return;
    if (mainType === 0 && length === numericsRequestBytes && view.getUint8(40) === 1) {
      this.#hearNumericsRequest(view.getInt16(41, true), view.getUint32(43, true));
    } else if (mainType === 1 && length === waveRequestBytes && this.#hasWaves) {
      const types = Array.from(body.subarray(44, 52));
      const end = types.indexOf(endOfList);
      const wanted = end < 0 ? types : types.slice(0, end);
      const isStart = view.getInt16(40, true) === 0;
      this.#waves = isStart ? { types: wanted, everyMs: waveEveryMs, next: Math.floor(this.#nowMs / waveEveryMs) + 1 } : null;
    }
  }

  #hearNumericsRequest(intervalS: number, classMask: number): void {
    if (intervalS < 0) {
      this.#replies.push(this.#frame(0, this.#nowMs, this.#values.numerics(this.#nowMs, classMask)));
      return;
    }
    const everyMs = Math.max(shortestIntervalMs, intervalS * 1000);
    this.#numerics = intervalS === 0 ? null : { classMask, everyMs, next: Math.floor(this.#nowMs / everyMs) + 1 };
  }
}

/** When records of a transmission fell due, as scenario times. */
function due(transmission: Transmission, tMs: number): number[] {
  const { everyMs } = transmission;
  const times: number[] = [];
  transmission.next = Math.max(transmission.next, Math.floor((tMs - backlogMs) / everyMs));
  for (; transmission.next * everyMs <= tMs; transmission.next++) times.push(transmission.next * everyMs);
  return times;
}
