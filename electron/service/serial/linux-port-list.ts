import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PortInfo } from '../platform/byte-ports.ts';

/** Where Linux shows its ports; another folder in tests. */
export interface LinuxPortRoots {
  readonly classTty: string;
  readonly dev: string;
}

export const linuxPortRoots: LinuxPortRoots = { classTty: '/sys/class/tty', dev: '/dev' };

const portsMax = 64;
/** A USB interface is this many folders above its port at most. */
const ascentMax = 8;

interface FoundPort {
  readonly path: string;
  readonly usb: UsbDevice | null;
}

interface UsbDevice {
  /** `vendor:product`. */
  readonly kind: string;
  readonly serial: string | null;
  readonly manufacturer: string | null;
}

/**
 * The serial ports of this computer, from sysfs: asked for once a second while a monitor is looked for, so no
 * program is started for it, and it works where there is no udev.
 */
export async function listLinuxPorts(roots: LinuxPortRoots = linuxPortRoots): Promise<PortInfo[]> {
  const names = (await readdir(roots.classTty).catch((): string[] => [])).filter((name) => name !== 'console').toSorted();
  const found: FoundPort[] = [];
  for (const name of names) {
    if (found.length >= portsMax) break;
    const port = await findPort(roots, name);
    if (port !== null) found.push(port);
  }
  const links = await linksById(join(roots.dev, 'serial', 'by-id'));
  return found.map((port) => ({ path: port.path, stableId: stableIdOf(port, found, links), manufacturer: port.usb?.manufacturer ?? null }));
}

async function findPort(roots: LinuxPortRoots, name: string): Promise<FoundPort | null> {
  const device = await realpath(join(roots.classTty, name, 'device')).catch(() => null);
  if (device === null) return null;
  // The kernel lists sockets for built-in ports that no chip stands behind; those have type 0.
  if ((await textOf(join(roots.classTty, name, 'type'))) === '0') return null;
  const path = join(roots.dev, name);
  const there = await stat(path).catch(() => null);
  return there === null ? null : { path, usb: await usbDeviceOf(device) };
}

async function usbDeviceOf(device: string): Promise<UsbDevice | null> {
  let folder = device;
  for (let step = 0; step < ascentMax && folder !== dirname(folder); step += 1) {
    const vendor = await textOf(join(folder, 'idVendor'));
    if (vendor !== null) {
      const product = (await textOf(join(folder, 'idProduct'))) ?? '';
      const manufacturer = (await textOf(join(folder, 'manufacturer'))) ?? null;
      return { kind: `${vendor}:${product}`, serial: (await textOf(join(folder, 'serial'))) ?? null, manufacturer };
    }
    folder = dirname(folder);
  }
  return null;
}

/**
 * The name under `/dev/serial/by-id`. Cheap adapters carry no serial number, so that two of a kind share one
 * such name and it says nothing: then, and where there is no name yet, there is no stable id.
 */
function stableIdOf(port: FoundPort, all: readonly FoundPort[], links: ReadonlyMap<string, string> | null): string | null {
  const { usb } = port;
  if (usb === null) return null;
  const alone = all.filter((other) => other.usb?.kind === usb.kind).length === 1;
  if (usb.serial === null && !alone) return null;
  if (links !== null) return links.get(port.path) ?? null;
  return usb.serial === null ? null : `usb-${usb.kind}-${usb.serial}`;
}

/** Port path → link name; null where the system makes no such links. */
async function linksById(folder: string): Promise<ReadonlyMap<string, string> | null> {
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const links = new Map<string, string>();
  for (const name of names.slice(0, portsMax)) {
    const path = await realpath(join(folder, name)).catch(() => null);
    if (path !== null) links.set(path, name);
  }
  return links;
}

async function textOf(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null || text.trim() === '' ? null : text.trim().slice(0, 200);
}
