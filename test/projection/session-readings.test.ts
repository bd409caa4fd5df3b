import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../shared/clinical/reading.ts';
import { SessionReadings } from '../../electron/service/projection/session-readings.ts';

const [bedside, spare] = ['bedside', 'spare'];
const spo2 = (value: number): Reading => ({ metric: 'spo2', value, unit: '%', quality: 'good' });

describe('the readings of a session', () => {
  it('FEED-10 follows one of two monitors that give the same metric, whichever comes first in a second', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), (spareFirst) => {
        const readings = new SessionReadings('session', 0);
        readings.take(bedside, 0, [spo2(97)]);
        for (const [index, first] of spareFirst.entries()) {
          const atMs = (index + 1) * 1000;
          const order = first ? [spare, bedside] : [bedside, spare];
          for (const monitorId of order) readings.take(monitorId, atMs, [spo2(monitorId === bedside ? 97 : 91)]);
        }
        expect(new Set(readings.trend.columns.columns.spo2)).toEqual(new Set([97]));
      }),
      { seed: 7 },
    );
  });

  it('FEED-10 takes the other monitor where the first gives nothing, and stays with it', () => {
    const readings = new SessionReadings('session', 0);
    for (let second = 0; second < 40; second += 1) {
      if (second < 10 || second >= 30) readings.take(bedside, second * 1000, [spo2(97)]);
      readings.take(spare, second * 1000, [spo2(91)]);
    }
    const values = readings.trend.columns.columns.spo2;
    expect(values.slice(0, 10)).toEqual(Array(10).fill(97));
    expect(values.slice(10)).toEqual(Array(30).fill(91));
  });

  it('CHART-26 breaks the line where its monitor says that there is no value, and where the other goes on', () => {
    const readings = new SessionReadings('session', 0);
    const sensorOff: Reading = { metric: 'spo2', absent: 'sensor-off' };
    readings.take(bedside, 0, [spo2(97)]);
    readings.take(spare, 0, [sensorOff]);
    readings.take(bedside, 1000, [sensorOff]);
    readings.take(bedside, 2000, [sensorOff]);
    readings.take(bedside, 3000, [spo2(96)]);
    readings.take(bedside, 4000, []);
    readings.take(bedside, 5000, [spo2(97)]);
    readings.take(spare, 12_000, [spo2(91)]);
    expect(readings.trend.columns.breaks).toEqual({ spo2: [1000, 12_000] });
  });

  it('FEED-11 draws no cuff at the time it was heard of, where the monitor had counted it before', () => {
    const readings = new SessionReadings('session', 0);
    const cuff = (sys: number, flags: string[]): Reading[] =>
      (['nibp-sys', 'nibp-dia'] as const).map((metric, index) => ({
        metric,
        value: sys - 40 * index,
        unit: 'mm[Hg]',
        quality: 'good',
        flags,
      }));
    readings.take(bedside, 5000, cuff(151, ['earlier-determination']));
    readings.take(bedside, 65_000, cuff(120, []));
    expect(readings.cuffs.map(({ atMs, sys, dia }) => [atMs, sys, dia])).toEqual([[65_000, 120, 80]]);
  });
});
