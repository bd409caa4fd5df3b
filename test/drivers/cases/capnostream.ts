import * as commands from '../../../electron/service/drivers/capnostream/commands.ts';
import { createCapnostreamDecoder } from '../../../electron/service/drivers/capnostream/decode.ts';
import { createCapnostreamScanner } from '../../../electron/service/drivers/capnostream/frame.ts';
import { capnostreamMinute } from '../../bench/capnostream-minute.ts';
import { capnostreamId, capnostreamMessage, capnostreamNumerics, capnostreamSample } from '../capnostream-bytes.ts';
import { join } from '../decoded-stream.ts';
import type { DriverCases } from './driver-cases.ts';

const names: ReadonlyMap<string, string> = new Map([
  [commands.enable().toString(), 'enable'],
  [commands.startRealTime().toString(), 'start'],
  [commands.linkActive().toString(), 'link'],
  [commands.disable().toString(), 'disable'],
  [join(commands.stopRealTime(), commands.disable()).toString(), 'stop, disable'],
]);

export const capnostream: DriverCases = {
  mode: 'associated',
  port: { baudRate: 115_200 },
  limitsMs: [3000, 6000],
  rhythmsS: [1],
  soonMs: [2500, 3500],
  stream: {
    units: [
      capnostreamNumerics({ seconds: 1_700_000_000, etco2: 40, respRate: 16, spo2: 91, pulseRate: 150 }),
      capnostreamNumerics({ seconds: 1_700_000_001, etco2: 0x85, respRate: 0x80, spo2: 96, pulseRate: 142 }),
      capnostreamNumerics({ seconds: 1_700_000_002, etco2: 35, respRate: 12, spo2: 88, pulseRate: 128 }),
      capnostreamNumerics({ seconds: 1_700_000_003, etco2: 38, respRate: 14, spo2: 99, pulseRate: 72 }),
    ],
    frameBytes: 31,
  },
  asked: {
    nameOf: (bytes) => names.get(bytes.toString()) ?? `unknown ${bytes.toString()}`,
    opening: ['enable', 'start'],
    upkeep: ['link'],
    upkeepGapMs: 5100,
    unanswered: [
      [0, 'enable'],
      [200, 'enable'],
      [400, 'enable'],
      [600, 'enable'],
    ],
    words: ['enable', 'link', 'start'],
    lastWord: { toOneThatAnswers: 'stop, disable', toOneThatNeverDid: 'disable' },
    turn: { metric: 'etco2', firstMs: 1500, gapMs: 1000 },
    backMs: 3000,
    takenOverMs: 1500,
    hears: [
      capnostreamId(),
      capnostreamSample(1, 9600),
      commands.enable(),
      commands.stopRealTime(),
      ...[9, 10, 21, 55, 57, 58, 60].map((code) => capnostreamMessage(code, [1, 2, 3])),
    ],
  },
  // An XOR does not see two turns of the same bit.
  wrongMax: { bitsTurned: 0.2, bytesMoved: 0 },
  withoutCheck: () => createCapnostreamDecoder(() => true),
  bench: { createScanner: createCapnostreamScanner, sample: capnostreamMinute },
};
