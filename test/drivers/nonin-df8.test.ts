import { describe, expect, test } from 'vitest';
import { createNoninDf8Decoder } from '../../electron/service/drivers/nonin-df8/decode.ts';
import { brief, decodeChunks, decodeWhole, join, oneByteChunks, seededBelow, type Decoded } from './decoded-stream.ts';
import { noninGroup, noninGroups } from './oximeter-bytes.ts';

const decode = (...pieces: readonly Uint8Array[]): Decoded => decodeWhole(createNoninDf8Decoder(), join(...pieces));
const briefs = (...pieces: readonly Uint8Array[]): string[] => decode(...pieces).readings.map(brief);
const numbersOf = (decoded: Decoded): string[] => decoded.readings.filter((reading) => 'value' in reading).map(brief);

describe('Nonin data format 8', () => {
  test('NONIN-9 two groups that follow each other give two values each; one alone gives none', () => {
    expect(briefs(noninGroup(142, 96), noninGroup(142, 96))).toEqual(['pulse-rate 142', 'spo2 96', 'pulse-rate 142', 'spo2 96']);
    const alone = decode(noninGroup(142, 96));
    expect({ readings: alone.readings, discarded: alone.discarded }).toEqual({ readings: [], discarded: [{ bytes: 4, reason: 'noise' }] });
  });

  test('NONIN-9 a group counts when the next one begins behind it', () => {
    const decoder = createNoninDf8Decoder();
    const stream = noninGroups(72, 97, 4);
    const heard: number[] = [];
    const sink = {
      frame: () => void heard.push(4),
      reading: () => undefined,
      wave: () => undefined,
      discarded: () => undefined,
    };
    const framesAfter = [...stream].map((byte) => {
      decoder.push(Uint8Array.of(byte), sink);
      return heard.length;
    });
    expect(framesAfter.slice(0, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(framesAfter.at(-1)).toBe(3);
    decoder.end(sink);
    expect(heard.length).toBe(4);
  });

  test('NONIN-10 a pulse rate has 9 bits (2 + 7), for every value', () => {
    for (let heartRate = 1; heartRate <= 400; heartRate++) {
      expect(briefs(noninGroups(heartRate, 97, 2)).slice(0, 2)).toEqual([`pulse-rate ${heartRate}`, 'spo2 97']);
    }
    expect(briefs(noninGroups(511, 97))[0]).toBe('pulse-rate unavailable');
    expect(briefs(noninGroups(72, 127)).slice(0, 2)).toEqual(['pulse-rate 72', 'spo2 unavailable']);
    // All other bits of the first byte set: none of them is part of the rate.
    expect(briefs(noninGroup(142, 96, 0xfc), noninGroup(142, 96, 0xfc))[0]).toBe('pulse-rate 142');
  });

  test.each([
    [0x80, 0x08, 'sensor-off'],
    [0xc0, 0x00, 'no-sensor'],
    [0xa0, 0x00, 'searching'],
    [0x84, 0x00, 'motion'],
    [0x90, 0x00, 'low-perfusion'],
    [0x88, 0x00, 'unavailable'],
    [0x80, 0x20, 'unavailable'],
  ])('NONIN-11 status %i and %i explain a missing value: %s', (first, last, reason) => {
    const group = noninGroup(511, 127, first, last);
    expect(briefs(group, group).slice(0, 2)).toEqual([`pulse-rate ${reason}`, `spo2 ${reason}`]);
  });

  test.each([
    [0xa0, 0x20, 'questionable', ['out-of-track']],
    [0xc0, 0x20, 'questionable', ['sensor-disconnect']],
    [0x84, 0x20, 'good', ['motion']],
    [0x90, 0x20, 'good', ['low-perfusion']],
    [0x88, 0x20, 'good', ['medium-perfusion']],
    [0x80, 0x01, 'good', ['low-battery']],
    [0x80, 0x20, 'good', undefined],
  ])('NONIN-11 status %i and %i beside a value: %s, flags %j', (first, last, quality, flags) => {
    const group = noninGroup(72, 97, first, last);
    const [reading] = decode(group, group).readings;
    expect(reading).toMatchObject({ value: 72, quality });
    expect(reading?.flags).toEqual(flags);
  });

  test('NONIN-11 values that stand beside the sensor alarm are held ones and do not count, from the first such group on', () => {
    const held = noninGroup(88, 96, 0x80, 0x08);
    expect(briefs(noninGroups(88, 96), held, held).slice(6)).toEqual([
      'pulse-rate sensor-off',
      'spo2 sensor-off',
      'pulse-rate sensor-off',
      'spo2 sensor-off',
    ]);
  });

  test('NONIN-11 one second without a value needs no second group to be believed', () => {
    const { readings } = decode(noninGroups(72, 97), noninGroup(511, 127), noninGroups(73, 97));
    expect(readings.slice(6, 8)).toEqual([
      { metric: 'pulse-rate', absent: 'unavailable' },
      { metric: 'spo2', absent: 'unavailable' },
    ]);
  });

  test('NONIN-12 a byte added or lost inside a group makes no other number', () => {
    const before = noninGroups(90, 97);
    const after = noninGroups(92, 96, 4);
    const damaged = noninGroup(91, 98);
    for (let at = 1; at < 4; at++) {
      for (const bytes of [
        join(damaged.subarray(0, at), damaged.subarray(at + 1)),
        ...[0, 1, 90, 98, 0x7f].map((extra) => join(damaged.subarray(0, at), Uint8Array.of(extra), damaged.subarray(at))),
      ]) {
        const values = new Set(numbersOf(decode(before, bytes, after)));
        // A NUL behind its last value leaves a group whole.
        for (const value of ['pulse-rate 91', 'spo2 98']) values.delete(value);
        expect([...values], `${[...bytes].join(' ')}`).toEqual(['pulse-rate 90', 'spo2 97', 'pulse-rate 92', 'spo2 96']);
      }
    }
  });

  test('NONIN-12 a number that no patient reaches within a second is unconfirmed unless the next group agrees', () => {
    const qualities = (...pieces: readonly Uint8Array[]): string[] =>
      decode(...pieces).readings.flatMap((reading) =>
        'value' in reading && reading.metric === 'pulse-rate' ? [`${reading.value} ${reading.quality} ${reading.flags?.join() ?? ''}`] : [],
      );
    expect(qualities(noninGroups(72, 97, 2), noninGroup(136, 97), noninGroups(72, 97, 2))).toEqual([
      '72 good ',
      '72 good ',
      '136 questionable unconfirmed',
      '72 good ',
      '72 good ',
    ]);
    expect(qualities(noninGroups(72, 97, 2), noninGroups(136, 97, 2)).slice(2)).toEqual(['136 good ', '136 good ']);
    expect(qualities(noninGroups(511, 127, 2), noninGroups(72, 97, 2))).toEqual(['72 good ', '72 good ']);
    expect(qualities(noninGroups(72, 97, 2), noninGroup(136, 97)).at(-1)).toBe('136 questionable unconfirmed');
  });

  test('NONIN-12 in noise no value is found, over a hundred streams of 10 KB', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const below = seededBelow(seed);
      const { readings, accountedBytes } = decode(Uint8Array.from({ length: 10_000 }, () => below(256)));
      expect(readings, `seed ${seed}`).toEqual([]);
      expect(accountedBytes).toBe(10_000);
    }
  });

  test('NONIN-12 with 1 % of the bytes damaged every byte is accounted for and a wrong number is near the right one or unconfirmed', () => {
    const clean = noninGroups(142, 97, 20_000);
    const below = seededBelow(8);
    const noisy = [...clean].flatMap((byte) => (below(100) > 0 ? [byte] : ([[], [byte, byte], [byte ^ (1 << below(8))]][below(3)] ?? [])));
    const decoded = decode(Uint8Array.from(noisy));
    expect(decoded.accountedBytes).toBe(noisy.length);
    let right = 0;
    for (const reading of decoded.readings) {
      if (!('value' in reading) || reading.quality !== 'good') continue;
      const truth = reading.metric === 'spo2' ? 97 : 142;
      expect(Math.abs(reading.value - truth), brief(reading)).toBeLessThanOrEqual(reading.metric === 'spo2' ? 8 : 30);
      if (reading.value === truth) right += 1;
    }
    expect(right).toBeGreaterThan(40_000 * 0.9);
    expect(decodeChunks(createNoninDf8Decoder(), oneByteChunks(Uint8Array.from(noisy.slice(0, 4000)))).calls).toEqual(
      decode(Uint8Array.from(noisy.slice(0, 4000))).calls,
    );
  });
});
