import type { Message } from './message.ts';
import { deviceCode, encodeMessage, createCapnostreamScanner } from './frame.ts';
import { createFramer, type FrameHandler } from '../framing.ts';
import { deviceCalendarS } from '../../simulation/device-clock.ts';
import { damageFrame, joinBytes } from '../../simulation/line-faults.ts';
import { physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type FaultKind, type Scenario } from '../../simulation/scenario.ts';
import { createChance, smoothNoise, type Chance } from '../../simulation/seeded-noise.ts';
import { backlogMs, type SimulatedMonitor } from '../../simulation/simulated-monitor.ts';

const sampleEveryMs = 50;
const samplesPerSecond = 1000 / sampleEveryMs;
/** Without a word from the host for so long, the monitor stops sending: our assumption; the maker only asks for a word each 5 s. */
const linkMs = 15_000;
const clockJumpS = 43_200;
const noValue = 0xff;
const identity = 'V45.67 02/24/2008 B355987654  ';
const hostCode = { enable: 1, disable: 2, startRealTime: 4, stopRealTime: 5 } as const;

/** Limits of the worked example: high and low of etCO2 and rate, high FiCO2, high and low of SpO2 and pulse. */
const limits = [60, 15, 30, 5, 8, 100, 90, 140, 50] as const;
const unitCodes = { mmHg: 1, kPa: 2, 'volume-percent': 3 } as const;

export interface CapnostreamOptions {
  readonly unit?: keyof typeof unitCodes;
}

export function createCapnostreamSimulator(
  scenario: Scenario,
  deliveredMg?: DeliveredMg,
  options: CapnostreamOptions = {},
): SimulatedMonitor {
  return new CapnostreamSimulator(scenario, deliveredMg, options.unit ?? 'mmHg');
}

/**
 * A Capnostream behind its port: silent until a host enables it, then it says who it is; it sends values between start and stop for as long
 * as the host stays alive. It ignores every other command, as Vigil never sends one.
 */
class CapnostreamSimulator implements SimulatedMonitor {
  readonly #scenario: Scenario;
  readonly #deliveredMg: DeliveredMg | undefined;
  readonly #unit: keyof typeof unitCodes;
  readonly #chance: Chance;
  readonly #scanner = createCapnostreamScanner();
  readonly #framer = createFramer(this.#scanner);
  readonly #listener: FrameHandler = {
    frame: () => this.#hear(this.#scanner.message),
    discarded: () => undefined,
    padding: () => undefined,
  };
  #nowMs: number;
  #isEnabled = false;
  #isRunning = false;
  #heardMs = 0;
  /** Multiples of 50 ms since the scenario's zero. */
  #nextSample = 0;
  #counter = 0;
  /** 0 to 1 with each breath, the first part of it breathing in. */
  #breath = 0;
  #replies: Uint8Array[] = [];

  constructor(scenario: Scenario, deliveredMg: DeliveredMg | undefined, unit: keyof typeof unitCodes) {
    this.#scenario = scenario;
    this.#deliveredMg = deliveredMg;
    this.#unit = unit;
    this.#chance = createChance(scenario.seed ^ 0x6361);
    this.#nowMs = scenario.startMs;
  }

  advance(tMs: number): Uint8Array {
    this.#nowMs = Math.max(this.#nowMs, tMs);
    if (this.#faultsAt(this.#nowMs).has('reboot')) {
      this.#isEnabled = false;
      this.#isRunning = false;
      this.#counter = 0;
    }
    if (this.#nowMs - this.#heardMs >= linkMs) this.#isRunning = false;
    const last = Math.floor(this.#nowMs / sampleEveryMs);
    const oldest = Math.floor((this.#nowMs - backlogMs) / sampleEveryMs);
    const messages: Uint8Array[] = [];
    for (this.#nextSample = Math.max(this.#nextSample, oldest); this.#nextSample <= last; this.#nextSample++) {
      if (!this.#isRunning) continue;
      const atMs = this.#nextSample * sampleEveryMs;
      messages.push(this.#sample(atMs));
      if (this.#nextSample % samplesPerSecond === 0) messages.push(this.#numerics(atMs));
    }
    return joinBytes(messages);
  }

  receive(bytes: Uint8Array): Uint8Array | null {
    const faults = this.#faultsAt(this.#nowMs);
    if (faults.has('reboot') || faults.has('silence')) return null;
    this.#framer.push(bytes, this.#listener);
    const answer = joinBytes(this.#replies);
    this.#replies = [];
    return answer.length === 0 ? null : answer;
  }

  #hear(message: Message): void {
    if (message.payloadBytes > 0) return;
    this.#heardMs = this.#nowMs;
    switch (message.code) {
      case hostCode.enable:
        this.#isEnabled = true;
        this.#replies.push(
          this.#message(
            deviceCode.deviceId,
            Uint8Array.from(identity, (letter) => letter.charCodeAt(0)),
            this.#nowMs,
          ),
        );
        return;
      case hostCode.disable:
        this.#isEnabled = false;
        this.#isRunning = false;
        return;
      case hostCode.startRealTime:
        if (this.#isEnabled && !this.#isRunning) this.#nextSample = Math.floor(this.#nowMs / sampleEveryMs) + 1;
        this.#isRunning = this.#isEnabled;
        return;
      case hostCode.stopRealTime:
        this.#isRunning = false;
        return;
      default:
    }
  }

  #message(code: number, payload: Uint8Array, tMs: number): Uint8Array {
    return damageFrame(encodeMessage(code, payload), this.#faultsAt(tMs), this.#chance);
  }

  #faultsAt(tMs: number): ReadonlySet<FaultKind> {
    return activeFaults(this.#scenario, tMs);
  }

  #sample(tMs: number): Uint8Array {
    const isOff = this.#faultsAt(tMs).has('sensor-off');
    const { respRate, etco2 } = this.#bodyAt(tMs);
    const before = this.#breath;
    this.#breath = (before + (respRate / 60_000) * sampleEveryMs) % 1;
    const isEndOfBreath = this.#breath < before;
    const raw = isOff ? 0 : Math.round(this.#inUnit(etco2 * exhaled(this.#breath)) * 256);
    this.#counter = (this.#counter + 1) & 0xff;
    const status = isOff ? 0x41 : isEndOfBreath ? 0x08 : 0;
    return this.#message(deviceCode.wave, Uint8Array.of(this.#counter, raw >> 8, raw & 0xff, status), tMs);
  }

  #numerics(tMs: number): Uint8Array {
    const faults = this.#faultsAt(tMs);
    const { respRate, spo2, pulseRate, etco2 } = this.#bodyAt(tMs);
    const isOff = faults.has('sensor-off');
    const values = isOff
      ? [noValue, noValue, noValue, noValue, noValue]
      : [this.#inUnit(etco2), 0, respRate, spo2, pulseRate].map((value) => Math.round(value));
    const seconds = deviceCalendarS(this.#scenario.deviceClock, tMs) + (faults.has('clock-jump') ? clockJumpS : 0);
    const [co2Alarms, spo2Alarms] = isOff ? [0x00, 0x41] : [0, 0];
    const payload = [seconds >>> 24, seconds >>> 16, seconds >>> 8, seconds, ...values, 0, 0, 0, 0];
    payload.push(co2Alarms, spo2Alarms, 0, ...limits, unitCodes[this.#unit], 0);
    return this.#message(deviceCode.numerics, Uint8Array.from(payload), tMs);
  }

  #bodyAt(tMs: number) {
    const body = physiologyAt(this.#scenario, tMs, this.#deliveredMg);
    // Slower breathing leaves more of it behind.
    const etco2 = Math.min(90, Math.max(15, 38 + 1.2 * (14 - body.respRate) + smoothNoise(this.#scenario.seed + 6, tMs, 25_000)));
    return { ...body, etco2 };
  }

  /** As the monitor writes a pressure of carbon dioxide: whole mmHg, tenths of kPa, tenths of a percent at sea level. */
  #inUnit(mmHg: number): number {
    if (this.#unit === 'mmHg') return mmHg;
    return this.#unit === 'kPa' ? (mmHg / 7.500_62) * 10 : (mmHg / 760) * 1000;
  }
}

/** The share of the end-tidal pressure at one place of a breath: nothing while breathing in, then a steep rise and a slow one. */
function exhaled(breath: number): number {
  if (breath < 0.4) return 0;
  if (breath < 0.48) return ((breath - 0.4) / 0.08) * 0.85;
  return breath < 0.96 ? 0.85 + ((breath - 0.48) / 0.48) * 0.15 : (1 - breath) / 0.04;
}
