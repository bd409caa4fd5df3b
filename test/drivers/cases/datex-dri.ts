import { createDatexScanner } from '../../../electron/service/drivers/datex-dri/frame.ts';
import { datexMinute } from '../../bench/datex-minute.ts';
import { datexUnit } from '../datex-bytes.ts';
import type { DriverCases } from './driver-cases.ts';

export const datexDri: DriverCases = {
  mode: 'associated',
  port: { baudRate: 19_200, parity: 'even', rtscts: true },
  limitsMs: [12_000, 20_000],
  rhythmsS: [5, 10],
  soonMs: [6000, 14_000],
  stream: { units: [datexUnit(150, 91, 0), datexUnit(142, 96, 5), datexUnit(126, 88, 10), datexUnit(72, 99, 15)], frameBytes: 320 },
  frameMaxBytes: 3205,
  bench: { createScanner: createDatexScanner, sample: datexMinute },
};
