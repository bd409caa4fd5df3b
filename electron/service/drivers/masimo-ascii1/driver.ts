import type { Driver } from '../driver.ts';
import { createMasimoDecoder } from './decode.ts';

const streamOncePerSecond = { kind: 'stream', lateMs: 2500, lostMs: 5000 } as const;

export const masimoAscii1: Driver = {
  id: 'masimo-ascii1',
  vendor: 'Masimo',
  models: ['Rad-8', 'Rad-5', 'Radical-7', 'Rad-87', 'Rad-97'],
  description: 'Masimo pulse oximeters, serial output set to ASCII 1: one line per second. Not validated on hardware.',
  mode: 'stream',
  portProfiles: [
    { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    { baudRate: 19200, dataBits: 8, parity: 'none', stopBits: 1 },
  ],
  freshness: { spo2: streamOncePerSecond, 'pulse-rate': streamOncePerSecond, 'perfusion-index': streamOncePerSecond },
  quietMs: 5000,
  createDecoder: createMasimoDecoder,
};
