import { isolated } from '../../shared/values/isolated.ts';

/** Words of the waveform strips. */
export const wavesText = {
  strip: 'Waveforms',
  names: { pleth: 'pleth', co2: 'CO₂' } as Readonly<Record<string, string>>,
  ecg: (lead: string) => (lead === '' ? 'ECG' : `ECG ${lead.toUpperCase()}`),
  live: (name: string, monitor: string) => `${isolated(name)} of ${monitor}, as it comes; scaled to fit`,
  recorded: (name: string, from: string, to: string) => `${isolated(name)} from ${from} to ${to}; scaled to fit`,
  none: (name: string, lasting: string) => `no ${isolated(name)} for ${lasting}`,
  fast: 'drawn when the clock runs at its own pace',
  hide: 'Hide',
  show: 'Show waveforms',
  hideSpoken: 'Hide the waveforms',
  point: 'Point at an instant on the timeline to see its waveforms.',
  noneHere: (time: string) => `No waveform was recorded around ${time}.`,
  loading: 'Reading…',
  failed: 'The waveforms could not be read.',
} as const;

/** What a signal is called on the screen. */
export function waveName(metric: string): string {
  const known = wavesText.names[metric];
  if (known !== undefined) return known;
  return metric.startsWith('ecg') ? wavesText.ecg(metric.slice(3).replace(/^-/, '')) : metric;
}
