import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runSimulate } from '../../../electron/cli/simulate.ts';
import { createAcquisition, type Acquisition } from '../../../electron/service/acquisition/acquisition.ts';
import type { StampedReading } from '../../../electron/service/acquisition/stamped-reading.ts';
import { drivers } from '../../../electron/service/drivers/driver-directory.ts';
import { mustBeAsked, type Driver } from '../../../electron/service/drivers/driver.ts';
import type { BytePorts } from '../../../electron/service/platform/byte-ports.ts';
import type { Clock } from '../../../electron/service/platform/platform.ts';
import { createScaledClock } from '../../../electron/service/platform/scaled-clock.ts';
import { createSystemClock } from '../../../electron/service/platform/system-clock.ts';
import { createSerialPorts } from '../../../electron/service/serial/serialport-ports.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import { createSimulatedPorts } from '../../../electron/service/simulation/simulated-ports.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { casesOf } from '../cases/case-directory.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { canMakePtys, makePtyPair } from '../../support/pty-pair.ts';
import { createSilentLog } from '../../support/silent-log.ts';

const open: Acquisition[] = [];
afterEach(async () => {
  for (const acquisition of open.splice(0)) await acquisition.close();
});

interface Room {
  readonly acquisition: Acquisition;
  readonly readings: StampedReading[];
}

/** A driver whose conversation ends without a word, as when the program is killed. */
function killed(driver: Driver): Driver {
  const { createPoller } = driver;
  if (createPoller === undefined) return driver;
  return {
    ...driver,
    createPoller: () => {
      const poller = createPoller();
      return {
        tick: (monoMs) => poller.tick(monoMs),
        answered: (monoMs) => poller.answered(monoMs),
        heard: (chunk, monoMs) => poller.heard?.(chunk, monoMs),
      };
    },
  };
}

function roomOn(ports: BytePorts, clock: Clock, path: string, driver: Driver): Room {
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
  acquisition.configure([{ monitorId, name: 'Bedside', protocol: driver.id, port: { path, stableId: null }, simulated: true }]);
  return { acquisition, readings };
}

const stateOf = ({ acquisition }: Room): string | undefined => acquisition.statuses()[0]?.state;
const valuesSince = ({ readings }: Room, monoMs: number): number =>
  readings.filter((stamped) => stamped.reading.metric === 'spo2' && stamped.monoMs >= monoMs).length;

describe.each(drivers)('$id on a port in memory', (driver) => {
  const path = 'sim/bedside';
  const [firstMs, againMs] = casesOf(driver.id).soonMs;

  function simulated(scenario: ScenarioInput = {}) {
    const clock = createManualClock();
    const monitor = driver.createSimulator(scenarioSchema.parse(scenario));
    const { baudRate } = driver.portProfiles[0];
    return { clock, ports: createSimulatedPorts(clock, [{ path, stableId: null, monitor, baudRate }]) };
  }

  it('LINK-45, CAPNO-14, DATEX-12, INTELLIVUE-13 soon has values, is silent while its monitor is off, and has them again', async () => {
    const offForMs = driver.quietMs + 10_000;
    const { clock, ports } = simulated({ faults: [{ atMs: 20_000, untilMs: 20_000 + offForMs, kind: 'reboot' }] });
    const room = roomOn(ports, clock, path, driver);
    await clock.pass(firstMs);
    expect(stateOf(room)).toBe('live');
    expect(valuesSince(room, 0)).toBeGreaterThan(0);
    await clock.pass(20_000 - firstMs + offForMs - 1000);
    expect(stateOf(room)).toBe('silent');
    await clock.pass(1000 + againMs);
    expect(stateOf(room)).toBe('live');
    expect(room.acquisition.vitals().spo2.state).toBe('live');
  });

  it('LINK-46, CAPNO-14, DATEX-12, INTELLIVUE-13 finds back after its cable was out', async () => {
    const { clock, ports } = simulated();
    const room = roomOn(ports, clock, path, driver);
    await clock.pass(8000);
    for (const outMs of [500, 4000, 30_000]) {
      ports.pull(path);
      await clock.pass(outMs);
      ports.replug(path);
      const sinceMs = clock.monoMs();
      await clock.pass(againMs);
      expect(valuesSince(room, sinceMs), String(outMs)).toBeGreaterThan(0);
      await clock.pass(10_000);
      expect(stateOf(room), String(outMs)).toBe('live');
      expect(valuesSince(room, sinceMs), String(outMs)).toBeGreaterThan(1);
    }
  });

  it('LINK-47, CAPNO-14, INTELLIVUE-13 a Vigil that was killed is followed by one that has values', async () => {
    const { clock, ports } = simulated();
    await clock.pass(100);
    const first = roomOn(ports, clock, path, killed(driver));
    await clock.pass(8000);
    await first.acquisition.close();
    const sinceMs = clock.monoMs();
    const second = roomOn(ports, clock, path, driver);
    await clock.pass(againMs);
    expect(valuesSince(second, sinceMs)).toBeGreaterThan(0);
  });

  it('LINK-48, DATEX-13, INTELLIVUE-14 one that closes leaves a monitor that has to be asked silent, and the next one has values at once', async () => {
    const { clock, ports } = simulated();
    const first = roomOn(ports, clock, path, driver);
    await clock.pass(8000);
    await first.acquisition.close();
    if (mustBeAsked(driver)) {
      const heard: number[] = [];
      const port = await ports.open(path, driver.portProfiles[0], {
        bytes: (chunk) => void heard.push(...chunk),
        closed: () => undefined,
      });
      await clock.pass(10_000);
      expect(heard).toEqual([]);
      await port.close();
    }
    const sinceMs = clock.monoMs();
    const second = roomOn(ports, clock, path, driver);
    await clock.pass(firstMs);
    expect(valuesSince(second, sinceMs)).toBeGreaterThan(0);
  });

  it('ACQ-8, DATEX-8, INTELLIVUE-9 a determination stated again after a reconnect is no new one', async () => {
    const { clock, ports } = simulated();
    const room = roomOn(ports, clock, path, driver);
    await clock.pass(10_000);
    ports.pull(path);
    await clock.pass(1000);
    ports.replug(path);
    await clock.pass(15_000);
    const determined = room.readings.filter(({ reading }) => reading.metric === 'nibp-sys');
    // A cuff that only some of its kind have may not be there.
    const { 'nibp-sys': cuff } = driver.freshness;
    expect(determined).toHaveLength(cuff === undefined || cuff.ifHeard === true ? 0 : 1);
  });
});

describe('monitors that have to be asked, on a pseudo-terminal (socat)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigil-link-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function until(what: () => boolean, limitMs = 20_000): Promise<void> {
    const endMs = performance.now() + limitMs;
    while (!what()) {
      if (performance.now() > endMs) throw new Error(`not within ${limitMs} ms: ${what.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** `vigil simulate` on one end; stopping it and starting another is a monitor that was switched off and on. */
  function playOn(port: string, clock: Clock, protocol: MonitorProtocolId): { readonly started: Promise<void>; stop(): Promise<number> } {
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
    const ended = runSimulate(['--protocol', protocol, '--port', port], io, world);
    return {
      started,
      stop: () => {
        interrupt();
        return ended;
      },
    };
  }

  for (const driver of drivers.filter(mustBeAsked)) {
    it(`LINK-49, CAPNO-18, DATEX-16, INTELLIVUE-19 ${driver.id} gives values without modem lines, and survives a restart of the monitor and of Vigil`, async (context) => {
      context.skip(!canMakePtys, 'socat is not installed');
      // As many times as fast as makes a silence of about two seconds: the waits are the protocol's, not this test's.
      const clock = createScaledClock({ base: createSystemClock(), rate: Math.max(5, Math.ceil(driver.quietMs / 2000)) });
      const [near, far] = [join(folder, `room-${driver.id}`), join(folder, `monitor-${driver.id}`)];
      const cable = await makePtyPair(near, far);
      let monitor = playOn(far, clock, driver.id);
      await monitor.started;

      const room = roomOn(createSerialPorts(), clock, near, killed(driver));
      await until(() => valuesSince(room, 0) > 2);
      expect(stateOf(room)).toBe('live');

      expect(await monitor.stop()).toBe(0);
      await until(() => stateOf(room) === 'silent');
      monitor = playOn(far, clock, driver.id);
      await monitor.started;
      let sinceMs = clock.monoMs();
      await until(() => valuesSince(room, sinceMs) > 2);
      expect(stateOf(room)).toBe('live');

      // Killed without a word, then a new one beside a monitor that still sends, or still holds the association.
      await room.acquisition.close();
      const again = roomOn(createSerialPorts(), clock, near, driver);
      sinceMs = clock.monoMs();
      await until(() => valuesSince(again, sinceMs) > 2);
      expect(again.acquisition.statuses()[0]?.discardedBytes).toBeLessThan(2000);
      await again.acquisition.close();
      await monitor.stop();
      await cable.pull();
    });
  }
});
