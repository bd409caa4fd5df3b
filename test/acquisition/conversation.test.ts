import { expect, it } from 'vitest';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { Driver } from '../../electron/service/drivers/driver.ts';
import { createMemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { hearDriver } from '../drivers/heard-driver.ts';
import { createManualClock } from '../support/manual-clock.ts';

it('LINK-43 a conversation hears all bytes before the decoder, asks when it is due, and has the closing bytes', async () => {
  const clock = createManualClock();
  const ports = createMemoryPorts();
  const port = ports.plug('sim/talker');
  const order: string[] = [];
  const driver: Driver = {
    ...findDriver('dinamap'),
    mode: 'associated',
    freshness: {},
    quietMs: 3000,
    createDecoder: () => ({
      push: (chunk, sink) => {
        order.push(`decoded ${String.fromCharCode(...chunk)}`);
        sink.frame(chunk.length);
      },
      end: () => undefined,
    }),
    createPoller: () => ({
      poll: () => (order.at(-1) === 'answered' ? null : Uint8Array.of(0x3f)),
      answered: () => void order.push('answered'),
      heard: (chunk) => void order.push(`heard ${String.fromCharCode(...chunk)}`),
      closingBytes: () => Uint8Array.of(0x21),
    }),
  };
  const { acquisition } = hearDriver(driver, ports, clock, 'sim/talker');
  await clock.pass(1000);
  expect(port.written.length).toBeGreaterThan(2);
  port.send('ab');
  expect(order).toEqual(['heard ab', 'decoded ab', 'answered']);
  await acquisition.close();
  expect(port.written.at(-1)).toEqual(Uint8Array.of(0x21));
});
