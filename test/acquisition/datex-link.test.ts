import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAcquisition, type Acquisition } from '../../electron/service/acquisition/acquisition.ts';
import type { MonitorConfig } from '../../electron/service/acquisition/monitor-connection.ts';
import type { StampedReading } from '../../electron/service/acquisition/stamped-reading.ts';
import { runSimulate } from '../../electron/cli/simulate.ts';
import type { Driver } from '../../electron/service/drivers/driver.ts';
import { datexDri } from '../../electron/service/drivers/datex-dri/driver.ts';
import type { BytePorts } from '../../electron/service/platform/byte-ports.ts';
import type { Clock } from '../../electron/service/platform/platform.ts';
import { createScaledClock } from '../../electron/service/platform/scaled-clock.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSerialPorts } from '../../electron/service/serial/serialport-ports.ts';
import { scenarioSchema, type ScenarioInput } from '../../electron/service/simulation/scenario.ts';
import { createSimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { createSimulatedMonitor } from '../../electron/service/drivers/simulator-directory.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { canMakePtys, makePtyPair } from '../support/pty-pair.ts';
import { createSilentLog } from '../support/silent-log.ts';

const open: Acquisition[] = [];
afterEach(async () => {
  for (const acquisition of open.splice(0)) await acquisition.close();
});

const monitorId = '01900000-0000-7000-8000-00000000000d';
const configOf = (path: string): MonitorConfig => ({
  monitorId,
  name: 'Bedside',
  protocol: 'datex-dri',
  port: { path, stableId: null },
  simulated: true,
});

interface Room {
  readonly acquisition: Acquisition;
  readonly readings: StampedReading[];
}

/** A driver whose conversation ends without a word, as when the program is killed. */
const killed: Driver = {
  ...datexDri,
  createPoller: () => {
    const poller = datexDri.createPoller?.();
    if (poller === undefined) throw new Error('an S/5 monitor has to be asked');
    return {
      tick: (monoMs) => poller.tick(monoMs),
      answered: (monoMs) => poller.answered(monoMs),
      heard: (chunk, monoMs) => poller.heard?.(chunk, monoMs),
    };
  },
};

function roomOn(ports: BytePorts, clock: Clock, path: string, driver: Driver = datexDri): Room {
  const readings: StampedReading[] = [];
  const acquisition = createAcquisition({
    clock,
    ports,
    log: createSilentLog(),
    onReadings: (batch) => readings.push(...batch),
    onLinkChange: () => undefined,
    findDriver: () => driver,
  });
  open.push(acquisition);
  acquisition.configure([configOf(path)]);
  return { acquisition, readings };
}

const stateOf = ({ acquisition }: Room): string | undefined => acquisition.statuses()[0]?.state;
const valuesSince = ({ readings }: Room, monoMs: number): number =>
  readings.filter((stamped) => stamped.reading.metric === 'heart-rate' && stamped.monoMs >= monoMs).length;

describe('an S/5 monitor on a port in memory', () => {
  const path = 'sim/datex';
  function simulated(scenario: ScenarioInput = {}) {
    const clock = createManualClock();
    const monitor = createSimulatedMonitor('datex-dri', scenarioSchema.parse(scenario));
    return { clock, ports: createSimulatedPorts(clock, [{ path, stableId: null, monitor, baudRate: 19_200 }]) };
  }

  it('DATEX-12 is live within six seconds, and again after a restart of the monitor', async () => {
    const { clock, ports } = simulated({ faults: [{ atMs: 20_000, untilMs: 50_000, kind: 'reboot' }] });
    const room = roomOn(ports, clock, path);
    await clock.pass(6000);
    expect(stateOf(room)).toBe('live');
    expect(valuesSince(room, 0)).toBeGreaterThan(0);
    await clock.pass(40_000);
    expect(stateOf(room)).toBe('silent');
    await clock.pass(18_000);
    expect(stateOf(room)).toBe('live');
    const vitals = room.acquisition.vitals();
    expect([vitals['heart-rate'].state, vitals.spo2.state]).toEqual(['live', 'live']);
  });

  it('DATEX-12 finds back after the cable was out', async () => {
    const { clock, ports } = simulated();
    const room = roomOn(ports, clock, path);
    await clock.pass(8000);
    for (const outMs of [500, 4000, 30_000]) {
      ports.pull(path);
      await clock.pass(outMs);
      ports.replug(path);
      const sinceMs = clock.monoMs();
      await clock.pass(20_000);
      expect(stateOf(room), String(outMs)).toBe('live');
      expect(valuesSince(room, sinceMs)).toBeGreaterThan(1);
    }
  });

  it('DATEX-13 a Vigil that closes leaves a silent monitor, one that was killed a sending one; the next has values within six seconds', async () => {
    for (const driver of [datexDri, killed]) {
      const { clock, ports } = simulated();
      const first = roomOn(ports, clock, path, driver);
      await clock.pass(7000);
      await first.acquisition.close();
      const heard: number[] = [];
      const port = await ports.open(path, datexDri.portProfiles[0], {
        bytes: (chunk) => void heard.push(...chunk),
        closed: () => undefined,
      });
      await clock.pass(10_000);
      expect(heard.length > 0).toBe(driver === killed);
      await port.close();
      const sinceMs = clock.monoMs();
      const second = roomOn(ports, clock, path);
      await clock.pass(6000);
      expect(valuesSince(second, sinceMs)).toBeGreaterThan(0);
    }
  });

  it('DATEX-8 a determination stated again after a reconnect is no new one', async () => {
    const { clock, ports } = simulated();
    const room = roomOn(ports, clock, path);
    await clock.pass(10_000);
    ports.pull(path);
    await clock.pass(1000);
    ports.replug(path);
    await clock.pass(12_000);
    expect(room.readings.filter(({ reading }) => reading.metric === 'nibp-sys')).toHaveLength(1);
  });
});

describe('an S/5 monitor on a pseudo-terminal (socat)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigil-datex-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function until(what: () => boolean, limitMs = 12_000): Promise<void> {
    const endMs = performance.now() + limitMs;
    while (!what()) {
      if (performance.now() > endMs) throw new Error(`not within ${limitMs} ms: ${what.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** `vigil simulate` on one end; stopping it and starting another is a monitor that was switched off and on. */
  function playOn(port: string, clock: Clock): { readonly started: Promise<void>; stop(): Promise<number> } {
    let interrupt: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
    const started = new Promise<void>((resolve) => (begun = resolve));
    const io = {
      stdin: { async *[Symbol.asyncIterator]() {} },
      stdout: () => begun(),
      stderr: () => undefined,
    };
    const world = { clock, ports: async () => createSerialPorts(), interrupted: () => interrupted };
    const ended = runSimulate(['--protocol', 'datex-dri', '--port', port], io, world);
    return {
      started,
      stop: () => {
        interrupt();
        return ended;
      },
    };
  }

  it('DATEX-16 gives values without modem lines, and survives a restart of the monitor and of Vigil', async (context) => {
    context.skip(!canMakePtys, 'socat is not installed');
    // Twelve times as fast: the waits are the protocol's, not this test's.
    const clock = createScaledClock({ base: createSystemClock(), rate: 12 });
    const [near, far] = [join(folder, 'room'), join(folder, 'monitor')];
    const cable = await makePtyPair(near, far);
    let monitor = playOn(far, clock);
    await monitor.started;

    const room = roomOn(createSerialPorts(), clock, near, killed);
    await until(() => valuesSince(room, 0) > 2);
    expect(stateOf(room)).toBe('live');

    expect(await monitor.stop()).toBe(0);
    await until(() => stateOf(room) === 'silent');
    monitor = playOn(far, clock);
    await monitor.started;
    let sinceMs = clock.monoMs();
    await until(() => valuesSince(room, sinceMs) > 2);
    expect(stateOf(room)).toBe('live');

    // Killed without a word, then a new one while the monitor still sends.
    await room.acquisition.close();
    const again = roomOn(createSerialPorts(), clock, near);
    sinceMs = clock.monoMs();
    await until(() => valuesSince(again, sinceMs) > 2);
    expect(again.acquisition.statuses()[0]?.discardedBytes).toBeLessThan(2000);
    await again.acquisition.close();
    await monitor.stop();
    await cable.pull();
  });
});
