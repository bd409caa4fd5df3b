import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createMasimoDecoder } from '../../electron/service/drivers/masimo-ascii1/decode.ts';
import { namesOfExceptions } from '../../electron/service/drivers/masimo-ascii1/status-bits.ts';
import type { Reading } from '../../shared/clinical/reading.ts';
import { ascii, brief, decodeWhole, join, type Decoded } from './decoded-stream.ts';
import { masimoLine, masimoWorkedLine } from './monitor-bytes.ts';

const decodeText = (text: string): Decoded => decodeWhole(createMasimoDecoder(), ascii(text));
const briefs = (text: string): string[] => decodeText(text).readings.map(brief);

describe('Masimo ASCII-1', () => {
  test('MASIMO-1 the worked line gives every field it carries, each by its key', () => {
    const { readings, frames, discarded } = decodeText(`${masimoWorkedLine.replace('EXC=000820', 'EXC=000800')}\r\n`);
    expect(readings.map(brief)).toEqual([
      'spo2 98',
      'pulse-rate 240',
      'perfusion-index 20',
      'x:masimo-ascii1:spco 1',
      'x:masimo-ascii1:spmet 0.5',
      'x:masimo-ascii1:desat 1',
      'x:masimo-ascii1:pidelta -2',
      'x:masimo-ascii1:pvi 27',
    ]);
    expect(readings[0]).toEqual({ metric: 'spo2', value: 98, unit: '%', quality: 'good', deviceTime: '2005-12-01T11:56:29' });
    expect({ frames, discarded }).toEqual({ frames: 1, discarded: [] });
  });

  test('MASIMO-1 order and presence differ by model: Rad-8 without PVI, Radical-7 with other fields, keys nobody knows', () => {
    expect(briefs('03/14/12 08:01:02 EXC=000000 ALARM=0000 PI=00.85% BPM=067 SPO2=097% SN=---------- RESVD=---\r\n')).toEqual([
      'spo2 97',
      'pulse-rate 67',
      'perfusion-index 0.85',
    ]);
    expect(
      briefs(
        '03/14/12 08:01:02 SN=0000070986 SPO2=095% BPM=088 DESAT=-- PIDELTA=+-- PVI=014 SPHB=12.3 SPOC=16 NEWKEY=41% RESVD=5 EXC1=0001 EXC=0000000\r\n',
      ),
    ).toEqual([
      'spo2 95',
      'pulse-rate 88',
      'x:masimo-ascii1:desat unavailable',
      'x:masimo-ascii1:pidelta unavailable',
      'x:masimo-ascii1:pvi 14',
      'x:masimo-ascii1:sphb 12.3',
      'x:masimo-ascii1:spoc 16',
      'x:masimo-ascii1:newkey 41',
    ]);
  });

  test('MASIMO-2 printed digits with the sensor off are no measurement', () => {
    const { readings } = decodeText(`${masimoWorkedLine}\r\n`);
    expect(readings.length).toBe(8);
    expect(readings.every((reading) => 'absent' in reading && reading.absent === 'sensor-off')).toBe(true);
    expect(briefs('12/01/05 11:56:29 SN=0123456789 SPO2=098% BPM=240 PI=20.00% EXC=000824\r\n')[0]).toBe('spo2 sensor-off');
  });

  test('MASIMO-2 the expected row of the worked line: exceptions named, values not valid', () => {
    const expected = JSON.parse(readFileSync(new URL('../fixtures/monitors/expected.json', import.meta.url), 'utf8'));
    const [row] = expected['masimo ascii-1 (given as text)'];
    expect(namesOfExceptions(0x820)).toEqual(row.exc);
    const valid = decodeText(`${row.line}\r\n`).readings.some((reading) => 'value' in reading);
    expect(valid).toBe(row.valid);
    const asIfOn = decodeText(`${row.line.replace(/EXC=.*/, 'EXC=800')}\r\n`).readings.map(brief);
    expect(asIfOn).toEqual(
      expect.arrayContaining([
        `spo2 ${row.spo2}`,
        `pulse-rate ${row.pulseRate}`,
        `perfusion-index ${row.pi}`,
        `x:masimo-ascii1:pidelta ${row.pidelta}`,
        `x:masimo-ascii1:pvi ${row.pvi}`,
      ]),
    );
  });

  test.each([
    ['001', 'no-sensor'],
    ['002', 'invalid'],
    ['008', 'searching'],
    ['020', 'sensor-off'],
    ['000080', 'invalid'],
    ['0000820', 'sensor-off'],
    ['82C', 'sensor-off'],
    ['82c', 'sensor-off'],
  ])('MASIMO-3 EXC=%s makes values absent: %s', (bits, reason) => {
    expect(decodeText(lineWith(`EXC=${bits}`)).readings[0]).toMatchObject({ metric: 'spo2', absent: reason });
  });

  test.each([
    ['004', ['low-perfusion']],
    ['810', ['interference']],
    ['000840', ['ambient-light']],
    ['C04', ['low-perfusion', 'low-signal-iq']],
    ['0001800', ['no-cable']],
  ])('MASIMO-3 EXC=%s leaves a questionable number with %j', (bits, flags) => {
    expect(decodeText(lineWith(`EXC=${bits}`)).readings[0]).toMatchObject({ value: 97, quality: 'questionable', flags });
  });

  test('MASIMO-3 a line without EXC is never good: nobody knows whether the digits are held', () => {
    expect(decodeText(lineWith('ALARM=0000')).readings[0]).toMatchObject({ quality: 'questionable', flags: ['no-status'] });
  });

  test('MASIMO-3 confidence bits concern only their own quantity', () => {
    const { readings } = decodeText(lineWith('SPCO=04.0% SPMET=01.0% EXC=0200800'));
    expect(readings.map((reading) => ('value' in reading ? `${reading.metric} ${reading.quality}` : ''))).toEqual([
      'spo2 good',
      'pulse-rate good',
      'x:masimo-ascii1:spco questionable',
      'x:masimo-ascii1:spmet good',
    ]);
  });

  test.each([
    ['0001', 'spo2', ['high-limit']],
    ['0002', 'spo2', ['low-limit']],
    ['0012', 'spo2', ['low-limit']],
    ['0004', 'pulse-rate', ['high-limit']],
    ['0028', 'pulse-rate', ['low-limit', 'alarm-silenced']],
    ['0008', 'spo2', undefined],
  ])('MASIMO-4 ALARM=%s on %s becomes flags', (bits, metric, flags) => {
    const reading = decodeText(lineWith(`ALARM=${bits} EXC=800`)).readings.find((candidate) => candidate.metric === metric);
    expect(reading?.flags).toEqual(flags);
    expect(reading).toMatchObject({ quality: 'good' });
  });

  test('MASIMO-5 dashes are "unavailable", never zero', () => {
    expect(briefs('11/23/26 10:00:00 SN=0000000042 SPO2=---% BPM=--- PI=--.--% PIDELTA=+-- EXC=000800\r\n')).toEqual([
      'spo2 unavailable',
      'pulse-rate unavailable',
      'perfusion-index unavailable',
      'x:masimo-ascii1:pidelta unavailable',
    ]);
  });

  test.each([
    ['SPO2=101% BPM=072', 'spo2 out-of-range'],
    ['SPO2=255% BPM=072', 'spo2 out-of-range'],
    ['SPO2=000% BPM=072', 'spo2 out-of-range'],
    ['SPO2=097% BPM=000', 'pulse-rate out-of-range'],
    ['SPO2=097% BPM=999', 'pulse-rate out-of-range'],
  ])('MASIMO-5 a monitor that lies (%s) gives %s', (values, expected) => {
    expect(briefs(`11/23/26 10:00:00 SN=0000000042 ${values} PI=02.10% EXC=000800\r\n`)).toContain(expected);
  });

  test('MASIMO-6 empty lines and NULs at power-on belong to the next line; trailing line ends are no damage', () => {
    const text = `\0\0\0${masimoWorkedLine}\r\n\r\n${masimoWorkedLine}\n\r\n\r\n`;
    const { frames, discarded, calls, accountedBytes, pushedBytes } = decodeText(text);
    expect({ frames, discarded }).toEqual({ frames: 2, discarded: [] });
    expect(calls.at(-1)).toEqual({ call: 'padding', bytes: 4 });
    expect(accountedBytes).toBe(pushedBytes);
  });

  test.each([
    ['the first line read is partial', `ET=00.5% DESAT=01 ALARM=0000 EXC=000800\r\n`, 'truncated'],
    ['a line is cut by the end', masimoWorkedLine, 'truncated'],
    ['no SpO2', '12/01/05 11:56:29 SN=0123456789 BPM=240 PI=20.00% SPCO=01.0% EXC=000800\r\n', 'malformed'],
    ['a digit lost', '12/01/05 11:56:29 SN=0123456789 SPO2=09% BPM=240 PI=20.00% EXC=000800\r\n', 'malformed'],
    ['letters in EXC', '12/01/05 11:56:29 SN=0123456789 SPO2=098% BPM=240 PI=20.00% EXC=0008Z0\r\n', 'malformed'],
    ['a key twice', '12/01/05 11:56:29 SN=0123456789 SPO2=098% SPO2=088% BPM=240 EXC=000800\r\n', 'malformed'],
    ['too short', '12/01/05 11:56:29 SPO2=098% BPM=240\r\n', 'malformed'],
    ['too long', `${masimoWorkedLine} ${'A=1 '.repeat(130)}\r\n`, 'too-long'],
    ['a control character', `${masimoWorkedLine.replace('SN', 'S\u0007')}\r\n`, 'noise'],
  ])('MASIMO-7 %s: discarded whole, with the reason', (_name, text, reason) => {
    const { readings, discarded } = decodeText(text);
    expect(readings).toEqual([]);
    expect(discarded).toEqual([{ bytes: text.length, reason }]);
  });

  test('MASIMO-7 a line cut short by the next one costs only itself', () => {
    const whole = masimoLine(2, 95, 80);
    for (let cut = 1; cut < whole.length; cut++) {
      const bytes = join(whole.subarray(0, cut), masimoLine(3, 94, 81));
      const { readings } = decodeWhole(createMasimoDecoder(), bytes);
      expect(readings.map(brief).slice(-4), `cut at ${cut}`).toContain('spo2 94');
      expect(readings.map(brief).includes('spo2 95'), `cut at ${cut}`).toBe(false);
    }
  });

  test('MASIMO-8 the device time is kept as the device states it, without zone; an impossible one is left out', () => {
    const readingAt = (stamp: string): Reading | undefined =>
      decodeText(`${stamp} SN=0000000042 SPO2=097% BPM=072 PI=02.10% EXC=000800\r\n`).readings[0];
    const reading = { metric: 'spo2', value: 97, unit: '%', quality: 'good' };
    expect(readingAt('01/02/70 03:04:05')).toEqual({ ...reading, deviceTime: '2070-01-02T03:04:05' });
    expect(readingAt('12/31/99 23:59:59')).toEqual({ ...reading, deviceTime: '2099-12-31T23:59:59' });
    const impossible = ['13/01/26 10:00:00', '01/32/26 10:00:00', '01/01/26 24:00:00', '01/01/26 10:60:00', '01/01/26 10:00:60'];
    for (const stamp of ['00/00/00 00:00:00', ...impossible]) expect(readingAt(stamp), stamp).toEqual(reading);
  });
});

function lineWith(rest: string): string {
  return `11/23/26 10:00:00 SN=0000000042 SPO2=097% BPM=072 RESVD=--- ${rest}\r\n`;
}
