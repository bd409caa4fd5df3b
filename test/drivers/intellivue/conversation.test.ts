import { describe, expect, test } from 'vitest';
import { IntellivueConversation } from '../../../electron/service/drivers/intellivue/associate.ts';
import * as commands from '../../../electron/service/drivers/intellivue/commands.ts';
import { intellivue } from '../../../electron/service/drivers/intellivue/driver.ts';
import { createIntellivueSimulator } from '../../../electron/service/drivers/intellivue/simulator.ts';
import { scenarioSchema } from '../../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../../electron/service/simulation/simulated-monitor.ts';
import { intellivue as cases } from '../cases/intellivue.ts';
import { createEventFrame, intellivueFrame, toHex } from '../intellivue-bytes.ts';
import { gapsOf, talk, timesOf, whatOf } from '../wire.ts';

const simulated = (options = {}): SimulatedMonitor => createIntellivueSimulator(scenarioSchema.parse({}), undefined, options);
const nameOf = (bytes: Uint8Array | null): string => cases.asked?.nameOf(bytes ?? new Uint8Array(0)) ?? '';

describe('association', () => {
  test('INTELLIVUE-12 polls are renewed within 31 s, and not before 30', () => {
    const told = talk(intellivue, simulated(), 600_000);
    expect(whatOf(told).filter((what) => what === 'associate').length).toBe(1);
    for (const poll of ['numerics', 'waves']) {
      const times = told.said.filter(({ what }) => what === poll).map(({ atMs }) => atMs);
      expect(Math.max(...gapsOf(times))).toBeLessThanOrEqual(31_000);
      expect(Math.min(...gapsOf(times))).toBeGreaterThanOrEqual(30_000);
    }
  });

  test('INTELLIVUE-12 a monitor that refuses waves gives its values all the same, and is asked once a minute', () => {
    const told = talk(intellivue, simulated({ hasWaves: false }), 300_000);
    expect(whatOf(told).filter((what) => what === 'waves').length).toBeLessThanOrEqual(6);
    expect(Math.max(...gapsOf(timesOf(told, 'heart-rate')))).toBeLessThanOrEqual(1100);
  });

  test('INTELLIVUE-13 a restarted Vigil gives the old association back and makes its own', () => {
    const monitor = simulated();
    talk(intellivue, monitor, 19_900);
    const again = talk(intellivue, monitor, 40_000, { fromMs: 20_000 });
    expect(whatOf(again)).toEqual(expect.arrayContaining(['release', 'associate', 'confirm']));
    expect(again.said.find(({ what }) => what === 'confirm')?.atMs).toBeLessThanOrEqual(25_000);
    expect(whatOf(again).filter((what) => what === 'associate').length).toBeLessThanOrEqual(3);
  });

  test('INTELLIVUE-13 an abort is followed by a new association, and repeated refusals by longer waits', () => {
    const conversation = new IntellivueConversation();
    const said: string[] = [];
    const times: number[] = [];
    for (let atMs = 0; atMs < 120_000; atMs += 100) {
      const bytes = conversation.poll(atMs);
      if (bytes === null) continue;
      said.push(nameOf(bytes));
      if (nameOf(bytes) === 'associate') {
        times.push(atMs);
        conversation.heard(intellivueFrame('0c0100'), atMs);
      } else if (nameOf(bytes) === 'release') conversation.heard(intellivueFrame('0a0100'), atMs);
    }
    expect(new Set(said)).toEqual(new Set(['associate', 'release']));
    const waits = gapsOf(times);
    expect(waits[0]).toBeLessThanOrEqual(1000);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(5000);
    conversation.heard(intellivueFrame('1900'), 120_000);
    expect(
      Array.from({ length: 10 }, (_, tick) => conversation.poll(120_000 + tick * 100))
        .filter((bytes) => bytes !== null)
        .map(nameOf),
    ).toEqual(['associate']);
  });

  test('INTELLIVUE-13 a repeated introduction is confirmed again without starting over', () => {
    const conversation = new IntellivueConversation();
    conversation.poll(0);
    conversation.heard(intellivueFrame('0e0100'), 50);
    const event = createEventFrame(8000, 'f'.repeat(16));
    conversation.heard(event, 60);
    expect(nameOf(conversation.poll(100))).toBe('confirm');
    conversation.poll(200);
    conversation.heard(event, 250);
    expect(toHex(conversation.poll(300) ?? new Uint8Array(0))).toBe(toHex(commands.createEventResult(1, 8000)));
    expect(nameOf(conversation.poll(400))).toBe('waves');
  });
});
