import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryPorts, type MemoryPort, type MemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { SerialLink } from '../../electron/service/serial/serial-link.ts';
import { createLineProtocol, type LineProtocolOptions } from '../support/line-protocol.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { createSilentLog, type SilentLog } from '../support/silent-log.ts';

interface Bench {
  readonly clock: ManualClock;
  readonly ports: MemoryPorts;
  readonly log: SilentLog;
  readonly link: SerialLink;
  readonly port: MemoryPort;
  readonly asked: () => number;
}

const links: SerialLink[] = [];
afterEach(async () => {
  for (const link of links.splice(0)) await link.close();
});

const bye = 'bye\n';
const textOf = (port: MemoryPort): string[] => port.written.map((bytes) => new TextDecoder().decode(bytes));

/** A link that transmits and has been talking to its monitor for two seconds. */
async function talking(options: LineProtocolOptions = {}): Promise<Bench> {
  const clock = createManualClock();
  const ports = createMemoryPorts();
  const log = createSilentLog();
  let asked = 0;
  const closingBytes = (): Uint8Array => {
    asked += 1;
    return new TextEncoder().encode(bye);
  };
  const link = new SerialLink({
    clock,
    ports,
    log,
    monitorId: 'monitor',
    port: { path: '/dev/ttyUSB0', stableId: 'usb-A' },
    protocol: createLineProtocol({ transmits: true, closingBytes, ...options }),
    isTaken: () => false,
    onChange: () => {},
  });
  links.push(link);
  const port = ports.plug('/dev/ttyUSB0', { stableId: 'usb-A' });
  for (let second = 0; second < 2; second++) {
    await clock.pass(1000);
    port.send('ok 97\n');
  }
  await clock.pass(100);
  expect(link.state).toBe('live');
  return { clock, ports, log, link, port, asked: () => asked };
}

describe('the closing bytes of a link', () => {
  it('LINK-40 tells a monitor that was asked to send before it closes the port itself, once', async () => {
    const { link, port, asked } = await talking();
    await Promise.all([link.close(), link.close()]);
    expect(textOf(port).at(-1)).toBe(bye);
    expect([asked(), port.isOpen]).toEqual([1, false]);
  });

  it('LINK-40 says nothing to a listen-only monitor, nor where the protocol has nothing to say', async () => {
    const silent = await talking({ transmits: false });
    await silent.link.close();
    expect([silent.port.written, silent.asked()]).toEqual([[], 0]);
    const wordless = await talking({ closingBytes: () => null });
    const before = wordless.port.written.length;
    await wordless.link.close();
    expect(wordless.port.written.length).toBe(before);
  });

  it('LINK-41 says nothing on a port that was lost, slept over, or is another adapter by now', async () => {
    const pulled = await talking();
    pulled.ports.pull('/dev/ttyUSB0');
    await pulled.clock.pass(100);
    await pulled.link.close();
    expect(textOf(pulled.port)).not.toContain(bye);

    const slept = await talking();
    slept.clock.sleep(3_600_000);
    await slept.clock.pass(300);
    expect(textOf(slept.port)).not.toContain(bye);

    const taken = await talking();
    taken.ports.pull('/dev/ttyUSB0', { quietly: true });
    const stranger = taken.ports.plug('/dev/ttyUSB0', { stableId: 'usb-B' });
    await taken.clock.pass(2000);
    await taken.link.close();
    expect([...textOf(taken.port), ...textOf(stranger)]).not.toContain(bye);
  });

  it('LINK-42 frees the port also where the closing bytes hang, are refused, too long, or throw', async () => {
    const hanging = await talking();
    hanging.ports.holdWrites('/dev/ttyUSB0', true);
    const freed = hanging.link.close();
    await hanging.clock.pass(600);
    await freed;
    expect(hanging.port.isOpen).toBe(false);

    const endless = await talking({ closingBytes: () => new Uint8Array(10_000) });
    await endless.link.close();
    expect([endless.port.isOpen, endless.port.written.some((bytes) => bytes.length > 1000)]).toEqual([false, false]);

    const faulty = await talking({
      closingBytes: () => {
        throw new Error('a driver with a fault');
      },
    });
    await faulty.link.close();
    expect(faulty.port.isOpen).toBe(false);
    expect(faulty.log.lines.filter((line) => line.event === 'driver-threw')).toHaveLength(1);
  });
});
