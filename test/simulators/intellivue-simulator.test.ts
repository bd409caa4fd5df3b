import { describe, expect, test } from 'vitest';
import * as commands from '../../electron/service/drivers/intellivue/commands.ts';
import { createIntellivueDecoder } from '../../electron/service/drivers/intellivue/decode.ts';
import { createIntellivueSimulator } from '../../electron/service/drivers/intellivue/simulator.ts';
import { goldenScenario, goldenVitals } from '../../electron/service/simulation/golden-patient.ts';
import { physiologyAt } from '../../electron/service/simulation/physiology.ts';
import { scenarioSchema, type Scenario } from '../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../electron/service/simulation/simulated-monitor.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { isMeasured } from '../../shared/clinical/reading.ts';
import { brief, decodeWhole, type Decoded } from '../drivers/decoded-stream.ts';

function associate(monitor: SimulatedMonitor, withWaves = true): Uint8Array[] {
  const requests = [commands.associationRequest(), commands.createEventResult(1, 0), commands.numericsPoll()];
  if (withWaves) requests.push(commands.wavesPoll());
  return requests.map((request) => monitor.receive(request) ?? new Uint8Array(0));
}

/** Everything the monitor sends from the scenario's start on, kept alive. */
function heardFrom(monitor: SimulatedMonitor, scenario: Scenario, forMs: number, withWaves = true): Decoded {
  monitor.advance(scenario.startMs);
  const bytes: number[] = associate(monitor, withWaves).flatMap((answer) => [...answer]);
  for (let sinceMs = 0; sinceMs <= forMs; sinceMs += 100) {
    bytes.push(...monitor.advance(scenario.startMs + sinceMs));
    if (sinceMs % 30_000 === 0) bytes.push(...(monitor.receive(commands.numericsPoll()) ?? []));
    if (withWaves && sinceMs % 30_000 === 0) bytes.push(...(monitor.receive(commands.wavesPoll()) ?? []));
    if (sinceMs % 3000 === 0) bytes.push(...(monitor.receive(commands.keepAlivePoll()) ?? []));
  }
  return decodeWhole(createIntellivueDecoder(), Uint8Array.from(bytes));
}

describe('the simulated IntelliVue', () => {
  test('INTELLIVUE-17 says nothing until it is associated, and introduces itself until it is confirmed', () => {
    const monitor = findDriver('intellivue').createSimulator(scenarioSchema.parse({}));
    expect(monitor.advance(5000).length).toBe(0);
    expect(monitor.receive(commands.numericsPoll())).toBeNull();
    expect(monitor.receive(Uint8Array.from({ length: 5000 }, (_, index) => index & 0xff))).toBeNull();
    expect(monitor.receive(commands.associationRequest())?.length).toBeGreaterThan(40);
    expect(monitor.advance(7000).length).toBe(0);
    expect(monitor.advance(8000).length).toBeGreaterThan(40);
    monitor.receive(commands.createEventResult(1, 0));
    expect(monitor.advance(12_000).length).toBe(0);
  });

  test('INTELLIVUE-17 ends an association that nobody keeps alive for 10 s, and a poll after its 60 s', () => {
    const monitor = findDriver('intellivue').createSimulator(scenarioSchema.parse({}));
    associate(monitor);
    expect(monitor.advance(9900).length).toBeGreaterThan(1000);
    expect(monitor.advance(10_000)[5]).toBe(0x19);
    expect(monitor.advance(20_000).length).toBe(0);
    const kept = findDriver('intellivue').createSimulator(scenarioSchema.parse({}));
    associate(kept);
    let lastMs = 0;
    for (let atMs = 0; atMs < 90_000; atMs += 1000) {
      kept.receive(commands.keepAlivePoll());
      if (kept.advance(atMs).length > 100) lastMs = atMs;
    }
    expect(lastMs).toBeGreaterThanOrEqual(59_000);
    expect(lastMs).toBeLessThanOrEqual(61_000);
  });

  test('INTELLIVUE-17 refuses a second association and takes one again after a release', () => {
    const monitor = findDriver('intellivue').createSimulator(scenarioSchema.parse({}));
    const first = (bytes: Uint8Array | null): number | undefined => bytes?.[5];
    expect(first(monitor.receive(commands.associationRequest()))).toBe(0x0e);
    expect(first(monitor.receive(commands.associationRequest()))).toBe(0x0c);
    expect(first(monitor.receive(commands.releaseRequest()))).toBe(0x0a);
    expect(first(monitor.receive(commands.associationRequest()))).toBe(0x0e);
  });

  test.each([
    ['demo', 'demo-data'],
    ['test', 'test-data'],
  ] as const)('INTELLIVUE-5, INTELLIVUE-17 in %s mode no value is good, and every value and wave says why', (monitorMode, flag) => {
    const scenario = scenarioSchema.parse({ monitorMode });
    const { readings, waves } = heardFrom(findDriver('intellivue').createSimulator(scenario), scenario, 5000);
    expect(readings.length).toBeGreaterThan(30);
    expect(readings.filter((reading) => isMeasured(reading) && reading.quality === 'good')).toEqual([]);
    expect([...readings, ...waves].filter(({ flags }) => flags?.includes(flag) !== true)).toEqual([]);
  });

  test('INTELLIVUE-9 the golden cuff gives the pressures of each row once', () => {
    const scenario = goldenScenario();
    const { readings } = heardFrom(createIntellivueSimulator(scenario), scenario, 42 * 60_000, false);
    for (const [metric, key] of [
      ['nibp-sys', 'sys'],
      ['nibp-dia', 'dia'],
      ['nibp-mean', 'mean'],
    ] as const) {
      const told = readings.filter((reading) => reading.metric === metric).map((reading) => (isMeasured(reading) ? reading.value : null));
      expect(told).toEqual(goldenVitals.filter(({ atMs }) => atMs <= 27 * 60_000).map((row) => row[key]));
    }
  });

  test('INTELLIVUE-4, INTELLIVUE-10 what Vigil has no id for is kept, and the date is the monitor’s', () => {
    const scenario = scenarioSchema.parse({ deviceClock: '2026-11-23T10:00:00' });
    const { readings } = heardFrom(createIntellivueSimulator(scenario), scenario, 3000);
    expect(readings.map(brief)).toEqual(expect.arrayContaining(['x:intellivue:4261 0', 'x:intellivue:0302 0.3', 'temp 36.8']));
    expect(new Set(readings.map(({ deviceTime }) => deviceTime))).toEqual(new Set(['2026-11-23T10:00:01', '2026-11-23T10:00:02']));
  });

  test('INTELLIVUE-2 with the sensor off the oximeter’s values are absent and its samples null, the ECG goes on', () => {
    const scenario = scenarioSchema.parse({ faults: [{ atMs: 0, untilMs: 10_000, kind: 'sensor-off' }] });
    const { readings, waves } = heardFrom(createIntellivueSimulator(scenario), scenario, 8000);
    expect(new Set(readings.filter(({ metric }) => metric === 'spo2').map(brief))).toEqual(new Set(['spo2 invalid']));
    expect(readings.some((reading) => reading.metric === 'heart-rate' && isMeasured(reading))).toBe(true);
    const samplesOf = (name: string): (number | null)[] => waves.filter(({ metric }) => metric === name).flatMap(({ samples }) => samples);
    expect(new Set(samplesOf('pleth'))).toEqual(new Set([null]));
    expect(samplesOf('ecg-ii').includes(null)).toBe(false);
  });

  test('INTELLIVUE-7, INTELLIVUE-8 over a minute the waves have no hole and beat at the patient’s rate', () => {
    const scenario = scenarioSchema.parse({ seed: 1 });
    const { waves } = heardFrom(createIntellivueSimulator(scenario), scenario, 60_000);
    for (const [metric, periodMs, threshold] of [
      ['pleth', 8, 2500],
      ['ecg-ii', 4, 0.6],
    ] as const) {
      const own = waves.filter((wave) => wave.metric === metric);
      expect(new Set(own.map((wave) => wave.periodMs))).toEqual(new Set([periodMs]));
      own.slice(1).forEach((wave, index) => {
        expect(wave.firstSample).toBe((own[index]?.firstSample ?? NaN) + (own[index]?.samples.length ?? NaN));
      });
      const high = own.flatMap(({ samples }) => samples).map((sample) => sample !== null && sample > threshold);
      const beats = high.filter((is, index) => is && high[index - 1] === false).length;
      expect(Math.abs(beats - physiologyAt(scenario, 30_000).pulseRate)).toBeLessThanOrEqual(5);
    }
  });
});
