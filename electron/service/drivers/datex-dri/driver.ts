import type { Driver } from '../driver.ts';
import { DatexConversation } from './conversation.ts';
import { createDatexDecoder } from './decode.ts';
import { createDatexSimulator } from './simulator.ts';

const value = { kind: 'stream', lateMs: 12_000, lostMs: 20_000 } as const;
const cuff = { kind: 'event' } as const;

export const datexDri: Driver = {
  id: 'datex-dri',
  vendor: 'GE Datex-Ohmeda',
  models: ['S/5', 'B20', 'B40', 'B105', 'B125', 'CARESCAPE B450', 'CARESCAPE B650', 'CARESCAPE B850'],
  description:
    'GE Datex-Ohmeda S/5 record interface over RS-232: displayed values every five seconds, and waves. Carbon dioxide is stated in per ' +
    'cent and told in mmHg by the ambient pressure that goes with it. Uncertain: the shortest interval, the bits of status and label ' +
    'words, the scale of ECG samples, the values of the extension classes. The record has no mark of a demonstration that we know of. ' +
    'Not validated on hardware.',
  mode: 'associated',
  portProfiles: [
    { baudRate: 19_200, dataBits: 8, parity: 'even', stopBits: 1, rtscts: true },
    // What a CARESCAPE can be set to.
    { baudRate: 115_200, dataBits: 8, parity: 'even', stopBits: 1, rtscts: true },
  ],
  proof: { check: 'sum', frames: 2, framesToTrust: 1 },
  freshness: {
    'heart-rate': value,
    'pulse-rate': value,
    spo2: value,
    'nibp-sys': cuff,
    'nibp-dia': cuff,
    'nibp-mean': cuff,
    'resp-rate': value,
    etco2: value,
    fico2: value,
    temp: value,
  },
  quietMs: 15_000,
  createDecoder: () => createDatexDecoder(),
  createPoller: () => new DatexConversation(),
  createSimulator: createDatexSimulator,
};
