import { createDinamapScanner, encodeMessage } from '../../../electron/service/drivers/dinamap/frame.ts';
import { dinamapPressures } from '../monitor-bytes.ts';
import { everySecondMs, type DriverCases } from './driver-cases.ts';

export const dinamap: DriverCases = {
  mode: 'polled',
  port: {},
  limitsMs: everySecondMs,
  hasSpotThermometer: true,
  rhythmsS: [1],
  soonMs: [2000, 6000],
  stream: {
    units: [dinamapPressures(124, 78, 93), dinamapPressures(134, 84, 101), dinamapPressures(148, 92, 111), dinamapPressures(162, 98, 119)],
    frameBytes: 25,
  },
  passesSum: [0.05, 0.5, 3],
  bench: { createScanner: createDinamapScanner, sample: determinations },
};

/** Other pressures each time, so that every reply is a new determination: the dearest case. */
function determinations(): Uint8Array {
  const messages = Array.from({ length: 100 }, (_, index) => encodeMessage(` NA1000035${120 + (index % 50)}078095`));
  return Uint8Array.from(messages.flatMap((message) => [...message]));
}
