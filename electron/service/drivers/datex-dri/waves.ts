import type { WaveId, WaveSignal } from '../../../../shared/clinical/wave-signal.ts';
import type { Wave } from '../driver.ts';
import { lowestValue } from './measurement.ts';
import { i16, u16, waveHeaderBytes } from './record.ts';

const status = { gap: 0x1, pacer: 0x4, leadOff: 0x8 } as const;
const flagNames: readonly (readonly [bit: number, flag: string])[] = [
  [status.gap, 'gap'],
  [status.pacer, 'pacer'],
  [status.leadOff, 'lead-off'],
];

interface WaveKind {
  readonly name: WaveSignal;
  readonly unit: string;
  readonly perUnit: number;
  readonly perSecond: number;
}

const ecg = (channel: number): WaveKind => ({ name: `x:datex-dri:ecg-${channel}`, unit: 'mV', perUnit: 1000, perSecond: 300 });
const pressure = (channel: number): WaveKind => ({ name: `x:datex-dri:p${channel}`, unit: 'mm[Hg]', perUnit: 100, perSecond: 100 });
const gas = (name: WaveSignal): WaveKind => ({ name, unit: '%', perUnit: 100, perSecond: 25 });
const slow = (name: string): WaveKind => ({ name: `x:datex-dri:${name}`, unit: '1', perUnit: 1, perSecond: 25 });
const brain = (name: string, perSecond: number): WaveKind => ({ name: `x:datex-dri:${name}`, unit: '1', perUnit: 1, perSecond });

/** By type of the subrecord. A type without a known rate gives nothing: its samples would have no place in time. */
const kinds: ReadonlyMap<number, WaveKind> = new Map([
  [1, ecg(1)],
  [2, ecg(2)],
  [3, ecg(3)],
  [4, pressure(1)],
  [5, pressure(2)],
  [6, pressure(3)],
  [7, pressure(4)],
  [8, { name: 'pleth', unit: '%', perUnit: 100, perSecond: 100 }],
  [9, gas('co2')],
  [10, gas('x:datex-dri:o2')],
  [11, gas('x:datex-dri:n2o')],
  [12, gas('x:datex-dri:aa')],
  [13, { name: 'x:datex-dri:awp', unit: 'cm[H2O]', perUnit: 10, perSecond: 25 }],
  [14, slow('flow')],
  [15, { name: 'resp', unit: '1', perUnit: 1, perSecond: 25 }],
  [16, pressure(5)],
  [17, pressure(6)],
  [18, brain('eeg-1', 100)],
  [19, brain('eeg-2', 100)],
  [20, brain('eeg-3', 100)],
  [21, brain('eeg-4', 100)],
  [23, slow('volume')],
  [32, brain('entropy', 100)],
  [35, brain('bis', 300)],
  [36, pressure(7)],
  [37, pressure(8)],
]);

/** Samples in a second of a wave; null where the type is not known. */
export function samplesPerSecond(type: number): number | null {
  return kinds.get(type)?.perSecond ?? null;
}

const leadNames: readonly (WaveId | null)[] = [null, 'ecg-i', 'ecg-ii', 'ecg-iii', 'ecg-avr', 'ecg-avl', 'ecg-avf', 'ecg-v'];
const ecgChannels = 3;
/** Behind the monitor's clock by more than its seconds can be wrong: samples are missing. */
const lagS = 2;
/** As far where the line lost bytes since the last piece. */
const lagAfterDamageS = 1;
const runMaxS = 3600;

/** Where one wave has got to on its own count of samples. */
interface WaveRun {
  time: number;
  next: number;
  /** The smallest distance to the clock, in samples: how far a piece may lie behind it without anything missing. */
  lag: number;
}

/**
 * The samples of wave records. They carry no counter, only the record's time in seconds: samples are counted here, and where the count
 * falls behind the clock, or the monitor says so, there is a gap.
 */
export class Waves {
  readonly #runs = new Map<number, WaveRun>();
  readonly #leads: (WaveId | null)[] = [null, null, null];

  /** Another monitor is on the line. */
  forget(): void {
    this.#runs.clear();
    this.#leads.fill(null);
  }

  /** Which leads the channels show: four bits for each, of the ECG group's label. */
  setLeads(label: number): void {
    for (let channel = 0; channel < ecgChannels; channel++) this.#leads[channel] = leadNames[(label >> (4 * channel)) & 0xf] ?? null;
  }

  /** `isDamaged`: bytes were lost since the last record. */
  publish(body: Uint8Array, at: number, type: number, timeS: number, isDamaged: boolean, tell: (wave: Wave) => void): void {
    const kind = kinds.get(type);
    const count = i16(body, at);
    if (kind === undefined || count <= 0) return;
    const bits = u16(body, at + 2);
    const firstSample = this.#placeOf(type, kind, count, timeS, bits, isDamaged);
    const samples = (bits & status.leadOff) === 0 ? samplesOf(body, at + waveHeaderBytes, count, kind) : Array<null>(count).fill(null);
    const flags = flagNames.filter(([bit]) => (bits & bit) !== 0).map(([, flag]) => flag);
    const metric = type <= ecgChannels ? (this.#leads[type - 1] ?? kind.name) : kind.name;
    const wave = { metric, unit: kind.unit, periodMs: 1000 / kind.perSecond, samples, firstSample };
    tell(flags.length === 0 ? wave : { ...wave, flags });
  }

  #placeOf(type: number, { perSecond }: WaveKind, count: number, timeS: number, bits: number, isDamaged: boolean): number {
    const run = this.#runs.get(type);
    const elapsedS = run === undefined ? 0 : timeS - run.time;
    if (run === undefined || elapsedS < 0 || elapsedS > runMaxS) {
      const firstSample = timeS * perSecond;
      this.#runs.set(type, { time: timeS, next: firstSample + count, lag: 0 });
      return firstSample;
    }
    const expected = timeS * perSecond;
    const allowed = (isDamaged ? lagAfterDamageS : lagS) * perSecond;
    let place = run.next;
    if (expected - place - run.lag >= allowed) place = expected - run.lag;
    else if ((bits & status.gap) !== 0) place += 1;
    run.lag = Math.min(run.lag, expected - place);
    run.time = timeS;
    run.next = place + count;
    return place;
  }
}

function samplesOf(body: Uint8Array, start: number, count: number, { perUnit }: WaveKind): (number | null)[] {
  const samples = Array<number | null>(count);
  for (let index = 0; index < count; index++) {
    const raw = i16(body, start + 2 * index);
    samples[index] = raw < lowestValue ? null : raw / perUnit;
  }
  return samples;
}
