import { describe, expect, test } from 'vitest';
import { createDatexDecoder } from '../../../electron/service/drivers/datex-dri/decode.ts';
import type { Wave } from '../../../electron/service/drivers/driver.ts';
import { decodeWhole, join } from '../decoded-stream.ts';
import { group, noData, startTime, valuesFrame, wave, waveFrame } from '../datex-bytes.ts';

const read = (...frames: Uint8Array[]): readonly Wave[] => decodeWhole(createDatexDecoder(), join(...frames)).waves;
const pleth = (time: number, { samples = 100, status = 0 } = {}): Uint8Array =>
  waveFrame([wave(8, Array<number>(samples).fill(time), status)], time);
/** Where each piece begins, from the beginning of the first. */
const places = (waves: readonly Wave[]): number[] => waves.map(({ firstSample }) => (firstSample ?? NaN) - (waves[0]?.firstSample ?? NaN));

describe('samples', () => {
  test('DATEX-9 come out in their units, null where they are no number', () => {
    const waves = read(waveFrame([wave(8, [100, -50, noData, -32_001]), wave(9, [500, 0]), wave(4, [12_000]), wave(1, [1000])], 0));
    expect(waves).toEqual([
      { metric: 'pleth', unit: '%', periodMs: 10, samples: [1, -0.5, null, null], firstSample: startTime * 100 },
      { metric: 'co2', unit: '%', periodMs: 40, samples: [5, 0], firstSample: startTime * 25 },
      { metric: 'x:datex-dri:p1', unit: 'mm[Hg]', periodMs: 10, samples: [120], firstSample: startTime * 100 },
      { metric: 'x:datex-dri:ecg-1', unit: 'mV', periodMs: 1000 / 300, samples: [1], firstSample: startTime * 300 },
    ]);
  });

  test('DATEX-9 an ECG channel has the name of its lead, once the values have named it', () => {
    const values = (label: number): Uint8Array => valuesFrame([{ at: group.ecg, label, values: [72, noData, noData, noData, noData] }]);
    const ecg = waveFrame([wave(1, [1]), wave(2, [1]), wave(3, [1])], 0);
    expect(read(values(0x072), ecg).map(({ metric }) => metric)).toEqual(['ecg-ii', 'ecg-v', 'x:datex-dri:ecg-3']);
  });

  test('DATEX-9 the status says why: a lead that is off gives no samples, a pacer leaves them standing', () => {
    expect(read(waveFrame([wave(1, [1, 2], 8)], 0))[0]).toMatchObject({ samples: [null, null], flags: ['lead-off'] });
    expect(read(waveFrame([wave(1, [1, 2], 4)], 0))[0]).toMatchObject({ samples: [0.001, 0.002], flags: ['pacer'] });
    expect(read(waveFrame([wave(1, [1])], 0))[0]).not.toHaveProperty('flags');
  });

  test('DATEX-9 a type without a known rate and a piece without samples give nothing', () => {
    expect(read(waveFrame([wave(77, [1, 2]), wave(8, [])], 0))).toEqual([]);
  });
});

describe('places', () => {
  test('DATEX-9 pieces follow each other by their samples, though the clock has whole seconds only', () => {
    const pieces = [0, 1, 3, 3, 4, 5, 7, 7].map((time) => pleth(time));
    expect(places(read(...pieces))).toEqual([0, 100, 200, 300, 400, 500, 600, 700]);
    const halves = Array.from({ length: 12 }, (_, index) => pleth(Math.floor(index / 2), { samples: 50 }));
    expect(places(read(...halves))).toEqual(Array.from({ length: 12 }, (_, index) => index * 50));
  });

  test('DATEX-9 lost pieces leave a gap of their length', () => {
    expect(places(read(pleth(0), pleth(1), pleth(5), pleth(6)))).toEqual([0, 100, 500, 600]);
    const broken = pleth(2);
    broken[60] = (broken[60] ?? 0) ^ 1;
    expect(places(read(pleth(0), pleth(1), broken, pleth(3), pleth(4)))).toEqual([0, 100, 300, 400]);
  });

  test('DATEX-9 a gap that the monitor states is one, also without a second missing', () => {
    const waves = read(pleth(0), pleth(1, { status: 1 }), pleth(2));
    expect(places(waves)).toEqual([0, 101, 201]);
    expect(waves[1]?.flags).toEqual(['gap']);
  });

  test('DATEX-9 a clock that goes back, or far ahead, begins a new count', () => {
    const waves = read(pleth(100), pleth(50), pleth(51), pleth(100_000));
    expect(places(waves)).toEqual([0, -5000, -4900, 9_990_000]);
  });

  test('DATEX-9 another monitor begins a new count', () => {
    const frames = [pleth(0), pleth(1)];
    const other = decodeWhole(createDatexDecoder(), join(...frames, valuesFrame([], { plugId: 9 }), pleth(60))).waves;
    expect(places(other)).toEqual([0, 100, 6000]);
  });
});
