import { describe, expect, test } from 'vitest';
import { createNoninDecoder } from '../../electron/service/drivers/nonin/decode.ts';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { goldenScenario, goldenVitals } from '../../electron/service/simulation/golden-patient.ts';
import { physiologyAt } from '../../electron/service/simulation/physiology.ts';
import { faultKinds, scenarioSchema } from '../../electron/service/simulation/scenario.ts';
import { isMeasured } from '../../shared/clinical/reading.ts';
import { casesOf } from '../drivers/cases/case-directory.ts';
import { ascii, brief, decodeWhole } from '../drivers/decoded-stream.ts';
import type { Heard } from '../drivers/wire.ts';
import { play } from './played-monitor.ts';

const of = (heard: readonly Heard[], metric: string): Heard[] => heard.filter(({ reading }) => reading.metric === metric);
const hourMs = 3_600_000;
describe.each(drivers.map(({ id }) => id))('simulated %s', (id) => {
  const { rhythmsS, readsAroundDamage } = casesOf(id);
  test('SIM-6 over a seeded hour its driver reads back the patient, byte for byte accounted for', () => {
    for (const scenario of [goldenScenario(5), scenarioSchema.parse({ seed: 6 })]) {
      const { heard, bytes, accounted, discarded } = play(id, scenario, scenario.startMs + hourMs);
      expect({ accounted, discarded }).toEqual({ accounted: bytes, discarded: 0 });
      for (const metric of ['spo2', 'pulse-rate'] as const) {
        const values = of(heard, metric);
        expect(values.length).toBeGreaterThan(3400 / rhythmsS[0]);
        for (const { atMs, reading } of values) {
          // What is heard at atMs was measured up to a second before; the patient does not change by more than two in that time.
          const body = physiologyAt(scenario, atMs - 400);
          const truth = metric === 'spo2' ? body.spo2 : body.pulseRate;
          expect(isMeasured(reading) && Math.abs(reading.value - truth) <= 2, `${metric} at ${atMs}: ${brief(reading)}, is ${truth}`).toBe(
            true,
          );
        }
      }
    }
  });

  test('SIM-6 the same scenario gives the same bytes, in whatever steps it is asked', () => {
    if (findDriver(id).mode !== 'stream') return expect(findDriver(id).createSimulator(goldenScenario()).advance(0).length).toBe(0);
    const collect = (stepMs: number): number[] => {
      const monitor = findDriver(id).createSimulator(goldenScenario(9));
      const bytes: number[] = [];
      for (let atMs = -900_000; atMs <= -870_000; atMs += stepMs) bytes.push(...monitor.advance(atMs));
      return bytes;
    };
    expect(collect(1000)).toEqual(collect(20));
    expect(collect(20).length).toBeGreaterThan(30 / rhythmsS[0]);
  });

  test('SIM-7 a monitor that nobody heard for an hour does not send the hour', () => {
    const monitor = findDriver(id).createSimulator(scenarioSchema.parse({}));
    expect(monitor.advance(hourMs).length).toBeLessThanOrEqual(375 * 11);
  });

  test.each(faultKinds)(
    'SIM-8 with the fault "%s" nothing throws, every byte is accounted for, and the monitor is back afterwards',
    (kind) => {
      const scenario = scenarioSchema.parse({ seed: 3, faults: [{ atMs: 20_000, untilMs: 40_000, kind }] });
      const { heard, bytes, accounted } = play(id, scenario, 70_000);
      expect(accounted).toBe(bytes);
      const spo2 = of(heard, 'spo2').filter(({ reading }) => isMeasured(reading));
      const during = spo2.filter(({ atMs }) => atMs > 21_500 && atMs < 39_900).length;
      // A monitor that is asked may say its values once at once, and then at its interval.
      const usual = spo2.filter(({ atMs }) => atMs > 1000 && atMs < 18_400).length;
      expect(spo2.filter(({ atMs }) => atMs > 45_000 && atMs < 63_400).length).toBeGreaterThan(usual * 0.75);
      if (kind === 'wrong-checksum' && readsAroundDamage === true) {
        expect(during).toBeLessThan(usual);
        // Whatever is read beside a damaged byte is what the patient has.
        for (const metric of ['spo2', 'pulse-rate'] as const)
          for (const { atMs, reading } of of(heard, metric)) {
            const body = physiologyAt(scenario, atMs - 400);
            const truth = metric === 'spo2' ? body.spo2 : body.pulseRate;
            if (isMeasured(reading))
              expect(Math.abs(reading.value - truth), `${metric} at ${atMs}: ${brief(reading)}`).toBeLessThanOrEqual(2);
          }
      } else if (kind === 'silence' || kind === 'sensor-off' || kind === 'reboot' || kind === 'wrong-checksum') expect(during).toBe(0);
      else if (kind === 'clock-jump') expect(during).toBeGreaterThan(usual * 0.8);
      else expect(during).toBeLessThan(usual * 0.8);
    },
  );
});

describe('what each simulator is for', () => {
  test('SIM-9 the golden cuff gives the pressures of each row once, in its minute', () => {
    const { heard } = play('dinamap', goldenScenario(), 115 * 60_000);
    for (const [metric, key] of [
      ['nibp-sys', 'sys'],
      ['nibp-dia', 'dia'],
      ['nibp-mean', 'mean'],
    ] as const) {
      const told = of(heard, metric).map(({ atMs, reading }) => [Math.floor(atMs / 60_000), isMeasured(reading) ? reading.value : null]);
      expect(told).toEqual(goldenVitals.map((row) => [row.atMs / 60_000, row[key]]));
    }
  });

  test('SIM-9 the golden oximeters reach the peaks and lows of the session', () => {
    for (const id of ['masimo-ascii1', 'nellcor-n560', 'nonin-df2', 'nonin-df7', 'nonin-df8', 'nonin-ascii'] as const) {
      const { heard } = play(id, goldenScenario(2), 40 * 60_000);
      const values = (metric: string): number[] => of(heard, metric).flatMap(({ reading }) => (isMeasured(reading) ? [reading.value] : []));
      expect(Math.max(...values('pulse-rate'))).toBe(92);
      expect(Math.min(...values('spo2'))).toBe(96);
    }
  });

  test.each([
    ['masimo-ascii1', 'sensor-off'],
    ['nellcor-n560', 'sensor-off'],
    ['nonin-df2', 'sensor-off'],
    ['nonin-df7', 'sensor-off'],
    ['nonin-df8', 'sensor-off'],
    ['nonin-ascii', 'unavailable'],
    ['dinamap', 'sensor-off'],
  ] as const)('SIM-10 %s with the sensor off says so: %s', (id, reason) => {
    const scenario = scenarioSchema.parse({ faults: [{ atMs: 0, untilMs: 20_000, kind: 'sensor-off' }] });
    const told = new Set(of(play(id, scenario, 15_000).heard, 'spo2').map(({ reading }) => brief(reading)));
    expect([...told]).toEqual([`spo2 ${reason}`]);
  });

  test('SIM-10 a jump of the monitor clock moves the device time and nothing else', () => {
    const scenario = scenarioSchema.parse({ faults: [{ atMs: 5000, untilMs: 8000, kind: 'clock-jump' }] });
    const times = of(play('masimo-ascii1', scenario, 10_000).heard, 'spo2').map(({ reading }) => reading.deviceTime);
    expect(times.slice(4, 9)).toEqual([
      '2026-11-23T10:00:04',
      '2026-11-23T22:00:05',
      '2026-11-23T22:00:06',
      '2026-11-23T22:00:07',
      '2026-11-23T10:00:08',
    ]);
  });

  test('SIM-10 a restarted Masimo begins with NULs and a piece of a line, which is counted', () => {
    const scenario = scenarioSchema.parse({ faults: [{ atMs: 5000, untilMs: 8000, kind: 'reboot' }] });
    const { discarded, heard } = play('masimo-ascii1', scenario, 12_000);
    expect(discarded).toBeGreaterThan(40);
    expect(of(heard, 'spo2').length).toBe(9);
  });

  test('SIM-11 a simulated DINAMAP answers nothing but reading requests', () => {
    const monitor = findDriver('dinamap').createSimulator(goldenScenario());
    monitor.advance(0);
    expect(monitor.receive(ascii(' NC0!E\r ND!5\r NA!3\rNA!2\r'))).toBeNull();
    expect(monitor.receive(ascii(' NA'))).toBeNull();
    expect(String.fromCharCode(...(monitor.receive(ascii('!2\r\n')) ?? []))).toMatch(/^ NA1100000126080095..\r$/);
    expect(monitor.receive(new Uint8Array(10_000).fill(0x41))).toBeNull();
  });

  test('SIM-11 the simulated pleth beats at the patient’s rate', () => {
    const scenario = scenarioSchema.parse({ seed: 1 });
    const monitor = findDriver('nonin-df7').createSimulator(scenario);
    const bytes = Uint8Array.from(Array.from({ length: 60 }, (_, second) => [...monitor.advance((second + 1) * 1000)]).flat());
    const samples = decodeWhole(createNoninDecoder(7), bytes).waves.flatMap((wave) => wave.samples);
    const isHigh = samples.map((sample) => sample !== null && sample > 0x9000);
    const beats = isHigh.filter((high, index) => high && isHigh[index - 1] === false).length;
    expect(Math.abs(beats - physiologyAt(scenario, 30_000).pulseRate)).toBeLessThanOrEqual(3);
  });
});

describe('a simulated Root', () => {
  test('SIM-6 its driver reads the docked oximeter, the gas and each determination of its cuff once', () => {
    const scenario = { ...goldenScenario(5), masimo: 'root' } as const;
    const { heard, bytes, accounted, discarded } = play('masimo-ascii1', scenario, scenario.startMs + hourMs);
    expect({ accounted, discarded }).toEqual({ accounted: bytes, discarded: 0 });
    expect(of(heard, 'spo2').length).toBeGreaterThan(3400);
    expect(of(heard, 'etco2').length).toBe(of(heard, 'resp-rate').length);
    const determined = of(heard, 'nibp-sys').flatMap(({ reading }) => (isMeasured(reading) ? [reading.value] : []));
    const rows = goldenVitals.filter(({ atMs }) => atMs <= scenario.startMs + hourMs).map(({ sys }) => sys);
    expect(determined).toEqual(rows);
  });
});
