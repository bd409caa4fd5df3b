import { describe, expect, test } from 'vitest';
import type { Wave } from '../../../electron/service/drivers/driver.ts';
import { createIntellivueDecoder } from '../../../electron/service/drivers/intellivue/decode.ts';
import { decodeWhole, join } from '../decoded-stream.ts';
import { attributeHex, createEventFrame, listHex, resultFrame, waveContextHex, waveHex } from '../intellivue-bytes.ts';

const waves = (...frames: Uint8Array[]): readonly Wave[] => decodeWhole(createIntellivueDecoder(), join(...frames)).waves;

const block = 2048;
/** 256 ms of pleth at 8 ms: 32 samples, block number `index` of the monitor's run. */
function pleth(
  index: number,
  options: { readonly context?: boolean; readonly state?: number; readonly sequence?: number | null } = {},
): Uint8Array {
  const { context = index === 0, state = 0, sequence = index + 1 } = options;
  const samples = Array.from({ length: 32 }, (_, sample) => 1000 + index * 32 + sample);
  const attributes = [waveHex(0x4bb4, samples, state), ...(context ? waveContextHex(12, 64, 0x8000) : [])];
  return resultFrame({ objectClass: 9, relativeTime: index * block, sequence, objects: [{ handle: 20, attributes }] });
}

const places = (...frames: Uint8Array[]): (number | undefined)[] => waves(...frames).map((wave) => wave.firstSample);

describe('samples', () => {
  test('INTELLIVUE-7 nothing is told before the monitor said what the samples are', () => {
    expect(waves(pleth(1), pleth(2))).toEqual([]);
    const [first] = waves(pleth(0));
    expect(first).toEqual({
      metric: 'pleth',
      unit: '1',
      periodMs: 8,
      samples: Array.from({ length: 32 }, (_, sample) => 1000 + sample),
      firstSample: 0,
    });
    // A new association may number its objects otherwise.
    expect(waves(pleth(0), createEventFrame(0, 'f'.repeat(16)), pleth(1)).length).toBe(1);
  });

  test('INTELLIVUE-7 only significant bits count, and a sample that is marked is null', () => {
    const raw = [0x0fff, 0x1001, 0x4002, 0x8003, 0xffff];
    const frame = resultFrame({
      objectClass: 9,
      objects: [{ handle: 1, attributes: [...waveContextHex(12, 64, 0x8000), waveHex(0x4bb4, raw)] }],
    });
    expect(waves(frame)[0]?.samples).toEqual([4095, 1, 2, null, null]);
    const unmarked = resultFrame({
      objectClass: 9,
      objects: [{ handle: 1, attributes: [...waveContextHex(14, 64), waveHex(0x4bb4, raw)] }],
    });
    expect(waves(unmarked)[0]?.samples).toEqual([0x0fff, 0x1001, 2, 3, 0x3fff]);
  });

  test('INTELLIVUE-7 a scale gives absolute values in its unit, one without values none', () => {
    const withScale = (scale: string): Wave | undefined => {
      const attributes = [
        ...waveContextHex(14, 32),
        attributeHex(0x096f, scale),
        attributeHex(0x0996, '10b2'),
        waveHex(0x0102, [0, 8192, 16_382]),
      ];
      return waves(resultFrame({ objectClass: 9, objects: [{ handle: 1, attributes }] }))[0];
    };
    // −40.96 mV at 0 to 40.95 mV at 16382.
    expect(withScale('fefff000fe000fff00003ffe')).toMatchObject({ metric: 'ecg-ii', unit: 'mV', periodMs: 4, samples: [-40.96, 0, 40.95] });
    for (const nothing of ['007fffff007fffff00003ffe', 'fefff000fe000fff00050005', 'fefff000fefff00000003ffe']) {
      expect(withScale(nothing)).toMatchObject({ unit: '1', samples: [0, 8192, 16_382] });
    }
  });

  test('INTELLIVUE-7 a state that is not valid makes every sample null, a doubtful one is a flag', () => {
    const [, invalid, doubtful, demo] = waves(
      pleth(0),
      pleth(1, { state: 0x8000 }),
      pleth(2, { state: 0x4000 }),
      pleth(3, { state: 0x0400 }),
    );
    expect(new Set(invalid?.samples)).toEqual(new Set([null]));
    expect(invalid?.samples.length).toBe(32);
    expect([doubtful?.flags, doubtful?.samples[0]]).toEqual([['questionable'], 1064]);
    expect(demo?.flags).toEqual(['demo-data']);
  });

  test('INTELLIVUE-7 compound waves of one object are told one by one, unknown ones by their code, odd specifications not at all', () => {
    const value = (code: string, samples: string): string => `${code}0000${(samples.length / 2).toString(16).padStart(4, '0')}${samples}`;
    const compound = attributeHex(0x0967, listHex([value('0102', '00010002'), value('013e', '00030004'), value('7777', '0005')]));
    const frame = (context: string[]): Uint8Array =>
      resultFrame({ objectClass: 9, objects: [{ handle: 1, attributes: [...context, compound] }] });
    expect(waves(frame(waveContextHex(14, 32))).map(({ metric, samples }) => [metric, samples])).toEqual([
      ['ecg-ii', [1, 2]],
      ['ecg-avr', [3, 4]],
      ['x:intellivue:7777', [5]],
    ]);
    for (const odd of [waveContextHex(0, 32), waveContextHex(17, 32), waveContextHex(14, 0)]) expect(waves(frame(odd))).toEqual([]);
  });
});

describe('the monitor’s count of samples', () => {
  test('INTELLIVUE-8 pieces that follow each other follow on the count, and one told twice is told once', () => {
    expect(places(pleth(0), pleth(1), pleth(2), pleth(2), pleth(3))).toEqual([0, 32, 64, 96]);
  });

  test('INTELLIVUE-8 a lost piece is a gap of exactly its length', () => {
    for (let lost = 1; lost <= 40; lost++)
      expect(places(pleth(0), pleth(1), pleth(2 + lost), pleth(3 + lost))).toEqual([0, 32, 64 + lost * 32, 96 + lost * 32]);
  });

  test('INTELLIVUE-8 a damaged frame in the middle is a gap, too', () => {
    const broken = pleth(2);
    broken[40] = (broken[40] ?? 0) ^ 0x01;
    expect(places(pleth(0), pleth(1), broken, pleth(3))).toEqual([0, 32, 96]);
  });

  test('INTELLIVUE-8 a poll that was renewed goes on where the last one ended, and a monitor that began anew begins anew', () => {
    expect(places(pleth(0), pleth(1), pleth(2, { sequence: 1 }), pleth(3, { sequence: 2 }))).toEqual([0, 32, 64, 96]);
    expect(places(pleth(100, { context: true }), pleth(3), pleth(4))).toEqual([3200, 96, 128]);
    expect(places(pleth(0, { sequence: null }), pleth(1, { sequence: null }), pleth(3, { sequence: null }))).toEqual([0, 32, 96]);
    // The counter of results has 16 bits.
    expect(
      places(pleth(0, { sequence: 0xfffe }), pleth(1, { sequence: 0xffff }), pleth(2, { sequence: 0 }), pleth(3, { sequence: 1 })),
    ).toEqual([0, 32, 64, 96]);
  });
});
