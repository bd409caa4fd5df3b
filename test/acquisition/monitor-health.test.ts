import { describe, expect, it } from 'vitest';
import { DeviceClock } from '../../electron/service/acquisition/device-clock.ts';
import { createFrameGate } from '../../electron/service/acquisition/frame-gate.ts';
import type { MonitorConfig } from '../../electron/service/acquisition/monitor-connection.ts';
import { createMemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { foldRoom } from '../../electron/service/session/room/room-state.ts';
import type { RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import { monitorDetailSchema } from '../../shared/contract/monitor-detail.ts';
import { dinamapPressures, masimoLine, noninPacket } from '../drivers/monitor-bytes.ts';
import { hearMonitors } from '../support/heard-monitors.ts';
import { createManualClock } from '../support/manual-clock.ts';

const monitorId = '01900000-0000-7000-8000-00000000000a';
const config = (protocol: MonitorConfig['protocol'], listenOnly?: true): MonitorConfig => ({
  monitorId,
  name: 'Monitor',
  protocol,
  port: { path: 'sim/port', stableId: 'adapter' },
  simulated: false,
  ...(listenOnly === undefined ? {} : { listenOnly }),
});

function roomWith(monitor: MonitorConfig) {
  const clock = createManualClock();
  const ports = createMemoryPorts();
  return { clock, ports, ...hearMonitors({ clock, ports }, monitor) };
}

describe('a monitor’s clock', () => {
  const base = Date.parse('2026-11-23T15:00:00Z');
  const at = (ms: number): { utcMs: number; offsetMin: number } => ({ utcMs: base + ms, offsetMin: -300 });
  const wall = (ms: number): string => new Date(base - 300 * 60_000 + ms).toISOString().slice(0, 19);

  it('MONITOR-1 is compared as a wall clock in this room', () => {
    const clock = new DeviceClock();
    expect(clock.take(wall(0), at(0), 0)).toBeNull();
    expect(clock.state).toMatchObject({ offsetMs: 0, jumps: 0 });
    expect(clock.take('2099-01-01T00:00:00Z', at(1000), 1000)).toBeNull();
    expect(clock.state?.jumps).toBe(0);
  });

  it('MONITOR-1 jumps once three stated times in a row say so', () => {
    const clock = new DeviceClock();
    let told = 0;
    for (let second = 0; second < 60; second++) {
      const jumped = second >= 30 ? 3_600_000 : 0;
      const jump = clock.take(wall(second * 1000 + jumped), at(second * 1000), second * 1000);
      if (jump !== null) {
        told += 1;
        expect(jump).toMatchObject({ offsetMs: 3_600_000, byMs: 3_600_000 });
        expect(second).toBe(32);
      }
    }
    expect(told).toBe(1);
    expect(clock.state).toMatchObject({ offsetMs: 3_600_000, jumps: 1 });
  });

  it('MONITOR-1 a late line, a step of our own clock and a time that is none are no jump', () => {
    const clock = new DeviceClock();
    const told: unknown[] = [];
    for (let second = 0; second < 60; second++) {
      const lateMs = second === 10 ? 30_000 : 0;
      const ourStepMs = second >= 20 ? -3_600_000 : 0;
      told.push(clock.take(wall(second * 1000 - lateMs), at(second * 1000 + ourStepMs), second * 1000));
      for (const none of ['', '2026-13-45T99:00:00', 'soon', '00:00'])
        told.push(clock.take(none, at(second * 1000 + ourStepMs), second * 1000));
    }
    expect(told.filter((one) => one !== null)).toEqual([]);
    expect(clock.state).toMatchObject({ offsetMs: 3_600_000, jumps: 0 });
  });
});

describe('what is on the cable after a replug', () => {
  it('MONITOR-2 frames without a check are held until three stand in a row, and what was held for nothing is discarded', () => {
    const counted = { frames: 0, framed: 0, discarded: 0 };
    const tally = {
      frame: (bytes: number) => {
        counted.frames += 1;
        counted.framed += bytes;
      },
      discarded: (bytes: number) => void (counted.discarded += bytes),
    };
    const gate = createFrameGate(3);
    gate.frame(4, tally);
    expect(gate.discarded(3, 'noise', tally)).toBe(true);
    gate.frame(4, tally);
    gate.frame(4, tally);
    expect(counted).toEqual({ frames: 0, framed: 0, discarded: 7 });
    expect(gate.proven).toBe(false);
    gate.frame(4, tally);
    expect(gate.proven).toBe(true);
    expect(counted).toEqual({ frames: 3, framed: 12, discarded: 7 });
    const left = createFrameGate(3);
    left.frame(4, tally);
    left.end(tally);
    expect(counted.discarded).toBe(11);
    expect(createFrameGate(1).proven).toBe(true);
  });

  it('MONITOR-3 another device on the same adapter gives no value, and is the wrong one', async () => {
    const { clock, ports, acquisition, readings } = roomWith(config('masimo-ascii1'));
    let port = ports.plug('sim/port', { stableId: 'adapter' });
    await clock.pass(500);
    port.send(masimoLine(1, 97, 70));
    await clock.pass(500);
    expect(acquisition.statuses()[0]?.state).toBe('live');
    const before = readings.length;
    ports.pull('sim/port');
    await clock.pass(500);
    port = ports.plug('sim/port', { stableId: 'adapter' });
    for (let second = 0; second < 8; second++) {
      await clock.pass(1000);
      port.send(noninPacket(2, { heartRate: 66, spo2: 91 }));
    }
    await clock.pass(200);
    expect(acquisition.statuses()[0]?.state).toBe('wrong-device');
    expect(readings.length).toBe(before);
  });
});

describe('listen-only', () => {
  it('MONITOR-4 writes nothing and reads what another recorder asks for', async () => {
    const { clock, ports, acquisition, readings } = roomWith(config('dinamap', true));
    const port = ports.plug('sim/port', { stableId: 'adapter' });
    await clock.pass(3000);
    expect(acquisition.statuses()[0]).toMatchObject({ state: 'listening', advice: expect.stringContaining('only listens') as string });
    for (let second = 0; second < 5; second++) {
      port.send(dinamapPressures(128, 78, 95, 1));
      await clock.pass(1000);
    }
    expect(acquisition.statuses()[0]?.state).toBe('live');
    expect(readings.some(({ reading }) => reading.metric === 'nibp-sys')).toBe(true);
    await acquisition.close();
    expect(port.written).toEqual([]);
  });

  it('MONITOR-4 switching it off lets Vigil ask again', async () => {
    const { clock, ports, acquisition } = roomWith(config('dinamap', true));
    const port = ports.plug('sim/port', { stableId: 'adapter' });
    await clock.pass(2000);
    expect(port.written).toEqual([]);
    acquisition.configure([config('dinamap')]);
    await clock.pass(2000);
    expect(port.written.length).toBeGreaterThan(0);
  });
});

describe('the detail of a monitor', () => {
  it('MONITOR-5 states the line, the rates, the losses, the parameters and the last bytes', async () => {
    const { clock, ports, acquisition } = roomWith(config('masimo-ascii1'));
    const port = ports.plug('sim/port', { stableId: 'adapter' });
    await clock.pass(500);
    for (let second = 0; second < 20; second++) {
      port.send(masimoLine(second, 97, 70));
      if (second === 5) port.send('garbage\r\n');
      await clock.pass(1000);
    }
    const detail = monitorDetailSchema.parse(acquisition.detail(monitorId));
    expect(detail).toMatchObject({ settings: '9600 8N1', stableId: 'adapter', mustBeAsked: false, listenOnly: false });
    expect(detail.description).toMatch(/Not validated on hardware\.$/);
    expect(detail.framesPerSecond).toBeCloseTo(1, 0);
    expect(detail.bytesPerSecond).toBeGreaterThan(80);
    expect(detail.discarded).toEqual([{ reason: 'truncated', bytes: 9 }]);
    expect(detail.parameters.find(({ metric }) => metric === 'spo2')?.vital).toMatchObject({ state: 'live', value: 97 });
    expect(detail.parameters.map(({ metric }) => metric)).not.toContain('nibp-sys');
    expect(detail.recent.bytes).toHaveLength(256);
    expect(String.fromCharCode(...detail.recent.bytes)).toMatch(/EXC=000800\r\n$/);
    expect(detail.deviceClock).not.toBeNull();
    await clock.pass(4000);
    expect(acquisition.detail(monitorId)?.parameters.find(({ metric }) => metric === 'spo2')?.vital.state).toBe('late');
    expect(acquisition.detail('01900000-0000-7000-8000-0000000000ff')).toBeNull();
  });
});

it('MONITOR-8 an adapter’s last monitor is remembered also after it was removed', () => {
  const configured = (protocol: MonitorConfig['protocol']): RecordedEvent =>
    ({ kind: 'monitor-configured', body: { ...config(protocol), monitorId } }) as unknown as RecordedEvent;
  const removed = { kind: 'monitor-removed', body: { monitorId } } as unknown as RecordedEvent;
  const state = foldRoom([configured('nonin-df2'), removed, configured('masimo-ascii1'), removed]);
  expect([...state.adapters]).toEqual([['adapter', 'masimo-ascii1']]);
});
