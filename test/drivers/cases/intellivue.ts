import { createIntellivueScanner } from '../../../electron/service/drivers/intellivue/frame.ts';
import { intellivueMinute } from '../../bench/intellivue-minute.ts';
import { intellivueUnit } from '../intellivue-bytes.ts';
import type { DriverCases } from './driver-cases.ts';

export const intellivue: DriverCases = {
  mode: 'associated',
  port: { baudRate: 115_200 },
  limitsMs: [3000, 8000],
  rhythmsS: [1, 2, 5, 12],
  soonMs: [2500, 5500],
  stream: {
    units: [
      intellivueUnit(150, 91, 8192),
      intellivueUnit(142, 96, 16_384),
      intellivueUnit(128, 88, 24_576),
      intellivueUnit(72, 99, 32_768),
    ],
    frameBytes: 100,
  },
  frameMaxBytes: 4096,
  bench: { createScanner: createIntellivueScanner, sample: intellivueMinute },
};
