import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulateCommand } from '../../electron/cli/simulate.ts';
import { drivers } from '../../electron/service/drivers/driver-directory.ts';
import { mustBeAsked } from '../../electron/service/drivers/driver.ts';
import type { Clock } from '../../electron/service/platform/platform.ts';
import { createScaledClock } from '../../electron/service/platform/scaled-clock.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSerialPorts } from '../../electron/service/serial/serialport-ports.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { hearDriver, killed, stateOf, valuesSince } from '../drivers/heard-driver.ts';
import { canMakePtys, makePtyPair } from '../support/pty-pair.ts';
import { until } from '../support/until.ts';

describe('monitors that have to be asked, on a pseudo-terminal (socat)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigil-link-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

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
    const ended = simulateCommand.run(['--protocol', protocol, '--port', port], io, world);
    return {
      started,
      stop: () => {
        interrupt();
        return ended;
      },
    };
  }

  for (const driver of drivers.filter(mustBeAsked)) {
    it(`LINK-49 ${driver.id} gives values without modem lines, and survives a restart of the monitor and of Vigil`, async (context) => {
      context.skip(!canMakePtys, 'socat is not installed');
      // As many times as fast as makes a silence of about two seconds: the waits are the protocol's, not this test's.
      const clock = createScaledClock({ base: createSystemClock(), rate: Math.max(5, Math.ceil(driver.quietMs / 2000)) });
      const [near, far] = [join(folder, `room-${driver.id}`), join(folder, `monitor-${driver.id}`)];
      const cable = await makePtyPair(near, far);
      let monitor = playOn(far, clock, driver.id);
      await monitor.started;

      const room = hearDriver(killed(driver), createSerialPorts(), clock, near);
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
      const again = hearDriver(driver, createSerialPorts(), clock, near);
      sinceMs = clock.monoMs();
      await until(() => valuesSince(again, sinceMs) > 2);
      expect(again.acquisition.statuses()[0]?.discardedBytes).toBeLessThan(2000);
      await again.acquisition.close();
      await monitor.stop();
      await cable.pull();
    });
  }
});
