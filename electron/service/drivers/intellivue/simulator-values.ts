import { deviceMomentAt } from '../../simulation/device-clock.ts';
import {
  attributeOf,
  compoundNumericAttribute,
  numericAttribute,
  numericOf,
  u32Bytes,
  waveAttribute,
  waveContext,
  type MonitorObject,
} from './simulator-messages.ts';
import { lastCuffMs, physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';

/** A monitor in demonstration or test mode marks every value. */
export type IntellivueMode = 'normal' | 'demo' | 'test';

const stateOfMode: Readonly<Record<IntellivueMode, number>> = { normal: 0, demo: 0x0400, test: 0x0800 };
const invalid = 0x8000;
const perMinute = 0x0aa0;
const breathsPerMinute = 0x0ae0;
const percent = 0x0220;
const dimensionless = 0x0200;
const mmHg = 0x0f20;
const milliVolt = 0x10b2;

/** The monitor's date: eight BCD bytes. */
export function deviceDate(scenario: Scenario, tMs: number): number[] {
  const { year, month, day, hour, minute, second } = deviceMomentAt(scenario.deviceClock, tMs);
  return [Math.floor(year / 100), year % 100, month, day, hour, minute, second, 0].map(
    (part) => (Math.floor(part / 10) << 4) | (part % 10),
  );
}

export interface IntellivueValues {
  /** Everything the monitor measures at this moment. */
  numerics(tMs: number, relativeTimeAt: (tMs: number) => number): MonitorObject[];
  /** The 256 ms of waves that begin at this moment. What the samples are is sent with one object at a time. */
  waves(tMs: number, sequence: number): MonitorObject[];
}

export function createIntellivueValues(scenario: Scenario, mode: IntellivueMode, deliveredMg?: DeliveredMg): IntellivueValues {
  const modeState = stateOfMode[mode];
  let beat = 0;

  function one(handle: number, code: number, unit: number, value: number | null, decimals = 0): MonitorObject {
    return {
      handle,
      attributes: [numericAttribute(numericOf(code, value === null ? modeState | invalid : modeState, unit, value, decimals))],
    };
  }

  function cuff(tMs: number, relativeTimeAt: (tMs: number) => number): MonitorObject {
    const ranMs = lastCuffMs(scenario, tMs);
    // A restart forgets the last determination.
    const isForgotten = scenario.faults.some(({ kind, untilMs }) => kind === 'reboot' && untilMs <= tMs && untilMs > (ranMs ?? 0));
    const body = ranMs === null || isForgotten ? null : physiologyAt(scenario, ranMs, deliveredMg);
    const state = body === null ? modeState | 0x2000 : modeState;
    const pressures = [body?.sys, body?.dia, body?.mean].map((value, index) =>
      numericOf(0x4a05 + index, state, mmHg, value === undefined ? null : Math.round(value)),
    );
    const stamp = ranMs === null ? [] : [attributeOf(0x0991, u32Bytes(relativeTimeAt(ranMs)))];
    return { handle: 5, attributes: [...stamp, compoundNumericAttribute(pressures)] };
  }

  return {
    numerics(tMs, relativeTimeAt) {
      const body = physiologyAt(scenario, tMs, deliveredMg);
      const isOff = activeFaults(scenario, tMs).has('sensor-off');
      return [
        one(1, 0x4182, perMinute, Math.round(body.pulseRate)),
        one(2, 0x4822, perMinute, isOff ? null : Math.round(body.pulseRate)),
        one(3, 0x4bb8, percent, isOff ? null : Math.round(body.spo2)),
        one(4, 0x4bb0, dimensionless, isOff ? null : body.perfusionIndex, 1),
        cuff(tMs, relativeTimeAt),
        one(6, 0x500a, breathsPerMinute, Math.round(body.respRate)),
        // Extra beats: a quantity that Vigil has no id for.
        one(7, 0x4261, perMinute, 0),
        one(8, 0x0302, 0x0512, 0.3, 1),
        one(9, 0x4b48, 0x17a0, 36.8, 1),
      ];
    },
    waves(tMs, sequence) {
      const body = physiologyAt(scenario, tMs, deliveredMg);
      const isOff = activeFaults(scenario, tMs).has('sensor-off');
      const startBeat = beat;
      const beatAt = (sinceMs: number): number => (startBeat + (body.pulseRate / 60_000) * sinceMs) % 1;
      beat = beatAt(256);
      const pleth = Array.from({ length: 32 }, (_, index) => (isOff ? 0x8000 : plethAt(beatAt(index * 8))));
      const ecg = Array.from({ length: 64 }, (_, index) => ecgAt(beatAt(index * 4)));
      const plethContext = sequence % 8 === 0 ? waveContext(32, 12, 64, 0x8000) : [];
      const ecgContext = sequence % 8 === 4 || sequence === 1 ? [...waveContext(64, 14, 32, 0x8000), ecgScale, ecgUnit] : [];
      return [
        { handle: 20, attributes: [...plethContext, waveAttribute(0x4bb4, isOff ? modeState | invalid : modeState, pleth)] },
        { handle: 21, attributes: [...ecgContext, waveAttribute(0x0102, modeState, ecg)] },
      ];
    },
  };
}

/** −40.96 … 40.95 mV over 14 bits: one step is 0.005 mV. */
const ecgScale = attributeOf(0x096f, [...floatHundredths(-4096), ...floatHundredths(4095), 0x00, 0x00, 0x3f, 0xfe]);
const ecgUnit = attributeOf(0x0996, [milliVolt >> 8, milliVolt & 0xff]);

function floatHundredths(hundredths: number): number[] {
  return u32Bytes(((-2 << 24) | (hundredths & 0xffffff)) >>> 0);
}

/** A pulse wave with its second, smaller hump; `beat` runs from 0 to 1 with each heartbeat. 12 bits. */
function plethAt(beat: number): number {
  return Math.round(1000 + 2500 * (hump(beat, 0.2, 0.1) + 0.35 * hump(beat, 0.5, 0.12)));
}

/** P, QRS and T of one heartbeat, in the scaled samples of `ecgScale`. */
function ecgAt(beat: number): number {
  const milliVolts = 0.12 * hump(beat, 0.18, 0.03) - 0.1 * hump(beat, 0.28, 0.008) + hump(beat, 0.3, 0.01) + 0.25 * hump(beat, 0.55, 0.06);
  return Math.round((milliVolts + 40.96) / 0.005);
}

function hump(beat: number, at: number, width: number): number {
  return Math.exp(-(((beat - at) / width) ** 2));
}
