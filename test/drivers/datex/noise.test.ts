import { expect, test } from 'vitest';
import { createDatexDecoder } from '../../../electron/service/drivers/datex-dri/decode.ts';
import { decodeWhole, join } from '../decoded-stream.ts';
import { displayed, group, noData, recordFrame, startTime, valuesFrame } from '../datex-bytes.ts';
import { playNoise } from '../noisy-line.ts';

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

test('DATEX-10 full records on a noisy line give no wrong number, and do without a look at what a record holds', () => {
  const streamBytes = process.env['VIGIL_SOAK'] === undefined ? 1_000_000 : 10_000_000;
  const line = { units: Array.from({ length: 12 }, (_, index) => record(index)), streamBytes, seed: 11 };
  for (const perMille of [1, 10]) expect(playNoise(createDatexDecoder, { ...line, perMille }).wrong).toBe(0);
  expect(playNoise(() => createDatexDecoder({ checksPlausibility: false }), { ...line, perMille: 10 }).wrong).toBeGreaterThan(0);
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
