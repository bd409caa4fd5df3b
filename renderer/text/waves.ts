import { isWaveId, type WaveId } from '../../shared/clinical/wave-signal.ts';
import { isolated } from '../../shared/values/isolated.ts';

/** Words of the waveform strips. */
export const wavesText = {
  strip: 'Waveforms',
  names: {
    pleth: 'pleth',
    co2: 'CO₂',
    resp: 'respiration',
    'ecg-i': 'ECG I',
    'ecg-ii': 'ECG II',
    'ecg-iii': 'ECG III',
    'ecg-avr': 'ECG aVR',
    'ecg-avl': 'ECG aVL',
    'ecg-avf': 'ECG aVF',
    'ecg-v': 'ECG V',
  } satisfies Record<WaveId, string>,
  ownSignal: (code: string) => `own signal ${code}`,
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

/** What a signal is called on the screen. One without a name of ours is the monitor's own, by its code: `x:datex-dri:p1`. */
export function waveName(signal: string): string {
  return isWaveId(signal) ? wavesText.names[signal] : wavesText.ownSignal(signal.replace(/^x:[^:]*:/, ''));
}
