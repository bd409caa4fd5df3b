import { describe, expect, test } from 'vitest';
import { numericsStop } from '../../../electron/service/drivers/datex-dri/commands.ts';
import { DatexConversation } from '../../../electron/service/drivers/datex-dri/conversation.ts';
import { datexDri } from '../../../electron/service/drivers/datex-dri/driver.ts';
import { createDatexSimulator, type DatexOptions } from '../../../electron/service/drivers/datex-dri/simulator.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../../electron/service/simulation/simulated-monitor.ts';
import { gapsOf, talk, timesOf, whatOf, type Talk } from '../wire.ts';

const levels = [11, 10, 9, 8, 7];
const burst = levels.map((level) => `values ${level}`);
const simulated = (scenario: ScenarioInput = {}, options: DatexOptions = {}): SimulatedMonitor =>
  createDatexSimulator(scenarioSchema.parse(scenario), undefined, options);
const beatsOf = (told: Talk): number[] => timesOf(told, 'heart-rate');

describe('asking', () => {
  test('DATEX-12 waves are asked for at the monitor’s own level, and come each second', () => {
    const told = talk(datexDri, simulated(), 600_000);
    expect(whatOf(told)).toEqual(['values 11', 'waves 10']);
    expect(told.waves).toBeGreaterThan(3 * 590);
  });

  test.each(levels)('DATEX-12 a monitor that knows level %i only has values within a second, and every five from then on', (level) => {
    const told = talk(datexDri, simulated({}, { level, isStrict: true }), 12_000);
    expect(beatsOf(told)[0]).toBeLessThanOrEqual(500);
    expect(Math.max(...gapsOf(beatsOf(told)))).toBeLessThanOrEqual(5100);
    expect(whatOf(told).at(-1)).toBe(`waves ${level}`);
  });

  test('DATEX-12 a monitor without waves gives its values all the same, and is asked once a minute in the end', () => {
    const told = talk(datexDri, simulated({}, { hasWaves: false }), 300_000);
    expect(Math.max(...gapsOf(beatsOf(told)))).toBeLessThanOrEqual(5100);
    expect(whatOf(told).filter((what) => what.startsWith('waves')).length).toBeLessThanOrEqual(8);
    expect(whatOf(told).filter((what) => what.startsWith('values'))).toEqual(['values 11']);
  });

  test('DATEX-12 without an answer all levels are asked again every seven seconds or so', () => {
    const told = talk(datexDri, { advance: () => new Uint8Array(0), receive: () => null }, 600_000);
    expect(whatOf(told).slice(0, 10)).toEqual([...burst, ...burst]);
    const starts = told.said.filter(({ what }) => what === 'values 11').map(({ atMs }) => atMs);
    expect(Math.min(...gapsOf(starts))).toBeGreaterThan(7000);
    expect(Math.max(...gapsOf(starts))).toBeLessThanOrEqual(7500);
  });

  test('DATEX-12 a restarted monitor without waves is found again, too', () => {
    const scenario = { faults: [{ atMs: 21_000, untilMs: 23_000, kind: 'reboot' as const }] };
    const told = talk(datexDri, simulated(scenario, { hasWaves: false }), 60_000);
    expect(beatsOf(told).find((atMs) => atMs > 23_000)).toBeLessThanOrEqual(40_000);
  });

  test('DATEX-12 values that stop while waves go on are asked for again', () => {
    const monitor = simulated();
    const poller = new DatexConversation();
    talk(datexDri, monitor, 19_900, { poller });
    monitor.receive(numericsStop(9));
    const told = talk(datexDri, monitor, 50_000, { poller, fromMs: 20_000 });
    expect(beatsOf(told)[0]).toBeLessThanOrEqual(38_000);
  });
});
