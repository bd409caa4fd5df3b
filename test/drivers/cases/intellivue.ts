import * as commands from '../../../electron/service/drivers/intellivue/commands.ts';
import { createIntellivueDecoder } from '../../../electron/service/drivers/intellivue/decode.ts';
import { createIntellivueScanner } from '../../../electron/service/drivers/intellivue/frame.ts';
import { intellivueMinute } from '../../bench/intellivue-minute.ts';
import { createEventFrame, intellivueFrame, intellivueUnit, toHex } from '../intellivue-bytes.ts';
import type { DriverCases } from './driver-cases.ts';

const names: ReadonlyMap<string, string> = new Map([
  [toHex(commands.associationRequest()), 'associate'],
  [toHex(commands.releaseRequest()), 'release'],
  [toHex(commands.numericsPoll()), 'numerics'],
  [toHex(commands.wavesPoll()), 'waves'],
  [toHex(commands.keepAlivePoll()), 'alive'],
]);

/** A confirmation differs by what it confirms. */
function nameOf(bytes: Uint8Array): string {
  const hex = toHex(bytes);
  return names.get(hex) ?? (hex.startsWith('c01101001ce1000002000200140001') ? 'confirm' : `unknown ${hex}`);
}

export const intellivue: DriverCases = {
  mode: 'associated',
  port: { baudRate: 115_200 },
  limitsMs: [3000, 8000],
  rhythmsS: [1, 2, 5, 12],
  soonMs: [2500, 5500],
  stream: {
    units: [
      intellivueUnit(150, 91, 8192),
      intellivueUnit(142, 96, 16_384),
      intellivueUnit(128, 88, 24_576),
      intellivueUnit(72, 99, 32_768),
    ],
    frameBytes: 100,
  },
  frameMaxBytes: 4096,
  asked: {
    nameOf,
    opening: ['associate', 'confirm', 'numerics', 'waves'],
    upkeep: ['alive', 'numerics', 'waves'],
    upkeepGapMs: 3100,
    unanswered: [
      [0, 'associate'],
      [2100, 'release'],
      [3200, 'associate'],
      [5300, 'release'],
    ],
    words: ['alive', 'associate', 'confirm', 'numerics', 'release', 'waves'],
    lastWord: { toOneThatAnswers: 'release', toOneThatNeverDid: 'release' },
    turn: { metric: 'heart-rate', firstMs: 2000, gapMs: 1100 },
    backMs: 5000,
    takenOverMs: 6000,
    hears: [
      ...['0e0100', '0c0100', '0a0100', '1900', '090100', '0d0100', 'e10000020003000600020001', 'e1000002000300060002000100'].map(
        intellivueFrame,
      ),
      createEventFrame(8000, '2026112310000000', 0x2000),
      commands.associationRequest(),
      commands.wavesPoll(),
    ],
  },
  withoutCheck: () => createIntellivueDecoder(() => true),
  bench: { createScanner: createIntellivueScanner, sample: intellivueMinute },
};
