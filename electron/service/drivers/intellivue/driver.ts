import type { Driver } from '../driver.ts';
import { IntellivueConversation } from './associate.ts';
import { createIntellivueDecoder } from './decode.ts';
import { createIntellivueSimulator } from './simulator.ts';

const value = { kind: 'stream', lateMs: 3000, lostMs: 8000 } as const;
const cuff = { kind: 'event' } as const;

export const intellivue: Driver = {
  id: 'intellivue',
  vendor: 'Philips',
  models: ['IntelliVue MP', 'IntelliVue MX', 'IntelliVue X2 with MIB/RS-232'],
  description:
    'Philips IntelliVue data export over MIB/RS-232, set to "Fix 115200" in its service menu: values each second and waves, asked for and ' +
    'never changed. Uncertain: how long an association lives without a word, and the codes of respiration, carbon dioxide and temperature; ' +
    'unknown codes are kept as they come. Not validated on hardware.',
  mode: 'associated',
  portProfiles: [{ baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 }],
  proof: { check: 'crc', frames: 2, framesToTrust: 1 },
  freshness: {
    'heart-rate': value,
    'pulse-rate': value,
    spo2: value,
    'perfusion-index': value,
    'nibp-sys': cuff,
    'nibp-dia': cuff,
    'nibp-mean': cuff,
    'resp-rate': value,
    etco2: value,
    fico2: value,
    temp: value,
  },
  quietMs: 5000,
  createDecoder: () => createIntellivueDecoder(),
  createPoller: () => new IntellivueConversation(),
  createSimulator: (scenario, deliveredMg) => createIntellivueSimulator(scenario, deliveredMg, { mode: scenario.monitorMode }),
};
