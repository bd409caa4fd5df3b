import { describe, expect, it } from 'vitest';
import { metrics } from '../../shared/clinical/metric.ts';
import type { Vital } from '../../shared/contract/board/vitals.ts';
import { freshnessAt } from '../../electron/service/acquisition/learned-freshness.ts';
import { takeReading, type LatestReading } from '../../electron/service/acquisition/latest-readings.ts';
import { judge, type JudgedMonitor, type TypedVital } from '../../electron/service/acquisition/reading-quality.ts';
import type { Driver } from '../../electron/service/drivers/driver.ts';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { casesOf } from '../drivers/cases/case-directory.ts';

const startMs = 1_795_446_000_000;
const hl7 = findDriver('hl7-oru');

function monitorOf(driver: Driver, intervalMs: number | null, givingSinceMs = startMs): JudgedMonitor {
  const freshness = freshnessAt(driver, intervalMs);
  return { monitorId: driver.id, name: driver.id, link: 'live', linkSinceMs: startMs, givingSinceMs, freshness };
}

/** SpO₂ of each monitor by the driver's name, at milliseconds of the room; what is shown of it then. */
function spo2At(
  nowMs: number,
  monitors: readonly JudgedMonitor[],
  said: readonly (readonly [from: string, atMs: number, value: number])[],
  typed: readonly TypedVital[] = [],
): Vital {
  const latest = new Map<string, LatestReading>();
  for (const [monitorId, atMs, value] of said) {
    const reading = { metric: 'spo2', value, unit: metrics.spo2.unit, quality: 'good' } as const;
    takeReading(latest, { monitorId, monitorName: monitorId, reading, received: { utcMs: startMs + atMs, offsetMin: 0 }, monoMs: atMs });
  }
  return judge({ latest, monitors, typed, nowMonoMs: nowMs, nowUtcMs: startMs + nowMs }).spo2;
}

/** Of every kind of monitor at its own pace, and of HL7 at the paces that its senders choose: until when it is live, and until when grey. */
const paces: readonly (readonly [Driver, number | null, lateMs: number, lostMs: number])[] = [
  ...drivers.map((driver) => {
    const { rhythmsS, limitsMs } = casesOf(driver.id);
    return [driver, rhythmsS[0] * 1000, ...limitsMs] as const;
  }),
  [hl7, null, 12_000, 20_000],
  [hl7, 10_000, 20_000, 22_000],
  [hl7, 30_000, 60_000, 66_000],
  [hl7, 60_000, 120_000, 132_000],
];

describe("a stream by its source's own rhythm", () => {
  it.each(paces.map(([driver, intervalMs, lateMs, lostMs]) => ({ id: driver.id, driver, intervalMs, lateMs, lostMs })))(
    'VITAL-14 $id that speaks every $intervalMs ms is live for $lateMs ms, grey to $lostMs ms, then gone',
    ({ driver, intervalMs, lateMs, lostMs }) => {
      const stateAt = (ageMs: number): string => spo2At(1000 + ageMs, [monitorOf(driver, intervalMs)], [[driver.id, 1000, 97]]).state;
      expect([lateMs, lateMs + 1, lostMs, lostMs + 1].map(stateAt)).toEqual(['live', 'late', 'late', 'lost']);
    },
  );

  it('VITAL-14 a monitor by the minute is not grey for any second of the minute, and one that missed two turns is', () => {
    const minutely = [monitorOf(hl7, 60_000)];
    for (let atMs = 0; atMs <= 60_000; atMs += 1000) expect(spo2At(atMs, minutely, [['hl7-oru', 0, 97]]).state, `${atMs}`).toBe('live');
    expect(spo2At(121_000, minutely, [['hl7-oru', 0, 97]]).state).toBe('late');
  });

  it('VITAL-14 a turn of a minute gives way to a monitor by the second, and to what was measured or typed after it', () => {
    const masimo = findDriver('masimo-ascii1');
    // Connected last, which among monitors by the second decides.
    const slow = monitorOf(hl7, 60_000, startMs + 500_000);
    const both = [monitorOf(masimo, 1000), slow];
    const said = [
      ['masimo-ascii1', 59_000, 95],
      ['hl7-oru', 59_500, 97],
    ] as const;
    expect(spo2At(60_000, both, said)).toMatchObject({ state: 'live', value: 95 });
    expect(spo2At(63_000, both, said)).toMatchObject({ state: 'live', value: 97 });
    const typed = [{ metric: 'spo2', value: 93, atMs: startMs + 30_000, personName: 'Nora' }] as const;
    expect(spo2At(40_000, [slow], [['hl7-oru', 1000, 97]], typed)).toMatchObject({ value: 93, source: { by: 'person' } });
    expect(spo2At(62_000, [slow], [['hl7-oru', 61_000, 97]], typed)).toMatchObject({ value: 97, source: { by: 'monitor' } });
  });
});
