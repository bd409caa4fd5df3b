import { describe, expect, test } from 'vitest';
import { createDinamapDecoder } from '../../../electron/service/drivers/dinamap/decode.ts';
import { encodeMessage } from '../../../electron/service/drivers/dinamap/frame.ts';
import type { Decoder } from '../../../electron/service/drivers/driver.ts';
import { createNoninDecoder } from '../../../electron/service/drivers/nonin/decode.ts';
import { brief, decodeWhole, join, seededBelow } from '../decoded-stream.ts';
import { dinamapPressures, noninPacket } from '../monitor-bytes.ts';

/** Each byte is, with the given chance in 1,000, dropped, doubled, or has one bit turned. */
function withNoise(bytes: Uint8Array, perMille: number, seed: number): Uint8Array {
  const below = seededBelow(seed);
  const noisy: number[] = [];
  for (const byte of bytes) {
    if (below(1000) >= perMille) noisy.push(byte);
    else if (below(3) === 0) noisy.push(byte ^ (1 << below(8)));
    else if (below(2) === 0) noisy.push(byte, byte);
  }
  return Uint8Array.from(noisy);
}

interface Outcome {
  readonly readings: number;
  readonly wrong: readonly string[];
}

function play(decoder: Decoder, clean: Uint8Array, truth: ReadonlySet<string>, perMille: number, seed: number): Outcome {
  const { readings, accountedBytes, pushedBytes } = decodeWhole(decoder, withNoise(clean, perMille, seed));
  expect(accountedBytes).toBe(pushedBytes);
  const briefs = readings.filter((reading) => 'value' in reading).map(brief);
  return { readings: briefs.length, wrong: briefs.filter((text) => !truth.has(text)) };
}

const packets = process.env['VIGIL_SOAK'] === undefined ? 900 : 20_000;
const heartRates = [142, 128, 72, 255];
const noninTruth = new Set([...heartRates.map((rate) => `pulse-rate ${rate}`), 'spo2 96', 'spo2 99', 'spo2 88']);

function noninStream(format: 2 | 7): Uint8Array {
  const content = (timer: number) => ({ heartRate: heartRates[timer % 4] ?? 72, spo2: [96, 99, 88][timer % 3] ?? 96, timer });
  return join(...Array.from({ length: packets }, (_, timer) => noninPacket(format, content(timer))));
}

const dinamapTruth = new Set(['nibp-sys 128', 'nibp-dia 78', 'nibp-mean 95', 'spo2 97', 'pulse-rate 72']);
const dinamapStream = join(
  ...Array.from({ length: 1500 }, (_, second) =>
    join(dinamapPressures(128, 78, 95, second), encodeMessage(' OA1097'), encodeMessage(' RA1072')),
  ),
);

describe('noise on the line', () => {
  test.each([
    [2, 1],
    [2, 10],
    [2, 50],
    [7, 1],
    [7, 10],
    [7, 50],
  ] as const)('DRIVER-5 Nonin format %i, %i of 1,000 bytes damaged: no wrong number, and most packets still speak', (format, perMille) => {
    const clean = noninStream(format);
    const { readings, wrong } = play(createNoninDecoder(format), clean, noninTruth, perMille, 11);
    expect(wrong).toEqual([]);
    expect(readings).toBeGreaterThan(packets * 2 * { 1: 0.9, 10: 0.3, 50: 0.001 }[perMille]);
  });

  test.each([1, 10])('DRIVER-5 DINAMAP, %i of 1,000 bytes damaged: no wrong number', (perMille) => {
    const { readings, wrong } = play(createDinamapDecoder(), dinamapStream, dinamapTruth, perMille, 12);
    expect(wrong).toEqual([]);
    expect(readings).toBeGreaterThan(3000 * 0.7);
  });

  test('DRIVER-5 negative control: without the checksum the same noise does become wrong numbers', () => {
    const isFrame7 = (bytes: Uint8Array, at: number): boolean => (bytes[at] ?? 0) >= 0x80;
    expect(play(createNoninDecoder(7, isFrame7), noninStream(7), noninTruth, 10, 11).wrong.length).toBeGreaterThan(2);
    expect(
      play(
        createDinamapDecoder(() => true),
        dinamapStream,
        dinamapTruth,
        10,
        12,
      ).wrong.length,
    ).toBeGreaterThan(2);
  });
});
