import { expect, test } from 'vitest';
import { waveName } from '../../../renderer/text/waves.ts';

test('WAVE-17 a signal is called by its name, and one without a name of ours by the monitor’s own code', () => {
  expect(['pleth', 'co2', 'resp', 'ecg-ii', 'ecg-avr'].map(waveName)).toEqual(['pleth', 'CO₂', 'respiration', 'ECG II', 'ECG aVR']);
  expect(['x:datex-dri:p1', 'x:intellivue:50BC'].map(waveName)).toEqual(['own signal p1', 'own signal 50BC']);
});
