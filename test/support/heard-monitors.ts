import { onTestFinished } from 'vitest';
import { createAcquisition, type Acquisition, type AcquisitionOptions } from '../../electron/service/acquisition/acquisition.ts';
import type { DeviceClockJump } from '../../electron/service/acquisition/device-clock.ts';
import type { LinkChange, MonitorConfig } from '../../electron/service/acquisition/monitor-connection.ts';
import type { StampedReading } from '../../electron/service/acquisition/stamped-reading.ts';
import { createSilentLog, type SilentLog } from './silent-log.ts';

/** A room's monitors without the room, and all that they tell. */
export interface HeardMonitors {
  readonly acquisition: Acquisition;
  readonly readings: StampedReading[];
  readonly changes: LinkChange[];
  readonly jumps: DeviceClockJump[];
  readonly log: SilentLog;
}

/** Connects monitors for one test, and frees their ports when it ends, however it ends. */
export function hearMonitors(
  options: Pick<AcquisitionOptions, 'clock' | 'ports'> & Partial<AcquisitionOptions>,
  ...monitors: readonly MonitorConfig[]
): HeardMonitors {
  const readings: StampedReading[] = [];
  const changes: LinkChange[] = [];
  const jumps: DeviceClockJump[] = [];
  const log = createSilentLog();
  const acquisition = createAcquisition({
    log,
    onReadings: (batch) => readings.push(...batch),
    onLinkChange: (change) => changes.push(change),
    onClockJump: (_monitor, jump) => jumps.push(jump),
    ...options,
  });
  onTestFinished(() => acquisition.close());
  acquisition.configure(monitors);
  return { acquisition, readings, changes, jumps, log };
}

/** One monitor, the only one of most tests. */
export function monitorOn(path: string, protocol: MonitorConfig['protocol'], parts: Partial<MonitorConfig> = {}): MonitorConfig {
  const monitorId = '01900000-0000-7000-8000-00000000000c';
  return { monitorId, name: 'Bedside', protocol, port: { path, stableId: null }, simulated: true, ...parts };
}
