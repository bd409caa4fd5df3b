import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createHl7OruDecoder } from '../../../electron/service/drivers/hl7-oru/decode.ts';
import { isMeasured, type Reading } from '../../../shared/clinical/reading.ts';
import { brief, decodeWhole, type Decoded } from '../decoded-stream.ts';
import { hl7Message } from '../hl7-bytes.ts';

const decode = (...segments: string[]): Decoded => decodeWhole(createHl7OruDecoder(), hl7Message(segments));
const briefsOf = (...segments: string[]): string[] => decode(...segments).readings.map(brief);
const line = (code: string, value: string | number, unit: string, subId = ''): string => `OBX|1|NM|${code}|${subId}|${value}|${unit}|||||F`;

describe('messages as senders of several makers put them', () => {
  const folder = joinPath(import.meta.dirname, '../../fixtures/monitors');
  const expected = JSON.parse(readFileSync(joinPath(folder, 'hl7-expected.json'), 'utf8')) as Record<
    string,
    { frames: number; discarded: number; readings: Record<string, number[]>; not?: string[] }
  >;

  test.each(Object.keys(expected))('HL7-20 %s gives its values, and nothing else counts as one of a tile', (name) => {
    const told = decodeWhole(createHl7OruDecoder(), readFileSync(joinPath(folder, name)));
    const { frames, discarded, readings, not = [] } = expected[name] as (typeof expected)[string];
    expect(told.frames).toBe(frames);
    expect(told.discarded.length).toBe(discarded);
    const found: Record<string, number[]> = {};
    for (const reading of told.readings) {
      if (!isMeasured(reading) || reading.metric.startsWith('x:')) continue;
      expect(reading.quality).toBe('good');
      (found[reading.metric] ??= []).push(reading.value);
    }
    expect(found).toEqual(readings);
    for (const code of not) expect(JSON.stringify(told.readings)).not.toContain(code);
    expect(JSON.stringify(told.calls)).not.toMatch(/ROE|DOE|KODA/);
  });
});

describe('codes', () => {
  test.each([
    ['150344^MDC_TEMP^MDC', 36.7, '268192^MDC_DIM_DEGC^MDC', 'temp 36.7'],
    ['188496^MDC_TEMP_AXILLA^MDC', 36.1, '268192^MDC_DIM_DEGC^MDC', 'temp 36.1'],
    ['149522^MDC_PULS_RATE^MDC', 62, '264864^MDC_DIM_BEAT_PER_MIN^MDC', 'pulse-rate 62'],
    ['149530^MDC_PULS_OXIM_PULS_RATE^MDC', 63, 'beats/min', 'pulse-rate 63'],
    ['149546^MDC_PULS_RATE_NON_INV^MDC', 69.5, '264864^MDC_DIM_BEAT_PER_MIN^MDC', 'pulse-rate 69.5'],
    ['150301^MDC_PRESS_CUFF_SYS^MDC', 120, '266016^MDC_DIM_MMHG^MDC', 'nibp-sys 120'],
    ['150302^MDC_PRESS_CUFF_DIA^MDC', 80, '266016^MDC_DIM_MMHG^MDC', 'nibp-dia 80'],
    ['150303^MDC_PRESS_CUFF_MEAN^MDC', 93, '266016^MDC_DIM_MMHG^MDC', 'nibp-mean 93'],
    ['150017^MDC_PRESS_BLD_NONINV_SYS^MDC', 121, 'mmHg', 'nibp-sys 121'],
    ['151712^^MDC', 38, '266016^MDC_DIM_MMHG^MDC', 'etco2 38'],
    ['151716^^MDC', 1, '266016^MDC_DIM_MMHG^MDC', 'fico2 1'],
    ['151658^^MDC', 13, 'breaths/min', 'resp-rate 13'],
    ['0002-4bb8^SpO2^MDIL', 97, '0004-0220^%^MDIL', 'spo2 97'],
    ['0002-4182^HR^MDIL', 71, '0004-0aa0^bpm^MDIL', 'heart-rate 71'],
    ['0002-480a^Pulse^MDIL', 72, '0004-0aa0^bpm^MDIL', 'pulse-rate 72'],
    ['0002-4822^Pulse^MDIL', 73, '0004-0aa0^bpm^MDIL', 'pulse-rate 73'],
    ['0002-5000^Resp^MDIL', 14, '0004-0ae0^rpm^MDIL', 'resp-rate 14'],
    ['0002-500A^Resp^MDIL', 15, '0004-0ae0^rpm^MDIL', 'resp-rate 15'],
    ['0002-4a05^NBPs^MDIL', 128, '0004-0f20^mmHg^MDIL', 'nibp-sys 128'],
    ['0002-4a06^NBPd^MDIL', 78, '0004-0f20^mmHg^MDIL', 'nibp-dia 78'],
    ['0002-4a07^NBPm^MDIL', 95, '0004-0f20^mmHg^MDIL', 'nibp-mean 95'],
    // A perfusion index without a unit is one of per cent.
    ['0002-4bb0^Perf^MDIL', 2.1, '', 'perfusion-index 2.1'],
    ['0002-4bb0^Perf^MDIL', 2.1, '0004-0220^%^MDIL', 'perfusion-index 2.1'],
    ['0002-4b60^Temp^MDIL', 37.1, '0004-17a0^cel^MDIL', 'temp 37.1'],
  ])('HL7-21 %s with %s %s is %s', (code, value, unit, expected) => {
    expect(briefsOf(line(code, value, unit))).toEqual([expected]);
  });

  test('HL7-22 what somebody typed into the monitor is no measurement, whatever its value', () => {
    for (const code of ['188740^MDC_LEN_BODY_ACTUAL^MDC', '188736^MDC_MASS_BODY_ACTUAL^MDC', '8302-2^Height^LN']) {
      for (const value of ['0', '', '172']) {
        expect(decode(line(code, value, '263441^^MDC')), code).toMatchObject({ readings: [], unread: [{ reason: 'typed-in' }] });
      }
    }
  });

  test('HL7-23 a pulse from inside a vessel is never the oximeter’s: by its label, or by the pressure in its channel', () => {
    const unit = '264864^MDC_DIM_BEAT_PER_MIN^MDC';
    expect(briefsOf(line('149522^MDC_BLD_PULS_RATE_INV^MDC', 61, unit))).toEqual(['x:hl7-oru:149522 61']);
    expect(briefsOf(line('150037^^MDC', 120, 'mmHg', '1.7.1.150037'), line('149522^^MDC', 61, unit, '1.7.1.149522'))).toEqual([
      'x:hl7-oru:150037 120',
      'x:hl7-oru:149522 61',
    ]);
    expect(briefsOf(line('150037^^MDC', 120, 'mmHg', '1.7.1.150037'), line('149522^^MDC', 61, unit, '1.3.1.149522'))).toEqual([
      'x:hl7-oru:150037 120',
      'pulse-rate 61',
    ]);
  });

  test('HL7-24 the cuff’s pulse says so, is told once a determination, and never comes between the oximeter’s', () => {
    const beats = '264864^MDC_DIM_BEAT_PER_MIN^MDC';
    const cuff = (rate: number): string => line('149546^MDC_PULS_RATE_NON_INV^MDC', rate, beats);
    const both = hl7Message(['OBR|1', line('149530^^MDC', 72, beats), 'OBR|2', cuff(64)]);
    const alone = (rate: number): Uint8Array => hl7Message([cuff(rate)]);
    const told = (...messages: Uint8Array[]): readonly Reading[] => {
      const decoder = createHl7OruDecoder();
      return messages.flatMap((message) => decodeWhole({ push: decoder.push, end: () => {} }, message).readings);
    };
    expect(told(both)).toMatchObject([
      { metric: 'pulse-rate', value: 72 },
      { metric: 'x:hl7-oru:149546', value: 64 },
    ]);
    expect(told(alone(64), alone(64), alone(66))).toMatchObject([
      { metric: 'pulse-rate', value: 64, flags: ['from-cuff'] },
      { metric: 'pulse-rate', value: 66, flags: ['from-cuff'] },
    ]);
    // The oximeter is taken off: after three messages without it the cuff's pulse is one again.
    expect(told(both, alone(64), alone(64), alone(65), alone(66)).at(-1)).toMatchObject({ metric: 'pulse-rate', value: 66 });
  });

  test('HL7-25 units are shown by their UCUM names, and a number that means nothing is never good', () => {
    const reading = (code: string, value: number, unit: string): Reading | undefined => decode(line(code, value, unit)).readings[0];
    expect(reading('160324^^MDC', 3.1, '262688^MDC_DIM_PERCENT^MDC')).toEqual({
      metric: 'x:hl7-oru:160324',
      value: 3.1,
      unit: '%',
      quality: 'good',
    });
    expect(reading('68000^^MDC', 172, '263441^MDC_DIM_CENTI_M^MDC')).toMatchObject({ unit: 'cm' });
    expect(reading('68001^^MDC', 70, '263875^MDC_DIM_KILO_G^MDC')).toMatchObject({ unit: 'kg' });
    for (const value of [-100, -999, 9999, 32_767]) {
      expect(reading('68002^^MDC', value, '%'), String(value)).toMatchObject({ quality: 'questionable', flags: ['perhaps-no-value'] });
    }
    expect(reading('68002^^MDC', -2, 'mm')).toMatchObject({ quality: 'good' });
  });
});
