import { describe, expect, test } from 'vitest';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../../../shared/values/formats.ts';
import { clockWords, discardedWords, parameterRow, rawRows, unreadWords } from '../../../../renderer/screens/monitors/line-words.ts';
import { discardReasons, unreadReasons } from '../../../../shared/clinical/line-account.ts';
import { metricIds, metrics } from '../../../../shared/clinical/metric.ts';
import type { MonitorDetail } from '../../../../shared/contract/monitor-detail.ts';
import type { Vital } from '../../../../shared/contract/board/vitals.ts';

const nowMs = Date.UTC(2026, 10, 23, 15, 0, 0);
const { second } = clockTimeAt(-300, formatsOfCountry.uk);
const source = { by: 'person', name: 'Nurse' } as const;

describe('what was discarded', () => {
  test('MONITOR-10 the most comes first, each with its reason; nothing is said as nothing', () => {
    expect(discardedWords([])).toBe('nothing');
    const discarded: MonitorDetail['discarded'] = [
      { reason: 'noise', bytes: 7 },
      { reason: 'checksum', bytes: 12_345 },
    ];
    expect(discardedWords(discarded)).toBe('12,345 wrong checksum, 7 between frames');
    expect(discarded.map(({ bytes }) => bytes)).toEqual([7, 12_345]);
  });

  test('MONITOR-10 each reason has words of its own', () => {
    const words = discardReasons.map((reason) => discardedWords([{ reason, bytes: 1 }]));
    expect(new Set(words).size).toBe(discardReasons.length);
  });
});

describe('what arrived whole and gave no value', () => {
  test('MONITOR-11 each reason that a driver may give has words of its own', () => {
    const words = unreadReasons.map((reason) => unreadWords([{ reason, count: 2, place: null }]));
    expect(new Set(words).size).toBe(unreadReasons.length);
    expect(unreadWords([{ reason: 'malformed', count: 2, place: 'segment 3' }])).toBe('2 messages of a wrong form (the last: segment 3)');
  });
});

describe('the clock of a monitor', () => {
  const clock = (changed: Partial<NonNullable<MonitorDetail['deviceClock']>>) =>
    clockWords({ offsetMs: 0, stated: '', heardMs: nowMs, jumps: 0, lastJump: null, ...changed }, second);

  test.each([
    [2999, 'agrees with ours'],
    [-2999, 'agrees with ours'],
    [3000, '00:03 ahead of ours'],
    [-3000, '00:03 behind ours'],
    [3_723_000, '1:02:03 ahead of ours'],
    [-(48 * 3_600_000 - 1), '47:59:59 behind ours'],
    [-48 * 3_600_000, '2 days behind ours'],
    [729 * 24 * 3_600_000, '729 days ahead of ours'],
    [-26.5 * 365.2425 * 24 * 3_600_000, '26 years behind ours'],
  ])('MONITOR-10 off by %i ms it "%s"', (offsetMs, words) => {
    expect(clock({ offsetMs })).toBe(words);
  });

  test('MONITOR-10 no time stated and each jump are said', () => {
    expect(clockWords(null, second)).toBe('states no time');
    const lastJump = { byMs: 3_600_000, atMs: nowMs };
    expect(clock({ jumps: 1, lastJump })).toBe('agrees with ours, jumped at 10:00:00');
    expect(clock({ jumps: 4, lastJump, offsetMs: 9000 })).toBe('00:09 ahead of ours, jumped 4 times, last at 10:00:00');
  });
});

describe('what a monitor gives', () => {
  test('MONITOR-10 a live value has its unit as people write it, and its age', () => {
    const vital: Extract<Vital, { state: 'live' }> = {
      state: 'live',
      value: 118,
      quality: 'good',
      atMs: nowMs - 61_000,
      source,
      flags: [],
      event: true,
    };
    expect(parameterRow('nibp-sys', vital, nowMs, 'Cel')).toEqual({
      name: 'Systolic',
      value: '118 mmHg',
      state: 'live',
      age: '1 min ago',
      isStale: false,
    });
    expect(parameterRow('temp', { ...vital, value: 36.65 }, nowMs, 'Cel').value).toBe('36.7 °C');
    expect(parameterRow('spo2', { ...vital, value: 97 }, nowMs, 'Cel').value).toBe('97 %');
  });

  test('MONITOR-10 a late value stays and is stale; a lost one is no figure but its reason and the age of the last', () => {
    const late = parameterRow('pulse-rate', { state: 'late', value: 71, atMs: nowMs - 9000, source, event: false }, nowMs, 'Cel');
    expect(late).toMatchObject({ value: '71 /min', state: 'late', age: '9 s ago', isStale: true });
    const lost = { state: 'lost', reason: 'sensor-off', sinceMs: nowMs - 4000, last: { value: 70, atMs: nowMs - 5000 } } as const;
    const row = parameterRow('pulse-rate', lost, nowMs, 'Cel');
    expect(row).toMatchObject({ state: 'sensor off', age: '5 s ago', isStale: true });
    expect(row.value).not.toMatch(/\d/);
    expect(parameterRow('pulse-rate', { ...lost, last: null }, nowMs, 'Cel').age).toBe('');
  });

  test('MONITOR-10 what is not given has neither figure nor age, and every metric has a name and a unit without UCUM’s brackets', () => {
    for (const metric of metricIds) {
      expect(parameterRow(metric, { state: 'not-connected' }, nowMs, 'Cel')).toMatchObject({ state: 'not given', age: '', isStale: true });
      const [least] = metrics[metric].possible;
      const vital = { state: 'late', value: least, atMs: nowMs, source, event: false } as const;
      const { name, value } = parameterRow(metric, vital, nowMs, 'Cel');
      expect(name).toMatch(/^[A-Z]/);
      expect(value).not.toMatch(/\[|Cel/);
    }
  });
});

describe('the last bytes', () => {
  test('MONITOR-10 sixteen a row in hex and as text, and what is no sign is a dot', () => {
    const bytes = new TextEncoder().encode('SPO2=097% BPM=071');
    expect(rawRows([...bytes, 0x0d, 0x0a, 0x1f, 0x20, 0x7e, 0x7f, 0xff])).toEqual([
      { hex: '53 50 4f 32 3d 30 39 37 25 20 42 50 4d 3d 30 37', text: 'SPO2=097% BPM=07' },
      { hex: '31 0d 0a 1f 20 7e 7f ff', text: '1··· ~··' },
    ]);
    expect(rawRows([])).toEqual([]);
  });
});
