import { describe, expect, test } from 'vitest';
import { createDatexDecoder, type DatexChecks } from '../../../electron/service/drivers/datex-dri/decode.ts';
import { brief, decodeWhole, join, seededBelow } from '../decoded-stream.ts';
import { displayed, group, noData, recordFrame, startTime, valuesFrame } from '../datex-bytes.ts';

/** Each byte is, with the given chance in 1,000, dropped, doubled, or replaced. */
function withNoise(bytes: Uint8Array, perMille: number, seed: number): Uint8Array {
  const below = seededBelow(seed);
  const noisy: number[] = [];
  for (const byte of bytes) {
    if (below(1000) >= perMille) {
      noisy.push(byte);
      continue;
    }
    const fate = below(4);
    if (fate < 2) noisy.push(below(256));
    else if (fate === 2) noisy.push(byte, byte);
  }
  return Uint8Array.from(noisy);
}

const rates = [142, 126, 72, 125];
const saturations = [96, 99, 88];

function record(index: number): Uint8Array {
  const [rate, spo2] = [rates[index % 4] ?? 72, saturations[index % 3] ?? 96];
  return valuesFrame(
    [
      { at: group.ecg, values: [rate, 30, noData, noData, 14] },
      { at: group.t1, values: [3680] },
      { at: group.spo2, values: [spo2 * 100, rate, 123, noData] },
      { at: group.co2, values: [500, 5, 14, 7600] },
    ],
    { time: startTime + 5 * index, number: index },
  );
}

const records = Array.from({ length: 12 }, (_, index) => record(index));
const truth = new Set(decodeWhole(createDatexDecoder(), join(...records)).readings.map(brief));
const streamOf = (megabytes: number): Uint8Array => {
  const once = join(...records);
  const times = Math.ceil((megabytes * 1_000_000) / once.length);
  const stream = new Uint8Array(times * once.length);
  for (let at = 0; at < stream.length; at += once.length) stream.set(once, at);
  return stream;
};
const megabytes = process.env['VIGIL_SOAK'] === undefined ? 1 : 10;

function play(perMille: number, seed: number, checks: DatexChecks = {}) {
  const decoded = decodeWhole(createDatexDecoder(checks), withNoise(streamOf(megabytes), perMille, seed));
  expect(decoded.accountedBytes).toBe(decoded.pushedBytes);
  const measured = decoded.readings.filter((reading) => 'value' in reading).map(brief);
  return { measured: measured.length, wrong: measured.filter((text) => !truth.has(text)) };
}

describe('noise on the line', () => {
  test.each([1, 10])('DATEX-10 %i of 1,000 bytes damaged: no wrong number', (perMille) => {
    for (const seed of [11, 12]) {
      const { measured, wrong } = play(perMille, seed);
      expect(wrong).toEqual([]);
      expect(measured).toBeGreaterThan(((megabytes * 1_000_000) / 321) * 11 * { 1: 0.4, 10: 0 }[perMille as 1 | 10]);
    }
  });

  test('DATEX-10 negative controls: without the sum, and without a look at the record, the same noise does become wrong numbers', () => {
    expect(play(10, 11, { holds: () => true, hasWitness: false }).wrong.length).toBeGreaterThan(2);
    expect(play(10, 11, { hasWitness: false }).wrong.length).toBeGreaterThan(0);
  });

  test('DATEX-10 bits that Vigil does not know are believed where the clean line had them, and new ones once it is clean again', () => {
    const frame = (rate: number, status = 0x4000_0003): Uint8Array =>
      recordFrame({ subrecords: [displayed([{ at: group.spo2, status, values: [9700, rate, noData, noData] }])] });
    const rates = (...frames: Uint8Array[]): number[] =>
      decodeWhole(createDatexDecoder(), join(...frames))
        .readings.filter(({ metric }) => metric === 'pulse-rate')
        .map((reading) => ('value' in reading ? reading.value : Number.NaN));
    const cut = record(0).subarray(0, 100);
    expect(rates(frame(70))).toEqual([70]);
    expect(rates(frame(70), cut, frame(71))).toEqual([70, 71]);
    // The middle of a frame is where Vigil comes in.
    expect(rates(cut.subarray(20), frame(70), cut, frame(71))).toEqual([70, 71]);
    const many = Array.from({ length: 40 }, (_, index) => frame(71 + index));
    expect(rates(frame(70, 3), cut, frame(71, 3), ...many)).toEqual([70, 71, 102, 103, 104, 105, 106, 107, 108, 109, 110]);
  });
});
