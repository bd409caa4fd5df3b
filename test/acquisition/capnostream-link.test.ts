import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAcquisition, type Acquisition } from '../../electron/service/acquisition/acquisition.ts';
import type { StampedReading } from '../../electron/service/acquisition/stamped-reading.ts';
import { runSimulate } from '../../electron/cli/simulate.ts';
import type { Driver } from '../../electron/service/drivers/driver.ts';
import { capnostream } from '../../electron/service/drivers/capnostream/driver.ts';
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

interface Room {
  readonly acquisition: Acquisition;
  readonly readings: StampedReading[];
}

/** A driver whose conversation ends without a word, as when the program is killed. */
const killed: Driver = {
  ...capnostream,
  createPoller: () => {
    const poller = capnostream.createPoller?.();
    if (poller === undefined) throw new Error('a Capnostream has to be asked');
    return {
      tick: (monoMs) => poller.tick(monoMs),
      answered: (monoMs) => poller.answered(monoMs),
      heard: (chunk, monoMs) => poller.heard?.(chunk, monoMs),
    };
  },
};

function roomOn(ports: BytePorts, clock: Clock, path: string, driver: Driver = capnostream): Room {
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
  const monitorId = '01900000-0000-7000-8000-00000000000c';
  acquisition.configure([{ monitorId, name: 'Breath', protocol: 'capnostream', port: { path, stableId: null }, simulated: true }]);
  return { acquisition, readings };
}

const stateOf = ({ acquisition }: Room): string | undefined => acquisition.statuses()[0]?.state;
const valuesSince = ({ readings }: Room, monoMs: number): number =>
  readings.filter((stamped) => stamped.reading.metric === 'etco2' && stamped.monoMs >= monoMs).length;

describe('a Capnostream on a port in memory', () => {
  const path = 'sim/capnostream';
  function simulated(scenario: ScenarioInput = {}) {
    const clock = createManualClock();
    const monitor = createSimulatedMonitor('capnostream', scenarioSchema.parse(scenario));
    return { clock, ports: createSimulatedPorts(clock, [{ path, stableId: null, monitor, baudRate: 115_200 }]) };
  }

  it('CAPNO-14 is live within two seconds, and within three after a restart of the monitor', async () => {
    const { clock, ports } = simulated({ faults: [{ atMs: 20_000, untilMs: 40_000, kind: 'reboot' }] });
    const room = roomOn(ports, clock, path);
    await clock.pass(2500);
    expect(stateOf(room)).toBe('live');
    expect(valuesSince(room, 0)).toBeGreaterThan(0);
    await clock.pass(30_000);
    expect(stateOf(room)).toBe('silent');
    await clock.pass(10_500);
    expect(stateOf(room)).toBe('live');
    const vitals = room.acquisition.vitals();
    expect([vitals.etco2.state, vitals['resp-rate'].state, vitals.spo2.state]).toEqual(['live', 'live', 'live']);
  });

  it('CAPNO-14 finds back after the cable was out, and after Vigil was killed', async () => {
    const { clock, ports } = simulated();
    const room = roomOn(ports, clock, path, killed);
    await clock.pass(5000);
    for (const outMs of [500, 4000, 30_000]) {
      ports.pull(path);
      await clock.pass(outMs);
      ports.replug(path);
      const sinceMs = clock.monoMs();
      await clock.pass(8000);
      expect(stateOf(room), String(outMs)).toBe('live');
      expect(valuesSince(room, sinceMs)).toBeGreaterThan(3);
    }
    await room.acquisition.close();
    const sinceMs = clock.monoMs();
    const again = roomOn(ports, clock, path);
    await clock.pass(3000);
    expect(valuesSince(again, sinceMs)).toBeGreaterThan(0);
  });
});

describe('a Capnostream on a pseudo-terminal (socat)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigil-capnostream-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function until(what: () => boolean, limitMs = 8000): Promise<void> {
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
    const ended = runSimulate(['--protocol', 'capnostream', '--port', port], io, world);
    return {
      started,
      stop: () => {
        interrupt();
        return ended;
      },
    };
  }

  it('CAPNO-18 gives values without modem lines, and survives a restart of the monitor and of Vigil', async (context) => {
    context.skip(!canMakePtys, 'socat is not installed');
    // Five times as fast: the waits are the protocol's, not this test's.
    const clock = createScaledClock({ base: createSystemClock(), rate: 5 });
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

    // Killed without a word, then a new one beside a monitor that still sends.
    await room.acquisition.close();
    const again = roomOn(createSerialPorts(), clock, near);
    sinceMs = clock.monoMs();
    await until(() => valuesSince(again, sinceMs) > 2);
    expect(again.acquisition.statuses()[0]?.discardedBytes).toBeLessThan(500);
    await again.acquisition.close();
    await monitor.stop();
    await cable.pull();
  });
});
