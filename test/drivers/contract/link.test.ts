import { describe, expect, it } from 'vitest';
import { drivers } from '../../../electron/service/drivers/driver-directory.ts';
import { mustBeAsked } from '../../../electron/service/drivers/driver.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import { createSimulatedPorts } from '../../../electron/service/simulation/simulated-ports.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { casesOf } from '../cases/case-directory.ts';
import { hearDriver, killed, stateOf, valuesSince } from '../heard-driver.ts';

describe.each(drivers)('$id on a port in memory', (driver) => {
  const path = 'sim/bedside';
  const [firstMs, againMs] = casesOf(driver.id).soonMs;

  function simulated(scenario: ScenarioInput = {}) {
    const clock = createManualClock();
    const monitor = driver.createSimulator(scenarioSchema.parse(scenario));
    const { baudRate } = driver.portProfiles[0];
    return { clock, ports: createSimulatedPorts(clock, [{ path, stableId: null, monitor, baudRate }]) };
  }

  it('LINK-45 soon has values, is silent while its monitor is off, and has them again', async () => {
    const offForMs = driver.quietMs + 10_000;
    const { clock, ports } = simulated({ faults: [{ atMs: 20_000, untilMs: 20_000 + offForMs, kind: 'reboot' }] });
    const room = hearDriver(driver, ports, clock, path);
    await clock.pass(firstMs);
    expect(stateOf(room)).toBe('live');
    expect(valuesSince(room, 0)).toBeGreaterThan(0);
    await clock.pass(20_000 - firstMs + offForMs - 1000);
    expect(stateOf(room)).toBe('silent');
    await clock.pass(1000 + againMs);
    expect(stateOf(room)).toBe('live');
    expect(room.acquisition.vitals().spo2.state).toBe('live');
  });

  it('LINK-46 finds back after its cable was out', async () => {
    const { clock, ports } = simulated();
    const room = hearDriver(driver, ports, clock, path);
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

  it('LINK-47 a Vigil that was killed is followed by one that has values', async () => {
    const { clock, ports } = simulated();
    await clock.pass(100);
    const first = hearDriver(killed(driver), ports, clock, path);
    await clock.pass(8000);
    await first.acquisition.close();
    const sinceMs = clock.monoMs();
    const second = hearDriver(driver, ports, clock, path);
    await clock.pass(againMs);
    expect(valuesSince(second, sinceMs)).toBeGreaterThan(0);
  });

  it('LINK-48 one that closes leaves a monitor that has to be asked silent, and the next one has values at once', async () => {
    const { clock, ports } = simulated();
    const first = hearDriver(driver, ports, clock, path);
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
    const second = hearDriver(driver, ports, clock, path);
    await clock.pass(firstMs);
    expect(valuesSince(second, sinceMs)).toBeGreaterThan(0);
  });

  it('ACQ-8 a determination stated again after a reconnect is no new one', async () => {
    const { clock, ports } = simulated();
    const room = hearDriver(driver, ports, clock, path);
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
