import {
  numericsOnce,
  numericsRequest,
  numericsStop,
  wantedWaves,
  wavesRequest,
  wavesStop,
} from '../../../electron/service/drivers/datex-dri/commands.ts';
import { createDatexDecoder } from '../../../electron/service/drivers/datex-dri/decode.ts';
import { createDatexScanner } from '../../../electron/service/drivers/datex-dri/frame.ts';
import { datexMinute } from '../../bench/datex-minute.ts';
import { join } from '../decoded-stream.ts';
import { datexUnit, displayed, recordFrame, wave, waveFrame } from '../datex-bytes.ts';
import type { DriverCases } from './driver-cases.ts';

/** The level is whatever the monitor states, and stands in each of its words. */
function nameOf(bytes: Uint8Array): string {
  const level = bytes[4] ?? -1;
  const names: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ['values', join(numericsOnce(level), numericsRequest(level))],
    ['waves', wavesRequest(level, wantedWaves)],
    ['stop', join(numericsStop(level), wavesStop(level))],
  ];
  const found = names.find(([, known]) => known.toString() === bytes.toString());
  return found === undefined ? `unknown ${bytes.toString()}` : `${found[0]} ${level}`;
}

export const datexDri: DriverCases = {
  mode: 'associated',
  port: { baudRate: 19_200, parity: 'even', rtscts: true },
  limitsMs: [12_000, 20_000],
  rhythmsS: [5, 10],
  soonMs: [6000, 14_000],
  stream: { units: [datexUnit(150, 91, 0), datexUnit(142, 96, 5), datexUnit(126, 88, 10), datexUnit(72, 99, 15)], frameBytes: 320 },
  frameMaxBytes: 3205,
  asked: {
    nameOf,
    opening: ['values 11', 'waves 10'],
    upkeep: [],
    upkeepGapMs: null,
    unanswered: [11, 10, 9, 8, 7].map((level, index) => [100 * index, `values ${level}`] as const),
    words: ['values', 'waves'],
    lastWord: { toOneThatAnswers: 'stop 10', toOneThatNeverDid: 'stop 11' },
    turn: { metric: 'heart-rate', firstMs: 500, gapMs: 5100 },
    backMs: 13_000,
    takenOverMs: 6000,
    hears: [
      waveFrame([wave(8, [1, 2, 3])], 1),
      recordFrame({ level: 200, subrecords: [displayed([])] }),
      recordFrame({ subrecords: [] }),
      numericsRequest(9),
      numericsOnce(9),
      wavesRequest(9, [8]),
    ],
  },
  withoutCheck: () => createDatexDecoder({ holds: () => true, checksPlausibility: false }),
  bench: { createScanner: createDatexScanner, sample: datexMinute },
};
