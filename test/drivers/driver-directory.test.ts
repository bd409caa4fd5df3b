import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { DriverMode } from '../../electron/service/drivers/driver.ts';
import type { PortSettings } from '../../electron/service/platform/byte-ports.ts';
import { monitorProtocolIds, type MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';

interface Expected {
  readonly mode: DriverMode;
  /** What differs from 9600 8N1. */
  readonly port: Partial<PortSettings>;
  /** A stream of this monitor is late and lost after so long (`docs/monitors`). */
  readonly limitsMs: readonly [late: number, lost: number];
}

const eightNoneOne: PortSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
const everySecond = [2500, 5000] as const;

const expected: Readonly<Record<MonitorProtocolId, Expected>> = {
  'masimo-ascii1': { mode: 'stream', port: {}, limitsMs: everySecond },
  'nellcor-n560': { mode: 'stream', port: {}, limitsMs: [5000, 10_000] },
  'nonin-df2': { mode: 'stream', port: {}, limitsMs: everySecond },
  'nonin-df7': { mode: 'stream', port: {}, limitsMs: everySecond },
  'nonin-df8': { mode: 'stream', port: {}, limitsMs: everySecond },
  'nonin-ascii': { mode: 'stream', port: {}, limitsMs: everySecond },
  dinamap: { mode: 'polled', port: {}, limitsMs: everySecond },
  intellivue: { mode: 'associated', port: { baudRate: 115_200 }, limitsMs: [3000, 8000] },
  capnostream: { mode: 'associated', port: { baudRate: 115_200 }, limitsMs: [3000, 6000] },
  'datex-dri': { mode: 'associated', port: { baudRate: 19_200, parity: 'even', rtscts: true }, limitsMs: [12_000, 20_000] },
  'hl7-oru': { mode: 'stream', port: {}, limitsMs: [12_000, 20_000] },
};

describe('driver directory', () => {
  test('DRIVER-6 there is one driver per protocol, found by its id', () => {
    expect(drivers.map(({ id }) => id)).toEqual([...monitorProtocolIds]);
    for (const id of monitorProtocolIds) expect(findDriver(id).id).toBe(id);
  });

  test('DRIVER-6 each says that no one has met the device yet, and starts with the settings of its monitors', () => {
    for (const driver of drivers) {
      expect(driver.description.endsWith('Not validated on hardware.'), driver.id).toBe(true);
      expect(driver.portProfiles[0], driver.id).toEqual({ ...eightNoneOne, ...expected[driver.id].port });
      expect(driver.createPoller === undefined, driver.id).toBe(driver.mode === 'stream');
      expect(driver.mode, driver.id).toBe(expected[driver.id].mode);
    }
  });

  test('DRIVER-6 a stream is late and lost after the limits of its protocol; a cuff pressure and a spot temperature are events', () => {
    const spotThermometers: readonly MonitorProtocolId[] = ['masimo-ascii1', 'dinamap'];
    for (const driver of drivers) {
      const [lateMs, lostMs] = expected[driver.id].limitsMs;
      for (const [metric, freshness] of Object.entries(driver.freshness)) {
        const isEvent = metric.startsWith('nibp') || (metric === 'temp' && spotThermometers.includes(driver.id));
        expect(freshness, `${driver.id} ${metric}`).toMatchObject(isEvent ? { kind: 'event' } : { kind: 'stream', lateMs, lostMs });
      }
      expect(driver.freshness).toHaveProperty('spo2');
      expect(driver.quietMs, driver.id).toBeLessThanOrEqual(lostMs);
    }
    expect(Object.keys(findDriver('dinamap').freshness)).toEqual(expect.arrayContaining(['nibp-sys', 'nibp-dia', 'nibp-mean']));
  });
});
