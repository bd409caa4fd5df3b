import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  numericsRequest,
  numericsStop,
  wantedWaves,
  wavesRequest,
  wavesStop,
} from '../../../electron/service/drivers/datex-dri/commands.ts';
import { createDatexDecoder } from '../../../electron/service/drivers/datex-dri/decode.ts';
import { encodeFrame } from '../../../electron/service/drivers/datex-dri/frame.ts';
import { brief, decodeChunks, decodeWhole, join, oneByteChunks, type Decoded } from '../decoded-stream.ts';
import { datexFrame, datexUnit, recordBytes, wave, waveFrame, word, workedFrames } from '../datex-bytes.ts';
import { hexBytes, toHex } from '../intellivue-bytes.ts';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/monitors/${name}`, import.meta.url));
const expected = JSON.parse(new TextDecoder().decode(fixture('expected.json'))) as Record<string, Record<string, unknown>>;
const decode = (...pieces: Uint8Array[]): Decoded => decodeWhole(createDatexDecoder(), join(...pieces));
const valueOf = ({ readings }: Decoded, metric: string): number | string | undefined => {
  const reading = readings.find((candidate) => candidate.metric === metric);
  return reading === undefined ? undefined : 'value' in reading ? reading.value : reading.absent;
};

describe('worked frames', () => {
  test('DATEX-1 requests for values and waves, and the stop, are the worked ones', () => {
    expect(toHex(numericsRequest(9))).toBe(workedFrames.request);
    expect(toHex(numericsStop(9))).toBe(workedFrames.stop);
    expect(toHex(wavesRequest(9, [8, 9]))).toBe(workedFrames.waves);
  });

  test('DATEX-1 dri_example.bin says what expected.json says', () => {
    const decoded = decode(fixture('dri_example.bin'));
    const want = expected['dri_example.bin'] ?? {};
    expect({
      hr: valueOf(decoded, 'heart-rate'),
      nibpSys: valueOf(decoded, 'nibp-sys'),
      nibpDia: valueOf(decoded, 'nibp-dia'),
      nibpMean: valueOf(decoded, 'nibp-mean'),
      spo2: valueOf(decoded, 'spo2'),
      etco2Percent: valueOf(decoded, 'x:datex-dri:co2.et'),
      etco2mmHg: valueOf(decoded, 'etco2'),
      fico2Percent: valueOf(decoded, 'x:datex-dri:co2.fi'),
      rr: valueOf(decoded, 'resp-rate'),
      t1: valueOf(decoded, 'temp'),
      ambientPressureMmHg: valueOf(decoded, 'x:datex-dri:co2.amb-press'),
    }).toEqual({ ...want, deviceTimeS: undefined, ibp: undefined });
    expect(decoded.readings.some(({ metric }) => metric.startsWith('x:datex-dri:p'))).toBe(false);
    expect(new Set(decoded.readings.map(({ deviceTime }) => deviceTime))).toEqual(new Set(['2023-11-14T22:13:20']));
    expect(decoded.readings.every((reading) => 'value' in reading && reading.quality === 'good')).toBe(true);
    expect({ frames: decoded.frames, discarded: decoded.discarded }).toEqual({ frames: 1, discarded: [] });
  });

  test('DATEX-1 dri_escape.bin carries 7E and 7D as values', () => {
    const decoded = decode(fixture('dri_escape.bin'));
    const want = expected['dri_escape.bin'] ?? {};
    expect([valueOf(decoded, 'heart-rate'), valueOf(decoded, 'pulse-rate')]).toEqual([want['hr'], want['pulseRate']]);
  });

  test('DATEX-1, DATEX-2 dri_example2.bin: the second record has no number, the third has waves', () => {
    const decoded = decode(fixture('dri_example2.bin'));
    expect(decoded.frames).toBe(expected['dri_example2.bin']?.['frames']);
    const second = decoded.readings.filter(({ deviceTime }) => deviceTime === '2023-11-14T22:13:25');
    expect(second.length).toBeGreaterThan(10);
    expect(second.filter((reading) => 'value' in reading)).toEqual([]);
    const lengths = decoded.waves.map(({ metric, samples, periodMs }) => [metric, samples.length, periodMs]);
    expect(lengths).toEqual([
      ['pleth', 100, 10],
      ['co2', 25, 40],
    ]);
  });

  test('DATEX-1 every split of every worked frame, and single bytes, give the same calls', () => {
    const frames = ['dri_example.bin', 'dri_escape.bin', 'dri_example2.bin'].map(fixture);
    for (const bytes of [...frames, ...Object.values(workedFrames).map(hexBytes)]) {
      const whole = decode(bytes).calls;
      for (let at = 1; at < bytes.length; at++) {
        const split = decodeChunks(createDatexDecoder(), [bytes.subarray(0, at), bytes.subarray(at)]);
        expect(split.calls, `split at ${at}`).toEqual(whole);
      }
      expect(decodeChunks(createDatexDecoder(), oneByteChunks(bytes)).calls).toEqual(whole);
    }
  });
});

describe('requests', () => {
  test('DATEX-11 more than 600 samples a second, more than eight waves or one of an unknown rate are refused', () => {
    expect(() => wavesRequest(9, [1, 2, 8])).toThrow(RangeError);
    expect(() => wavesRequest(9, [9, 9, 9, 9, 9, 9, 9, 9, 9])).toThrow(RangeError);
    expect(() => wavesRequest(9, [77])).toThrow(RangeError);
    expect(() => wavesRequest(11, wantedWaves)).not.toThrow();
    // All eight places taken: no end of the list.
    expect(wavesRequest(9, [9, 9, 9, 9, 9, 9, 9, 9]).subarray(45, 53)).toEqual(new Uint8Array(8).fill(9));
  });

  test('DATEX-11 an interval is five seconds or the stop, at any level', () => {
    for (let level = 0; level < 256; level++) {
      const [frame, stop] = [numericsRequest(level), wavesStop(level)];
      expect(decode(frame, stop)).toMatchObject({ frames: 2, readings: [], waves: [], discarded: [] });
    }
  });
});

describe('framing', () => {
  const unit = datexUnit(72, 96, 0);
  const other = datexUnit(126, 88, 5);
  const rates = (decoded: Decoded): string[] => decoded.readings.map(brief).filter((text) => text.startsWith('heart-rate'));

  test('DATEX-10 a frame cut short costs only itself, whatever follows at once', () => {
    // Without its last flag alone the frame is whole.
    for (let at = 0; at < unit.length - 1; at++) {
      const decoded = decode(unit.subarray(0, at), other);
      expect(rates(decoded), `cut at ${at}`).toEqual(['heart-rate 126']);
      expect(decoded.discarded.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(at);
    }
  });

  test('DATEX-10 either flag may be missing, or the two between frames be one', () => {
    expect(rates(decode(unit.subarray(0, -1), other))).toEqual(['heart-rate 72', 'heart-rate 126']);
    expect(rates(decode(unit, other.subarray(1)))).toEqual(['heart-rate 72', 'heart-rate 126']);
    expect(rates(decode(Uint8Array.of(0x7e, 0x7e, 0x7e), unit, Uint8Array.of(0x7e), other))).toEqual(['heart-rate 72', 'heart-rate 126']);
    const halves = decode(unit.subarray(0, 200), other.subarray(100), unit, other);
    expect(rates(halves)).toEqual(['heart-rate 72', 'heart-rate 126']);
  });

  test('DATEX-10 length and descriptors must fit into the record', () => {
    const record = recordBytes({ subrecords: [] });
    const withWord = (at: number, value: number): Uint8Array => {
      const changed = [...record];
      changed.splice(at, 2, ...word(value));
      return datexFrame(changed);
    };
    for (const frame of [withWord(0, record.length - 1), withWord(0, record.length + 1), withWord(0, 0), withWord(0, -1)]) {
      expect(decode(frame)).toMatchObject({ frames: 0, accountedBytes: frame.length });
    }
    const cut = recordBytes({ subrecords: [{ type: 1, bytes: Array<number>(277).fill(0) }] });
    expect(decode(datexFrame(cut)).discarded).toEqual([{ bytes: datexFrame(cut).length, reason: 'malformed' }]);
    const samples = recordBytes({ mainType: 1, subrecords: [{ type: 8, bytes: [4, 0, 0, 0, 0, 0, 1, 0] }] });
    expect(decode(datexFrame(samples)).discarded.map(({ reason }) => reason)).toEqual(['malformed']);
    const negative = recordBytes({ mainType: 1, subrecords: [{ type: 8, bytes: [255, 255, 0, 0, 0, 0, 1, 0] }] });
    expect(decode(datexFrame(negative)).discarded.map(({ reason }) => reason)).toEqual(['malformed']);
    const before = [...recordBytes({ subrecords: [{ type: 1, bytes: Array<number>(278).fill(0) }] })];
    before.splice(16, 2, ...word(-40));
    expect(decode(datexFrame(before)).discarded.map(({ reason }) => reason)).toEqual(['malformed']);
  });

  test('DATEX-10 what is written is read back, with every byte of every value', () => {
    const record = Uint8Array.from(
      recordBytes({
        mainType: 1,
        subrecords: [
          wave(
            8,
            Array.from({ length: 256 }, (_, byte) => byte * 0x101),
          ),
        ],
      }),
    );
    expect(encodeFrame(record)).toEqual(datexFrame([...record]));
    expect(decode(encodeFrame(record)).waves[0]?.samples.length).toBe(256);
  });

  test('DATEX-10 a record of another kind is a frame without readings', () => {
    for (const mainType of [4, 5, 8]) {
      const frame = datexFrame(recordBytes({ mainType, subrecords: [{ type: 1, bytes: [1, 2, 3] }] }));
      expect(decode(frame)).toMatchObject({ frames: 1, readings: [], discarded: [] });
    }
    expect(decode(waveFrame([wave(77, [1, 2, 3])], 0))).toMatchObject({ frames: 1, waves: [], discarded: [] });
  });
});
