import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Acquisition } from '../../electron/service/acquisition/acquisition.ts';
import type { StampedReading } from '../../electron/service/acquisition/stamped-reading.ts';
import { createScaledClock } from '../../electron/service/platform/scaled-clock.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createPorts } from '../../electron/service/serial/all-ports.ts';
import { linesMax } from '../../electron/service/serial/calling-lines.ts';
import { StrayBytes } from '../../electron/service/serial/stray-bytes.ts';
import type { MonitorDetail } from '../../shared/contract/monitor-detail.ts';
import { callPlace, type Hl7Sender } from '../support/hl7-sender.ts';
import { hearMonitors, monitorOn } from '../support/heard-monitors.ts';
import { until } from '../support/until.ts';

const message = (id: string): string => `MSH|^~\\&|MON||||20261129100000||ORU^R01|${id}|P|2.4\rOBX|1|NM|150456^^MDC||97|%|||||F\r`;
let acquisition: Acquisition;
let callers: Hl7Sender[];
let heard: StampedReading[];
let port: number;

async function call(): Promise<Hl7Sender> {
  const caller = await callPlace(port);
  callers.push(caller);
  return caller;
}
function detail(): MonitorDetail {
  const found = acquisition.detail('m1');
  if (found === null) throw new Error('no such monitor');
  return found;
}
const discardedBytes = (): number => detail().discarded.reduce((sum, { bytes }) => sum + bytes, 0);

beforeEach(async () => {
  callers = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  const clock = createScaledClock({ base: createSystemClock(), rate: 20 });
  const place = monitorOn(`listen://127.0.0.1:${port}`, 'hl7-oru', { monitorId: 'm1', simulated: false });
  ({ acquisition, readings: heard } = hearMonitors({ clock, ports: createPorts() }, place));
  await until(() => acquisition.statuses()[0]?.state === 'listening');
});
afterEach(() => {
  for (const caller of callers) caller.close();
});

/** Whatever the first caller did, a monitor beside it is heard and answered at once. */
async function anotherIsAnswered(): Promise<void> {
  const good = await call();
  const sinceMs = performance.now();
  expect(await good.send(message('GOOD'), { waitMs: 10_000, repeats: 0 })).not.toBeNull();
  expect(performance.now() - sinceMs).toBeLessThan(5000);
  expect(heard.length).toBe(1);
}

describe('what is no monitor', () => {
  test.each([
    ['a web request', 'GET /index.html HTTP/1.1\r\nHost: room\r\n\r\n', /request for a web page/],
    ['TLS', `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${'\x5a'.repeat(200)}`, /encrypted \(TLS\)/],
    ['HL7 without its blocks', `${message('NAKED')}${message('NAKED')}`, /without the marks of its blocks/],
    ['a message that never ends', `\x0b${message('ENDLESS')}OBX|2|TX|`, /bytes and no message/],
  ])('LISTEN-11 %s is ended with words, counted, and gives nothing', async (_what, bytes, words) => {
    const caller = await call();
    caller.write(bytes);
    await anotherIsAnswered();
    await until(() => caller.isClosed);
    expect(detail().senders?.[0]?.words).toMatch(words);
    expect(caller.answers).toEqual([]);
    expect(heard.length).toBe(1);
  });

  test('LISTEN-11 a segment of ten megabytes is answered once, counted, and its sender ended', async () => {
    const caller = await call();
    caller.write(`\x0b${message('HUGE')}NTE|1||`);
    for (let sent = 0; sent < 10; sent++) caller.write('x'.repeat(1_000_000));
    await anotherIsAnswered();
    await until(() => caller.isClosed);
    expect(caller.answers.length).toBe(1);
    expect(caller.answers[0]).toMatch(/MSA\|AE\|HUGE\|longer than/);
    expect(discardedBytes()).toBeGreaterThan(200_000);
    expect(heard.length).toBe(1);
  });

  test('LISTEN-11 a million empty segments are a message that is too long, and as many as fit are none at all', async () => {
    const caller = await call();
    caller.write(`\x0b${message('EMPTY')}${'\r'.repeat(200_000)}\x1c\r`);
    await until(() => caller.answers.length === 1);
    expect(caller.answers[0]).toMatch(/MSA\|AA\|EMPTY/);
    caller.write(`\x0b${message('MILLION')}${'\r'.repeat(1_000_000)}\x1c\r`);
    await until(() => caller.answers.length === 2);
    expect(caller.answers[1]).toMatch(/MSA\|AE\|MILLION/);
    expect(heard.length).toBe(1);
  });

  test('LISTEN-12 more callers than a room has are let go, the one that was silent longest first', async () => {
    for (let index = 0; index < linesMax + 4; index++) await call();
    await until(() => callers.filter(({ isClosed }) => isClosed).length === 4);
    expect(callers.slice(0, 4).every(({ isClosed }) => isClosed)).toBe(true);
    await anotherIsAnswered();
  });

  test('LISTEN-12 a flood waits at its sender: the room is not slower for it', async () => {
    const flood = await call();
    const whole = `\x0b${message('F')}\x1c\r`.repeat(500);
    for (let index = 0; index < 100; index++) flood.write(whole);
    const good = await call();
    expect(await good.send(message('GOOD'), { waitMs: 10_000, repeats: 0 })).not.toBeNull();
    let longestMs = 0;
    for (let index = 0; index < 50; index++) {
      const beganMs = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 1));
      longestMs = Math.max(longestMs, performance.now() - beganMs);
    }
    // A quarter of a second's worth of bytes is read at once, and no more.
    expect(longestMs).toBeLessThan(2000);
  });
});

test('LISTEN-13 line ends are no sign of anything, and a slow message has its time', () => {
  const stray = new StrayBytes();
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  stray.heard(bytes('\r\n'), 0, 0);
  expect(stray.fault(3_600_000)).toBeNull();
  stray.heard(bytes('\x0bMSH|^~\\&|A'), 0, 5000);
  expect(stray.fault(9999)).toBeNull();
  expect(stray.fault(10_000)).toMatch(/^13 bytes and no message among them$/);
  stray.heard(bytes('...'), 1, 9000);
  expect(stray.fault(60_000)).toBeNull();
  stray.heard(new Uint8Array(524_288), 0, 60_000);
  expect(stray.fault(60_000)).not.toBeNull();
});
