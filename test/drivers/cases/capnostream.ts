import { createCapnostreamScanner } from '../../../electron/service/drivers/capnostream/frame.ts';
import { capnostreamMinute } from '../../bench/capnostream-minute.ts';
import { capnostreamNumerics } from '../capnostream-bytes.ts';
import type { DriverCases } from './driver-cases.ts';

export const capnostream: DriverCases = {
  mode: 'associated',
  port: { baudRate: 115_200 },
  limitsMs: [3000, 6000],
  rhythmsS: [1],
  soonMs: [2500, 3500],
  stream: {
    units: [
      capnostreamNumerics({ seconds: 1_700_000_000, etco2: 40, respRate: 16, spo2: 91, pulseRate: 150 }),
      capnostreamNumerics({ seconds: 1_700_000_001, etco2: 0x85, respRate: 0x80, spo2: 96, pulseRate: 142 }),
      capnostreamNumerics({ seconds: 1_700_000_002, etco2: 35, respRate: 12, spo2: 88, pulseRate: 128 }),
      capnostreamNumerics({ seconds: 1_700_000_003, etco2: 38, respRate: 14, spo2: 99, pulseRate: 72 }),
    ],
    frameBytes: 31,
  },
  passesSum: [0.05, 0.5, 5],
  bench: { createScanner: createCapnostreamScanner, sample: capnostreamMinute },
};
