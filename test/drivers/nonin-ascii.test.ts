import { describe, expect, test } from 'vitest';
import { createNoninAsciiDecoder, timeOfDay } from '../../electron/service/drivers/nonin-ascii/decode.ts';
import { ascii, brief, decodeWhole, join, type Decoded } from './decoded-stream.ts';
import { noninText } from './oximeter-bytes.ts';

const decodeText = (text: string): Decoded => decodeWhole(createNoninAsciiDecoder(), ascii(text));
const briefs = (text: string): string[] => decodeText(text).readings.map(brief);

describe('Nonin printout', () => {
  test.each([
    ['SPO2=098 HR=072', undefined, undefined],
    ['SPO2=098 HR=072 F', ['fast-average'], undefined],
    ['SPO2=098 HR=072*', ['event-mark'], undefined],
    ['SPO2=098 HR=072 F*', ['event-mark', 'fast-average'], undefined],
    ['10:00:59 SPO2=098 HR=072 B', ['breath'], 'T10:00:59'],
    ['10:00:59 SPO2=098 HR=072*B', ['event-mark', 'breath'], 'T10:00:59'],
    ['10:00:59 SPO2= 98 HR= 72  ', undefined, 'T10:00:59'],
    ['99:00:59 SPO2=098  HR=072', undefined, undefined],
  ])('NONIN-13 "%s"', (line, flags, deviceTime) => {
    const { readings, frames, discarded } = decodeText(`${line}\r\n`);
    expect({ briefs: readings.map(brief), frames, discarded }).toEqual({ briefs: ['spo2 98', 'pulse-rate 72'], frames: 1, discarded: [] });
    for (const reading of readings) {
      expect(reading).toMatchObject({ quality: 'good' });
      expect(reading.flags).toEqual(flags);
      expect(reading.deviceTime).toBe(deviceTime);
    }
  });

  test('NONIN-13 rates above 127 and what cannot be', () => {
    for (const heartRate of [127, 128, 142, 200, 255, 256, 300]) {
      expect(decodeWhole(createNoninAsciiDecoder(), noninText(1, 97, heartRate)).readings.map(brief)).toEqual([
        'spo2 97',
        `pulse-rate ${heartRate}`,
      ]);
    }
    expect(briefs('SPO2=--- HR=---\r\n')).toEqual(['spo2 unavailable', 'pulse-rate unavailable']);
    expect(briefs('SPO2=097 HR=---\r\n')).toEqual(['spo2 97', 'pulse-rate unavailable']);
    expect(briefs('SPO2=000 HR=000\r\n')).toEqual(['spo2 out-of-range', 'pulse-rate out-of-range']);
    expect(briefs('SPO2=101 HR=511\r\n')).toEqual(['spo2 out-of-range', 'pulse-rate out-of-range']);
  });

  test('NONIN-14 the header at power-on is a frame without a reading', () => {
    const header = 'NONIN MEDICAL 8500\r\nTIME 10:00:00  DATE 11/23/26\r\n\r\n';
    const { frames, readings, discarded } = decodeText(`${header}SPO2=098 HR=072\r\n`);
    expect({ frames, readings: readings.map(brief), discarded }).toEqual({
      frames: 3,
      readings: ['spo2 98', 'pulse-rate 72'],
      discarded: [],
    });
  });

  test('NONIN-15 a digit lost or added makes no other number, at any place of the line', () => {
    for (const whole of [ascii('10:00:02 SPO2=096 HR=102 F\r\n'), ascii('SPO2=096 HR=102 F\r\n')]) {
      const numbers = whole.length - 17;
      for (let at = numbers; at < whole.length - 4; at++) {
        for (const bytes of [
          join(whole.subarray(0, at), whole.subarray(at + 1)),
          join(whole.subarray(0, at), ascii('1'), whole.subarray(at)),
          join(whole.subarray(0, at + 1), whole.subarray(at)),
        ]) {
          const told = decodeWhole(createNoninAsciiDecoder(), join(bytes, whole)).readings.map(brief);
          expect(new Set(told), `${String.fromCharCode(...bytes)}`).toEqual(new Set(['spo2 96', 'pulse-rate 102']));
        }
      }
    }
  });

  test('NONIN-15 a line cut short by the next one costs only itself, with and without a time', () => {
    for (const [cutLine, next] of [
      [noninText(2, 96, 102, ' F'), noninText(3, 95, 103)],
      [ascii('SPO2=096 HR=102 F\r\n'), ascii('SPO2=095 HR=103\r\n')],
    ] as const) {
      for (let cut = 1; cut < cutLine.length - 1; cut++) {
        const decoded = decodeWhole(createNoninAsciiDecoder(), join(next, cutLine.subarray(0, cut), next));
        expect(decoded.readings.map(brief), `cut at ${cut}`).toEqual(['spo2 95', 'pulse-rate 103', 'spo2 95', 'pulse-rate 103']);
        expect(decoded.discarded.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(cut);
      }
    }
  });

  test.each([
    ['the first line read is partial', '97 HR=072\r\n', 'truncated'],
    ['the end cuts a line', 'SPO2=097 HR=07', 'truncated'],
    ['two digits', 'SPO2=97 HR=072\r\n', 'malformed'],
    ['a space inside a number', 'SPO2=0 7 HR=072\r\n', 'malformed'],
    ['no rate', 'SPO2=097\r\n', 'malformed'],
    ['no space', 'SPO2=097HR=072\r\n', 'malformed'],
    ['an unknown mark', 'SPO2=097 HR=072 X\r\n', 'malformed'],
    ['a mark twice', 'SPO2=097 HR=072**\r\n', 'malformed'],
    ['too long', `SPO2=097 HR=072${' '.repeat(70)}\r\n`, 'too-long'],
    ['a control character', 'SPO2=097\u0007HR=072\r\n', 'noise'],
    ['text that is no header', 'READY AND WAITING\r\n', 'truncated'],
    ['a line of Masimo', '11/23/26 10:00:00 SN=0000000042 SPO2=097% BPM=072\r\n', 'truncated'],
  ])('NONIN-16 %s: discarded whole', (_name, text, reason) => {
    const { readings, discarded } = decodeText(text);
    expect(readings).toEqual([]);
    expect(discarded.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(text.length);
    expect(discarded[0]?.reason).toBe(reason);
  });

  test('NONIN-16 in a stream with times a line whose time is damaged is a damaged line', () => {
    const damaged = noninText(2, 96, 102);
    damaged[1] = 0xb0;
    const decoded = decodeWhole(createNoninAsciiDecoder(), join(noninText(1, 97, 101), damaged, noninText(3, 95, 103)));
    expect(decoded.readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 101', 'spo2 95', 'pulse-rate 103']);
  });

  test('NONIN-13 a time of day that cannot be is left out', () => {
    expect(timeOfDay('23:59:59')).toBe('T23:59:59');
    for (const text of ['24:00:00', '10:60:00', '10:00:60', '99:99:99']) expect(timeOfDay(text)).toBeNull();
  });
});
