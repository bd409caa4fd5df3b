import type { Driver } from '../driver.ts';
import { createNellcorDecoder } from './decode.ts';
import { createNellcorSimulator } from './simulator.ts';

const lineEveryTwoSeconds = { kind: 'stream', lateMs: 5000, lostMs: 10_000 } as const;

export const nellcorN560: Driver = {
  id: 'nellcor-n560',
  vendor: 'Nellcor',
  models: ['N-560', 'N-595', 'N-600x', 'NPB-190', 'NPB-290', 'NPB-295', 'PM1000N', 'PM10N'],
  description:
    'Nellcor pulse oximeters, real-time printout of the data port: one line every two seconds. Nothing is sent to the monitor: should its ' +
    'output stop, switch it off and on. Uncertain: the dialect of N-600x and PM1000N, and the codes BU and ID; codes nobody has named are ' +
    'kept as they come. Not validated on hardware.',
  mode: 'stream',
  portProfiles: [
    { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    { baudRate: 19_200, dataBits: 8, parity: 'none', stopBits: 1 },
  ],
  proof: { check: 'text', frames: 2, framesToTrust: 1 },
  freshness: { spo2: lineEveryTwoSeconds, 'pulse-rate': lineEveryTwoSeconds },
  quietMs: 10_000,
  createDecoder: createNellcorDecoder,
  createSimulator: createNellcorSimulator,
};
