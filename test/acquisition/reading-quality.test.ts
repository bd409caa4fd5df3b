import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricIds, metrics, type MetricId } from '../../shared/clinical/metric.ts';
import { absentReasons, type Reading } from '../../shared/clinical/reading.ts';
import { linkStates, type LinkState } from '../../shared/contract/board/monitors.ts';
import { vitalSchema, type Vital } from '../../shared/contract/board/vitals.ts';
import { takeReading, type LatestReading } from '../../electron/service/acquisition/latest-readings.ts';
import { plausibleReadings } from '../../electron/service/acquisition/plausible-reading.ts';
import { judge, type JudgedMonitor, type TypedVital } from '../../electron/service/acquisition/reading-quality.ts';
import type { Freshness } from '../../electron/service/drivers/driver.ts';

const startMs = 1_795_446_000_000;
const oximeterId = '01900000-0000-7000-8000-00000000000a';
const cuffId = '01900000-0000-7000-8000-00000000000b';
const stream: Freshness = { kind: 'stream', lateMs: 2500, lostMs: 5000 };
const event: Freshness = { kind: 'event' };
const oximeterFreshness = { spo2: stream, 'pulse-rate': stream } as const;
const cuffFreshness = { 'nibp-sys': event, 'nibp-dia': event, 'nibp-mean': event, spo2: stream, 'pulse-rate': stream } as const;

function monitor(over: Partial<JudgedMonitor> = {}): JudgedMonitor {
  return {
    monitorId: oximeterId,
    name: 'Oximeter',
    link: 'live',
    linkSinceMs: startMs,
    givingSinceMs: startMs,
    freshness: oximeterFreshness,
    ...over,
  };
}

function lost(link: LinkState, sinceMs: number, over: Partial<JudgedMonitor> = {}): JudgedMonitor {
  return monitor({ link, linkSinceMs: sinceMs, givingSinceMs: null, ...over });
}

/** Readings at monotonic milliseconds; the wall runs beside. */
class Heard {
  readonly latest = new Map<string, LatestReading>();
  say(atMs: number, reading: Reading, monitorId = oximeterId): this {
    const received = { utcMs: startMs + atMs, offsetMin: 0 };
    takeReading(this.latest, { monitorId, monitorName: 'x', reading, received, monoMs: atMs });
    return this;
  }
  value(atMs: number, metric: MetricId, value: number, monitorId = oximeterId): this {
    return this.say(atMs, { metric, value, unit: metrics[metric].unit, quality: 'good' }, monitorId);
  }
  cuff(atMs: number, sys: number, dia: number, mean: number, monitorId = cuffId): this {
    return this.value(atMs, 'nibp-sys', sys, monitorId).value(atMs, 'nibp-dia', dia, monitorId).value(atMs, 'nibp-mean', mean, monitorId);
  }
  at(nowMs: number, monitors: readonly JudgedMonitor[], typed: readonly TypedVital[] = [], wallMs = nowMs): Record<MetricId, Vital> {
    return judge({ latest: this.latest, monitors, typed, nowMonoMs: nowMs, nowUtcMs: startMs + wallMs });
  }
}

describe('a stream', () => {
  it.each([
    [0, 'live'],
    [2500, 'live'],
    [2501, 'late'],
    [5000, 'late'],
    [5001, 'lost'],
    [3_600_000, 'lost'],
  ] as const)('VITAL-1 is, %i ms after its last value, %s', (ageMs, state) => {
    const vital = new Heard().value(1000, 'spo2', 97).at(1000 + ageMs, [monitor()]).spo2;
    expect(vital.state).toBe(state);
    if (vital.state === 'lost') {
      expect(vital).toEqual({ state: 'lost', reason: 'no-new-value', sinceMs: startMs + 1000, last: { value: 97, atMs: startMs + 1000 } });
    }
  });

  it.each([
    ['unplugged', 'cable-out'],
    ['absent', 'cable-out'],
    ['busy', 'port-busy'],
    ['forbidden', 'port-forbidden'],
    ['wrong-device', 'wrong-device'],
    ['listening', 'no-new-value'],
  ] as const)('VITAL-2 goes grey at once, then dashes with the reason, when the link is %s', (link, reason) => {
    const heard = new Heard().value(1000, 'spo2', 97);
    const gone = [lost(link, startMs + 1200)];
    expect(heard.at(1300, gone).spo2.state).toBe('late');
    expect(heard.at(6100, gone).spo2).toEqual({
      state: 'lost',
      reason,
      sinceMs: startMs + 1200,
      last: { value: 97, atMs: startMs + 1000 },
    });
  });

  it('VITAL-2 counts silence from the last value', () => {
    const vital = new Heard().value(1000, 'spo2', 97).at(9000, [lost('silent', startMs + 6000)]).spo2;
    expect(vital).toMatchObject({ state: 'lost', reason: 'silent', sinceMs: startMs + 1000 });
  });

  it('VITAL-4 says what the monitor says, since it says so, and leaves it when the monitor falls silent', () => {
    const heard = new Heard().value(1000, 'spo2', 97);
    heard.say(2000, { metric: 'spo2', absent: 'sensor-off' }).say(3000, { metric: 'spo2', absent: 'sensor-off' });
    const last = { value: 97, atMs: startMs + 1000 };
    expect(heard.at(3100, [monitor()]).spo2).toEqual({ state: 'lost', reason: 'sensor-off', sinceMs: startMs + 2000, last });
    expect(heard.at(9000, [monitor()]).spo2).toMatchObject({ reason: 'no-new-value' });
    expect(heard.at(3100, [lost('unplugged', startMs + 3050)]).spo2).toMatchObject({ reason: 'cable-out', sinceMs: startMs + 3050 });
  });

  it("VITAL-1 says of what never came: not sent, or the link's reason", () => {
    expect(new Heard().at(9000, [monitor()]).spo2).toMatchObject({ state: 'lost', reason: 'not-sent', last: null });
    expect(new Heard().at(9000, [lost('absent', startMs)]).spo2).toMatchObject({ state: 'lost', reason: 'cable-out', last: null });
  });

  it('VITAL-10 takes its age from monotonic time', () => {
    const heard = new Heard().value(1000, 'spo2', 97);
    expect(heard.at(2000, [monitor()], [], 3_600_000).spo2.state).toBe('live');
    expect(heard.at(9000, [monitor()], [], -3_600_000).spo2.state).toBe('lost');
  });
});

describe('a cuff', () => {
  const cuffMonitor = (over: Partial<JudgedMonitor> = {}): JudgedMonitor =>
    monitor({ monitorId: cuffId, name: 'Cuff', freshness: cuffFreshness, ...over });

  it('VITAL-3 keeps its colour for as long as the link holds', () => {
    const vitals = new Heard().cuff(1000, 128, 78, 95).at(3 * 3_600_000, [cuffMonitor()]);
    expect(vitals['nibp-sys']).toMatchObject({ state: 'live', value: 128, event: true, atMs: startMs + 1000 });
    expect(vitals['nibp-mean']).toMatchObject({ state: 'live', value: 95 });
  });

  it('VITAL-3 goes grey with its age, not dashes, when the link is lost', () => {
    const vitals = new Heard().cuff(1000, 128, 78, 95).at(3_600_000, [cuffMonitor({ link: 'unplugged', givingSinceMs: null })]);
    expect(vitals['nibp-sys']).toMatchObject({ state: 'late', value: 128, event: true, atMs: startMs + 1000 });
    expect(vitals['nibp-dia']).toMatchObject({ state: 'late', value: 78 });
  });

  it('VITAL-3 is grey when it was taken before anyone listened', () => {
    const heard = new Heard();
    for (const metric of ['nibp-sys', 'nibp-dia', 'nibp-mean'] as const) {
      const value = { 'nibp-sys': 128, 'nibp-dia': 78, 'nibp-mean': 95 }[metric];
      heard.say(1000, { metric, value, unit: 'mm[Hg]', quality: 'questionable', flags: ['earlier-determination'] }, cuffId);
    }
    expect(heard.at(1100, [cuffMonitor()])['nibp-sys']).toMatchObject({ state: 'late', value: 128 });
  });

  it('VITAL-3 has no new value before its first reading', () => {
    expect(new Heard().at(1000, [cuffMonitor()])['nibp-sys']).toMatchObject({ state: 'lost', reason: 'no-new-value' });
  });

  it('VITAL-5 shows neither pressure when diastolic is not below systolic', () => {
    const vitals = new Heard().cuff(1000, 78, 128, 95).at(2000, [cuffMonitor()]);
    for (const metric of ['nibp-sys', 'nibp-dia', 'nibp-mean'] as const)
      expect(vitals[metric]).toMatchObject({ state: 'lost', reason: 'invalid' });
  });

  it('VITAL-9 takes all three from the newest source, and no mean that belongs to another determination', () => {
    const heard = new Heard().cuff(1000, 128, 78, 95);
    const typed: TypedVital[] = [
      { metric: 'nibp-sys', value: 150, atMs: startMs + 60_000, personName: 'Nora' },
      { metric: 'nibp-dia', value: 90, atMs: startMs + 60_000, personName: 'Nora' },
    ];
    const vitals = heard.at(61_000, [cuffMonitor()], typed);
    expect(vitals['nibp-sys']).toMatchObject({ value: 150, source: { by: 'person', name: 'Nora' } });
    expect(vitals['nibp-dia']).toMatchObject({ value: 90, source: { by: 'person' } });
    expect(vitals['nibp-mean']).toMatchObject({ state: 'lost', reason: 'not-sent' });
    heard.cuff(120_000, 130, 80, 97);
    expect(heard.at(121_000, [cuffMonitor()], typed)['nibp-dia']).toMatchObject({ value: 80, source: { by: 'monitor' } });
  });

  it('VITAL-9 puts no diastolic beside a systolic of another time', () => {
    const typed: TypedVital[] = [
      { metric: 'nibp-dia', value: 90, atMs: startMs, personName: 'Nora' },
      { metric: 'nibp-sys', value: 150, atMs: startMs + 60_000, personName: 'Nora' },
    ];
    const vitals = new Heard().at(61_000, [], typed);
    expect(vitals['nibp-sys']).toMatchObject({ state: 'live', value: 150 });
    expect(vitals['nibp-dia']).toMatchObject({ state: 'lost', reason: 'not-sent' });
  });

  it('VITAL-9 shows the newest determination also when it is grey', () => {
    const typed: TypedVital[] = [{ metric: 'nibp-sys', value: 150, atMs: startMs, personName: 'Nora' }];
    const gone = cuffMonitor({ link: 'unplugged', givingSinceMs: null });
    expect(new Heard().cuff(60_000, 128, 78, 95).at(61_000, [gone], typed)['nibp-sys']).toMatchObject({ state: 'late', value: 128 });
  });
});

describe('several sources', () => {
  const second = '01900000-0000-7000-8000-00000000000c';

  it('VITAL-7 does not flap between two live monitors', () => {
    const heard = new Heard();
    const both = [monitor(), monitor({ monitorId: second, name: 'Second', givingSinceMs: startMs + 10_000 })];
    const shown = new Set<unknown>();
    for (let atMs = 20_000; atMs < 60_000; atMs += 500) {
      heard.value(atMs, 'spo2', 97, atMs % 1000 === 0 ? oximeterId : second);
      const vital = heard.at(atMs + 100, both).spo2;
      if (atMs > 21_000) shown.add(vital.state === 'live' ? JSON.stringify(vital.source) : vital.state);
    }
    expect([...shown]).toEqual([JSON.stringify({ by: 'monitor', monitorId: second, name: 'Second' })]);
  });

  it('VITAL-7 gives way to the other one when it is lost or its sensor is off', () => {
    const heard = new Heard().value(1000, 'spo2', 97).say(1000, { metric: 'spo2', absent: 'sensor-off' }, second);
    const later = { monitorId: second, name: 'Second', givingSinceMs: startMs + 10_000 };
    expect(heard.at(1500, [monitor(), monitor(later)]).spo2).toMatchObject({ state: 'live', source: { name: 'Oximeter' } });
    heard.value(2000, 'spo2', 95, second);
    expect(heard.at(2100, [monitor(), monitor(later)]).spo2).toMatchObject({ value: 95 });
    expect(heard.at(2100, [monitor(), lost('unplugged', startMs, { ...later, givingSinceMs: null })]).spo2).toMatchObject({
      state: 'live',
      value: 97,
    });
  });

  it('VITAL-8 takes what a person typed when no stream is live, and lets it grow grey and go', () => {
    const typed: TypedVital[] = [{ metric: 'spo2', value: 96, atMs: startMs + 2000, personName: 'Nora' }];
    const heard = new Heard().value(1000, 'spo2', 97);
    expect(heard.at(2100, [monitor()], typed).spo2).toMatchObject({ value: 97, source: { by: 'monitor' } });
    const gone = [lost('unplugged', startMs + 1500)];
    expect(heard.at(2100, gone, typed).spo2).toMatchObject({
      state: 'live',
      value: 96,
      event: true,
      source: { by: 'person', name: 'Nora' },
    });
    const after = (minutes: number, ms = 0): Vital => heard.at(2000 + minutes * 60_000 + ms, gone, typed).spo2;
    expect([after(5).state, after(5, 1)]).toMatchObject(['live', { state: 'late', value: 96 }]);
    expect([after(60), after(60, 1)]).toMatchObject([
      { state: 'late', value: 96 },
      { state: 'lost', reason: 'cable-out' },
    ]);
    expect(new Heard().at(0, [], [{ ...typed[0], metric: 'spo2', value: 101, atMs: 0, personName: 'Nora' }]).spo2).toMatchObject({
      state: 'lost',
    });
  });

  it('VITAL-6 has every metric, and calls those nobody gives not connected', () => {
    const vitals = new Heard().at(0, [monitor()]);
    expect(Object.keys(vitals).toSorted()).toEqual([...metricIds].toSorted());
    expect(vitals.etco2).toEqual({ state: 'not-connected' });
  });
});

describe('a lying monitor', () => {
  const anyValue = fc.oneof(
    fc.double(),
    fc.integer({ min: -10, max: 400 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0xffff, -1, 101, 0, -32767, 1e308),
  );
  const anyReading: fc.Arbitrary<Reading> = fc.oneof(
    fc.record({ metric: fc.constantFrom(...metricIds), value: anyValue, unit: fc.constant('1'), quality: fc.constant('good' as const) }),
    fc.record({ metric: fc.constantFrom(...metricIds), absent: fc.constantFrom(...absentReasons) }),
  );
  const heardAt = fc.tuple(fc.integer({ min: 0, max: 20_000 }), anyReading, fc.constantFrom(oximeterId, cuffId));
  const anyMonitor = (monitorId: string, freshness: JudgedMonitor['freshness']): fc.Arbitrary<JudgedMonitor> =>
    fc
      .tuple(fc.constantFrom(...linkStates), fc.integer({ min: 0, max: 20_000 }))
      .map(([link, sinceMs]) =>
        link === 'live' || link === 'degraded'
          ? monitor({ monitorId, link, linkSinceMs: startMs + sinceMs, givingSinceMs: startMs + sinceMs, freshness })
          : lost(link, startMs + sinceMs, { monitorId, freshness }),
      );
  const anyTyped = fc.array(
    fc.record({
      metric: fc.constantFrom(...metricIds),
      value: anyValue,
      atMs: fc.integer({ min: startMs, max: startMs + 20_000 }),
      personName: fc.constant('Nora'),
    }),
    { maxLength: 6 },
  );
  const limits = Object.fromEntries(
    metricIds.map((metric) => [metric, cuffFreshness['nibp-sys'] === event && metric.startsWith('nibp') ? event : stream]),
  );

  it('VITAL-5, VITAL-6, VITAL-1 shows nothing impossible, nothing old as live, and always a valid state', () => {
    fc.assert(
      fc.property(
        fc.array(heardAt, { maxLength: 40 }),
        anyMonitor(oximeterId, limits),
        anyMonitor(cuffId, limits),
        anyTyped,
        fc.integer({ min: 20_000, max: 40_000 }),
        (said, first, other, typed, nowMs) => {
          const heard = new Heard();
          for (const [atMs, reading, monitorId] of said.toSorted(([a], [b]) => a - b)) heard.say(atMs, reading, monitorId);
          const vitals = heard.at(nowMs, [first, other], typed);
          for (const metric of metricIds) {
            const vital = vitals[metric];
            expect(vitalSchema.safeParse(vital).success).toBe(true);
            if (vital.state !== 'live' && vital.state !== 'late') continue;
            const [min, max] = metrics[metric].possible;
            expect(vital.value >= min && vital.value <= max).toBe(true);
            if (vital.state === 'live' && !vital.event) {
              expect(nowMs - (vital.atMs - startMs)).toBeLessThanOrEqual(2500);
              const giver = [first, other].find((one) => vital.source.by === 'monitor' && one.monitorId === vital.source.monitorId);
              expect(giver?.link === 'live' || giver?.link === 'degraded').toBe(true);
            }
          }
          const [sys, dia] = [vitals['nibp-sys'], vitals['nibp-dia']];
          if ('value' in sys && 'value' in dia) expect(dia.value).toBeLessThan(sys.value);
        },
      ),
      { seed: 20261123, numRuns: process.env['VIGIL_SOAK'] === undefined ? 1000 : 100_000 },
    );
  });

  it('ACQ-7 what cannot be is among what monitors say, and past the check in none of it, so that the test can fail', () => {
    const impossible = (readings: readonly Reading[]): number =>
      readings.filter((one) => 'value' in one && !(one.value >= metrics.spo2.possible[0] && one.value <= metrics.spo2.possible[1])).length;
    const said = Array.from({ length: 300 }, (_, value): Reading => ({ metric: 'spo2', value: value - 100, unit: '%', quality: 'good' }));
    expect(impossible(said)).toBeGreaterThan(100);
    expect(impossible(said.flatMap((reading) => plausibleReadings([reading])))).toBe(0);
  });

  it('ACQ-7 takes out what is impossible and keeps what was said', () => {
    const said = (metric: MetricId, value: number): Reading => ({ metric, value, unit: '1', quality: 'good', flags: ['own'] });
    expect(plausibleReadings([said('spo2', 101), said('pulse-rate', 511), said('temp', Number.NaN), said('etco2', 38)])).toEqual([
      { metric: 'spo2', absent: 'out-of-range', flags: ['said-101', 'own'] },
      { metric: 'pulse-rate', absent: 'out-of-range', flags: ['said-511', 'own'] },
      { metric: 'temp', absent: 'invalid', flags: ['said-NaN', 'own'] },
      said('etco2', 38),
    ]);
    const pressures = plausibleReadings([said('nibp-sys', 80), said('nibp-dia', 80), said('nibp-mean', 80), said('pulse-rate', 60)]);
    expect(pressures.map((reading) => ('absent' in reading ? reading.absent : reading.value))).toEqual([
      'invalid',
      'invalid',
      'invalid',
      60,
    ]);
  });

  it('ACQ-7 leaves a vendor metric alone, unless it is no number', () => {
    const reading: Reading = { metric: 'x:masimo-ascii1:pvi', value: 9999, unit: '1', quality: 'good' };
    expect(plausibleReadings([reading])).toEqual([reading]);
    expect(plausibleReadings([{ ...reading, value: Number.POSITIVE_INFINITY }])).toMatchObject([{ absent: 'invalid' }]);
  });
});

describe('a determination that failed', () => {
  it('VITAL-13 says so in the monitor’s own word, until another one is made', () => {
    const heard = new Heard().cuff(0, 128, 78, 95);
    const fail = (atMs: number, word: string): void => {
      for (const metric of ['nibp-sys', 'nibp-dia', 'nibp-mean'] as const) {
        heard.say(atMs, { metric, absent: 'unavailable', flags: [word, 'in-alarm'] }, cuffId);
      }
    };
    const cuff = monitor({ monitorId: cuffId, freshness: cuffFreshness });
    fail(60_000, 'overpressure');
    const last = { value: 128, atMs: startMs };
    expect(heard.at(61_000, [cuff])['nibp-sys']).toEqual({
      state: 'lost',
      reason: 'unavailable',
      word: 'overpressure',
      sinceMs: startMs + 60_000,
      last,
    });
    fail(90_000, 'total-timeout');
    expect(heard.at(91_000, [cuff])['nibp-dia']).toMatchObject({ word: 'total-timeout', sinceMs: startMs + 90_000 });
    heard.cuff(120_000, 131, 80, 97);
    expect(heard.at(121_000, [cuff])['nibp-sys']).toMatchObject({ state: 'live', value: 131 });
    heard.say(130_000, { metric: 'spo2', absent: 'unavailable', flags: ['standby'] }, cuffId);
    expect(heard.at(130_500, [cuff]).spo2).not.toHaveProperty('word');
  });
});

describe('what only some monitors of a kind have', () => {
  const freshness = { spo2: stream, etco2: { ...stream, ifHeard: true }, 'nibp-sys': { ...event, ifHeard: true } } as const;

  it('VITAL-11 is not missing before it was heard, and is from then on', () => {
    const heard = new Heard().value(1000, 'spo2', 97);
    expect(heard.at(1500, [monitor({ freshness })])).toMatchObject({
      etco2: { state: 'not-connected' },
      'nibp-sys': { state: 'not-connected' },
    });
    heard.value(2000, 'etco2', 38);
    expect(heard.at(2500, [monitor({ freshness })])).toMatchObject({
      etco2: { state: 'live', value: 38 },
      'nibp-sys': { state: 'not-connected' },
    });
    expect(heard.at(60_000, [monitor({ freshness })])).toMatchObject({ etco2: { state: 'lost', reason: 'no-new-value' } });
  });
});
