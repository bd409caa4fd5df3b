import type { Driver } from '../driver.ts';
import { createNoninDf8Decoder } from './decode.ts';
import { createNoninDf8Simulator } from './simulator.ts';

const oncePerSecond = { kind: 'stream', lateMs: 2500, lostMs: 5000 } as const;

export const noninDf8: Driver = {
  id: 'nonin-df8',
  vendor: 'Nonin',
  models: ['OEM III', 'Xpod', '9560', '3150'],
  description:
    'Nonin pulse oximeters, data format 8: four bytes a second without checksum, so a value counts when the next one follows it, a second ' +
    'later. Data format 2 or 7 is the better choice where the module offers them. Uncertain: bit 6 of the first byte (sensor disconnected), ' +
    'which never rejects a number. Not validated on hardware.',
  mode: 'stream',
  portProfiles: [{ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }],
  // Four bytes a second and no check at all.
  proof: { check: 'none', frames: 6, framesToTrust: 3 },
  freshness: { spo2: oncePerSecond, 'pulse-rate': oncePerSecond },
  quietMs: 5000,
  createDecoder: createNoninDf8Decoder,
  createSimulator: createNoninDf8Simulator,
};
