import { physiologicalSubrecord, waveSubrecord, type GroupValues, type Subrecord } from './simulator-records.ts';
import { deviceCalendarS } from '../../simulation/device-clock.ts';
import { lastCuffMs, physiologyAt, type DeliveredMg } from '../../simulation/physiology.ts';
import { activeFaults, type Scenario } from '../../simulation/scenario.ts';

const running = 0x3;
const present = 0x1;
/** The heart rate's source is the ECG. */
const rateFromEcg = 0x8;
const leadTwo = 0x2;
const adultCuff = 0x3;
const automatic = 0x8;
const older = 0x100;
const youngMs = 60_000;
/** mmHg. */
const ambientPressure = 760;
const clockJumpS = 43_200;
const basicHeaders = [0, 16, 30, 44, 58, 72, 86, 94, 102, 110, 118, 132, 146, 156, 166, 178, 200, 214, 232, 240, 254];
const samplesPerSecond: Readonly<Record<number, number>> = { 1: 300, 8: 100, 9: 25, 15: 25 };

export interface DatexValues {
  /** The monitor's calendar, in seconds since 1970. */
  clockS(tMs: number): number;
  /** Displayed values of the classes that a mask asks for: bit 0 refuses the basic one, bits 1 to 3 ask for the extensions. */
  numerics(tMs: number, classMask: number): Subrecord[];
  /** The second of samples that ends at this moment. */
  waves(tMs: number, types: readonly number[]): Subrecord[];
}

export function createDatexValues(scenario: Scenario, deliveredMg?: DeliveredMg): DatexValues {
  let beat = 0;
  let breath = 0;

  function clockS(tMs: number): number {
    const jumpS = activeFaults(scenario, tMs).has('clock-jump') ? clockJumpS : 0;
    return deviceCalendarS(scenario.deviceClock, tMs) + jumpS;
  }

  function cuff(tMs: number): GroupValues {
    const ranMs = lastCuffMs(scenario, tMs);
    // A restart forgets the last determination.
    const isForgotten = scenario.faults.some(({ kind, untilMs }) => kind === 'reboot' && untilMs <= tMs && untilMs > (ranMs ?? 0));
    if (ranMs === null || isForgotten) return { at: 72, status: running, label: adultCuff | automatic, values: [null, null, null, null] };
    const { sys, dia, mean, pulseRate } = physiologyAt(scenario, ranMs, deliveredMg);
    const label = adultCuff | automatic | (tMs - ranMs > youngMs ? older : 0);
    return { at: 72, status: running, label, values: [...[sys, dia, mean].map((value) => Math.round(value) * 100), Math.round(pulseRate)] };
  }

  function basic(tMs: number): GroupValues[] {
    const { pulseRate, respRate, spo2, perfusionIndex } = physiologyAt(scenario, tMs, deliveredMg);
    const [rate, breaths] = [Math.round(pulseRate), Math.round(respRate)];
    const isOff = activeFaults(scenario, tMs).has('sensor-off');
    const oximeter = isOff ? [null, null, null, null] : [Math.round(spo2) * 100, rate, Math.round(perfusionIndex * 100), null];
    return [
      { at: 0, status: running | rateFromEcg, label: leadTwo, values: [rate, 30, null, null, breaths] },
      cuff(tMs),
      { at: 86, status: running, label: 11, values: [3680] },
      { at: 118, status: isOff ? present : running, values: oximeter },
      { at: 132, status: running, label: 1, values: [500, 5, breaths, ambientPressure * 10] },
    ];
  }

  function samples(type: number, tMs: number): (number | null)[] {
    const perSecond = samplesPerSecond[type] ?? 0;
    const isOff = type === 8 && activeFaults(scenario, tMs).has('sensor-off');
    const { pulseRate, respRate } = physiologyAt(scenario, tMs, deliveredMg);
    const cycles = (type === 9 || type === 15 ? respRate : pulseRate) / 60;
    const begun = type === 9 || type === 15 ? breath : beat;
    return Array.from({ length: perSecond }, (_, index) => (isOff ? null : shapeOf(type, (begun + (cycles * index) / perSecond) % 1)));
  }

  return {
    clockS,
    numerics(tMs, classMask) {
      const timeS = clockS(tMs);
      const subrecords: Subrecord[] = [];
      if ((classMask & 1) === 0) {
        // hr_ecg, hr_max and hr_min belong to the ECG and have no header.
        const rate = Math.round(physiologyAt(scenario, tMs, deliveredMg).pulseRate);
        const block = physiologicalSubrecord(timeS, 0, basicHeaders, basic(tMs));
        new DataView(block.bytes.buffer).setInt16(4 + 226, rate, true);
        block.bytes.fill(0, 4 + 268, 4 + 270);
        subrecords.push(block);
      }
      // Extra beats: a quantity that Vigil has no id for.
      const arrhythmia = { at: 0, status: running, values: [Math.round(physiologyAt(scenario, tMs, deliveredMg).pulseRate), null, 0] };
      if ((classMask & 2) !== 0) subrecords.push(physiologicalSubrecord(timeS, 1, [0, 48], [arrhythmia]));
      if ((classMask & 4) !== 0) subrecords.push(physiologicalSubrecord(timeS, 2, [0, 24, 96, 112], []));
      if ((classMask & 8) !== 0) subrecords.push(physiologicalSubrecord(timeS, 3, [0, 14, 60, 70, 92], []));
      return subrecords;
    },
    waves(tMs, types) {
      const { pulseRate, respRate } = physiologyAt(scenario, tMs, deliveredMg);
      const told = types.filter((type) => samplesPerSecond[type] !== undefined).map((type) => waveSubrecord(type, samples(type, tMs)));
      beat = (beat + pulseRate / 60) % 1;
      breath = (breath + respRate / 60) % 1;
      return told;
    },
  };
}

/** Raw samples: ECG in microvolts, the others in hundredths of a per cent. */
function shapeOf(type: number, part: number): number {
  switch (type) {
    case 1:
      return Math.round(
        120 * hump(part, 0.18, 0.03) - 100 * hump(part, 0.28, 0.008) + 1000 * hump(part, 0.3, 0.01) + 250 * hump(part, 0.55, 0.06),
      );
    case 8:
      return Math.round(400 * (hump(part, 0.2, 0.1) + 0.35 * hump(part, 0.5, 0.12)));
    case 9:
      // A plateau while the patient breathes out.
      return Math.round(500 / ((1 + Math.exp((0.3 - part) * 60)) * (1 + Math.exp((part - 0.75) * 60))));
    default:
      return Math.round(100 * Math.sin(2 * Math.PI * part));
  }
}

function hump(part: number, at: number, width: number): number {
  return Math.exp(-(((part - at) / width) ** 2));
}
