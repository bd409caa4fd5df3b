import { describe, expect, test } from 'vitest';
import { createDinamapDecoder } from '../../../electron/service/drivers/dinamap/decode.ts';
import { drivers, findDriver } from '../../../electron/service/drivers/driver-directory.ts';
import type { Decoder } from '../../../electron/service/drivers/driver.ts';
import { createNoninDecoder } from '../../../electron/service/drivers/nonin/decode.ts';
import { casesOf } from '../cases/case-directory.ts';
import type { UnitStream } from '../cases/driver-cases.ts';
import { brief, decodeWhole, join, seededBelow } from '../decoded-stream.ts';

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

/** The values that a decoder gave, in words. */
function valuesOf(decoder: Decoder, bytes: Uint8Array): string[] {
  const { readings, accountedBytes, pushedBytes } = decodeWhole(decoder, bytes);
  expect(accountedBytes).toBe(pushedBytes);
  return readings.filter((reading) => 'value' in reading).map(brief);
}

const streamBytes = process.env['VIGIL_SOAK'] === undefined ? 120_000 : 2_500_000;

function streamOf({ units }: UnitStream): Uint8Array {
  const once = join(...units);
  return join(...Array.from({ length: Math.ceil(streamBytes / once.length) }, () => once));
}

/** What was said on a damaged line, of how much on a clean one, and what of it nobody had said. */
function play(createDecoder: () => Decoder, stream: UnitStream, perMille: number) {
  const clean = streamOf(stream);
  const said = valuesOf(createDecoder(), clean);
  const truth = new Set(said);
  const heard = valuesOf(createDecoder(), withNoise(clean, perMille, 11));
  return { said: said.length, heard: heard.length, wrong: heard.filter((text) => !truth.has(text)) };
}

const checked = drivers.filter(({ proof }) => proof.check === 'crc' || proof.check === 'sum').map(({ id }) => id);

describe('noise on the line', () => {
  test.each(checked.flatMap((id) => ([1, 10, 50] as const).map((perMille) => [id, perMille] as const)))(
    'DRIVER-5 %s, %i of 1,000 bytes damaged: no wrong number but what a sum of one byte lets through, and what is whole still speaks',
    (id, perMille) => {
      const { stream, otherStreams = {}, passesSum = [0, 0, 0] } = casesOf(id);
      const wrongMax = { 1: passesSum[0], 10: passesSum[1], 50: passesSum[2] };
      for (const units of [stream, ...Object.values(otherStreams)]) {
        const { said, heard, wrong } = play(() => findDriver(id).createDecoder(), units, perMille);
        expect((1000 * wrong.length) / Math.max(1, heard)).toBeLessThanOrEqual(wrongMax[perMille]);
        expect(heard / said).toBeGreaterThan({ 1: 0.4, 10: 0, 50: -1 }[perMille]);
      }
    },
  );

  test('DRIVER-5 negative control: without the checksum the same noise does become wrong numbers', () => {
    const isFrame7 = (bytes: Uint8Array, at: number): boolean => (bytes[at] ?? 0) >= 0x80;
    expect(play(() => createNoninDecoder(7, isFrame7), casesOf('nonin-df7').stream, 10).wrong.length).toBeGreaterThan(2);
    expect(play(() => createDinamapDecoder(() => true), casesOf('dinamap').stream, 10).wrong.length).toBeGreaterThan(2);
  });
});
