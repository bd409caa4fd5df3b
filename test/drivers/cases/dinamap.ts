import { createDinamapDecoder } from '../../../electron/service/drivers/dinamap/decode.ts';
import { createDinamapScanner, encodeMessage } from '../../../electron/service/drivers/dinamap/frame.ts';
import { ascii } from '../decoded-stream.ts';
import { dinamapPressures } from '../monitor-bytes.ts';
import { everySecondMs, type DriverCases } from './driver-cases.ts';

export const dinamap: DriverCases = {
  mode: 'polled',
  port: {},
  limitsMs: everySecondMs,
  hasSpotThermometer: true,
  rhythmsS: [1],
  soonMs: [2000, 6000],
  stream: {
    units: [dinamapPressures(124, 78, 93), dinamapPressures(134, 84, 101), dinamapPressures(148, 92, 111), dinamapPressures(162, 98, 119)],
    frameBytes: 25,
  },
  // Its sum does not see the order of characters.
  wrongMax: { bitsTurned: 0.1, bytesMoved: 0.1 },
  withoutCheck: () => createDinamapDecoder(() => true),
  bench: { createScanner: createDinamapScanner, sample: determinations },
  asked: {
    nameOf: (bytes) => requests.get(String.fromCharCode(...bytes)) ?? `unknown ${bytes.toString()}`,
    opening: ['pressures', 'saturation', 'pulse', 'temperature'],
    upkeep: ['pressures', 'pulse', 'saturation', 'temperature'],
    upkeepGapMs: 1000,
    unanswered: [
      [0, 'pressures'],
      [1000, 'pressures'],
      [2000, 'pressures'],
      [3000, 'pressures'],
      [4000, 'saturation'],
      [5000, 'saturation'],
      [6000, 'saturation'],
      [7000, 'saturation'],
      [8000, 'pulse'],
    ],
    words: ['pressures', 'pulse', 'saturation', 'temperature'],
    lastWord: { toOneThatAnswers: null, toOneThatNeverDid: null },
    turn: { metric: 'spo2', firstMs: 500, gapMs: 1300 },
    backMs: 6000,
    takenOverMs: 500,
    hears: [encodeMessage(' OA1097'), encodeMessage(' RA1072'), ascii(' NA!2\r')],
  },
};

/** Each with its sum. */
const requests: ReadonlyMap<string, string> = new Map([
  [' NA!2\r', 'pressures'],
  [' OA!3\r', 'saturation'],
  [' RA!6\r', 'pulse'],
  [' TC!:\r', 'temperature'],
]);

/** Other pressures each time, so that every reply is a new determination: the dearest case. */
function determinations(): Uint8Array {
  const messages = Array.from({ length: 100 }, (_, index) => encodeMessage(` NA1000035${120 + (index % 50)}078095`));
  return Uint8Array.from(messages.flatMap((message) => [...message]));
}
