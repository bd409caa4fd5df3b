import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Acquisition } from '../../electron/service/acquisition/acquisition.ts';
import type { StampedReading } from '../../electron/service/acquisition/stamped-reading.ts';
import { PortError, type BytePorts } from '../../electron/service/platform/byte-ports.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createPorts } from '../../electron/service/serial/all-ports.ts';
import { listeningPlace, portPathFault } from '../../shared/values/network-path.ts';
import type { MonitorDetail } from '../../shared/contract/monitor-detail.ts';
import { isMeasured } from '../../shared/clinical/reading.ts';
import { callPlace, type Hl7Sender } from '../support/hl7-sender.ts';
import { hearMonitors } from '../support/heard-monitors.ts';
import { until } from '../support/until.ts';

const clock = createSystemClock();
const header = (id: string, rest = ''): string => `MSH|^~\\&|MON|BED|RCV|FAC|20261129100000||ORU^R01|${id}|P|2.4${rest}`;
const values = (spo2: number): string => `OBX|1|NM|150456^^MDC||${spo2}|%|||||F\rOBX|2|NM|149530^^MDC||72|/min|||||F\r`;
const message = (id: string, spo2 = 97, rest = ''): string => `${header(id, rest)}\r${values(spo2)}`;

let acquisition: Acquisition;
let senders: Hl7Sender[];
let ports: BytePorts;
let heard: StampedReading[];
let port: number;

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: found } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return found;
}
const monitor = (path: string, monitorId = 'm1', extra: { listenOnly?: true } = {}) => ({
  monitorId,
  name: monitorId,
  protocol: 'hl7-oru' as const,
  port: { path, stableId: null },
  simulated: false,
  ...extra,
});
const stateOf = (monitorId = 'm1'): string | undefined => acquisition.statuses().find((status) => status.monitorId === monitorId)?.state;
const detailOf = (monitorId = 'm1'): MonitorDetail => {
  const detail = acquisition.detail(monitorId);
  if (detail === null) throw new Error('no such monitor');
  return detail;
};
const spo2s = (): number[] => heard.flatMap(({ reading }) => (reading.metric === 'spo2' && isMeasured(reading) ? [reading.value] : []));
async function call(localAddress?: string): Promise<Hl7Sender> {
  const sender = await callPlace(port, '127.0.0.1', localAddress);
  senders.push(sender);
  return sender;
}
async function listen(path = `listen://127.0.0.1:${port}`): Promise<void> {
  acquisition.configure([monitor(path)]);
  await until(() => stateOf() === 'listening');
}
const msaOf = (answer: readonly string[] | null): string[] | undefined =>
  answer
    ?.find((segment) => segment.startsWith('MSA|'))
    ?.split('|')
    .slice(1);

beforeEach(async () => {
  senders = [];
  ports = createPorts();
  port = await freePort();
  ({ acquisition, readings: heard } = hearMonitors({ clock, ports }));
});
afterEach(() => {
  for (const sender of senders) sender.close();
});

test('LISTEN-1 places where monitors call, and what is none', () => {
  expect(listeningPlace('listen://192.0.2.10:2575?from=192.0.2.31,192.0.2.32')).toEqual({
    host: '192.0.2.10',
    port: 2575,
    senders: ['192.0.2.31', '192.0.2.32'],
  });
  expect(listeningPlace('listen://[fd00::1]:2575?from=fd00::2')).toEqual({ host: 'fd00::1', port: 2575, senders: ['fd00::2'] });
  expect(listeningPlace('listen://127.0.0.1:2575')).toEqual({ host: '127.0.0.1', port: 2575, senders: [] });
  for (const open of ['listen://192.0.2.10:2575', 'listen://0.0.0.0:2575', 'listen://[::]:2575']) {
    expect(listeningPlace(open), open).toBeNull();
    expect(portPathFault(open), open).toBe('no-senders');
  }
  for (const wrong of [
    'listen://',
    'listen://room:2575',
    'listen://192.0.2.10',
    'listen://192.0.2.10:0',
    'listen://300.0.2.1:1?from=192.0.2.1',
    'listen://192.0.2.10:1?from=room',
    'listen://192.0.2.10:1?to=192.0.2.1',
  ]) {
    expect(portPathFault(wrong), wrong).toBe('no-listening-place');
  }
});

describe('a monitor that calls', () => {
  test('LISTEN-2 is listening until it calls, live while it sends, and each of its messages is acknowledged behind its values', async () => {
    await listen();
    expect(acquisition.statuses()[0]?.advice).toMatch(/has not called yet.*127\.0\.0\.1/);
    const sender = await call();
    for (let index = 1; index <= 5; index++) {
      const answer = await sender.send(message(`C-${index}`, 90 + index));
      expect(msaOf(answer)).toEqual(['AA', `C-${index}`]);
      expect(spo2s().at(-1)).toBe(90 + index);
    }
    expect(sender.answers.length).toBe(5);
    expect(stateOf()).toBe('live');
    expect(detailOf().senders).toMatchObject([{ address: '127.0.0.1', isConnected: true, isAllowed: true, connections: 1 }]);
  });

  test('LISTEN-3 one message in many pieces, several in one, and one connection for each message are read and answered', async () => {
    await listen();
    const sender = await call();
    for (const piece of `\x0b${message('P-1', 91)}\x1c\r`.match(/[\s\S]{1,7}/g) ?? []) {
      sender.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    sender.write([2, 3, 4].map((id) => `\x0b${message(`P-${id}`, 90 + id)}\x1c\r`).join(''));
    await until(() => sender.answers.length === 4);
    expect(sender.answers.map((answer) => /MSA\|(\w+)\|([\w-]+)/.exec(answer)?.slice(1).join(' '))).toEqual([
      'AA P-1',
      'AA P-2',
      'AA P-3',
      'AA P-4',
    ]);
    for (let index = 5; index < 30; index++) {
      const short = await call();
      expect(msaOf(await short.send(message(`P-${index}`, 90)))).toEqual(['AA', `P-${index}`]);
      short.close();
    }
    expect(spo2s().length).toBe(29);
    expect(detailOf().senders?.[0]?.connections).toBe(26);
  });

  test('LISTEN-4 two senders with one control id are kept apart, each with its own answer', async () => {
    await listen('listen://127.0.0.1:' + port + '?from=127.0.0.1,127.0.0.2');
    const [one, other] = [await call(), await call('127.0.0.2')];
    const half = `\x0b${message('SAME', 91)}`;
    one.write(half.slice(0, 70));
    expect(msaOf(await other.send(message('SAME', 92)))).toEqual(['AA', 'SAME']);
    one.write(`${half.slice(70)}\x1c\r`);
    await until(() => one.answers.length === 1);
    expect([one.answers.length, other.answers.length]).toEqual([1, 1]);
    // One metric, one sender: the other's value is kept under a name of its own.
    expect(spo2s()).toEqual([92]);
    expect(heard.map(({ reading }) => reading.metric)).toContain('x:127.0.0.1:spo2');
  });

  test('LISTEN-5 an address that is not named is refused before a byte of it is read, and said to be', async () => {
    await listen(`listen://127.0.0.1:${port}?from=127.0.0.2`);
    const stranger = await call();
    stranger.write(`\x0b${message('X')}\x1c\r`);
    await until(() => stranger.isClosed);
    expect(detailOf().senders).toMatchObject([{ address: '127.0.0.1', isAllowed: false, isConnected: false, bytes: 0 }]);
    expect(detailOf().senders?.[0]?.words).toMatch(/not among the addresses/);
    expect(heard).toEqual([]);
    expect(msaOf(await (await call('127.0.0.2')).send(message('Y')))).toEqual(['AA', 'Y']);
  });

  test('LISTEN-6 two monitors share one address and port, and each hears its own sender', async () => {
    acquisition.configure([
      monitor(`listen://127.0.0.1:${port}?from=127.0.0.2`, 'a'),
      monitor(`listen://127.0.0.1:${port}?from=127.0.0.3`, 'b'),
    ]);
    await until(() => stateOf('a') === 'listening' && stateOf('b') === 'listening');
    await (await call('127.0.0.3')).send(message('B', 88));
    await (await call('127.0.0.2')).send(message('A', 99));
    expect(
      heard
        .filter(({ reading }) => reading.metric === 'spo2')
        .map(({ monitorId, reading }) => [monitorId, 'value' in reading && reading.value]),
    ).toEqual([
      ['b', 88],
      ['a', 99],
    ]);
    acquisition.configure([monitor(`listen://127.0.0.1:${port}?from=127.0.0.3`, 'b')]);
    await (await call('127.0.0.3')).send(message('B2', 87));
    expect(spo2s().at(-1)).toBe(87);
  });

  test('LISTEN-7 an address of another computer, and one that is taken, are told in words, and listened at once they can be', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    acquisition.configure([monitor(`listen://127.0.0.1:${port}`, 'busy'), monitor('listen://192.0.2.1:2575?from=192.0.2.2', 'elsewhere')]);
    await until(() => stateOf('busy') === 'busy' && stateOf('elsewhere') === 'absent');
    const adviceOf = (id: string): string => acquisition.statuses().find(({ monitorId }) => monitorId === id)?.advice ?? '';
    expect(adviceOf('busy')).toMatch(/Another program listens/);
    expect(adviceOf('elsewhere')).toMatch(/no address of this computer/);
    await new Promise((resolve) => taken.close(resolve));
    await until(() => stateOf('busy') === 'listening');
    expect(msaOf(await (await call()).send(message('Z')))).toEqual(['AA', 'Z']);
    await expect(
      ports.open(
        'listen://192.0.2.1:2575',
        { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
        { bytes: () => {}, closed: () => {} },
      ),
    ).rejects.toBeInstanceOf(PortError);
  });

  test('LISTEN-8 nothing listens once the monitor is removed', async () => {
    await listen();
    const sender = await call();
    await sender.send(message('1'));
    acquisition.configure([]);
    await until(() => sender.isClosed);
    await expect(callPlace(port)).rejects.toThrow(/ECONNREFUSED/);
  });

  test('LISTEN-9 one that is listened to only is never answered', async () => {
    acquisition.configure([monitor(`listen://127.0.0.1:${port}`, 'm1', { listenOnly: true })]);
    await until(() => stateOf() === 'listening');
    const sender = await call();
    expect(await sender.send(message('Q'), { waitMs: 150, repeats: 1 })).toBeNull();
    expect(spo2s()).toEqual([97, 97]);
  });
});

describe('a monitor that is called', () => {
  test('LISTEN-10 is acknowledged over its connection, too', async () => {
    const answers: string[] = [];
    const server = createServer((socket) => {
      socket.on('data', (chunk) => answers.push(chunk.toString('latin1')));
      socket.on('error', () => undefined);
      socket.write(`\x0b${message('T-1', 95)}\x1c\r`);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    acquisition.configure([monitor(`tcp://127.0.0.1:${port}`)]);
    await until(() => answers.length > 0);
    expect(answers.join('')).toContain('MSA|AA|T-1\r');
    expect(spo2s()).toEqual([95]);
    await acquisition.close();
    server.close();
  });
});
