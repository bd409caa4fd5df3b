import { describe, expect, test } from 'vitest';
import { createIntellivueDecoder } from '../../../electron/service/drivers/intellivue/decode.ts';
import { floatOf } from '../../../electron/service/drivers/intellivue/measurement.ts';
import { isMeasured, readingSchema, type Reading } from '../../../shared/clinical/reading.ts';
import { brief, decodeWhole, join } from '../decoded-stream.ts';
import {
  attributeHex,
  createEventFrame,
  listHex,
  mmHg,
  numericHex,
  numericsFrame,
  percent,
  perMinute,
  resultFrame,
  type TestNumeric,
} from '../intellivue-bytes.ts';

const read = (...frames: Uint8Array[]): readonly Reading[] => decodeWhole(createIntellivueDecoder(), join(...frames)).readings;
const readOne = (numeric: TestNumeric): Reading | undefined => read(numericsFrame([numeric]))[0];

describe('states', () => {
  test.each([
    [0x0000, { value: 98, quality: 'good' }],
    [0x0080, { value: 98, quality: 'good' }],
    [0x0040, { value: 98, quality: 'good', flags: ['early'] }],
    [0x0002, { value: 98, quality: 'good', flags: ['in-alarm'] }],
    [0x0001, { value: 98, quality: 'good', flags: ['alarm-off'] }],
    [0x4000, { value: 98, quality: 'questionable' }],
    [0x0200, { value: 98, quality: 'questionable' }],
    [0x0100, { value: 98, quality: 'questionable' }],
    [0x8000, { absent: 'invalid' }],
    [0x2000, { absent: 'unavailable' }],
    [0xa000, { absent: 'unavailable' }],
    [0x1000, { absent: 'unavailable', flags: ['calibrating'] }],
    [0x8402, { absent: 'invalid', flags: ['demo-data', 'in-alarm'] }],
  ] as const)('INTELLIVUE-2 state %i', (state, rest) => {
    const expected = 'value' in rest ? { metric: 'spo2', unit: '%', ...rest } : { metric: 'spo2', ...rest };
    expect(readOne({ code: 0x4bb8, state, unit: percent, float: 98 })).toEqual(expected);
  });

  test('INTELLIVUE-2 no state with invalid, unavailable or calibrating set gives a number, and only a clear high byte gives a good one', () => {
    for (let state = 0; state <= 0xffff; state += 7) {
      const reading = readOne({ code: 0x4bb8, state, unit: percent, float: 98 });
      expect(readingSchema.safeParse(reading).success).toBe(true);
      expect(reading !== undefined && isMeasured(reading)).toBe((state & 0xb000) === 0);
      if (reading !== undefined && isMeasured(reading)) expect(reading.quality).toBe((state & 0xff00) === 0 ? 'good' : 'questionable');
    }
  });

  test.each([
    [0x0400, 'demo-data'],
    [0x0800, 'test-data'],
  ])('INTELLIVUE-5 state %i is told as %s and questionable', (state, flag) => {
    const reading = readOne({ code: 0x4182, state, float: 60 });
    expect(reading).toEqual({ metric: 'heart-rate', value: 60, unit: '/min', quality: 'questionable', flags: [flag] });
  });

  test('INTELLIVUE-5 a monitor that introduces itself as demonstrating marks everything, until it introduces itself otherwise', () => {
    const demo = createEventFrame(8000, 'f'.repeat(16), 0x2000);
    const value = numericsFrame([{ code: 0x4182, float: 60 }]);
    const qualities = read(demo, value, createEventFrame(8000, 'f'.repeat(16)), value).map((reading) => [
      isMeasured(reading) && reading.quality,
      reading.flags,
    ]);
    expect(qualities).toEqual([
      ['questionable', ['demo-data']],
      ['good', undefined],
    ]);
  });
});

describe('numbers', () => {
  test('INTELLIVUE-3 numbers come out as stated', () => {
    expect(floatOf(0xff00_000c | 0)).toBe(1.2);
    expect(floatOf(0x0000_003c)).toBe(60);
    expect(floatOf(0xfe00_0e60 | 0)).toBe(36.8);
    expect(floatOf(0xff00_0000 | 0x00ff_fffd | 0)).toBe(-0.3);
    expect(floatOf(0x0200_0003)).toBe(300);
    for (let exponent = -128; exponent <= 127; exponent++) expect(Number.isFinite(floatOf((exponent << 24) | 0x7ff_fff))).toBe(true);
  });

  test.each([
    [0x007f_ffff, 'unavailable'],
    [0xff7f_ffff, 'unavailable'],
    [0x007f_fffe, 'out-of-range'],
    [0x0080_0002, 'out-of-range'],
    [0x0080_0000, 'invalid'],
    [0x0080_0001, 'invalid'],
  ])('INTELLIVUE-3 %i is no number: %s', (float, absent) => {
    expect(readOne({ code: 0x4bb8, unit: percent, float })).toEqual({ metric: 'spo2', absent });
    expect(readOne({ code: 0x4261, float })).toEqual({ metric: 'x:intellivue:4261', absent });
  });

  test('INTELLIVUE-3 a number that cannot be is out of range', () => {
    expect(readOne({ code: 0x4bb8, unit: percent, float: 101 })).toEqual({ metric: 'spo2', absent: 'out-of-range' });
    expect(readOne({ code: 0x4182, float: 401 })).toEqual({ metric: 'heart-rate', absent: 'out-of-range' });
  });
});

describe('codes and units', () => {
  test('INTELLIVUE-4 known codes are our metrics', () => {
    const stated: readonly (readonly [number, number, number, string])[] = [
      [0x4182, perMinute, 72, 'heart-rate 72'],
      [0x4822, perMinute, 73, 'pulse-rate 73'],
      [0x4bb8, percent, 97, 'spo2 97'],
      [0x4bb0, 0x0200, 0xff00_000c, 'perfusion-index 1.2'],
      [0x5012, 0x0ae0, 14, 'resp-rate 14'],
      [0x50b0, mmHg, 38, 'etco2 38'],
      [0x50b0, 0x0f03, 0xff00_0032, 'etco2 37.5'],
      [0x50ba, mmHg, 0, 'fico2 0'],
      [0x4b48, 0x17a0, 0xff00_0170, 'temp 36.8'],
      [0x4b48, 0x1140, 0xff00_03da, 'temp 37'],
    ];
    for (const [code, unit, float, expected] of stated) {
      const reading = readOne({ code, unit, float });
      expect(reading === undefined ? null : brief(reading)).toBe(expected);
    }
  });

  test('INTELLIVUE-4 an unknown code keeps its code and unit, an unknown unit its code', () => {
    expect(readOne({ code: 0x0302, unit: 0x0512, float: 0xff00_0003 })).toEqual({
      metric: 'x:intellivue:0302',
      value: 0.3,
      unit: 'mm',
      quality: 'good',
    });
    expect(readOne({ code: 0xf0aa, unit: 0x0dea, float: 5 })).toEqual({
      metric: 'x:intellivue:F0AA',
      value: 5,
      unit: '{intellivue:0DEA}',
      quality: 'good',
    });
  });

  test('INTELLIVUE-4 a known code in a unit that does not go with it is not the metric', () => {
    expect(readOne({ code: 0x4bb8, unit: perMinute, float: 97 })).toEqual({
      metric: 'x:intellivue:4BB8',
      value: 97,
      unit: '/min',
      quality: 'good',
    });
    expect(readOne({ code: 0x50b0, unit: percent, float: 5 })?.metric).toBe('x:intellivue:50B0');
  });

  test('INTELLIVUE-6 compound values and linked results are read like single ones, and other classes are left alone', () => {
    const compound = attributeHex(
      0x094b,
      listHex([numericHex({ code: 0x4bb8, unit: percent, float: 97 }), numericHex({ code: 0x4822, float: 71 })]),
    );
    const label = attributeHex(0x0924, '00024bb8');
    expect(read(resultFrame({ objects: [{ handle: 3, attributes: [label, compound] }] })).map(brief)).toEqual(['spo2 97', 'pulse-rate 71']);
    const pieces = ['0101', '0202', '0303'].map((linked, index) => numericsFrame([{ code: 0x4182, float: 70 + index }], { linked }));
    expect(read(...pieces).map(brief)).toEqual(['heart-rate 70', 'heart-rate 71', 'heart-rate 72']);
    expect(read(resultFrame({ objects: [], sequence: 0 }))).toEqual([]);
    expect(read(resultFrame({ objects: [], sequence: null }))).toEqual([]);
    expect(read(numericsFrame([{ code: 0x4182, float: 70 }], { sequence: null })).map(brief)).toEqual(['heart-rate 70']);
    expect(read(numericsFrame([{ code: 0x4182, float: 70 }], { objectClass: 0x36 }))).toEqual([]);
  });

  test('INTELLIVUE-16 the airway speaks for the respiration while it measures, the chest otherwise', () => {
    const at = (relativeTime: number, airway: number, chest: number): Uint8Array =>
      numericsFrame(
        [
          { code: 0x500a, unit: 0x0ae0, float: chest },
          { code: 0x5012, unit: 0x0ae0, float: airway },
        ],
        { relativeTime },
      );
    const none = 0x007f_ffff;
    const second = 8192;
    expect(read(at(0, none, 14), at(second, none, 15)).map(brief)).toEqual([
      'resp-rate 14',
      'x:intellivue:5012 unavailable',
      'resp-rate 15',
      'x:intellivue:5012 unavailable',
    ]);
    const both = read(at(0, 12, 14), at(second, 12, 15), at(2 * second, 13, none), at(9 * second, none, 16)).map(brief);
    expect(both.slice(2)).toEqual([
      'x:intellivue:500A 15',
      'resp-rate 12',
      'x:intellivue:500A unavailable',
      'resp-rate 13',
      'resp-rate 16',
      'x:intellivue:5012 unavailable',
    ]);
    expect(read(at(0, none, none)).map(brief)).toEqual(['resp-rate unavailable', 'resp-rate unavailable']);
  });
});

describe('the monitor’s time', () => {
  const value = (relativeTime: number, absoluteTime?: string): Uint8Array =>
    numericsFrame([{ code: 0x4182, float: 60 }], absoluteTime === undefined ? { relativeTime } : { relativeTime, absoluteTime });
  const times = (...frames: Uint8Array[]): (string | undefined)[] => read(...frames).map((reading) => reading.deviceTime);

  test('INTELLIVUE-10 without a date there is none; with one it is carried along the relative time', () => {
    expect(times(value(8000))).toEqual([undefined]);
    const begin = createEventFrame(8000, '2026022823595900');
    expect(times(begin, value(8000), value(16_000), value(8000 + 8 * 86_400))).toEqual([
      '2026-02-28T23:59:59',
      '2026-03-01T00:00:00',
      '2026-03-01T00:01:25',
    ]);
    expect(times(createEventFrame(0, '2028022823595900'), value(8000))).toEqual(['2028-02-29T00:00:00']);
  });

  test('INTELLIVUE-10 the counter may run over; a jump of it ends the date, as do bytes that are no date', () => {
    const late = 0xffff_fff0;
    expect(times(createEventFrame(late, '2026112310000000'), value(late), value(8000 - 16))).toEqual([
      '2026-11-23T10:00:00',
      '2026-11-23T10:00:01',
    ]);
    const begin = createEventFrame(80_000_000, '2026112310000000');
    expect(times(begin, value(80_000_000), value(800), value(1600))).toEqual(['2026-11-23T10:00:00', undefined, undefined]);
    for (const nonsense of [
      '2026132310000000',
      '2026110010000000',
      '20261123240000ff',
      '2026112310600000',
      'aa26112310000000',
      '0000000000000000',
    ]) {
      expect(times(createEventFrame(8000, nonsense), value(8000)), nonsense).toEqual([undefined]);
    }
  });

  test('INTELLIVUE-10 a date in the result itself counts, also far in the future', () => {
    expect(times(value(8000, '2099123123595900'), value(16_000))).toEqual(['2099-12-31T23:59:59', '2100-01-01T00:00:00']);
  });
});

describe('the cuff', () => {
  const second = 8000;
  interface Stated {
    readonly sys: number;
    readonly dia: number;
    readonly mean: number;
    readonly state?: number;
    /** Relative time of the determination; null: not stated. */
    readonly stamp: number | null;
    readonly now: number;
  }

  function cuffFrame({ sys, dia, mean, state = 0, stamp, now }: Stated): Uint8Array {
    const pressures = [sys, dia, mean].map((float, index) => numericHex({ code: 0x4a05 + index, state, unit: mmHg, float }));
    const time = stamp === null ? [] : [attributeHex(0x0991, stamp.toString(16).padStart(8, '0'))];
    return resultFrame({ relativeTime: now, objects: [{ handle: 5, attributes: [attributeHex(0x094b, listHex(pressures)), ...time] }] });
  }

  const told = (...frames: Uint8Array[]): string[] => read(...frames).map(brief);
  const first: Stated = { sys: 128, dia: 78, mean: 95, stamp: 100 * second, now: 110 * second };
  const trio = ['nibp-sys 128', 'nibp-dia 78', 'nibp-mean 95'];

  test('INTELLIVUE-9 a determination is told once, however often it is stated, and the next one at once', () => {
    const repeated = Array.from({ length: 50 }, (_, index) => cuffFrame({ ...first, now: (110 + index) * second }));
    expect(told(...repeated)).toEqual(trio);
    expect(told(...repeated, cuffFrame({ ...first, stamp: 400 * second, now: 401 * second }))).toEqual([...trio, ...trio]);
    const next = cuffFrame({ ...first, sys: 131, stamp: null, now: 401 * second });
    expect(told(cuffFrame({ ...first, stamp: null }), next, next)).toEqual([...trio, 'nibp-sys 131', 'nibp-dia 78', 'nibp-mean 95']);
  });

  test('INTELLIVUE-9 an alarm that comes and goes is no new determination, nor is a spell without values', () => {
    const alarmed = { ...first, state: 0x0002 };
    expect(told(cuffFrame(first), cuffFrame(alarmed), cuffFrame(first))).toEqual(trio);
    const none = { ...first, sys: 0x7fffff, dia: 0x7fffff, mean: 0x7fffff, state: 0x2000 };
    const absent = ['nibp-sys unavailable', 'nibp-dia unavailable', 'nibp-mean unavailable'];
    expect(told(cuffFrame(first), cuffFrame(none), cuffFrame(none), cuffFrame(first), cuffFrame(first))).toEqual([...trio, ...absent]);
    expect(told(cuffFrame(none), cuffFrame(none))).toEqual(absent);
  });

  test('INTELLIVUE-9 what was determined before Vigil listened says so and is questionable', () => {
    const flagsOf = (...frames: Uint8Array[]) => read(...frames).map((reading) => [reading.flags, isMeasured(reading) && reading.quality]);
    const earlier = [['earlier-determination'], 'questionable'];
    const fresh = [undefined, 'good'];
    expect(flagsOf(cuffFrame(first))).toEqual([fresh, fresh, fresh]);
    expect(flagsOf(cuffFrame({ ...first, now: 300 * second }))).toEqual([earlier, earlier, earlier]);
    expect(flagsOf(cuffFrame({ ...first, stamp: null }))).toEqual([earlier, earlier, earlier]);
    const next = cuffFrame({ ...first, sys: 140, stamp: null, now: 400 * second });
    expect(flagsOf(cuffFrame({ ...first, stamp: null }), next).slice(3)).toEqual([fresh, fresh, fresh]);
    const none = cuffFrame({ ...first, state: 0x2000, stamp: null });
    expect(flagsOf(none, cuffFrame({ ...first, stamp: null })).slice(3)).toEqual([fresh, fresh, fresh]);
  });

  test('INTELLIVUE-9 a time stamp in dates works as one in relative time', () => {
    const begin = createEventFrame(0, '2026112310000000');
    const dated = (stamp: string, now: number): Uint8Array => {
      const pressures = [128, 78, 95].map((float, index) => numericHex({ code: 0x4a05 + index, unit: mmHg, float }));
      const attributes = [attributeHex(0x0990, stamp), attributeHex(0x094b, listHex(pressures))];
      return resultFrame({ relativeTime: now, objects: [{ handle: 5, attributes }] });
    };
    const readings = read(
      begin,
      dated('2026112309550000', second),
      dated('2026112309550000', 2 * second),
      dated('2026112310000200', 3 * second),
    );
    expect(readings.map((reading) => reading.flags)).toEqual([
      ['earlier-determination'],
      ['earlier-determination'],
      ['earlier-determination'],
      undefined,
      undefined,
      undefined,
    ]);
  });
});
