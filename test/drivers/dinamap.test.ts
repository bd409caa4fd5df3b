import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createDinamapDecoder } from '../../electron/service/drivers/dinamap/decode.ts';
import { checksumHolds, encodeMessage } from '../../electron/service/drivers/dinamap/frame.ts';
import { ascii, brief, bytesOfHex, decodeWhole, join, type Decoded } from './decoded-stream.ts';
import { dinamapPressures, dinamapWorked } from './monitor-bytes.ts';

const decode = (...messages: Uint8Array[]): Decoded => decodeWhole(createDinamapDecoder(), join(...messages));
const briefs = (...messages: Uint8Array[]): string[] => decode(...messages).readings.map(brief);
const first = ['nibp-sys 128', 'nibp-dia 78', 'nibp-mean 95'];

describe('DINAMAP host protocol', () => {
  test.each([' NC0!E', ' NA!2', ' ND!5', ' RC!8', ' RA!6', ' OA!3', ' TC!:', ' TD!;', ' NA1000035128078095&3'])(
    'DINAMAP-1 the checksum of "%s" is the published one',
    (message) => {
      const bytes = ascii(message);
      expect(checksumHolds(bytes, 0, bytes.length)).toBe(true);
      expect(encodeMessage(message.slice(0, -2))).toEqual(ascii(`${message}\r`));
    },
  );

  test('DINAMAP-1 a long message folds its sum instead of overflowing', () => {
    const message = encodeMessage(` NA1${'~'.repeat(80)}`);
    expect(checksumHolds(message, 0, message.length - 1)).toBe(true);
    expect([...message.subarray(-3, -1)].every((byte) => byte >= 0x20 && byte < 0x60)).toBe(true);
  });

  test('DINAMAP-2 the worked reply gives its pressures', () => {
    const expected = JSON.parse(readFileSync(new URL('../fixtures/monitors/expected.json', import.meta.url), 'utf8'));
    const [row] = expected['dinamap (given as text)'];
    const bytes = ascii(row.line.replace('\\r', '\r'));
    expect(bytes).toEqual(dinamapWorked);
    expect(bytes).toEqual(bytesOfHex('20 4E 41 31 30 30 30 30 33 35 31 32 38 30 37 38 30 39 35 26 33 0D'));
    const { readings, frames, discarded } = decode(bytes);
    expect(readings).toEqual([
      { metric: 'nibp-sys', value: row.sys, unit: 'mm[Hg]', quality: 'good' },
      { metric: 'nibp-dia', value: row.dia, unit: 'mm[Hg]', quality: 'good' },
      { metric: 'nibp-mean', value: row.mean, unit: 'mm[Hg]', quality: 'good' },
    ]);
    expect({ frames, discarded }).toEqual({ frames: 1, discarded: [] });
  });

  test('DINAMAP-3 a determination is told once, however often the monitor repeats it', () => {
    const polls = Array.from({ length: 300 }, (_, second) => dinamapPressures(128, 78, 95, second));
    expect(briefs(...polls)).toEqual(first);
  });

  test('DINAMAP-3 a new one shows by its counter starting again or by other pressures', () => {
    expect(briefs(dinamapPressures(128, 78, 95, 35), dinamapPressures(128, 78, 95, 2))).toEqual([...first, ...first]);
    expect(briefs(dinamapPressures(128, 78, 95, 35), dinamapPressures(130, 78, 96, 36)).slice(3)).toEqual([
      'nibp-sys 130',
      'nibp-dia 78',
      'nibp-mean 96',
    ]);
  });

  test('DINAMAP-3 one that is too old to have an age is not a new one; the next one is, also with the same pressures', () => {
    expect(briefs(dinamapPressures(128, 78, 95, 5400), dinamapPressures(128, 78, 95, 9999))).toEqual(first);
    expect(briefs(dinamapPressures(128, 78, 95, 5400), dinamapPressures(128, 78, 95, 9999), dinamapPressures(128, 78, 95, 0))).toEqual([
      ...first,
      ...first,
    ]);
    const { readings } = decode(dinamapPressures(128, 78, 95, 9999));
    expect(readings[0]).toEqual({ metric: 'nibp-sys', absent: 'unavailable', flags: ['none-recent'] });
  });

  test('DINAMAP-3 what the cuff measured long before Vigil listened is marked', () => {
    const { readings } = decode(dinamapPressures(128, 78, 95, 3600));
    expect(readings[0]).toEqual({
      metric: 'nibp-sys',
      value: 128,
      unit: 'mm[Hg]',
      quality: 'questionable',
      flags: ['earlier-determination'],
    });
  });

  test('DINAMAP-4 while the cuff runs nothing is told and nothing is lost', () => {
    const inflating = [0, 1, 2].map((second) => dinamapPressures(128, 78, 95, second, '0'));
    const before = dinamapPressures(128, 78, 95, 300);
    const { readings, unread } = decode(before, ...inflating, encodeMessage(' NA0'), dinamapPressures(131, 80, 97, 1));
    expect(readings.map(brief)).toEqual([...first, 'nibp-sys 131', 'nibp-dia 80', 'nibp-mean 97']);
    expect(unread.map(({ reason }) => reason)).toEqual(Array.from({ length: 4 }, () => 'cuff-running'));
    expect(briefs(before, ...inflating, dinamapPressures(128, 78, 95, 340))).toEqual(first);
    expect(briefs(before, ...inflating, dinamapPressures(128, 78, 95, 1))).toEqual([...first, ...first]);
  });

  test.each([
    ['3', 'failed'],
    ['4', 'pump-up-timeout'],
    ['6', 'total-timeout'],
    ['7', 'pressure-timeout'],
    ['8', 'overpressure'],
    ['5', 'status-5'],
  ])('DINAMAP-4 a determination that ended with status %s gives no number and says "%s", once for each', (status, word) => {
    const failed = dinamapPressures(0, 0, 0, 3, status);
    const { readings } = decode(dinamapPressures(128, 78, 95, 300), failed, failed, encodeMessage(' NA0'), failed);
    expect(readings.slice(3).map(brief)).toEqual([
      'nibp-sys unavailable',
      'nibp-dia unavailable',
      'nibp-mean unavailable',
      'nibp-sys unavailable',
      'nibp-dia unavailable',
      'nibp-mean unavailable',
    ]);
    expect(readings[3]?.flags).toEqual([word]);
  });

  test('DINAMAP-10 without an oximeter the rate is the cuff’s: told once with each determination, and it says so', () => {
    const rate = encodeMessage(' RA3070');
    const { readings } = decode(rate, dinamapPressures(128, 78, 95, 5), rate, rate, rate, dinamapPressures(131, 80, 97, 2), rate, rate);
    const pulses = readings.filter(({ metric }) => metric === 'pulse-rate');
    expect(pulses.map(brief)).toEqual(['pulse-rate 70', 'pulse-rate 70']);
    for (const pulse of pulses) expect(pulse).toMatchObject({ flags: ['from-cuff'] });
    // One from before anybody listened is no pulse of now.
    expect(briefs(dinamapPressures(128, 78, 95, 600), rate)).toEqual(first);
  });

  test('DINAMAP-11 a temperature is told once, in °C, however often it is repeated, and a failed one with its word', () => {
    const told = (...texts: readonly string[]): readonly unknown[] => decode(...texts.map((text) => encodeMessage(text))).readings;
    const good = { metric: 'temp', value: 36.8, unit: 'Cel', quality: 'good' };
    expect(told(' TC00 0003009820', ' TC00 0003109820', ' TC00 0003209820')).toEqual([good]);
    expect(told(' TC00 0003009821', ' TC00 0003109821')).toEqual([good]);
    expect(told(' TC00 0003009820', ' TC1', ' TC00!0000209860')).toEqual([good, { ...good, value: 37 }]);
    expect(told(' TC00 0003009820', ' TC00!0000209820')).toEqual([good, good]);
    expect(told(' TC00 0003009820', ' TC00 0000209820')).toEqual([good, good]);
    expect(told(' TC00 0360009820')).toEqual([{ ...good, quality: 'questionable', flags: ['earlier-determination'] }]);
    expect(told(' TC00 9999900000')).toEqual([{ metric: 'temp', absent: 'unavailable', flags: ['none-recent'] }]);
    for (const [status, word] of [
      ['2', 'determination-timeout'],
      ['3', 'no-contact'],
      ['4', 'determination-aborted'],
    ])
      expect(told(` TC${status}`, ` TC${status}`)).toEqual([{ metric: 'temp', absent: 'unavailable', flags: [word] }]);
    expect(told(' TC00 0003011500')).toEqual([{ metric: 'temp', value: 46.1, unit: 'Cel', quality: 'good' }]);
    expect(told(' TC00 0003015000')).toEqual([{ metric: 'temp', absent: 'out-of-range' }]);
  });

  test.each([
    [[78, 128, 95], ['nibp-sys invalid', 'nibp-dia invalid', 'nibp-mean invalid'], ['sys-not-above-dia']],
    [[100, 100, 100], ['nibp-sys invalid', 'nibp-dia invalid', 'nibp-mean invalid'], ['sys-not-above-dia']],
    [[128, 78, 140], ['nibp-sys 128', 'nibp-dia 78', 'nibp-mean invalid'], ['mean-outside']],
    [[128, 78, 60], ['nibp-sys 128', 'nibp-dia 78', 'nibp-mean invalid'], ['mean-outside']],
    [[0, 0, 0], ['nibp-sys out-of-range', 'nibp-dia out-of-range', 'nibp-mean out-of-range'], undefined],
    [[999, 78, 95], ['nibp-sys out-of-range', 'nibp-dia 78', 'nibp-mean 95'], undefined],
  ] as const)('DINAMAP-5 pressures %j cannot be: absent, with the reason', ([sys, dia, mean], expectedBriefs, flags) => {
    const { readings } = decode(dinamapPressures(sys, dia, mean));
    expect(readings.map(brief)).toEqual(expectedBriefs);
    expect(readings.at(-1)?.flags).toEqual(flags);
  });

  test('DINAMAP-5 dashes and blanks are "unavailable"', () => {
    expect(briefs(encodeMessage(' NA1000035---   ---'))).toEqual(['nibp-sys unavailable', 'nibp-dia unavailable', 'nibp-mean unavailable']);
  });

  test.each([
    [' OA1097', ['spo2 97']],
    [' OA1101', ['spo2 out-of-range']],
    [' OA1000', ['spo2 out-of-range']],
    [' OA0097', ['spo2 unavailable']],
    [' OA1---', ['spo2 unavailable']],
    [' OA0', ['spo2 unavailable']],
    [' OA3000012', ['spo2 sensor-off']],
    [' OA6000012', ['spo2 no-sensor']],
    [' OA1097812', ['spo2 97']],
    [' RA1072', ['pulse-rate 72']],
    [' RA2072', ['pulse-rate 72']],
    [' RA0072', ['pulse-rate unavailable']],
    [' RA1999', ['pulse-rate out-of-range']],
    [' RA2000', ['pulse-rate unavailable']],
    [' RA2-99', ['pulse-rate unavailable']],
  ])('DINAMAP-6 "%s" gives %j', (message, expectedBriefs) => {
    expect(briefs(encodeMessage(message))).toEqual(expectedBriefs);
  });

  test.each([
    ['a refusal of unknown form', encodeMessage(' !N03'), 'malformed'],
    ['our own request, echoed', encodeMessage(' NA'), 'malformed'],
    ['an answer to something never asked', encodeMessage(' TD10368'), 'malformed'],
    ['a wrong checksum', ascii(' NA1000035128078095&4\r'), 'checksum'],
    ['a cut reply', ascii(' NA100003512\r'), 'checksum'],
    ['a reply that the end cut', dinamapWorked.subarray(0, 20), 'truncated'],
    ['bytes of something else', ascii('\u0093\u0002garbage\r'), 'noise'],
    ['text without an end', ascii('x'.repeat(96)), 'too-long'],
  ])('DINAMAP-7 %s is discarded, with the reason', (_name, bytes, reason) => {
    expect(decode(bytes).readings).toEqual([]);
    expect(decode(bytes).discarded).toEqual([{ bytes: bytes.length, reason }]);
  });

  test('DINAMAP-7 a reply cut short by the next one costs only itself; CR LF is as good as CR', () => {
    for (let cut = 1; cut < dinamapWorked.length - 1; cut++) {
      const { readings, discarded } = decode(dinamapWorked.subarray(0, cut), dinamapPressures(131, 80, 97));
      expect(readings.map(brief)).toEqual(['nibp-sys 131', 'nibp-dia 80', 'nibp-mean 97']);
      expect(discarded).toEqual([{ bytes: cut, reason: 'truncated' }]);
    }
    const { frames, discarded, calls } = decode(dinamapWorked, ascii('\n'), encodeMessage(' OA1097'), ascii('\n'));
    expect({ frames, discarded }).toEqual({ frames: 2, discarded: [] });
    expect(calls.at(-1)).toEqual({ call: 'padding', bytes: 1 });
  });

  test('DINAMAP-7 any single byte changed in the text or its checksum is noticed', () => {
    for (let at = 0; at < dinamapWorked.length; at++) {
      for (let value = 0; value < 256; value++) {
        if (value === dinamapWorked[at]) continue;
        const bytes = dinamapWorked.slice();
        bytes[at] = value;
        expect(briefs(bytes, dinamapPressures(131, 80, 97)), `byte ${at} = ${value}`).toEqual([
          'nibp-sys 131',
          'nibp-dia 80',
          'nibp-mean 97',
        ]);
      }
    }
  });
});
