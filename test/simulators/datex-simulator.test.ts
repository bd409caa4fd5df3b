import { describe, expect, test } from 'vitest';
import { numericsRequest, numericsStop, wavesRequest, wavesStop } from '../../electron/service/drivers/datex-dri/commands.ts';
import { createDatexDecoder } from '../../electron/service/drivers/datex-dri/decode.ts';
import { encodeFrame } from '../../electron/service/drivers/datex-dri/frame.ts';
import { createDatexSimulator } from '../../electron/service/drivers/datex-dri/simulator.ts';
import { goldenScenario, goldenVitals } from '../../electron/service/simulation/golden-patient.ts';
import { physiologyAt } from '../../electron/service/simulation/physiology.ts';
import { scenarioSchema, type Scenario } from '../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../electron/service/simulation/simulated-monitor.ts';
import { isMeasured } from '../../shared/clinical/reading.ts';
import { brief, decodeWhole, type Decoded } from '../drivers/decoded-stream.ts';

const decode = (bytes: Uint8Array | readonly number[]): Decoded => decodeWhole(createDatexDecoder(), Uint8Array.from(bytes));

/** Everything the monitor sends from the scenario's start on, asked once. */
function heardFrom(scenario: Scenario, forMs: number, types: readonly number[] = []): Decoded {
  const monitor = createDatexSimulator(scenario);
  monitor.advance(scenario.startMs);
  monitor.receive(numericsRequest(9));
  if (types.length > 0) monitor.receive(wavesRequest(9, types));
  const bytes: number[] = [];
  for (let sinceMs = 0; sinceMs <= forMs; sinceMs += 100) bytes.push(...monitor.advance(scenario.startMs + sinceMs));
  return decode(bytes);
}

/** A request with another interval or class mask. */
function request(intervalS: number, classMask: number): Uint8Array {
  const record = new Uint8Array(49);
  record.set([49, 0, 0, 9]);
  record[21] = 0xff;
  record.set([1, intervalS & 0xff, (intervalS >> 8) & 0xff, classMask], 40);
  return encodeFrame(record);
}

describe('the simulated S/5 monitor', () => {
  test('DATEX-15 says nothing until it is asked, sends at its interval, and stops when it is told to', () => {
    const monitor: SimulatedMonitor = createDatexSimulator(scenarioSchema.parse({}));
    expect(monitor.advance(20_000).length).toBe(0);
    expect(monitor.receive(Uint8Array.from({ length: 5000 }, (_, index) => index & 0xff))).toBeNull();
    expect(monitor.receive(numericsRequest(9))).toBeNull();
    expect(monitor.advance(24_900).length).toBe(0);
    expect(decode(monitor.advance(25_000)).frames).toBe(1);
    expect(decode(monitor.advance(34_000)).frames).toBe(1);
    monitor.receive(wavesRequest(9, [8, 9]));
    expect(decode(monitor.advance(35_000)).waves.map(({ metric }) => metric)).toEqual(['pleth', 'co2']);
    monitor.receive(wavesStop(9));
    monitor.receive(numericsStop(9));
    expect(monitor.advance(60_000).length).toBe(0);
  });

  test('DATEX-15 no interval is shorter than five seconds; one record at once is one', () => {
    const monitor = createDatexSimulator(scenarioSchema.parse({}));
    monitor.receive(request(1, 0));
    expect(decode(monitor.advance(10_000)).frames).toBe(2);
    monitor.receive(numericsStop(9));
    expect(decode(monitor.receive(request(-1, 0)) ?? []).frames).toBe(1);
    expect(monitor.advance(30_000).length).toBe(0);
  });

  test('DATEX-15 sends the classes that were asked for', () => {
    const metrics = (mask: number): Set<string> => {
      const monitor = createDatexSimulator(scenarioSchema.parse({}));
      return new Set(decode(monitor.receive(request(-1, mask)) ?? []).readings.map(({ metric }) => metric));
    };
    expect(metrics(0).has('spo2')).toBe(true);
    expect(metrics(0).has('x:datex-dri:arrh.pvc')).toBe(false);
    expect(metrics(0x0f)).toEqual(new Set(['x:datex-dri:arrh.hr', 'x:datex-dri:arrh.pvc']));
  });

  test('DATEX-8, DATEX-15 the golden cuff gives the pressures of each row once', () => {
    const { readings } = heardFrom(goldenScenario(), 42 * 60_000);
    for (const [metric, key] of [
      ['nibp-sys', 'sys'],
      ['nibp-dia', 'dia'],
      ['nibp-mean', 'mean'],
    ] as const) {
      const told = readings.filter((reading) => reading.metric === metric).map((reading) => (isMeasured(reading) ? reading.value : null));
      expect(told).toEqual(goldenVitals.filter(({ atMs }) => atMs <= 27 * 60_000).map((row) => row[key]));
    }
  });

  test('DATEX-3, DATEX-15 with the sensor off the oximeter’s values are absent and its samples null, the ECG goes on', () => {
    const scenario = scenarioSchema.parse({ faults: [{ atMs: 0, untilMs: 20_000, kind: 'sensor-off' }] });
    const { readings, waves } = heardFrom(scenario, 16_000, [8, 1]);
    expect(new Set(readings.filter(({ metric }) => metric === 'spo2').map(brief))).toEqual(new Set(['spo2 unavailable']));
    expect(readings.some((reading) => reading.metric === 'heart-rate' && isMeasured(reading))).toBe(true);
    const samplesOf = (name: string): (number | null)[] => waves.filter(({ metric }) => metric === name).flatMap(({ samples }) => samples);
    expect(new Set(samplesOf('pleth'))).toEqual(new Set([null]));
    expect(samplesOf('ecg-ii').includes(null)).toBe(false);
    expect(samplesOf('ecg-ii').length).toBeGreaterThan(3000);
  });

  test('DATEX-9, DATEX-15 over a minute the waves have no hole and beat at the patient’s rate', () => {
    const scenario = scenarioSchema.parse({ seed: 1 });
    const { waves } = heardFrom(scenario, 60_000, [1, 8, 9]);
    const body = physiologyAt(scenario, 30_000);
    for (const [metric, periodMs, threshold, rate] of [
      ['pleth', 10, 2.5, body.pulseRate],
      ['ecg-1', 1000 / 300, 0.6, body.pulseRate],
      ['co2', 40, 2.5, body.respRate],
    ] as const) {
      const own = waves.filter((wave) => wave.periodMs === periodMs);
      own.slice(1).forEach((wave, index) => {
        expect(wave.firstSample).toBe((own[index]?.firstSample ?? NaN) + (own[index]?.samples.length ?? NaN));
      });
      const high = own.flatMap(({ samples }) => samples).map((sample) => sample !== null && sample > threshold);
      const beats = high.filter((is, index) => is && high[index - 1] === false).length;
      expect(Math.abs(beats - rate), metric).toBeLessThanOrEqual(3);
    }
  });
});
