import type { Driver } from '../driver.ts';
import { createNoninDecoder } from './decode.ts';
import type { NoninFormat } from './frame.ts';
import { createNoninSimulator } from './simulator.ts';

const stream = { kind: 'stream', lateMs: 2500, lostMs: 5000 } as const;

function noninDriver(format: NoninFormat): Driver {
  return {
    id: format === 2 ? 'nonin-df2' : 'nonin-df7',
    vendor: 'Nonin',
    models: ['OEM III', 'Xpod', '9560', '3150', '8000 series modules'],
    description: `Nonin pulse oximeters, data format ${format}: 75 frames a second with pleth. Not validated on hardware.`,
    mode: 'stream',
    portProfiles: [{ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }],
    // Ten good sums of five bytes in a row: chance 2^-80, before any other bit is looked at.
    proof: { check: 'sum', frames: 10, framesToTrust: 1 },
    freshness: { spo2: stream, 'pulse-rate': stream },
    quietMs: 2500,
    createDecoder: () => createNoninDecoder(format),
    createSimulator: (scenario, deliveredMg) => createNoninSimulator(format, scenario, deliveredMg),
  };
}

export const noninDf2 = noninDriver(2);
export const noninDf7 = noninDriver(7);
