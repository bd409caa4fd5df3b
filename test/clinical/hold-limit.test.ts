import { describe, expect, test } from 'vitest';
import {
  figureWithUnit,
  holdEvidenceMsMax,
  holdLimits,
  holdVerdict,
  limitWords,
  type HoldLimit,
} from '../../shared/clinical/hold-limit.ts';
import type { Limit } from '../../shared/clinical/protocol-limits.ts';

const limit = (given: Pick<Limit, 'parameter' | 'act' | 'comparison' | 'value'>): Limit => ({ note: '', ...given });

const systolic = [
  limit({ parameter: 'nibp-sys', act: 'ask', comparison: 'at-or-above', value: 140 }),
  limit({ parameter: 'nibp-sys', act: 'hold', comparison: 'at-or-above', value: 160 }),
  limit({ parameter: 'nibp-sys', act: 'hold', comparison: 'below', value: 90 }),
  limit({ parameter: 'nibp-sys', act: 'review', comparison: 'at-or-above', value: 100 }),
];
const saturation = [limit({ parameter: 'spo2', act: 'hold', comparison: 'at-or-below', value: 93 })];
const onlyDuring = [limit({ parameter: 'pulse-rate', act: 'stop', comparison: 'above', value: 130 })];

function theHold(limits: readonly Limit[]): HoldLimit {
  const [first, ...others] = holdLimits(limits);
  if (first === undefined || others.length > 0) throw new Error('limits of one parameter that hold were expected');
  return first;
}

describe('what holds a dose before it starts', () => {
  test('LIMIT-11 each parameter once, in the order of the protocol, with the limits that are answered before the dose alone', () => {
    const all = holdLimits([...saturation, ...systolic, ...onlyDuring]);
    expect(all.map(({ parameter }) => parameter)).toEqual(['spo2', 'nibp-sys']);
    expect(all[1]).toMatchObject({ label: 'Systolic pressure', unit: 'mmHg', words: 'hold below 90, from 160; ask from 140' });
    expect(all[1]?.limits).toEqual(systolic.slice(0, 3));
    expect(holdLimits(onlyDuring)).toEqual([]);
    expect(holdLimits([])).toEqual([]);
  });

  test.each([
    [89, 'beyond'],
    [90, 'within'],
    [139, 'within'],
    [140, 'ask'],
    [159, 'ask'],
    [160, 'beyond'],
    [null, 'unknown'],
  ] as const)('LIMIT-11 a systolic pressure of %s is %s', (value, verdict) => {
    expect(holdVerdict(theHold(systolic), value)).toBe(verdict);
  });

  test.each([
    [93, 'beyond'],
    [94, 'within'],
  ] as const)('LIMIT-11 an SpO₂ of %s is %s', (value, verdict) => {
    expect(holdVerdict(theHold(saturation), value)).toBe(verdict);
  });

  test('LIMIT-11 a limit that only asks holds nothing', () => {
    const asks = theHold([limit({ parameter: 'suds', act: 'ask', comparison: 'above', value: 7 })]);
    expect([7, 8].map((value) => holdVerdict(asks, value))).toEqual(['within', 'ask']);
    expect(asks.words).toBe('ask above 7');
  });

  test('LIMIT-11 a share over a baseline that nobody took before the dose holds nothing', () => {
    const share = theHold([limit({ parameter: 'nibp-sys', act: 'hold', comparison: 'percent-above-baseline', value: 20 })]);
    expect(holdVerdict(share, 400)).toBe('within');
    expect(share.words).toBe('hold percent over the baseline from 20');
  });

  test('LIMIT-11 a value counts for a quarter of an hour', () => {
    expect(holdEvidenceMsMax).toBe(900_000);
  });
});

describe('limits in words', () => {
  test.each([
    ['at-or-above', 'hold from 12'],
    ['above', 'hold above 12'],
    ['below', 'hold below 12'],
    ['at-or-below', 'hold at or below 12'],
    ['percent-above-baseline', 'hold percent over the baseline from 12'],
  ] as const)('LIMIT-11 %s is “%s”', (comparison, words) => {
    const parameter = 'resp-rate';
    expect(limitWords({ parameter, limits: [limit({ parameter, act: 'hold', comparison, value: 12 })] })).toBe(words);
  });

  test('LIMIT-11 too little stands before too much, whichever the protocol names first', () => {
    const parameter = 'pulse-rate';
    const high = limit({ parameter, act: 'ask', comparison: 'above', value: 110 });
    const low = limit({ parameter, act: 'ask', comparison: 'at-or-below', value: 50 });
    for (const limits of [
      [high, low],
      [low, high],
    ])
      expect(limitWords({ parameter, limits })).toBe('ask at or below 50, above 110');
  });

  test('LIMIT-11 a temperature is in the unit of the clinic, and in both where there is none', () => {
    const parameter = 'temp';
    const limits = [limit({ parameter, act: 'hold', comparison: 'above', value: 38 })];
    expect(limitWords({ parameter, limits })).toBe('hold above 38.0 °C (100.4 °F)');
    expect(limitWords({ parameter, limits }, 'Cel')).toBe('hold above 38.0 °C');
    expect(limitWords({ parameter, limits }, '[degF]')).toBe('hold above 100.4 °F');
    const share = [limit({ parameter, act: 'ask', comparison: 'percent-above-baseline', value: 5 })];
    expect(limitWords({ parameter, limits: share })).toBe('ask percent over the baseline from 5');
  });

  test('LIMIT-11 a figure has its unit, and a score has none', () => {
    expect(figureWithUnit({ parameter: 'nibp-sys', unit: 'mmHg' }, 161.04)).toBe('161 mmHg');
    expect(figureWithUnit({ parameter: 'suds', unit: '' }, 7)).toBe('7');
    expect(figureWithUnit({ parameter: 'temp', unit: '°C' }, 38)).toBe('38.0 °C (100.4 °F)');
    expect(figureWithUnit({ parameter: 'temp', unit: '°C' }, 38, '[degF]')).toBe('100.4 °F');
  });

  test.each([
    ['nibp-sys', 'Systolic pressure', 'mmHg'],
    ['nibp-dia', 'Diastolic pressure', 'mmHg'],
    ['pulse-rate', 'Pulse', '/min'],
    ['spo2', 'SpO₂', '%'],
    ['resp-rate', 'Respiration', '/min'],
    ['etco2', 'CO₂', 'mmHg'],
    ['temp', 'Temperature', '°C'],
    ['moaa-s', 'MOAA/S', ''],
    ['suds', 'SUDS', ''],
    ['rass', 'RASS', ''],
  ] as const)('LIMIT-11 %s is called %s and is in “%s”', (parameter, label, unit) => {
    expect(holdLimits([limit({ parameter, act: 'hold', comparison: 'above', value: 1 })])[0]).toMatchObject({ label, unit });
  });
});
