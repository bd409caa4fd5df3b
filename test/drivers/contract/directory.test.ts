import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../../electron/service/drivers/driver-directory.ts';
import type { PortSettings } from '../../../electron/service/platform/byte-ports.ts';
import { monitorProtocolIds } from '../../../shared/clinical/monitor-protocol.ts';
import { casesOf } from '../cases/case-directory.ts';

const eightNoneOne: PortSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

describe('driver directory', () => {
  test('DRIVER-6 there is one driver per protocol, found by its id', () => {
    expect(drivers.map(({ id }) => id)).toEqual([...monitorProtocolIds]);
    for (const id of monitorProtocolIds) expect(findDriver(id).id).toBe(id);
  });

  test('DRIVER-6 each says that no one has met the device yet, and starts with the settings of its monitors', () => {
    for (const driver of drivers) {
      expect(driver.description.endsWith('Not validated on hardware.'), driver.id).toBe(true);
      expect(driver.portProfiles[0], driver.id).toEqual({ ...eightNoneOne, ...casesOf(driver.id).port });
      expect(driver.createPoller === undefined, driver.id).toBe(driver.mode === 'stream');
      expect(driver.mode, driver.id).toBe(casesOf(driver.id).mode);
    }
  });

  test('DRIVER-6 a stream is late and lost after the limits of its protocol; a cuff pressure and a spot temperature are events', () => {
    for (const driver of drivers) {
      const { limitsMs, hasSpotThermometer } = casesOf(driver.id);
      const [lateMs, lostMs] = limitsMs;
      for (const [metric, freshness] of Object.entries(driver.freshness)) {
        const isEvent = metric.startsWith('nibp') || (metric === 'temp' && hasSpotThermometer === true);
        expect(freshness, `${driver.id} ${metric}`).toMatchObject(isEvent ? { kind: 'event' } : { kind: 'stream', lateMs, lostMs });
      }
      expect(driver.freshness).toHaveProperty('spo2');
      expect(driver.quietMs, driver.id).toBeLessThanOrEqual(lostMs);
    }
    expect(Object.keys(findDriver('dinamap').freshness)).toEqual(expect.arrayContaining(['nibp-sys', 'nibp-dia', 'nibp-mean']));
  });
});
