import { formFaultOf } from '../../../electron/service/drivers/hl7-oru/message-form.ts';
import { createMllpScanner } from '../../../electron/service/drivers/hl7-oru/mllp.ts';
import { hl7Minute } from '../../bench/hl7-minute.ts';
import { hl7Message, hl7Values } from '../hl7-bytes.ts';
import type { DriverCases } from './driver-cases.ts';

const unit = (spo2: number, pulseRate: number): Uint8Array => hl7Message(hl7Values(spo2, pulseRate));

export const hl7Oru: DriverCases = {
  mode: 'stream',
  port: {},
  limitsMs: [12_000, 20_000],
  rhythmsS: [1, 10, 60],
  // Silent for half a minute, it is looked for at its other speeds, too.
  soonMs: [2000, 30_000],
  stream: { units: [unit(91, 150), unit(96, 142), unit(88, 128), unit(99, 72)], frameBytes: 200 },
  frameMaxBytes: 262_144,
  readsAroundDamage: true,
  wrongMax: { bitsTurned: 8, bytesMoved: 14 },
  bench: {
    createScanner: () => createMllpScanner({ isMessage: (bytes, from, to) => formFaultOf(bytes, from, to) === null }),
    sample: hl7Minute,
  },
};
