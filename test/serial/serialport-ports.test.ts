import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LinkState } from '../../shared/contract/board/monitors.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import type { OpenPort, PortListener } from '../../electron/service/platform/byte-ports.ts';
import { listLinuxPorts } from '../../electron/service/serial/linux-port-list.ts';
import { SerialLink } from '../../electron/service/serial/serial-link.ts';
import { codeOf, createSerialPorts } from '../../electron/service/serial/serialport-ports.ts';
import { createLineProtocol } from '../support/line-protocol.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { canMakePtys, makePtyPair } from '../support/pty-pair.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { until } from '../support/until.ts';

const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const stormRounds = process.env['VIGIL_SOAK'] === undefined ? 30 : 1000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil-ports-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

class Listener implements PortListener {
  text = '';
  readonly ends: string[] = [];
  bytes(chunk: Uint8Array): void {
    this.text += new TextDecoder().decode(chunk);
  }
  closed(reason: string): void {
    this.ends.push(reason);
  }
}

async function descriptors(): Promise<number> {
  return (await readdir('/proc/self/fd')).length;
}

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

/** socat makes the cable; without it there is nothing to open on a computer with no serial port. */
describe('real ports over a pseudo-terminal (socat)', () => {
  beforeEach((context) => context.skip(!canMakePtys, 'socat is not installed'));

  it('PORT-1, PORT-3 carries bytes both ways, and reports the end once', async () => {
    const ports = createSerialPorts();
    const [room, monitor] = [join(folder, 'ttyA0'), join(folder, 'ttyA1')];
    const pair = await makePtyPair(room, monitor);
    const [near, far] = [new Listener(), new Listener()];
    const nearPort = await ports.open(room, { ...settings, rtscts: true }, near);
    const farPort = await ports.open(monitor, settings, far);
    await farPort.write(new TextEncoder().encode('SPO2=097%'));
    await nearPort.write(new TextEncoder().encode(' NA!2'));
    await until(() => near.text === 'SPO2=097%' && far.text === ' NA!2');
    await farPort.close();
    await pair.pull();
    await until(() => near.ends.length > 0);
    await nearPort.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(near.ends).toHaveLength(1);
    expect(far.ends).toHaveLength(0);
  });

  it('PORT-2 refuses a port that is open elsewhere, missing, or no port', async () => {
    const ports = createSerialPorts();
    const [room, monitor] = [join(folder, 'ttyB0'), join(folder, 'ttyB1')];
    const pair = await makePtyPair(room, monitor);
    const port = await ports.open(room, settings, new Listener());
    await expect(ports.open(room, settings, new Listener())).rejects.toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringContaining(room),
    });
    await port.close();
    await pair.pull();
    await expect(ports.open(room, settings, new Listener())).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    const file = join(folder, 'letter');
    await writeFile(file, 'not a port');
    await expect(ports.open(file, settings, new Listener())).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });

  it('PORT-9 is closed only when the system has it back', async () => {
    const ports = createSerialPorts();
    const [room, monitor] = [join(folder, 'ttyF0'), join(folder, 'ttyF1')];
    const pair = await makePtyPair(room, monitor);
    const device = realpathSync(room);
    // Looked at without letting anything else run in between.
    const isHeld = (): boolean => readdirSync('/proc/self/fd').some((name) => targetOf(`/proc/self/fd/${name}`) === device);
    for (let round = 0; round < 20; round += 1) {
      const port = await ports.open(room, settings, new Listener());
      expect(isHeld()).toBe(true);
      const [first, second] = [port.close(), port.close()];
      await Promise.race([first, second]);
      expect(isHeld()).toBe(false);
      await Promise.all([first, second, port.close()]);
    }
    await pair.pull();
  });

  it('PORT-10 is busy only when it stays so: a lock that ends a moment later is waited for', async () => {
    const clock = createManualClock();
    const [ports, elsewhere] = [createSerialPorts({ clock }), createSerialPorts()];
    const [room, monitor] = [join(folder, 'ttyG0'), join(folder, 'ttyG1')];
    const pair = await makePtyPair(room, monitor);
    // As a read that has not returned keeps it.
    const lock = await elsewhere.open(room, settings, new Listener());
    let isOver = false;
    const opening = ports.open(room, settings, new Listener()).finally(() => {
      isOver = true;
    });
    await until(() => clock.pending > 0 || isOver);
    await lock.close();
    while (!isOver) {
      clock.advance(20);
      await until(() => clock.pending > 0 || isOver);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await (await opening).close();
    await pair.pull();
  });

  it('PORT-8 bounds what waits to be written, and tells those who wait when the port closes', async () => {
    const ports = createSerialPorts();
    const [room, monitor] = [join(folder, 'ttyW0'), join(folder, 'ttyW1')];
    const pair = await makePtyPair(room, monitor);
    const port = await ports.open(room, settings, new Listener());
    await expect(port.write(new Uint8Array(5000))).rejects.toMatchObject({ code: 'PORT_FAILED' });
    await port.close();
    await expect(port.write(new Uint8Array(1))).rejects.toMatchObject({ code: 'PORT_FAILED' });
    await pair.pull();
  });

  it('PORT-4 leaves no descriptor behind after a storm of opening, pulling and refusing', async () => {
    const ports = createSerialPorts({ extraPaths: [join(folder, 'ttyC*')] });
    const [room, monitor] = [join(folder, 'ttyC0'), join(folder, 'ttyC1')];
    const round = async (pull: boolean): Promise<void> => {
      const pair = await makePtyPair(room, monitor);
      const open: OpenPort[] = [await ports.open(room, settings, new Listener()), await ports.open(monitor, settings, new Listener())];
      await ports.open(room, settings, new Listener()).catch(() => {});
      await ports.list();
      if (pull) await pair.pull();
      for (const port of open) await port.close();
      if (!pull) await pair.pull();
    };
    await round(true);
    await round(false);
    const before = await descriptors();
    for (let count = 0; count < stormRounds; count += 1) await round(count % 2 === 0);
    expect(await descriptors()).toBeLessThanOrEqual(before);
  }, 300_000);

  it('PORT-6 lists virtual ports by pattern and beside one that was open', async () => {
    const [room, monitor] = [join(folder, 'ttyD0'), join(folder, 'ttyD1')];
    const pair = await makePtyPair(room, monitor);
    const paths = async (ports: ReturnType<typeof createSerialPorts>): Promise<string[]> => (await ports.list()).map((port) => port.path);
    expect(await paths(createSerialPorts({ extraPaths: [join(folder, 'ttyD*')] }))).toEqual(expect.arrayContaining([room, monitor]));
    const ports = createSerialPorts();
    expect(await paths(ports)).not.toContain(room);
    await (await ports.open(room, settings, new Listener())).close();
    expect(await paths(ports)).toEqual(expect.arrayContaining([room, monitor]));
    expect(await paths(ports)).not.toContain(join(folder, 'letter'));
    await pair.pull();
  });

  it('PORT-7 is unplugged when the cable is pulled, and live again under the same and under another name', async () => {
    const states: LinkState[] = [];
    const protocol = createLineProtocol({ quietMs: 3000 });
    const ports = createSerialPorts();
    const clock = createSystemClock();
    const nameOf = (side: 'room' | 'sim', count: number): string => join(folder, `${side}${count}`);
    const plug = async (count: number): Promise<() => Promise<void>> => {
      const pair = await makePtyPair(nameOf('room', count), nameOf('sim', count));
      const far = await createSerialPorts().open(nameOf('sim', count), settings, new Listener());
      const stop = clock.every(500, () => void far.write(new TextEncoder().encode('ok 97\n')).catch(() => {}));
      return async () => {
        stop();
        await pair.pull();
        await far.close();
      };
    };
    const pulls = [await plug(1)];
    const link = new SerialLink({
      clock,
      ports,
      log: createSilentLog(),
      monitorId: 'monitor',
      port: { path: nameOf('room', 1), stableId: null },
      protocol,
      isTaken: () => false,
      onChange: (change) => states.push(change.to),
    });
    await until(() => link.state === 'live');
    for (const count of [1, 2, 1]) {
      await pulls.pop()?.();
      expect(await until(() => link.state === 'unplugged')).toBeLessThan(1000);
      await new Promise((resolve) => setTimeout(resolve, 700));
      pulls.push(await plug(count));
      expect(await until(() => link.state === 'live')).toBeLessThan(5000);
      expect(link.path).toBe(nameOf('room', count));
    }
    await link.close();
    await pulls.pop()?.();
    expect(states.filter((state) => state === 'unplugged')).toHaveLength(3);
  });
});

describe('ports of Linux', () => {
  it('PORT-5 are listed with the stable id of their adapter, and with none where two would share it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'vigil-sysfs-'));
    const roots = { classTty: join(root, 'class'), dev: join(root, 'dev') };
    await mkdir(join(roots.dev, 'serial', 'by-id'), { recursive: true });
    const add = async (name: string, usb: { vendor: string; serial?: string; link?: string } | null, type = '4'): Promise<void> => {
      const device = join(root, 'devices', name);
      await mkdir(join(device, 'interface'), { recursive: true });
      await mkdir(join(roots.classTty, name), { recursive: true });
      await symlink(join(device, 'interface'), join(roots.classTty, name, 'device'));
      await writeFile(join(roots.classTty, name, 'type'), `${type}\n`);
      await writeFile(join(roots.dev, name), '');
      if (usb === null) return;
      await writeFile(join(device, 'idVendor'), `${usb.vendor}\n`);
      await writeFile(join(device, 'idProduct'), '6001\n');
      await writeFile(join(device, 'manufacturer'), 'Maker\n');
      if (usb.serial !== undefined) await writeFile(join(device, 'serial'), usb.serial);
      if (usb.link !== undefined) await symlink(join(roots.dev, name), join(roots.dev, 'serial', 'by-id', usb.link));
    };
    await add('ttyS0', null);
    await add('ttyS1', null, '0');
    await add('ttyUSB0', { vendor: '0403', serial: 'A1', link: 'usb-FTDI_A1' });
    await add('ttyUSB1', { vendor: '1a86', link: 'usb-1a86_USB_Serial' });
    expect(await listLinuxPorts(roots)).toEqual([
      { path: join(roots.dev, 'ttyS0'), stableId: null, manufacturer: null },
      { path: join(roots.dev, 'ttyUSB0'), stableId: 'usb-FTDI_A1', manufacturer: 'Maker' },
      { path: join(roots.dev, 'ttyUSB1'), stableId: 'usb-1a86_USB_Serial', manufacturer: 'Maker' },
    ]);
    await add('ttyUSB2', { vendor: '1a86' });
    const ids = (await listLinuxPorts(roots)).map((port) => port.stableId);
    expect(ids).toEqual([null, 'usb-FTDI_A1', null, null]);
    await rm(root, { recursive: true });
  });

  it('PORT-5 is an empty list where there is no sysfs', async () => {
    expect(await listLinuxPorts({ classTty: join(folder, 'none'), dev: '/dev' })).toEqual([]);
  });

  it.each([
    ['Error Resource temporarily unavailable Cannot lock port', 'linux', 'PORT_BUSY'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'linux', 'PORT_BUSY'],
    ['Opening COM3: Access denied', 'win32', 'PORT_BUSY'],
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'linux', 'PORT_FORBIDDEN'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB9', 'linux', 'PORT_NOT_FOUND'],
    ['Opening COM9: File not found', 'win32', 'PORT_NOT_FOUND'],
    ['Error: Input/output error, cannot open /dev/ttyUSB0', 'linux', 'PORT_FAILED'],
  ] as const)('PORT-2 takes %j on %s for %s', (message, platform, code) => {
    expect(codeOf(message, platform)).toBe(code);
  });
});
