import type { Driver } from '../driver.ts';
import { createMasimoDecoder } from './decode.ts';
import { createMasimoSimulator } from './simulator.ts';

const streamOncePerSecond = { kind: 'stream', lateMs: 2500, lostMs: 5000 } as const;
/** Of the modules of a docking station; an oximeter by itself has none of them. */
const streamOfModule = { ...streamOncePerSecond, ifHeard: true } as const;
const determination = { kind: 'event', ifHeard: true } as const;

export const masimoAscii1: Driver = {
  id: 'masimo-ascii1',
  vendor: 'Masimo',
  models: ['Rad-8', 'Rad-5', 'Radical-7', 'Rad-87', 'Rad-97', 'Root'],
  description:
    'Masimo pulse oximeters, by themselves or docked in a Root, serial output set to ASCII 1: one line per second. Uncertain: what a Root ' +
    'prints beside its other modules, their exception bits and units. Not validated on hardware.',
  mode: 'stream',
  portProfiles: [
    { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    { baudRate: 19200, dataBits: 8, parity: 'none', stopBits: 1 },
  ],
  proof: { check: 'text', frames: 2, framesToTrust: 1 },
  freshness: {
    spo2: streamOncePerSecond,
    'pulse-rate': streamOncePerSecond,
    'perfusion-index': streamOncePerSecond,
    'resp-rate': streamOfModule,
    etco2: streamOfModule,
    fico2: streamOfModule,
    'nibp-sys': determination,
    'nibp-dia': determination,
    'nibp-mean': determination,
    temp: determination,
  },
  quietMs: 5000,
  createDecoder: createMasimoDecoder,
  createSimulator: createMasimoSimulator,
};
