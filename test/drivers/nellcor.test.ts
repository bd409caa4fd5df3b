import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNellcorDecoder } from '../../electron/service/drivers/nellcor-n560/decode.ts';
import { ascii, brief, decodeWhole, join, type Decoded } from './decoded-stream.ts';
import { nellcorHeadings, nellcorLine } from './oximeter-bytes.ts';

const decodeText = (text: string): Decoded => decodeWhole(createNellcorDecoder(), ascii(text));
const decodeLines = (...lines: readonly Uint8Array[]): Decoded => decodeWhole(createNellcorDecoder(), join(...lines));
const spo2Of = (decoded: Decoded): string[] => decoded.readings.filter(({ metric }) => metric === 'spo2').map(brief);

const desaturation = [
  '29-Dec-17 07:18:55    99      66       8    MO               ',
  '29-Dec-17 07:18:57    89*     66     201    MO SL            ',
  '29-Dec-17 07:19:01    79*     66      18    MO SL       AS   ',
  '29-Dec-17 07:19:07    77*     70       8       SL       AS   ',
  '29-Dec-17 07:19:29   ---     ---     ---    SD          AS   ',
  '29-Dec-17 07:19:59   ---     ---     ---    SO               ',
  '29-Dec-17 07:20:27     0       0     ---    PS               ',
  '29-Dec-17 07:20:43    94     119       5                     ',
  '29-Dec-17 07:21:13    96      63     ---    PS                  ',
];

describe('Nellcor N-560', () => {
  test('NELLCOR-1 the worked lines, whole', () => {
    const rows = JSON.parse(readFileSync(new URL('../fixtures/monitors/expected.json', import.meta.url), 'utf8'))[
      'nellcor n-560 (given as text)'
    ];
    const [desaturated, searching] = rows;
    expect(decodeText(`${desaturated.line}\r\n`).readings).toEqual([
      {
        metric: 'spo2',
        value: desaturated.spo2,
        unit: '%',
        quality: 'questionable',
        flags: ['low-limit', 'motion', 'alarm-silenced'],
        deviceTime: '2017-12-29T07:19:01',
      },
      {
        metric: 'pulse-rate',
        value: desaturated.pulseRate,
        unit: '/min',
        quality: 'questionable',
        flags: ['motion', 'alarm-silenced'],
        deviceTime: '2017-12-29T07:19:01',
      },
      {
        metric: 'x:nellcor-n560:pa',
        value: desaturated.pa,
        unit: '1',
        quality: 'questionable',
        flags: ['motion', 'alarm-silenced'],
        deviceTime: '2017-12-29T07:19:01',
      },
    ]);
    expect(decodeText(`${searching.line}\r\n`).readings.map(brief)).toEqual([
      'spo2 searching',
      'pulse-rate searching',
      'x:nellcor-n560:pa searching',
    ]);
  });

  test('NELLCOR-1 a desaturation, a sensor taken off and a search as a real monitor printed them', () => {
    const decoded = decodeText(`${desaturation.join('\r\n')}\r\n`);
    expect({ frames: decoded.frames, discarded: decoded.discarded }).toEqual({ frames: desaturation.length, discarded: [] });
    expect(spo2Of(decoded)).toEqual([
      'spo2 99',
      'spo2 89',
      'spo2 79',
      'spo2 77',
      'spo2 no-sensor',
      'spo2 sensor-off',
      'spo2 searching',
      'spo2 94',
      'spo2 searching',
    ]);
    expect(decoded.readings.filter((reading) => 'value' in reading && reading.value === 0)).toEqual([]);
  });

  test('NELLCOR-1 a line every second with the month in capitals and the amplitude padded, as another model prints it', () => {
    const lines = ['18-FEB-09 10:00:27    97     103     080         ', '18-FEB-09 10:00:28    98     105     057    MO     '];
    const { readings } = decodeText(`TIME                 %SPO2   BPM     PA   Status \r\n${lines.join('\r\n')}\r\n`);
    expect(readings.map(brief)).toEqual([
      'spo2 97',
      'pulse-rate 103',
      'x:nellcor-n560:pa 80',
      'spo2 98',
      'pulse-rate 105',
      'x:nellcor-n560:pa 57',
    ]);
    expect(readings[0]?.deviceTime).toBe('2009-02-18T10:00:27');
  });

  test.each([
    ['89*', 'SL', ['low-limit']],
    ['99*', 'SH', ['high-limit']],
    ['89', 'SL', ['low-limit']],
    ['99*', 'SH SL', ['high-limit', 'low-limit']],
    ['89*', '', ['out-of-limits']],
    ['89', '', undefined],
  ])('NELLCOR-2 SpO2 %s with "%s" is kept as good with the flags %j', (spo2, codes, flags) => {
    const [reading] = decodeLines(nellcorLine(1, spo2, 66, codes)).readings;
    expect(reading).toMatchObject({ value: Number.parseInt(spo2, 10), quality: 'good' });
    expect(reading?.flags).toEqual(flags);
  });

  test('NELLCOR-2 without a code the limits of the heading say which way a starred value is outside', () => {
    const flagsAfter = (...lines: readonly Uint8Array[]): unknown =>
      decodeLines(nellcorHeadings, ...lines).readings.map(({ flags }) => flags?.[0]);
    expect(flagsAfter(nellcorLine(1, '89*', '171*'))).toEqual(['low-limit', 'high-limit', undefined]);
    expect(flagsAfter(nellcorLine(1, 95, '59*'))).toEqual([undefined, 'low-limit', undefined]);
    // Limits that the value is not outside of were changed since, or misread: it is only said that it is.
    expect(flagsAfter(nellcorLine(1, '90*', '170*'))).toEqual(['out-of-limits', 'out-of-limits', undefined]);
    expect(flagsAfter(nellcorLine(1, '95*', 80))).toEqual(['out-of-limits', undefined, undefined]);
    expect(decodeLines(nellcorLine(1, 98, '40*', 'PL')).readings.map(({ flags }) => flags)).toEqual([undefined, ['low-limit'], undefined]);
    expect(decodeLines(nellcorLine(1, 98, '190*', 'PH')).readings[1]?.flags).toEqual(['high-limit']);
  });

  test('NELLCOR-2 every code of a line is kept, and one nobody has named makes the value questionable', () => {
    const [reading] = decodeLines(nellcorLine(1, '79*', 66, 'MO SL AO LB BU AS')).readings;
    expect(reading).toMatchObject({
      quality: 'questionable',
      flags: ['low-limit', 'motion', 'alarm-off', 'alarm-silenced', 'low-battery', 'on-battery'],
    });
    expect(decodeLines(nellcorLine(1, 98, 66, 'AS QX')).readings[0]).toMatchObject({
      value: 98,
      quality: 'questionable',
      flags: ['alarm-silenced', 'status-qx'],
    });
    expect(decodeLines(nellcorLine(1, 98, 66, 'ID')).readings[0]).toMatchObject({ quality: 'questionable', flags: ['interference'] });
    // The same codes without the unknown one are not tainted by it.
    expect(decodeLines(nellcorLine(1, 98, 66, 'AS QX'), nellcorLine(3, 98, 66, 'AS')).readings[3]).toMatchObject({
      quality: 'good',
      flags: ['alarm-silenced'],
    });
  });

  test.each([
    ['SD', 'no-sensor', undefined],
    ['SO', 'sensor-off', undefined],
    ['PS', 'searching', undefined],
    ['LP', 'searching', ['pulse-lost']],
    ['LM', 'motion', ['pulse-lost']],
    ['PS MO', 'searching', ['motion']],
    ['MO LM PS', 'motion', ['searching', 'pulse-lost']],
    ['SO SL', 'sensor-off', ['low-limit']],
  ])('NELLCOR-3 %s makes every value absent (%s), whatever digits are printed', (codes, reason, flags) => {
    for (const [spo2, pulse, amplitude] of [
      [0, 0, '---'],
      [96, 63, 12],
      ['---', '---', '---'],
    ] as const) {
      const { readings } = decodeLines(nellcorLine(1, spo2, pulse, codes, amplitude));
      expect(readings.map(brief)).toEqual([`spo2 ${reason}`, `pulse-rate ${reason}`, `x:nellcor-n560:pa ${reason}`]);
      expect(readings[0]?.flags).toEqual(flags);
    }
  });

  test('NELLCOR-3 dashes without a code are "unavailable"; zeros and impossible numbers are out of range', () => {
    expect(decodeLines(nellcorLine(1, '---', '---', 'AS', '---')).readings.map(brief)).toEqual([
      'spo2 unavailable',
      'pulse-rate unavailable',
      'x:nellcor-n560:pa unavailable',
    ]);
    expect(
      decodeLines(nellcorLine(1, 0, 0))
        .readings.map(brief)
        .slice(0, 2),
    ).toEqual(['spo2 out-of-range', 'pulse-rate out-of-range']);
    expect(
      decodeLines(nellcorLine(1, 101, 401))
        .readings.map(brief)
        .slice(0, 2),
    ).toEqual(['spo2 out-of-range', 'pulse-rate out-of-range']);
  });

  test.each([
    ['N-560    VERSION 1.61.00    CRC:XXXX  SpO2 Limit: 95-100%    PR Limit: 59-148BPM'],
    ['NPB-295 VERSION 2.0.0.0 CRC: XXXX SpO2 Limit: 70-100% PR Limit: 60-160BPM'],
    ['                             ADULT           25SAT-S '],
    ['                             NEO             0SAT-S   SPO2 RESP MODE: NORMAL'],
    ['TIME                 %SPO2   BPM     PA   Status '],
  ])('NELLCOR-4 the heading "%s" is a frame without a reading, and the first thing a stream may begin with', (heading) => {
    const { frames, readings, discarded } = decodeLines(ascii(`${heading}\r\n`), nellcorLine(1, 98, 72));
    expect({ frames, readings: readings.length, discarded }).toEqual({ frames: 2, readings: 3, discarded: [] });
  });

  test('NELLCOR-4 a trend printout tells of the past and gives no reading until the monitor prints the present again', () => {
    const trend = ascii(
      'NPB-290 VERSION 1.0.0.1 TREND SpO2 Limit: 30-100% PR Limit: 100-180BPM\r\nTIME                 %SPO2   BPM     PA\r\n',
    );
    const past = [nellcorLine(1, 85, 120), nellcorLine(3, 84, 121)];
    for (const end of [ascii('Output Complete\r\n'), nellcorHeadings]) {
      const decoded = decodeLines(nellcorLine(55, 98, 70), trend, ...past, end, nellcorLine(57, 97, 71));
      expect(spo2Of(decoded)).toEqual(['spo2 98', 'spo2 97']);
      expect(decoded.discarded).toEqual([]);
    }
  });

  test('NELLCOR-5 a digit lost or added makes no other number: the line is out of line with the others', () => {
    const whole = nellcorLine(3, 96, 102, 'MO');
    for (const at of [22, 23, 29, 30, 31]) {
      for (const bytes of [
        join(whole.subarray(0, at), whole.subarray(at + 1)),
        join(whole.subarray(0, at), ascii('1'), whole.subarray(at)),
        join(whole.subarray(0, at), ascii(' '), whole.subarray(at)),
      ]) {
        expect(spo2Of(decodeLines(nellcorLine(1, 97, 101), bytes, nellcorLine(5, 95, 103))), `at ${at}`).toEqual(['spo2 97', 'spo2 95']);
        // Also where nothing came before it.
        expect(spo2Of(decodeLines(bytes, nellcorLine(5, 95, 103))), `first, at ${at}`).toEqual(['spo2 95']);
      }
    }
  });

  test('NELLCOR-5 a monitor with columns of its own is believed: at once where nothing was printed before, else from its third line', () => {
    const narrow = (second: number, spo2: number): Uint8Array =>
      ascii(`29-Dec-17 07:19:${String(second).padStart(2, '0')} ${spo2} 66 18 MO\r\n`);
    expect(spo2Of(decodeLines(narrow(11, 98), narrow(13, 97)))).toEqual(['spo2 98', 'spo2 97']);
    expect(spo2Of(decodeLines(nellcorLine(1, 99, 66), narrow(11, 98), narrow(13, 97), narrow(15, 96), narrow(17, 95)))).toEqual([
      'spo2 99',
      'spo2 96',
      'spo2 95',
    ]);
  });

  test.each([
    ['the first line read is partial', '9:01    79*     66      18    MO SL\r\n', 'truncated'],
    ['the end cuts a line', '29-Dec-17 07:19:01    79*     66', 'truncated'],
    ['a number of four digits', '29-Dec-17 07:19:01  1079*     66      18\r\n', 'malformed'],
    ['a fourth number', '29-Dec-17 07:19:01    79      66      18   5\r\n', 'malformed'],
    ['two numbers', '29-Dec-17 07:19:01    79      66        MO\r\n', 'malformed'],
    ['a letter in a number', '29-Dec-17 07:19:01    7O      66      18\r\n', 'malformed'],
    ['half a code', '29-Dec-17 07:19:01    79      66      18    M SL\r\n', 'malformed'],
    ['a code in small letters', '29-Dec-17 07:19:01    79      66      18    Mo\r\n', 'malformed'],
    ['more unknown codes than can be', '29-Dec-17 07:19:01    79      66      18    QA QB QC QD QE\r\n', 'malformed'],
    ['text of another device', 'SPO2=097 HR=072\r\n', 'truncated'],
    ['too long', `29-Dec-17 07:19:01    79      66      18${' '.repeat(100)}\r\n`, 'too-long'],
    ['a control character', '29-Dec-17 07:19:01    79 \u0007    66      18\r\n', 'noise'],
  ])('NELLCOR-6 %s: discarded whole, with the reason', (_name, text, reason) => {
    const { readings, discarded } = decodeText(text);
    expect(readings).toEqual([]);
    expect(discarded).toEqual([{ bytes: text.length, reason }]);
  });

  test('NELLCOR-6 a line cut short by the next one costs only itself', () => {
    const whole = nellcorLine(3, 95, 80, 'MO SL       AS');
    for (let cut = 1; cut < whole.length - 1; cut++) {
      const decoded = decodeLines(nellcorLine(1, 97, 80), whole.subarray(0, cut), nellcorLine(5, 94, 81));
      expect(spo2Of(decoded), `cut at ${cut}`).toEqual(['spo2 97', 'spo2 94']);
    }
  });

  test.each([
    ['29-Dec-17 07:19:01', '2017-12-29T07:19:01'],
    ['01-jan-99 00:00:00', '2099-01-01T00:00:00'],
    ['31-AUG-26 23:59:59', '2026-08-31T23:59:59'],
    ['00-Dec-17 07:19:01', undefined],
    ['32-Dec-17 07:19:01', undefined],
    ['29-Foo-17 07:19:01', undefined],
    ['29-Dec-17 24:19:01', undefined],
    ['29-Dec-17 07:60:01', undefined],
    ['29-Dec-17 07:19:61', undefined],
  ])('NELLCOR-7 the device time of "%s" is kept as stated, without zone: %s', (stamp, deviceTime) => {
    const line = `${stamp}    98      66      18                     \r\n`;
    // Each also after another time, because minutes are remembered.
    for (const text of [line, `29-Dec-17 07:18:59    98      66      18\r\n${line}`]) {
      expect(decodeText(text).readings.at(-1)?.deviceTime).toBe(deviceTime);
      expect(decodeText(text).readings.at(-1)).toMatchObject({ value: 18 });
    }
  });
});
