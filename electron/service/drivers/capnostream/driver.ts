import type { PortSettings } from '../../platform/byte-ports.ts';
import type { Driver } from '../driver.ts';
import { CapnostreamConversation } from './conversation.ts';
import { createCapnostreamDecoder } from './decode.ts';
import { createCapnostreamSimulator } from './simulator.ts';

const value = { kind: 'stream', lateMs: 3000, lostMs: 6000 } as const;

function at(baudRate: number): PortSettings {
  return { baudRate, dataBits: 8, parity: 'none', stopBits: 1 };
}

export const capnostream: Driver = {
  id: 'capnostream',
  vendor: 'Medtronic',
  models: ['Capnostream 20', 'Capnostream 20p', 'Capnostream 35'],
  description:
    'Oridion/Medtronic Capnostream: carbon dioxide with its curve, respiration and oximetry each second, asked for and never changed. ' +
    'Uncertain: the line speed the monitor is set to, limits in kPa, vol% as a pressure (kept as %), and what several bytes of a message ' +
    'mean, the IPI among them. Not validated on hardware.',
  mode: 'associated',
  portProfiles: [at(115_200), at(57_600), at(19_200), at(9600)],
  // An exclusive or of one byte: one frame in 256 is chance.
  proof: { check: 'sum', frames: 5, framesToTrust: 1 },
  freshness: { etco2: value, fico2: value, 'resp-rate': value, spo2: value, 'pulse-rate': value },
  quietMs: 3000,
  createDecoder: () => createCapnostreamDecoder(),
  createPoller: () => new CapnostreamConversation(),
  createSimulator: createCapnostreamSimulator,
};
