import { readFileSync } from 'node:fs';
import { createNoninDecoder } from '../../../electron/service/drivers/nonin/decode.ts';
import { createNoninScanner } from '../../../electron/service/drivers/nonin/frame.ts';
import { noninPacket } from '../monitor-bytes.ts';
import { everySecondMs, type DriverCases } from './driver-cases.ts';

function casesOf(format: 2 | 7): DriverCases {
  const packet = (heartRate: number, spo2: number, timer: number): Uint8Array => noninPacket(format, { heartRate, spo2, timer });
  return {
    mode: 'stream',
    port: {},
    limitsMs: everySecondMs,
    rhythmsS: [1],
    soonMs: [2000, 6000],
    stream: { units: [packet(150, 91, 100), packet(142, 96, 101), packet(128, 88, 102), packet(72, 99, 103)], frameBytes: 5 },
    withoutCheck: () => createNoninDecoder(format, (bytes, at) => (bytes[at] ?? 0) >= (format === 2 ? 0x01 : 0x80)),
    bench: {
      createScanner: () => createNoninScanner(format),
      sample: () => readFileSync(new URL(`../../fixtures/monitors/nonin_df${format}_example.bin`, import.meta.url)),
    },
  };
}

export const noninDf2 = casesOf(2);
export const noninDf7 = casesOf(7);
