import { createNoninDf8Scanner } from '../../../electron/service/drivers/nonin-df8/frame.ts';
import { noninGroups } from '../oximeter-bytes.ts';
import { everySecondMs, type DriverCases } from './driver-cases.ts';

export const noninDf8: DriverCases = {
  mode: 'stream',
  port: {},
  limitsMs: everySecondMs,
  rhythmsS: [1],
  // Three groups in a row prove it.
  soonMs: [5000, 9000],
  // Three seconds each, because one group says nothing by itself.
  stream: {
    units: [noninGroups(150, 91), noninGroups(142, 96), noninGroups(128, 88), noninGroups(72, 99)],
    frameBytes: 200,
    readingsBefore: 2,
  },
  wrongMax: { bitsTurned: 2, bytesMoved: 0 },
  bench: {
    createScanner: createNoninDf8Scanner,
    // Another rate each second: the dearest case.
    sample: () => Uint8Array.from(Array.from({ length: 60 }, (_, second) => [0x80, 60 + (second % 30), 97, 0x20]).flat()),
  },
};
