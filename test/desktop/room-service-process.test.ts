import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomServiceProcess, type Patience, type ServiceChild, type ServiceState } from '../../electron/main/room-service-process.ts';
import type { BootMessage } from '../../shared/boot/boot-message.ts';

const boot: BootMessage = {
  kind: 'boot',
  dataFolder: '/room',
  demoFolder: '/room-demo',
  mode: 'room',
  keyBase64: null,
  keyInFile: false,
  checkpointSeedBase64: null,
  kiosk: false,
  demoRate: 1,
  extraPorts: [],
  version: '0.0.0',
};
const quick: Patience = { readyMsMax: 300, restartMs: [1, 200, 300], steadyMs: 250, stopMsMax: 100 };

class Child extends EventEmitter implements ServiceChild {
  readonly pid = 1;
  readonly said: string[] = [];
  killed = false;
  /** What a well-behaved service does when it is asked to stop. */
  endsWhenAsked = true;

  postMessage(message: { readonly kind: string }): void {
    this.said.push(message.kind);
    if (message.kind === 'stop' && this.endsWhenAsked) setImmediate(() => this.emit('exit', 0));
  }
  kill(): void {
    this.killed = true;
    setImmediate(() => this.emit('exit', 9));
  }
}

function supervise(): { service: RoomServiceProcess; children: Child[]; states: ServiceState[]; last(): Child } {
  const children: Child[] = [];
  const states: ServiceState[] = [];
  const service = new RoomServiceProcess(() => children[children.push(new Child()) - 1] as Child, boot, quick);
  service.onState((state) => states.push(state));
  service.start();
  return { service, children, states, last: () => children.at(-1) as Child };
}

it('SHELL-7 starts a service that crashed again, with longer and longer pauses, for ever', async () => {
  const { children, states, last, service } = supervise();
  const pauses: number[] = [];
  for (let crash = 0; crash < 4; crash += 1) {
    last().emit('message', { kind: 'ready' });
    last().emit('exit', 139);
    const crashedAt = performance.now();
    while (children.length < crash + 2) await pause(1);
    pauses.push(performance.now() - crashedAt);
  }
  expect(states.map(({ state }) => state)).toEqual(Array(4).fill(['ready', 'lost']).flat());
  expect(pauses[0]).toBeLessThan(pauses[1] ?? 0);
  expect(pauses[1]).toBeGreaterThanOrEqual(199);
  expect(Math.min(...pauses.slice(2))).toBeGreaterThanOrEqual(299);
  expect(children.every((child) => child.said[0] === 'boot')).toBe(true);
  await service.stop();
});

it('SHELL-7 forgets earlier crashes once the service has run for long', async () => {
  const { children, last, service } = supervise();
  for (let crash = 0; crash < 2; crash += 1) {
    last().emit('message', { kind: 'ready' });
    last().emit('exit', 1);
    while (children.length < crash + 2) await pause(1);
  }
  last().emit('message', { kind: 'ready' });
  await pause(quick.steadyMs + 5);
  last().emit('exit', 1);
  const crashedAt = performance.now();
  while (children.length < 4) await pause(1);
  // Remembered, it would have waited 300 ms.
  expect(performance.now() - crashedAt).toBeLessThan(290);
  await service.stop();
});

it('SHELL-8 does not start a service again that said why it cannot run', async () => {
  const { children, states, last } = supervise();
  last().emit('message', { kind: 'refused', code: 'STORE_CORRUPT', message: 'The database is damaged.' });
  await pause(100);
  expect(states).toEqual([{ state: 'refused', code: 'STORE_CORRUPT', message: 'The database is damaged.' }]);
  expect(last().killed).toBe(true);
  expect(children).toHaveLength(1);
});

it('SHELL-9 ends a service that is not ready in time, and starts it again', async () => {
  const { children, states, last, service } = supervise();
  while (children.length < 2) await pause(1);
  expect(children[0]?.killed).toBe(true);
  expect(states[0]?.state).toBe('lost');
  last().emit('message', { kind: 'ready' });
  await pause(quick.readyMsMax + 50);
  expect(children).toHaveLength(2);
  await service.stop();
});

describe('a service that takes long to open its record', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('SHELL-21 is left alone while it says how far it has come, and ended when it falls silent', () => {
    const { last } = supervise();
    for (let page = 0; page < 4; page += 1) {
      vi.advanceTimersByTime(quick.readyMsMax - 1);
      last().emit('message', { kind: 'starting', step: 'reading' });
    }
    vi.advanceTimersByTime(quick.readyMsMax - 1);
    expect(last().killed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(last().killed).toBe(true);
  });

  it('SHELL-21 is never ended while it brings its record to a new version', () => {
    const { last } = supervise();
    last().emit('message', { kind: 'starting', step: 'updating' });
    vi.advanceTimersByTime(1000 * quick.readyMsMax);
    expect(last().killed).toBe(false);
    last().emit('message', { kind: 'starting', step: 'reading' });
    vi.advanceTimersByTime(quick.readyMsMax);
    expect(last().killed).toBe(true);
  });

  it('SHELL-21 is ended in time, whatever else it says', () => {
    const { last } = supervise();
    last().emit('message', { kind: 'no such report' });
    vi.advanceTimersByTime(quick.readyMsMax);
    expect(last().killed).toBe(true);
  });
});

it('SHELL-10 asks the service to close the record, and waits for it', async () => {
  const { service, children, states, last } = supervise();
  last().emit('message', { kind: 'ready' });
  await service.stop();
  expect(last().said).toEqual(['boot', 'stop']);
  expect(last().killed).toBe(false);
  await pause(quick.restartMs[2] ?? 0);
  // An end that was asked for is no crash.
  expect(children).toHaveLength(1);
  expect(states.map(({ state }) => state)).toEqual(['ready']);
});

it('SHELL-10 ends a service that does not stop when it is asked', async () => {
  const { service, last } = supervise();
  last().endsWhenAsked = false;
  const askedAt = performance.now();
  await service.stop();
  expect(last().killed).toBe(true);
  expect(performance.now() - askedAt).toBeGreaterThanOrEqual(quick.stopMsMax - 1);
});

it('SHELL-10 starts nothing after it was told to stop', async () => {
  const { service, children, last } = supervise();
  last().emit('message', { kind: 'ready' });
  last().emit('exit', 1);
  await service.stop();
  await pause(quick.restartMs[0] + 50);
  expect(children).toHaveLength(1);
});

it('SHELL-17 tells the service that the computer was asleep', async () => {
  const { service, last } = supervise();
  last().emit('message', { kind: 'ready' });
  service.resumed();
  expect(last().said).toEqual(['boot', 'resumed']);
  await service.stop();
});

it('SHELL-22 tells once that the record was opened, also after a start that failed', async () => {
  const { last, service } = supervise();
  let told = 0;
  service.onceReady(() => (told += 1));
  last().emit('exit', 1);
  const first = last();
  while (last() === first) await pause(1);
  expect(told).toBe(0);
  last().emit('message', { kind: 'ready' });
  last().emit('message', { kind: 'ready' });
  expect(told).toBe(1);
  await service.stop();
});

it('SHELL-18 hears from the service, and from nobody else, that somebody left the kiosk', () => {
  const { service, states, last } = supervise();
  let left = 0;
  service.onKioskLeft(() => (left += 1));
  last().emit('message', { kind: 'ready' });
  last().emit('message', { kind: 'kiosk' });
  expect(left).toBe(0);
  last().emit('message', { kind: 'kiosk-left' });
  expect([left, states]).toEqual([1, [{ state: 'ready' }]]);
});
