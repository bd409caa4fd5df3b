import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeCommand } from '../../../electron/cli/decode.ts';
import { createCapnostreamDecoder } from '../../../electron/service/drivers/capnostream/decode.ts';
import type { Reading } from '../../../shared/clinical/reading.ts';
import {
  capnostreamId,
  capnostreamMessage,
  capnostreamNumerics,
  capnostreamSample,
  numericsPayload,
  type CapnostreamNumerics,
} from '../capnostream-bytes.ts';
import { brief, decodeWhole, join, type Decoded } from '../decoded-stream.ts';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/monitors/${name}`, import.meta.url));
const decode = (...pieces: Uint8Array[]): Decoded => decodeWhole(createCapnostreamDecoder(), join(...pieces));
const readingsOf = (content: CapnostreamNumerics, ...before: Uint8Array[]): readonly Reading[] =>
  decode(...before, capnostreamNumerics(content)).readings.slice(-5);
const briefOf = (content: CapnostreamNumerics, ...before: Uint8Array[]): string[] => readingsOf(content, ...before).map(brief);

describe('the example files', () => {
  test('CAPNO-1 five messages with their values, invalid ones absent with their reason', () => {
    const told = decode(fixture('capno_example.bin'));
    expect(told).toMatchObject({ frames: 5, discarded: [] });
    expect(told.readings.map(brief)).toEqual([
      'etco2 38',
      'fico2 1',
      'resp-rate 14',
      'spo2 97',
      'pulse-rate 72',
      'etco2 133',
      'fico2 0',
      'resp-rate 128',
      'spo2 97',
      'pulse-rate 72',
      'etco2 no-breath',
      'fico2 no-breath',
      'resp-rate no-breath',
      'spo2 no-sensor',
      'pulse-rate no-sensor',
      'x:capnostream:no-breath-time 20',
    ]);
    expect(told.readings[0]?.deviceTime).toBe('2023-11-14T22:13:20');
    expect(told.readings[5]?.deviceTime).toBe('2023-11-14T22:13:21');
    expect(told.waves).toEqual([
      { metric: 'co2', unit: 'mm[Hg]', periodMs: 50, samples: [37.5], firstSample: 5 },
      { metric: 'co2', unit: 'mm[Hg]', periodMs: 50, samples: [0.5], firstSample: 133, flags: ['filterline-off'] },
    ]);
  });

  test('CAPNO-2 of the cut and the damaged file only the damaged message is lost', () => {
    const cut = decode(fixture('capno_truncated_then_good.bin'));
    expect([cut.frames, cut.discarded]).toEqual([3, [{ bytes: 12, reason: 'truncated' }]]);
    expect(cut.readings.map(brief).filter((text) => text.startsWith('etco2'))).toEqual(['etco2 38', 'etco2 133']);
    const bad = decode(fixture('capno_badchecksum_then_good.bin'));
    expect([bad.frames, bad.discarded]).toEqual([2, [{ bytes: 31, reason: 'checksum' }]]);
    expect(bad.readings.length).toBe(5);
  });

  test('CAPNO-1 vigil decode prints readings, waves and a summary', async () => {
    const lines: string[] = [];
    const io = {
      stdin: { async *[Symbol.asyncIterator]() {} },
      stdout: (line: string) => void lines.push(line),
      stderr: () => undefined,
    };
    const file = new URL('../../fixtures/monitors/capno_example.bin', import.meta.url).pathname;
    expect(await decodeCommand.run(['--protocol', 'capnostream', '--waves', file], io)).toBe(0);
    expect(lines[0]).toBe(
      '{"kind":"reading","metric":"etco2","value":38,"unit":"mm[Hg]","quality":"good","deviceTime":"2023-11-14T22:13:20"}',
    );
    expect(lines).toContain('{"kind":"wave","metric":"co2","periodMs":50,"unit":"mm[Hg]","samples":[0.5],"flags":["filterline-off"]}');
    expect(lines.at(-1)).toBe(
      '{"kind":"summary","protocol":"capnostream","bytes":115,"frames":5,"readings":16,"discarded":0,"discardedBytes":0}',
    );
  });
});

describe('values', () => {
  test('CAPNO-4 FF is no number in any of the five places, and the others stand', () => {
    const keys = ['etco2', 'fico2', 'respRate', 'spo2', 'pulseRate'] as const;
    const usual = ['etco2 38', 'fico2 1', 'resp-rate 14', 'spo2 97', 'pulse-rate 72'];
    for (const [index, key] of keys.entries()) {
      const told = briefOf({ [key]: 0xff });
      expect(told).toEqual(usual.with(index, `${usual[index]?.split(' ')[0]} invalid`));
    }
  });

  test.each([
    ['no breath', { co2Alarms: 0x01 }, 0x00, 'no-breath'],
    ['an occlusion', {}, 0x04, 'occlusion'],
    ['the FilterLine off', {}, 0x40, 'no-sensor'],
    ['purging', {}, 0x20, 'unavailable'],
    ['starting up', {}, 0x02, 'unavailable'],
    ['self-maintenance', {}, 0x10, 'unavailable'],
    ['a malfunction', {}, 0x80, 'invalid'],
    ['the pump off', { extended: 0x04 }, 0x00, 'unavailable'],
  ] as const)('CAPNO-5 without a number the line’s condition is the reason: %s', (_what, content, status, reason) => {
    const told = briefOf({ ...content, etco2: 0xff, fico2: 0xff, respRate: 0xff }, capnostreamSample(1, 0, status));
    expect(told).toEqual([`etco2 ${reason}`, `fico2 ${reason}`, `resp-rate ${reason}`, 'spo2 97', 'pulse-rate 72']);
  });

  test('CAPNO-5 digits held while the line is blocked or off, or the probe is off or searching, are no measurement', () => {
    expect(briefOf({}, capnostreamSample(1, 0, 0x04))[0]).toBe('etco2 occlusion');
    expect(briefOf({}, capnostreamSample(1, 0, 0x40))[2]).toBe('resp-rate no-sensor');
    expect(briefOf({ spo2Alarms: 0x40 }).slice(3)).toEqual(['spo2 no-sensor', 'pulse-rate no-sensor']);
    expect(briefOf({ spo2Alarms: 0x20 }).slice(3)).toEqual(['spo2 sensor-off', 'pulse-rate sensor-off']);
    expect(briefOf({ spo2Alarms: 0x01 }).slice(3)).toEqual(['spo2 searching', 'pulse-rate searching']);
    // A condition that no sample has confirmed since the last numerics is not carried on.
    expect(briefOf({}, capnostreamSample(1, 0, 0x04), capnostreamNumerics())[0]).toBe('etco2 38');
    // An apnea that the monitor counts is a rate of 0, not a missing one.
    expect(briefOf({ co2Alarms: 0x01, respRate: 0, etco2: 0, noBreath: 30 }, capnostreamSample(1, 0))).toEqual(
      expect.arrayContaining(['resp-rate 0', 'x:capnostream:no-breath-time 30']),
    );
  });

  test('CAPNO-6 alarms and conditions become flags of the values they concern', () => {
    const flags = (content: CapnostreamNumerics): (readonly string[] | undefined)[] => readingsOf(content).map((reading) => reading.flags);
    expect(flags({ co2Alarms: 0x02, spo2Alarms: 0x0c })).toEqual([['high-limit'], undefined, undefined, ['low-limit'], ['high-limit']]);
    expect(flags({ co2Alarms: 0x30, spo2Alarms: 0x10 })).toEqual([undefined, ['high-limit'], ['low-limit'], undefined, ['low-limit']]);
    expect(flags({ slow: 0x02, extended: 0x80 })).toEqual([
      ...Array(3).fill(['low-battery', 'alarm-silenced']),
      ...Array(2).fill(['low-battery', 'alarm-silenced']),
    ]);
    const worst = readingsOf({ slow: 0xff, co2Alarms: 0xff, extended: 0xff }, capnostreamSample(1, 0, 0xfe));
    expect(worst.every(({ flags: all }) => (all?.length ?? 0) > 0 && (all?.length ?? 0) <= 16)).toBe(true);
    expect(readingsOf({ extended: 0x01 })[0]).toMatchObject({ quality: 'questionable', flags: ['check-calibration'] });
    expect(readingsOf({ extended: 0x01 })[3]).toMatchObject({ quality: 'good' });
  });

  test('CAPNO-7 kPa is a pressure in mmHg; vol% is kept as the monitor states it, under its own code', () => {
    expect(readingsOf({ units: 2, etco2: 51, fico2: 2 }).slice(0, 2)).toMatchObject([
      { metric: 'etco2', value: 38.3, unit: 'mm[Hg]' },
      { metric: 'fico2', value: 1.5, unit: 'mm[Hg]' },
    ]);
    expect(readingsOf({ units: 3, etco2: 50, fico2: 1 }).slice(0, 2)).toMatchObject([
      { metric: 'x:capnostream:etco2', value: 5, unit: '%' },
      { metric: 'x:capnostream:fico2', value: 0.1, unit: '%' },
    ]);
    expect(briefOf({ units: 3, etco2: 0xff, fico2: 0xff }).slice(0, 2)).toEqual(['etco2 invalid', 'fico2 invalid']);
    expect(decode(capnostreamNumerics({ units: 0 }), capnostreamNumerics({ units: 4 })).discarded).toEqual([
      { bytes: 62, reason: 'malformed' },
    ]);
  });

  test('CAPNO-8 a message whose values are the last ones moved by one place gives no numbers, and says so', () => {
    const payload = numericsPayload({ seconds: 1_700_000_001 });
    const tail = payload.slice(9);
    for (const moved of [
      [...payload.slice(0, 4), 0, 38, 1, 14, 97, ...tail],
      [...payload.slice(0, 4), 0, 38, 1, 14, 97, 72, ...tail.slice(0, -1)],
    ]) {
      const told = decode(capnostreamNumerics(), capnostreamMessage(1, moved), capnostreamNumerics());
      expect(told.discarded).toEqual([]);
      expect(told.readings.slice(5, 10)).toEqual(
        ['etco2', 'fico2', 'resp-rate', 'spo2', 'pulse-rate'].map((metric) => ({
          metric,
          absent: 'invalid',
          flags: ['shifted-message'],
          deviceTime: '2023-11-14T22:13:21',
        })),
      );
      expect(told.readings.slice(10).map(brief)).toEqual(told.readings.slice(0, 5).map(brief));
    }
  });

  test('CAPNO-8 a saturation that is only the last respiration rate is kept as questionable, until it changes', () => {
    const told = decode(capnostreamNumerics(), capnostreamNumerics({ spo2: 14, pulseRate: 70 }), capnostreamNumerics({ spo2: 96 }));
    expect(told.readings[8]).toMatchObject({ metric: 'spo2', value: 14, quality: 'questionable', flags: ['doubtful-message'] });
    expect(told.readings[13]).toMatchObject({ metric: 'spo2', value: 96, quality: 'good' });
    // Values that come or go with the sensors are not taken for moved ones.
    const gone = { etco2: 0xff, fico2: 0xff, respRate: 0xff, spo2: 0xff, pulseRate: 0xff };
    const started = decode(capnostreamNumerics(gone), capnostreamNumerics({ ...gone, etco2: 30 }), capnostreamNumerics(gone));
    expect(started.readings.flatMap(({ flags }) => flags ?? [])).toEqual([]);
  });

  test('CAPNO-9 the device time is what stands on the monitor, and is left out where it was never set', () => {
    expect(readingsOf({ seconds: 4_102_444_799 })[0]?.deviceTime).toBe('2099-12-31T23:59:59');
    expect(readingsOf({ seconds: 0 })[0]?.deviceTime).toBeUndefined();
    expect(readingsOf({ seconds: 0xffff_ffff })[0]?.deviceTime).toBeUndefined();
  });

  test('CAPNO-13 another host’s commands on a listened line are no values', () => {
    const commands = [1, 2, 3, 4, 5, 6, 9].map((code) => capnostreamMessage(code));
    const told = decode(capnostreamNumerics(), ...commands, capnostreamNumerics());
    expect(told).toMatchObject({ frames: 9, discarded: [] });
    expect(told.readings.length).toBe(10);
  });
});

describe('the curve', () => {
  const run = (from: number, count: number, status = 0): Uint8Array[] =>
    Array.from({ length: count }, (_, index) => capnostreamSample(from + index, 256 * (index + 1), status));

  test('CAPNO-10 samples come in pieces of a quarter of a second, with their place on the monitor’s count across its roll-over', () => {
    const { waves } = decode(capnostreamNumerics(), ...run(250, 12));
    expect(waves.map(({ firstSample, samples }) => [firstSample, samples])).toEqual([
      [250, [1, 2, 3, 4, 5]],
      [255, [6, 7, 8, 9, 10]],
      [260, [11, 12]],
    ]);
  });

  test('CAPNO-10 a lost sample is a gap of its length, a repeated one is told once, and numerics between change nothing', () => {
    const [a, b, , d, e] = run(10, 5) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const { waves } = decode(capnostreamNumerics(), a, b, b, capnostreamNumerics(), d, e);
    expect(waves.map(({ firstSample, samples }) => [firstSample, samples])).toEqual([
      [10, [1, 2]],
      [13, [4, 5]],
    ]);
  });

  test('CAPNO-10 a monitor that introduces itself again counts from anew', () => {
    const { waves } = decode(capnostreamNumerics(), ...run(100, 5), capnostreamId(), capnostreamNumerics(), ...run(1, 5));
    expect(waves.map(({ firstSample }) => firstSample)).toEqual([100, 1]);
  });

  test('CAPNO-11 an invalid sample is null, and a piece is told with the line’s condition', () => {
    const { waves } = decode(capnostreamNumerics(), ...run(1, 2), ...run(3, 1, 0x01), ...run(4, 1, 0x08), ...run(5, 2, 0x05));
    expect(waves.map(({ samples, flags }) => [samples, flags])).toEqual([
      [[1, 2, null, 1], undefined],
      [[null, null], ['occlusion']],
    ]);
  });

  test('CAPNO-11 the unit is the one of the numerics: unknown before them, mmHg for kPa, percent for vol%', () => {
    const wave = (...before: Uint8Array[]) => decode(...before, capnostreamSample(1, 51 * 256)).waves[0];
    expect(wave()).toMatchObject({ unit: '1', samples: [51], flags: ['unit-unknown'] });
    expect(wave(capnostreamNumerics({ units: 2 }))).toMatchObject({ unit: 'mm[Hg]', samples: [38.2532] });
    expect(wave(capnostreamNumerics({ units: 3 }))).toMatchObject({ unit: '%', samples: [5.1] });
  });
});
