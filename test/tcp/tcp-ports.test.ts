import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { networkAdvice } from '../../electron/service/acquisition/network-advice.ts';
import { PortError, type OpenPort } from '../../electron/service/platform/byte-ports.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createPorts } from '../../electron/service/serial/all-ports.ts';
import { chooseTarget } from '../../electron/service/serial/link-target.ts';
import { openTcpPort, tcpErrorOf } from '../../electron/service/serial/tcp-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { networkPlace, portPathFault } from '../../shared/values/network-path.ts';
import { hearMonitors, monitorOn } from '../support/heard-monitors.ts';
import { until } from '../support/until.ts';

const clock = createSystemClock();
let server: Server;
let peers: Socket[];
let path: string;
beforeEach(async () => {
  peers = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    peers.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  path = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const peer of peers) peer.destroy();
  server.close();
});

interface Heard {
  readonly bytes: number[];
  readonly closed: string[];
}
async function open(heard: Heard): Promise<{ port: OpenPort; peer: Socket }> {
  const port = await openTcpPort(
    path,
    { bytes: (chunk) => heard.bytes.push(...chunk), closed: (why) => heard.closed.push(why) },
    { clock },
  );
  await until(() => peers.length > 0);
  return { port, peer: peers.at(-1) as Socket };
}
const nothing = (): Heard => ({ bytes: [], closed: [] });

test('TCP-1 places and what is none', () => {
  expect(networkPlace('tcp://192.0.2.7:4001')).toEqual({ host: '192.0.2.7', port: 4001 });
  expect(networkPlace('tcp://[fe80::1]:23')).toEqual({ host: 'fe80::1', port: 23 });
  expect(networkPlace('TCP://bed-3.example:65535')).toEqual({ host: 'bed-3.example', port: 65_535 });
  for (const wrong of [
    'tcp://',
    'tcp://a',
    'tcp://a:0',
    'tcp://a:65536',
    'tcp://a:1/x',
    'tcp://u@a:1',
    'tcp:// a:1',
    'tcp://a:1 ',
    'tcp://-a:1',
  ]) {
    expect(networkPlace(wrong), wrong).toBeNull();
    expect(portPathFault(wrong), wrong).toBe('no-network-place');
  }
  expect(portPathFault('http://a:1')).toBe('no-path');
  for (const fine of ['/dev/ttyUSB0', 'COM3', 'tcp://a:1']) expect(portPathFault(fine), fine).toBeNull();
});

describe('a connection', () => {
  test('TCP-2 carries bytes both ways', async () => {
    const heard = nothing();
    const { port, peer } = await open(heard);
    const taken: number[] = [];
    peer.on('data', (chunk: Buffer) => taken.push(...chunk));
    const sent = Array.from({ length: 20_000 }, (_, index) => index % 251);
    for (let at = 0; at < sent.length; at += 777) peer.write(Uint8Array.from(sent.slice(at, at + 777)));
    await port.write(Uint8Array.of(1, 2, 3));
    await port.write(Uint8Array.of(4));
    await until(() => heard.bytes.length === sent.length && taken.length === 4);
    expect(heard.bytes).toEqual(sent);
    expect(taken).toEqual([1, 2, 3, 4]);
    await port.close();
    await expect(port.write(Uint8Array.of(1))).rejects.toThrow(/not open/);
    expect(heard.closed).toEqual([]);
  });

  test('TCP-3 a place where nothing is, is not found', async () => {
    server.close();
    const refused = await openTcpPort(path, { bytes: () => {}, closed: () => {} }, { clock }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PortError);
    expect(refused).toMatchObject({ code: 'PORT_NOT_FOUND', message: expect.stringMatching(/nothing accepts a connection there/) });
    const wrong = await openTcpPort('tcp://nowhere', { bytes: () => {}, closed: () => {} }, { clock }).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'PORT_NOT_FOUND' });
    expect(tcpErrorOf('p', Object.assign(new Error('x'), { code: 'ENOTFOUND' }))).toMatchObject({ code: 'PORT_NOT_FOUND' });
    expect(tcpErrorOf('p', Object.assign(new Error('x'), { code: 'EACCES' }))).toMatchObject({ code: 'PORT_FORBIDDEN' });
  });

  test('TCP-3 one that does not answer is given up in time', async () => {
    // Everything at once: the clock says that the time is over before the network can answer.
    const hasty = { ...clock, after: (_ms: number, task: () => void) => (task(), () => undefined) };
    const late = await openTcpPort(path, { bytes: () => {}, closed: () => {} }, { clock: hasty, connectMs: 5000 }).catch(
      (error: unknown) => error,
    );
    expect(late).toMatchObject({ code: 'PORT_NOT_FOUND', message: expect.stringMatching(/no answer within 5 s/) });
  });

  test.each([
    ['closed', (peer: Socket) => peer.destroy(), /closed the connection/],
    ['half closed', (peer: Socket) => peer.end(), /closed the connection/],
    ['broken off', (peer: Socket) => peer.resetAndDestroy(), /broke the connection off/],
  ] as const)('TCP-4 %s by the other end: told once, with why', async (_name, end, why) => {
    const heard = nothing();
    const { port, peer } = await open(heard);
    peer.write('ab');
    await until(() => heard.bytes.length === 2);
    end(peer);
    await until(() => heard.closed.length > 0);
    await port.close();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heard.closed).toEqual([expect.stringMatching(why)]);
  });

  test('TCP-7 a peer that takes nothing makes little wait, and closing does not wait for it', async () => {
    const { port, peer } = await open(nothing());
    peer.pause();
    let refused = 0;
    for (let round = 0; round < 40_000 && refused === 0; round += 1) port.write(new Uint8Array(1000)).catch(() => (refused += 1));
    await until(() => refused > 0);
    const startMs = performance.now();
    await port.close();
    expect(performance.now() - startMs).toBeLessThan(1000);
  });
});

test('TCP-5 a monitor behind an adapter: absent, listening, live, unplugged, and live again', async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  const ports = createPorts({ clock });
  const { acquisition, readings } = hearMonitors({ clock, ports }, monitorOn(path, 'nonin-df7'));
  const status = () => acquisition.statuses()[0];
  const scenario = goldenScenario();
  const speak = (): (() => void) => {
    const monitor = findDriver('nonin-df7').createSimulator(scenario);
    const startMs = performance.now();
    const timer = setInterval(() => {
      const bytes = monitor.advance(scenario.startMs + performance.now() - startMs);
      for (const peer of peers) if (bytes !== null && !peer.destroyed) peer.write(bytes);
    }, 20);
    return () => clearInterval(timer);
  };
  await until(() => status()?.state === 'absent', 8000);
  expect(status()?.advice).toMatch(/Nothing accepts a connection at tcp:/);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await until(() => status()?.state === 'listening', 12_000);
  expect(status()?.advice).toMatch(/Connected to tcp:.*, but nothing is sent/);
  const hush = speak();
  await until(() => status()?.state === 'live' && readings.length > 3, 8000);
  peers.at(-1)?.resetAndDestroy();
  await until(() => status()?.state === 'unplugged', 3000);
  await until(() => status()?.state === 'live', 5000);
  hush();
  await until(() => status()?.state === 'silent', 10_000);
  expect(status()?.advice).toMatch(/is still connected/);
  expect(networkAdvice('busy', path, 'Oximeter')).toBeNull();
});

test('TCP-6 a port that appears is no place for a monitor of the network', () => {
  const config = { path: 'tcp://192.0.2.7:4001', stableId: null, quietMs: 1000, transmits: false, profileCount: 1 };
  const search = {
    config,
    ports: [{ path: '/dev/ttyUSB0', stableId: null, taken: false }],
    knownPaths: [],
    adoptedPath: null,
    rejected: [],
    nowMs: 0,
  };
  expect(chooseTarget(search)).toEqual({ path: config.path, candidate: false });
  expect(chooseTarget({ ...search, config: { ...config, path: '/dev/ttyUSB7' } })).toEqual({ path: '/dev/ttyUSB0', candidate: true });
});
