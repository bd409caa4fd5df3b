import { describe, expect, test } from 'vitest';
import * as commands from '../../../electron/service/drivers/capnostream/commands.ts';
import { CapnostreamConversation } from '../../../electron/service/drivers/capnostream/conversation.ts';
import { createCapnostreamDecoder } from '../../../electron/service/drivers/capnostream/decode.ts';
import { capnostream } from '../../../electron/service/drivers/capnostream/driver.ts';
import { createCapnostreamSimulator } from '../../../electron/service/drivers/capnostream/simulator.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../../electron/service/simulation/simulated-monitor.ts';
import { capnostreamId, capnostreamMessage } from '../capnostream-bytes.ts';
import { brief, decodeWhole, join } from '../decoded-stream.ts';
import { talk, timesOf, whatOf } from '../wire.ts';

const simulated = (scenario: ScenarioInput = {}): SimulatedMonitor => createCapnostreamSimulator(scenarioSchema.parse(scenario));

describe('the conversation', () => {
  test('CAPNO-12 enables each 200 ms until the monitor says who it is, then starts it', () => {
    let asked = 0;
    const monitor = simulated();
    // The first two are lost.
    const deaf: SimulatedMonitor = {
      advance: (tMs) => monitor.advance(tMs),
      receive: (bytes) => (++asked > 2 ? monitor.receive(bytes) : null),
    };
    const told = talk(capnostream, deaf, 5000);
    expect(told.said.slice(0, 4)).toEqual([
      { atMs: 0, what: 'enable' },
      { atMs: 200, what: 'enable' },
      { atMs: 400, what: 'enable' },
      { atMs: 500, what: 'start' },
    ]);
    expect(timesOf(told, 'etco2')[0]).toBeLessThanOrEqual(1500);
  });

  test('CAPNO-14 takes over a monitor that still sends and does not say again who it is', () => {
    const monitor = simulated();
    talk(capnostream, monitor, 39_900);
    const mute: SimulatedMonitor = {
      advance: (tMs) => monitor.advance(tMs),
      receive(bytes) {
        monitor.receive(bytes);
        return null;
      },
    };
    const told = talk(capnostream, mute, 80_000, { fromMs: 40_000 });
    expect(whatOf(told)).toEqual(expect.arrayContaining(['start', 'link']));
    expect(whatOf(told).filter((what) => what === 'enable').length).toBeLessThanOrEqual(8);
    expect(timesOf(told, 'etco2').length).toBeGreaterThan(38);
  });

  test('CAPNO-14 a monitor that took the start and sends nothing is asked to start again', () => {
    const conversation = new CapnostreamConversation();
    conversation.poll(0);
    const said: string[] = [];
    for (let atMs = 100; atMs <= 4000; atMs += 100) {
      if (atMs % 1000 === 100) conversation.heard(capnostreamMessage(21, [1, 2, 3]), atMs);
      if (atMs === 100) conversation.heard(capnostreamId(), atMs);
      if (conversation.poll(atMs)?.toString() === commands.startRealTime().toString()) said.push(`start at ${atMs}`);
    }
    expect(said).toEqual(['start at 100', 'start at 1100', 'start at 2100', 'start at 3100']);
  });
});

describe('the simulated Capnostream', () => {
  test('CAPNO-17 says nothing until it is enabled, sends between start and stop, and stops for a host that is gone', () => {
    const monitor = simulated();
    expect(monitor.advance(5000).length).toBe(0);
    expect(monitor.receive(commands.startRealTime())).toBeNull();
    expect(monitor.advance(6000).length).toBe(0);
    expect(monitor.receive(commands.enable())).toEqual(capnostreamId());
    expect(monitor.advance(7000).length).toBe(0);
    monitor.receive(commands.startRealTime());
    expect(monitor.advance(8000).length).toBeGreaterThan(150);
    monitor.receive(commands.stopRealTime());
    expect(monitor.advance(9000).length).toBe(0);
    monitor.receive(commands.startRealTime());
    expect(monitor.advance(23_900).length).toBeGreaterThan(150);
    expect(monitor.advance(24_000).length).toBe(0);
    expect(monitor.receive(Uint8Array.from({ length: 5000 }, (_, index) => index & 0xff))).toBeNull();
  });

  test('CAPNO-17 with the sensors off it says which, and another clock moves the device time only', () => {
    const off = talk(capnostream, simulated({ faults: [{ atMs: 0, untilMs: 20_000, kind: 'sensor-off' }] }), 5000);
    expect(new Set(off.heard.map(({ reading }) => brief(reading)))).toEqual(
      new Set(['etco2 no-sensor', 'fico2 no-sensor', 'resp-rate no-sensor', 'spo2 no-sensor', 'pulse-rate no-sensor']),
    );
    const jumped = talk(capnostream, simulated({ faults: [{ atMs: 2500, untilMs: 3500, kind: 'clock-jump' }] }), 4900);
    expect(jumped.heard.filter(({ reading }) => reading.metric === 'spo2').map(({ reading }) => reading.deviceTime)).toEqual([
      '2026-11-23T10:00:01',
      '2026-11-23T10:00:02',
      '2026-11-23T22:00:03',
      '2026-11-23T10:00:04',
    ]);
  });

  test.each(['mmHg', 'kPa', 'volume-percent'] as const)('CAPNO-17 set to %s, its curve reaches what its numerics state', (unit) => {
    const scenario = scenarioSchema.parse({});
    const monitor = createCapnostreamSimulator(scenario, undefined, { unit });
    monitor.advance(0);
    const bytes = [commands.enable(), commands.startRealTime()].map((command) => monitor.receive(command) ?? new Uint8Array(0));
    const { waves, readings, discarded } = decodeWhole(createCapnostreamDecoder(), join(...bytes, monitor.advance(10_000)));
    expect(discarded).toEqual([]);
    const stated = readings.findLast(({ metric }) => metric.endsWith('etco2'));
    const known = waves.filter(({ flags }) => flags === undefined);
    const peak = Math.max(...known.flatMap(({ samples }) => samples.map((sample) => sample ?? 0)));
    expect(stated !== undefined && 'value' in stated && Math.abs(stated.value / peak - 1)).toBeLessThan(0.06);
    expect(new Set(known.map((wave) => wave.unit))).toEqual(new Set([unit === 'volume-percent' ? '%' : 'mm[Hg]']));
    const places = waves.map(({ firstSample, samples }) => [firstSample ?? 0, samples.length] as const);
    for (const [index, [first]] of places.entries()) {
      const before = places[index - 1];
      if (before !== undefined) expect(first).toBe(before[0] + before[1]);
    }
  });
});
