import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { protocolIds } from '../../shared/clinical/monitor-protocol.ts';
import { benchDecoders } from '../bench/decoders.ts';

describe('driver directory', () => {
  test('DRIVER-6 there is one driver per protocol, found by its id', () => {
    expect(drivers.map(({ id }) => id)).toEqual([...protocolIds]);
    for (const id of protocolIds) expect(findDriver(id).id).toBe(id);
  });

  test('DRIVER-6 each says that no one has met the device yet, and starts at 9600 8N1', () => {
    for (const driver of drivers) {
      expect(driver.description.endsWith('Not validated on hardware.')).toBe(true);
      expect(driver.portProfiles[0]).toEqual({ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 });
      expect(driver.createPoller === undefined).toBe(driver.mode === 'stream');
    }
  });

  test('DRIVER-6 a stream is late after 2.5 s and lost after 5 s; a cuff pressure is an event', () => {
    const stream = { kind: 'stream', lateMs: 2500, lostMs: 5000 };
    for (const driver of drivers) {
      for (const [metric, freshness] of Object.entries(driver.freshness)) {
        expect(freshness).toEqual(metric.startsWith('nibp') ? { kind: 'event' } : stream);
      }
      expect(driver.freshness).toHaveProperty('spo2');
      expect(driver.quietMs).toBeLessThanOrEqual(5000);
    }
    expect(Object.keys(findDriver('dinamap').freshness)).toEqual(expect.arrayContaining(['nibp-sys', 'nibp-dia', 'nibp-mean']));
  });

  // Tried again where the computer was busy with something else.
  test('DRIVER-7 each decoder makes 20 MB/s to frames and 5 MB/s to readings', { retry: 3 }, () => {
    for (const { protocol, mbPerSecToFrames, mbPerSecToReadings } of benchDecoders(2 * 1024 * 1024)) {
      expect(mbPerSecToFrames, protocol).toBeGreaterThanOrEqual(20);
      expect(mbPerSecToReadings, protocol).toBeGreaterThanOrEqual(5);
    }
  });
});
