import type { VendorMetricId } from './metric.ts';

/** The waveforms that have a name of ours. */
const waveIds = ['pleth', 'co2', 'resp', 'ecg-i', 'ecg-ii', 'ecg-iii', 'ecg-avr', 'ecg-avl', 'ecg-avf', 'ecg-v'] as const;
export type WaveId = (typeof waveIds)[number];

/** What a waveform is of: a name of ours, or the protocol's own code where there is none. */
export type WaveSignal = WaveId | VendorMetricId;

export function isWaveId(signal: string): signal is WaveId {
  return (waveIds as readonly string[]).includes(signal);
}
