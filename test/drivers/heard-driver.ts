import type { Driver } from '../../electron/service/drivers/driver.ts';
import type { BytePorts } from '../../electron/service/platform/byte-ports.ts';
import type { Clock } from '../../electron/service/platform/platform.ts';
import { hearMonitors, monitorOn, type HeardMonitors } from '../support/heard-monitors.ts';

/** One monitor on a port, read by this driver and no other. */
export function hearDriver(driver: Driver, ports: BytePorts, clock: Clock, path: string): HeardMonitors {
  return hearMonitors({ clock, ports, findDriver: () => driver }, monitorOn(path, driver.id));
}

/** A driver whose conversation ends without a word, as when the program is killed. */
export function killed(driver: Driver): Driver {
  const { createPoller } = driver;
  if (createPoller === undefined) return driver;
  return {
    ...driver,
    createPoller: () => {
      const poller = createPoller();
      return {
        poll: (monoMs) => poller.poll(monoMs),
        answered: (monoMs) => poller.answered(monoMs),
        heard: (chunk, monoMs) => poller.heard?.(chunk, monoMs),
      };
    },
  };
}

export function stateOf({ acquisition }: HeardMonitors): string | undefined {
  return acquisition.statuses()[0]?.state;
}

/** How many saturations came at or after a time of the room's clock. */
export function valuesSince({ readings }: HeardMonitors, monoMs: number): number {
  return readings.filter((stamped) => stamped.reading.metric === 'spo2' && stamped.monoMs >= monoMs).length;
}
