import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deviceMomentAt } from '../../electron/service/simulation/device-clock.ts';
import { goldenScenario, goldenVitals } from '../../electron/service/simulation/golden-patient.ts';
import { lastCuffMs, physiologyAt } from '../../electron/service/simulation/physiology.ts';
import { scenarioSchema } from '../../electron/service/simulation/scenario.ts';

const minute = 60_000;

describe('simulated patient', () => {
  test('SIM-1 the golden patient is the one of the golden session', () => {
    const golden = JSON.parse(readFileSync(new URL('../fixtures/monitors/golden-vitals.json', import.meta.url), 'utf8'));
    expect(goldenVitals).toEqual(
      golden.vitals.map((row: Record<string, number>) => ({
        atMs: (row['t'] ?? 0) * minute,
        sys: row['sys'],
        dia: row['dia'],
        mean: row['map'],
        pulseRate: row['hr'],
        spo2: row['spo2'],
        respRate: row['rr'],
      })),
    );
  });

  test('SIM-1 at its minute each row stands exactly, whatever the seed', () => {
    for (const seed of [1, 2, 99]) {
      for (const row of goldenVitals) {
        const { perfusionIndex, ...body } = physiologyAt(goldenScenario(seed), row.atMs);
        const { atMs, ...vitals } = row;
        expect(body, `at ${atMs}`).toEqual(vitals);
        expect(perfusionIndex).toBeGreaterThan(1);
      }
    }
  });

  test('SIM-1 between the rows the noise leaves the peaks and lows of the session where they are', () => {
    const scenario = goldenScenario(3);
    let pulseMax = 0;
    let spo2Min = 100;
    const pulses = new Set<number>();
    for (let tMs = -20 * minute; tMs <= 130 * minute; tMs += 1000) {
      const { pulseRate, spo2 } = physiologyAt(scenario, tMs);
      pulseMax = Math.max(pulseMax, Math.round(pulseRate));
      spo2Min = Math.min(spo2Min, Math.round(spo2));
      pulses.add(Math.round(pulseRate));
    }
    expect({ pulseMax, spo2Min }).toEqual({ pulseMax: 92, spo2Min: 96 });
    expect(pulses.size).toBeGreaterThan(15);
  });

  test('SIM-2 the same seed gives the same patient, another seed another', () => {
    const scenario = (seed: number) => scenarioSchema.parse({ seed });
    const series = (seed: number): number[] =>
      Array.from({ length: 600 }, (_, second) => physiologyAt(scenario(seed), second * 1000).pulseRate);
    expect(series(7)).toEqual(series(7));
    expect(series(7)).not.toEqual(series(8));
  });

  test('SIM-2 the generic patient follows the delivered dose: up with it, lower in a pause, back afterwards', () => {
    const scenario = scenarioSchema.parse({ seed: 1 });
    const sysAt = (tMs: number, mg: (tMs: number) => number): number => {
      const around = Array.from({ length: 60 }, (_, index) => physiologyAt(scenario, tMs + (index - 30) * 10_000, mg).sys);
      return around.reduce((sum, sys) => sum + sys, 0) / around.length;
    };
    const even = (tMs: number): number => Math.min(40, Math.max(0, tMs / minute));
    const paused = (tMs: number): number => Math.min(20, even(tMs));
    const none = (): number => 0;
    expect(sysAt(-10 * minute, even)).toBeCloseTo(sysAt(-10 * minute, none));
    expect(sysAt(40 * minute, even) - sysAt(40 * minute, none)).toBeGreaterThan(25);
    expect(sysAt(40 * minute, even) - sysAt(40 * minute, none)).toBeLessThan(45);
    expect(sysAt(40 * minute, paused)).toBeLessThan(sysAt(40 * minute, even) - 10);
    expect(sysAt(170 * minute, even) - sysAt(170 * minute, none)).toBeLessThan(4);
  });

  test('SIM-2 whatever the dose, the body stays one that monitors can show', () => {
    const scenario = scenarioSchema.parse({ seed: 4, vitals: { kind: 'generic', weightKg: 20, doseMg: 2000, infusionMs: 1 } });
    for (let tMs = 0; tMs < 180 * minute; tMs += 30_000) {
      const { pulseRate, spo2, sys, dia, mean, respRate } = physiologyAt(scenario, tMs);
      expect(pulseRate > 40 && pulseRate <= 220 && spo2 >= 70 && spo2 <= 100 && respRate >= 5).toBe(true);
      expect(sys > mean && mean > dia && dia > 40 && sys < 260).toBe(true);
    }
  });

  test('SIM-3 the cuff runs at the minutes of the rows, or on its interval', () => {
    const golden = goldenScenario();
    expect(lastCuffMs(golden, -16 * minute)).toBeNull();
    expect(lastCuffMs(golden, 32 * minute)).toBe(30 * minute);
    const generic = scenarioSchema.parse({ vitals: { kind: 'generic', cuffEveryMs: 180_000 } });
    expect([-1, 0, 179_999, 180_000, 400_000].map((tMs) => lastCuffMs(generic, tMs))).toEqual([null, 0, 0, 180_000, 360_000]);
  });

  test('SIM-4 a monitor keeps its own calendar, leap days included', () => {
    const start = '2027-12-31T23:59:50';
    const zero = Date.UTC(2027, 11, 31, 23, 59, 50);
    for (let step = 0; step < 2000; step++) {
      const tMs = (step - 500) * 86_399_017;
      const { year, month, day, hour, minute: min, second } = deviceMomentAt(start, tMs);
      expect(Date.UTC(year, month - 1, day, hour, min, second)).toBe(zero + Math.floor(tMs / 1000) * 1000);
    }
  });

  test.each([
    ['an unknown key', { sead: 1 }],
    ['a fault that ends before it begins', { faults: [{ atMs: 10, untilMs: 5, kind: 'noise' }] }],
    ['an unknown fault', { faults: [{ atMs: 0, untilMs: 5, kind: 'fire' }] }],
    ['rows out of order', { vitals: { kind: 'rows', rows: [goldenVitals[1], goldenVitals[0]] } }],
    ['no rows', { vitals: { kind: 'rows', rows: [] } }],
    ['an impossible saturation', { vitals: { kind: 'rows', rows: [{ ...goldenVitals[0], spo2: 101 }] } }],
    ['a clock that is none', { deviceClock: '2026-13-01T00:00:00' }],
  ])('SIM-5 a scenario with %s is refused', (_name, scenario) => {
    expect(scenarioSchema.safeParse(scenario).success).toBe(false);
  });
});
