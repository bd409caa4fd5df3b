import type { Driver } from '../driver.ts';
import { createNoninAsciiDecoder } from './decode.ts';
import { createNoninAsciiSimulator } from './simulator.ts';

const oncePerSecond = { kind: 'stream', lateMs: 2500, lostMs: 5000 } as const;

export const noninAscii: Driver = {
  id: 'nonin-ascii',
  vendor: 'Nonin',
  models: ['7500', '8500', '2500', '9600 Avant', '4000 Avant', '9847', '8600'],
  description:
    'Nonin handhelds and tabletops with real-time printout: one line of text a second. The printout says that there is no value and not why. ' +
    'The ninth data bit some models send is always mark and reads as a stop bit. Uncertain: the wording of the header, and whether all ' +
    'models print numbers in three places. Not validated on hardware.',
  mode: 'stream',
  portProfiles: [
    { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 2 },
  ],
  proof: { check: 'text', frames: 2, framesToTrust: 1 },
  freshness: { spo2: oncePerSecond, 'pulse-rate': oncePerSecond },
  quietMs: 5000,
  createDecoder: createNoninAsciiDecoder,
  createSimulator: createNoninAsciiSimulator,
};
