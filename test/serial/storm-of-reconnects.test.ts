import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkChange, MonitorConfig } from '../../electron/service/acquisition/monitor-connection.ts';
import { masimoAscii1 } from '../../electron/service/drivers/masimo-ascii1/driver.ts';
import type { PortListener } from '../../electron/service/platform/byte-ports.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSerialPorts } from '../../electron/service/serial/serialport-ports.ts';
import { createMemoryPorts, type MemoryPort } from '../../electron/service/serial/memory-ports.ts';
import { quantile } from '../bench/statistics.ts';
import { masimoLine } from '../drivers/monitor-bytes.ts';
import { seededBelow } from '../drivers/decoded-stream.ts';
import { hearMonitors } from '../support/heard-monitors.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { canMakePtys, makePtyPair } from '../support/pty-pair.ts';
import { until } from '../support/until.ts';

const soak = process.env['VIGIL_SOAK'] !== undefined;
const backWithinMs = 2000;

function oximeterOn(path: string, number: number): MonitorConfig {
  const monitorId = `01900000-0000-7000-8000-00000000000${number}`;
  return { monitorId, name: `Oximeter ${number}`, protocol: 'masimo-ascii1', port: { path, stableId: null }, simulated: true };
}

const gapsOf = (changes: readonly LinkChange[]): string[] => changes.flatMap(({ gap }) => (gap === null ? [] : [gap.kind]));
/** First live, then one loss and one return for each time the cable was out. */
const expectedGaps = (rounds: number): string[] => ['live', ...Array.from({ length: rounds }, () => ['lost', 'live']).flat()];

describe('a cable that is pulled again and again', () => {
  it('STORM-1 is back within two seconds each of a thousand times, told gap by gap, though the system names no change', async () => {
    const rounds = 1000;
    const clock = createManualClock();
    const memory = createMemoryPorts();
    // No word when an adapter comes: it is found by looking.
    const ports = { ...memory, onListChanged: () => () => undefined };
    const { acquisition, changes } = hearMonitors({ clock, ports });
    const below = seededBelow(20_261_123);
    let port: MemoryPort = memory.plug('/dev/ttyUSB0');
    let second = 0;
    const stop = clock.every(1000, () => port.send(masimoLine((second += 1) % 60, 97, 70)));
    acquisition.configure([oximeterOn('/dev/ttyUSB0', 1)]);
    await clock.pass(3000);
    const backMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await clock.pass(below(700));
      memory.pull('/dev/ttyUSB0');
      await clock.pass(10 + below(4990));
      const pluggedMs = clock.monoMs();
      port = memory.plug('/dev/ttyUSB0');
      for (let waited = 0; waited < 50 && acquisition.statuses()[0]?.state !== 'live'; waited += 1) await clock.pass(100);
      backMs.push((changes.at(-1)?.monoMs ?? Infinity) - pluggedMs);
      expect(port.openings).toBe(1);
    }
    stop();
    await acquisition.close();
    expect(gapsOf(changes)).toEqual(expectedGaps(rounds));
    // Half of it is the monitor's own second between two lines.
    expect(Math.max(...backMs)).toBeLessThanOrEqual(backWithinMs);
    expect(clock.pending).toBe(0);
  });
});

/** What a monitor hears is of no interest here. */
const deaf: PortListener = { bytes: () => undefined, closed: () => undefined };

describe('real ports over pseudo-terminals (socat)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigil-storm-'));
    // Apart: a monitor that is lost listens at new ports beside its own, and the far end of a cable would be one.
    await mkdir(join(folder, 'far'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const descriptors = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** A monitor that says a line ten times a second into its end of a new cable. */
  async function plug(number: number): Promise<() => Promise<void>> {
    const pair = await makePtyPair(join(folder, `room${number}`), join(folder, 'far', `sim${number}`));
    const far = await createSerialPorts().open(join(folder, 'far', `sim${number}`), masimoAscii1.portProfiles[0], deaf);
    let second = 0;
    const timer = setInterval(() => void far.write(masimoLine((second += 1) % 60, 90 + number, 70)).catch(() => undefined), 100);
    return async () => {
      clearInterval(timer);
      await pair.pull();
      await far.close();
    };
  }

  it('STORM-2 four monitors come back each time on their own port, every gap told, no descriptor left', async (context) => {
    context.skip(!canMakePtys, 'socat is not installed');
    const numbers = [1, 2, 3, 4];
    const roundsEach = soak ? 250 : 5;
    const before = await descriptors();
    const { acquisition, changes, readings } = hearMonitors({ clock: createSystemClock(), ports: createSerialPorts() });
    const cables = new Map<number, () => Promise<void>>();
    for (const number of numbers) cables.set(number, await plug(number));
    acquisition.configure(numbers.map((number) => oximeterOn(join(folder, `room${number}`), number)));
    const stateOf = (number: number): string | undefined => acquisition.statuses()[number - 1]?.state;
    await until(() => numbers.every((number) => stateOf(number) === 'live'), 20_000);
    const held = await descriptors();

    const backMs: number[] = [];
    const storm = async (number: number): Promise<void> => {
      const below = seededBelow(number);
      for (let round = 0; round < roundsEach; round += 1) {
        await wait(below(300));
        await cables.get(number)?.();
        await until(() => stateOf(number) === 'unplugged', 20_000);
        await wait(10 + below(soak ? 4990 : 300));
        cables.set(number, await plug(number));
        backMs.push(await until(() => stateOf(number) === 'live', 20_000));
      }
    };
    await Promise.all(numbers.map(storm));

    expect(await descriptors()).toBeLessThanOrEqual(held);
    for (const number of numbers) {
      expect(gapsOf(changes.filter((change) => change.monitorName === `Oximeter ${number}`))).toEqual(expectedGaps(roundsEach));
      expect(acquisition.statuses()[number - 1]?.port).toBe(join(folder, `room${number}`));
    }
    const strangers = readings.filter(
      ({ monitorName, reading }) => reading.metric === 'spo2' && 'value' in reading && monitorName !== `Oximeter ${reading.value - 90}`,
    );
    expect(strangers).toEqual([]);
    await acquisition.close();
    for (const pull of cables.values()) await pull();
    expect(await descriptors()).toBeLessThanOrEqual(before);
    if (!soak) return;
    console.log(
      `${backMs.length} reopenings, back p50 ${quantile(backMs, 0.5).toFixed(0)} ms, p99 ${quantile(backMs, 0.99).toFixed(0)} ms`,
    );
    expect(quantile(backMs, 0.99)).toBeLessThanOrEqual(backWithinMs);
  });
});
