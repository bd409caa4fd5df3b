import type { Driver } from '../driver.ts';
import { createDinamapDecoder } from './decode.ts';
import { createDinamapPoller } from './poller.ts';
import { createDinamapSimulator } from './simulator.ts';

const polledOncePerSecond = { kind: 'stream', lateMs: 2500, lostMs: 5000 } as const;
const cuff = { kind: 'event' } as const;

export const dinamap: Driver = {
  id: 'dinamap',
  vendor: 'GE',
  models: ['DINAMAP PRO', 'ProCare', 'Carescape V100', 'Dash 2500 host port'],
  description:
    'GE DINAMAP spot monitors over the host port: asked for pressure, saturation, pulse and temperature, never for a cuff. Not validated on hardware.',
  mode: 'polled',
  portProfiles: [{ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }],
  proof: { check: 'sum', frames: 2, framesToTrust: 1 },
  freshness: {
    'nibp-sys': cuff,
    'nibp-dia': cuff,
    'nibp-mean': cuff,
    spo2: polledOncePerSecond,
    'pulse-rate': polledOncePerSecond,
    // Of a probe that is put away again, and not every one has it.
    temp: { kind: 'event', ifHeard: true },
  },
  quietMs: 5000,
  createDecoder: () => createDinamapDecoder(),
  createPoller: createDinamapPoller,
  createSimulator: createDinamapSimulator,
};
