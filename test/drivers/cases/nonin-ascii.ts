import { createNoninAsciiScanner } from '../../../electron/service/drivers/nonin-ascii/frame.ts';
import { noninText } from '../oximeter-bytes.ts';
import { everySecondMs, type DriverCases } from './driver-cases.ts';

export const noninAscii: DriverCases = {
  mode: 'stream',
  port: {},
  limitsMs: everySecondMs,
  rhythmsS: [1],
  soonMs: [2000, 6000],
  stream: { units: [noninText(1, 91, 150), noninText(2, 96, 142), noninText(3, 88, 128), noninText(4, 99, 72)], frameBytes: 200 },
  wrongMax: { bitsTurned: 4, bytesMoved: 0 },
  bench: { createScanner: createNoninAsciiScanner, sample: () => new TextEncoder().encode('10:00:29 SPO2=098 HR=072\r\n') },
};
