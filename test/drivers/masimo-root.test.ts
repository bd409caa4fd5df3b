import { describe, expect, test } from 'vitest';
import { createMasimoDecoder } from '../../electron/service/drivers/masimo-ascii1/decode.ts';
import { namesOfExceptions } from '../../electron/service/drivers/masimo-ascii1/status-bits.ts';
import { isMeasured } from '../../shared/clinical/reading.ts';
import { ascii, brief, decodeWhole, type Decoded } from './decoded-stream.ts';
import { rootLine } from './oximeter-bytes.ts';

const decodeText = (text: string): Decoded => decodeWhole(createMasimoDecoder(), ascii(text));
const briefs = (text: string): string[] => decodeText(text).readings.map(brief);

describe('an oximeter docked in a Root', () => {
  test('MASIMO-9 its long line gives gas, respiration, the pressure and the patient state index, each of the right part', () => {
    const line = rootLine(1);
    expect(line.length).toBeGreaterThan(480);
    const { readings, frames, discarded, unread } = decodeText(line);
    expect(readings.map(brief)).toEqual([
      'spo2 97',
      'pulse-rate 72',
      'perfusion-index 2.1',
      'x:masimo-ascii1:sphb unavailable',
      'x:masimo-ascii1:spoc unavailable',
      'x:masimo-ascii1:desat unavailable',
      'x:masimo-ascii1:pidelta unavailable',
      'x:masimo-ascii1:pvi 14',
      'x:masimo-ascii1:eegpsi 82',
      'x:masimo-ascii1:eegemg 12',
      'x:masimo-ascii1:eegsr 0',
      'x:masimo-ascii1:eegsefl 18.5',
      'x:masimo-ascii1:eegsefr unavailable',
      'x:masimo-ascii1:eegartf 3',
      'fico2 1',
      'etco2 38',
      'resp-rate 14',
      'nibp-sys 128',
      'nibp-dia 78',
      'nibp-mean 95',
      'x:masimo-ascii1:nibppr 70',
    ]);
    expect(readings.filter(isMeasured).every(({ quality }) => quality === 'good')).toBe(true);
    expect(readings.find(({ metric }) => metric === 'x:masimo-ascii1:eegsefl')).toMatchObject({ unit: 'Hz' });
    expect({ frames, discarded, unread }).toEqual({ frames: 1, discarded: [], unread: [] });
  });

  test('MASIMO-9 lines of 600 and 640 bytes are read, and one that runs past 640 is not', () => {
    const padTo = (bytes: number): string => {
      const line = rootLine(1).trimEnd();
      return `${line} X=${'-'.repeat(bytes - line.length - 3)}\r\n`;
    };
    expect(briefs(padTo(600))).toContain('spo2 97');
    expect(briefs(padTo(640))).toContain('spo2 97');
    expect(decodeText(padTo(641))).toMatchObject({ frames: 0, readings: [] });
  });

  test('MASIMO-14 a key that is also the name of a property of every object is a key like any other', () => {
    const { readings, frames, unread } = decodeText(rootLine(1, { constructor: '7', valueOf: '8', toString: '9' }));
    const own = readings.filter(({ metric }) => /constructor|valueof|tostring/.test(metric));
    expect(own.map((reading) => ({ metric: reading.metric, unit: isMeasured(reading) ? reading.unit : null }))).toEqual([
      { metric: 'x:masimo-ascii1:constructor', unit: '1' },
      { metric: 'x:masimo-ascii1:valueof', unit: '1' },
      { metric: 'x:masimo-ascii1:tostring', unit: '1' },
    ]);
    expect({ frames, unread }).toEqual({ frames: 1, unread: [] });
  });

  test('MASIMO-10 a key that is no number is counted under its name; serial number, channel and words of bits are no values', () => {
    const { readings, unread } = decodeText(rootLine(1, { CHAN: '1', tempParam: 'ORAL', newKEY: '7', EXC2: '12345678' }));
    expect(unread).toEqual([{ reason: 'not-a-number', place: 'tempParam' }]);
    const told = readings.map(({ metric }) => metric);
    expect(told).toContain('x:masimo-ascii1:newkey');
    expect(told.filter((metric) => /chan|exc|alarm|meastime|:sn$/.test(metric))).toEqual([]);
  });

  test.each([
    ['capnoEXC', 'etco2', 'spo2'],
    ['eegEXC', 'x:masimo-ascii1:eegpsi', 'etco2'],
    ['nibpEXC', 'nibp-sys', 'etco2'],
    ['EXC', 'spo2', 'etco2'],
  ])('MASIMO-11 %s concerns the values of its own part: %s, and not %s', (word, metric, other) => {
    const { readings } = decodeText(rootLine(1, { [word]: word === 'EXC' ? '00000804' : '00000002' }));
    const qualityOf = (wanted: string): unknown => {
      const reading = readings.find((one) => one.metric === wanted);
      return reading !== undefined && isMeasured(reading) ? reading.quality : reading;
    };
    expect(qualityOf(metric)).toBe('questionable');
    expect(qualityOf(other)).toBe('good');
  });

  test('MASIMO-11 with the sensor off the oximeter has no values, and the other parts keep theirs', () => {
    const told = briefs(rootLine(1, { EXC: '00000820' }));
    expect(told).toEqual(expect.arrayContaining(['spo2 sensor-off', 'pulse-rate sensor-off', 'etco2 38', 'nibp-sys 128']));
  });

  test('MASIMO-3 bits that nobody has named do not hide the ones that are known, up to the thirty-second', () => {
    expect(namesOfExceptions(0xff80_0820)).toEqual(['sensor-off', 'set-running']);
    expect(briefs(rootLine(1, { EXC: 'FF800820' }))[0]).toBe('spo2 sensor-off');
    expect(briefs(rootLine(1, { EXC: '80000800' }))[0]).toBe('spo2 97');
  });

  test('MASIMO-12 a gas is in mmHg where it is whole or says so; kPa are turned; decimals without a unit are no mmHg', () => {
    const told = (text: string): string | undefined => briefs(rootLine(1, { capnoEtCO2: text })).find((one) => /etco2/.test(one));
    expect(told('038')).toBe('etco2 38');
    expect(told('38mmHg')).toBe('etco2 38');
    expect(told('5.1kPa')).toBe('etco2 38.3');
    expect(told('5.1')).toBe('x:masimo-ascii1:capnoetco2 5.1');
    expect(told('--')).toBe('etco2 unavailable');
    expect(decodeText(rootLine(1, { capnoEtCO2: '5furlong' })).unread).toEqual([{ reason: 'not-a-number', place: 'capnoEtCO2' }]);
    const temperature = (text: string): string | undefined => briefs(rootLine(1, { tempORAL: text })).find((one) => one.includes('temp'));
    expect(temperature('36.8C')).toBe('temp 36.8');
    expect(temperature('98.2F')).toBe('temp 36.8');
    expect(temperature('36.8')).toBe('x:masimo-ascii1:temporal 36.8');
  });

  test('MASIMO-13 a determination is told once, and again with another time or other numbers', () => {
    const cuffOf = (lines: readonly string[]): string[] => briefs(lines.join('')).filter((one) => one.startsWith('nibp-sys'));
    expect(cuffOf([rootLine(1), rootLine(2), rootLine(3)])).toEqual(['nibp-sys 128']);
    expect(cuffOf([rootLine(1), rootLine(2, { nibpMEASTIME: '10:00:02' })])).toEqual(['nibp-sys 128', 'nibp-sys 128']);
    expect(cuffOf([rootLine(1), rootLine(2, { nibpSYS: '131' }), rootLine(3, { nibpSYS: '131' })])).toEqual([
      'nibp-sys 128',
      'nibp-sys 131',
    ]);
    const none = { nibpSYS: '---', nibpDIA: '---', nibpMAP: '---', nibpPR: '---', nibpMEASTIME: '--:--:--' };
    expect(cuffOf([rootLine(1), rootLine(2, none), rootLine(3, none), rootLine(4)])).toEqual(['nibp-sys 128', 'nibp-sys unavailable']);
  });

  test('MASIMO-13 what was determined before anybody listened says so', () => {
    const first = (parts: Readonly<Record<string, string>>): unknown =>
      decodeText(rootLine(1, parts)).readings.find(({ metric }) => metric === 'nibp-sys');
    expect(first({ nibpMEASTIME: '09:59:30' })).toMatchObject({ quality: 'good' });
    expect(first({ nibpMEASTIME: '09:41:00' })).toMatchObject({ quality: 'questionable', flags: ['earlier-determination'] });
    expect(first({ nibpMEASTIME: '23:59:59' })).toMatchObject({ quality: 'questionable', flags: ['earlier-determination'] });
    expect(first({ nibpMEASTIME: '----' })).toMatchObject({ quality: 'questionable', flags: ['earlier-determination'] });
  });

  test('MASIMO-7 two lines that ran into each other cost the first one only', () => {
    const both = rootLine(1, { SPO2: '091%' }).slice(0, 40) + rootLine(2, { SPO2: '096%' });
    const { readings, discarded } = decodeText(both);
    expect(readings[0]).toMatchObject({ metric: 'spo2', value: 96, deviceTime: '2026-11-23T10:00:02' });
    expect(discarded).toEqual([{ bytes: 40, reason: 'truncated' }]);
  });
});
