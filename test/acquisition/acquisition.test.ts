import { describe, expect, it } from 'vitest';
import { linkStates, monitorStatusSchema } from '../../shared/contract/board/monitors.ts';
import { linkAdvice } from '../../electron/service/acquisition/link-advice.ts';
import type { MonitorConfig } from '../../electron/service/acquisition/monitor-connection.ts';
import type { StampedReading } from '../../electron/service/acquisition/stamped-reading.ts';
import type { BytePorts } from '../../electron/service/platform/byte-ports.ts';
import { createMemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createSimulatedPorts, type SimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { capnostreamNumerics, capnostreamSample } from '../drivers/capnostream-bytes.ts';
import { hearMonitors, type HeardMonitors } from '../support/heard-monitors.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

const oximeter: MonitorConfig = {
  monitorId: '01900000-0000-7000-8000-00000000000a',
  name: 'Oximeter',
  protocol: 'masimo-ascii1',
  port: { path: 'sim/masimo', stableId: null },
  simulated: true,
};
const cuff: MonitorConfig = {
  monitorId: '01900000-0000-7000-8000-00000000000b',
  name: 'Cuff',
  protocol: 'dinamap',
  port: { path: 'sim/dinamap', stableId: 'dinamap-adapter' },
  simulated: true,
};

interface Room extends HeardMonitors {
  readonly clock: ManualClock;
}

function roomWith(ports: BytePorts, clock: ManualClock): Room {
  return { clock, ...hearMonitors({ clock, ports }) };
}

function simulatedRoom(): Room & { readonly ports: SimulatedPorts } {
  const clock = createManualClock();
  const scenario = goldenScenario();
  const ports = createSimulatedPorts(clock, [
    { path: 'sim/masimo', stableId: null, monitor: findDriver('masimo-ascii1').createSimulator(scenario) },
    { path: 'sim/dinamap', stableId: 'dinamap-adapter', monitor: findDriver('dinamap').createSimulator(scenario) },
  ]);
  return { ...roomWith(ports, clock), ports };
}

describe('a room with an oximeter and a cuff', () => {
  it('ACQ-1, ACQ-9 hears both, with names and times', async () => {
    const { clock, acquisition, readings } = simulatedRoom();
    acquisition.configure([oximeter, cuff]);
    await clock.pass(20_000);
    const statuses = acquisition.statuses();
    expect(statuses.map((status) => status.state)).toEqual(['live', 'live']);
    for (const status of statuses) expect(monitorStatusSchema.safeParse(status).error).toBeUndefined();
    const given = new Set(readings.map((stamped) => `${stamped.monitorName} ${stamped.reading.metric}`));
    for (const what of ['Oximeter spo2', 'Oximeter pulse-rate', 'Cuff nibp-sys']) expect(given).toContain(what);
    const last = readings.at(-1);
    expect(clock.monoMs() - (last?.monoMs ?? 0)).toBeLessThan(2000);
    expect(clock.now().utcMs - (last?.received.utcMs ?? 0)).toBeLessThan(2000);
    expect(acquisition.vitals().spo2).toMatchObject({ state: 'live', event: false });
    expect(acquisition.vitals()['nibp-sys']).toMatchObject({ event: true });
  });

  it('ACQ-2 says once since when and why a monitor is lost, and after how long it is back', async () => {
    const { clock, acquisition, changes, ports } = simulatedRoom();
    acquisition.configure([oximeter]);
    await clock.pass(10_000);
    ports.pull('sim/masimo');
    const pulledMs = clock.now().utcMs;
    await clock.pass(130_000);
    expect(acquisition.vitals().spo2).toMatchObject({ state: 'lost', reason: 'cable-out' });
    ports.replug('sim/masimo');
    await clock.pass(5000);
    const gaps = changes.flatMap((change) => (change.gap === null ? [] : [change.gap]));
    expect(gaps).toHaveLength(3);
    expect(gaps[0]).toEqual({ kind: 'live', afterMs: null });
    expect(gaps[1]).toMatchObject({ kind: 'lost', cause: 'cable-out' });
    const sinceMs = gaps[1]?.kind === 'lost' ? gaps[1].sinceMs : 0;
    expect(pulledMs - sinceMs).toBeGreaterThanOrEqual(0);
    expect(pulledMs - sinceMs).toBeLessThan(1500);
    const afterMs = gaps[2]?.kind === 'live' ? (gaps[2].afterMs ?? 0) : 0;
    expect(afterMs).toBeGreaterThan(130_000);
    expect(afterMs).toBeLessThan(136_000);
    expect(acquisition.vitals().spo2.state).toBe('live');
  });

  it('ACQ-2 is live again within five seconds under another name', async () => {
    const { clock, acquisition, changes, ports } = simulatedRoom();
    acquisition.configure([oximeter]);
    await clock.pass(10_000);
    ports.pull('sim/masimo');
    await clock.pass(30_000);
    const backMs = clock.monoMs();
    ports.replug('sim/masimo', 'sim/elsewhere');
    await clock.pass(6000);
    expect((changes.at(-1)?.monoMs ?? Infinity) - backMs).toBeLessThan(5000);
    expect(changes.at(-1)?.gap?.kind).toBe('live');
    expect(acquisition.statuses()[0]?.port).toBe('sim/elsewhere');
  });

  it('ACQ-8 does not take the old determination for a new one after a reconnect', async () => {
    const { clock, acquisition, readings, ports } = simulatedRoom();
    acquisition.configure([cuff]);
    await clock.pass(20_000);
    const isSys = (stamped: StampedReading): boolean => stamped.reading.metric === 'nibp-sys';
    expect(readings.filter(isSys)).toHaveLength(1);
    const before = acquisition.vitals()['nibp-sys'];
    ports.pull('sim/dinamap');
    await clock.pass(10_000);
    expect(acquisition.vitals()['nibp-sys'].state).toBe('late');
    ports.replug('sim/dinamap');
    await clock.pass(10_000);
    expect(acquisition.statuses()[0]?.state).toBe('live');
    expect(readings.filter(isSys)).toHaveLength(1);
    expect(acquisition.vitals()['nibp-sys']).toEqual(before);
  });

  it('ACQ-10 does not take over the port of the other monitor', async () => {
    const { clock, acquisition, ports } = simulatedRoom();
    acquisition.configure([oximeter, cuff]);
    await clock.pass(5000);
    ports.pull('sim/masimo');
    ports.pull('sim/dinamap');
    await clock.pass(5000);
    ports.replug('sim/dinamap');
    await clock.pass(5000);
    expect(acquisition.statuses().map((status) => [status.name, status.state])).toEqual([
      ['Oximeter', 'unplugged'],
      ['Cuff', 'live'],
    ]);
  });
});

describe('two monitors of one kind', () => {
  const beside: MonitorConfig = { ...oximeter, monitorId: cuff.monitorId, name: 'Beside', port: { path: 'sim/beside', stableId: null } };

  function twoOximeters(): Room & { readonly ports: SimulatedPorts } {
    const clock = createManualClock();
    const scenario = goldenScenario();
    const ports = createSimulatedPorts(
      clock,
      ['sim/masimo', 'sim/beside'].map((path) => ({
        path,
        stableId: null,
        monitor: findDriver('masimo-ascii1').createSimulator(scenario),
      })),
    );
    return { ...roomWith(ports, clock), ports };
  }

  it('ACQ-10 one that is lost does not take the name of the other, when that comes back', async () => {
    const { clock, acquisition, ports } = twoOximeters();
    acquisition.configure([oximeter, beside]);
    await clock.pass(5000);
    ports.pull('sim/masimo');
    ports.pull('sim/beside');
    await clock.pass(8000);
    ports.replug('sim/beside');
    await clock.pass(8000);
    expect(acquisition.statuses().map((status) => [status.name, status.state, status.port])).toEqual([
      ['Oximeter', 'unplugged', 'sim/masimo'],
      ['Beside', 'live', 'sim/beside'],
    ]);
  });

  it('ACQ-10 of two that are lost only one listens to a new port', async () => {
    const { clock, acquisition, ports, log } = twoOximeters();
    acquisition.configure([oximeter, beside]);
    await clock.pass(5000);
    ports.pull('sim/masimo');
    ports.pull('sim/beside');
    await clock.pass(8000);
    ports.replug('sim/beside', 'sim/moved');
    await clock.pass(20_000);
    expect(acquisition.statuses().filter((status) => status.state === 'live' && status.port === 'sim/moved')).toHaveLength(1);
    const refused = log.lines.filter((line) => line.event === 'port-not-opened').map((line) => line.fields['path']);
    expect(refused).toContain('sim/masimo');
    expect(refused).not.toContain('sim/moved');
  });
});

describe('configuring', () => {
  it('ACQ-3 keeps unchanged links, renames without a break, and frees what is gone', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const [first, second] = [ports.plug('sim/masimo'), ports.plug('sim/dinamap', { stableId: 'dinamap-adapter' })];
    const { acquisition } = roomWith(ports, clock);
    acquisition.configure([oximeter, cuff]);
    await clock.pass(1000);
    acquisition.configure([{ ...oximeter, name: 'Rad-8' }]);
    await clock.pass(1000);
    expect([first.isOpen, first.openings, second.isOpen]).toEqual([true, 1, false]);
    expect(acquisition.statuses().map((status) => status.name)).toEqual(['Rad-8']);
    acquisition.configure([{ ...oximeter, port: { path: 'sim/dinamap', stableId: null } }]);
    await clock.pass(1000);
    expect([first.isOpen, second.isOpen]).toEqual([false, true]);
  });

  it('ACQ-6 frees every port, leaves no timer, and ignores what comes later', async () => {
    const { clock, acquisition, ports } = simulatedRoom();
    acquisition.configure([oximeter, cuff]);
    await clock.pass(5000);
    await acquisition.close();
    ports.close();
    expect(clock.pending).toBe(0);
    acquisition.configure([oximeter]);
    expect(acquisition.statuses()).toEqual([]);
  });
});

describe('what goes wrong around it', () => {
  const line = (spo2: string): string =>
    `12/01/05 11:56:29 SN=0123456789 SPO2=${spo2}% BPM=080 PI=20.00% SPCO=01.0% SPMET=00.5% DESAT=01 PIDELTA=-02 PVI=027 ALARM=0000 EXC=000800\r\n`;

  it('ACQ-5 goes on when whoever takes the readings throws', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const port = ports.plug('sim/masimo');
    const full = (): never => {
      throw new Error('the recorder is full');
    };
    const { acquisition, log } = hearMonitors({ clock, ports, onReadings: full, onLinkChange: full }, oximeter);
    await clock.pass(500);
    port.send(line('097'));
    await clock.pass(500);
    port.send(line('097'));
    await clock.pass(0);
    expect(acquisition.vitals().spo2).toMatchObject({ state: 'live', value: 97 });
    expect(log.lines.filter((entry) => entry.event === 'acquisition-listener-threw').length).toBeGreaterThanOrEqual(3);
  });

  it('ACQ-5 takes a flood in one chunk', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const port = ports.plug('sim/masimo');
    const { acquisition, readings } = roomWith(ports, clock);
    acquisition.configure([oximeter]);
    await clock.pass(500);
    port.send(line('097').repeat(1000));
    await clock.pass(0);
    expect(acquisition.statuses()[0]?.framesTotal).toBe(1000);
    expect(readings.length).toBeGreaterThanOrEqual(3000);
  });

  it('VITAL-12 values that stop while waves go on grow grey and old each by itself, on a link that is live', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const port = ports.plug('sim/capno');
    const { acquisition } = roomWith(ports, clock);
    acquisition.configure([{ ...oximeter, protocol: 'capnostream', port: { path: 'sim/capno', stableId: null }, listenOnly: true }]);
    await clock.pass(500);
    let counter = 0;
    const play = async (ms: number, every: (second: number) => Uint8Array | null): Promise<void> => {
      for (let second = 0; second < ms / 1000; second++) {
        const values = every(second);
        if (values !== null) port.send(values);
        for (let sample = 0; sample < 20; sample++) {
          port.send(capnostreamSample(counter++, 9600));
          await clock.pass(50);
        }
      }
    };
    const stateOf = (metric: 'spo2' | 'etco2'): string => acquisition.vitals()[metric].state;
    await play(10_000, () => capnostreamNumerics());
    expect([stateOf('spo2'), stateOf('etco2')]).toEqual(['live', 'live']);
    await play(4000, () => null);
    expect([acquisition.statuses()[0]?.state, stateOf('spo2'), stateOf('etco2')]).toEqual(['live', 'late', 'late']);
    await play(4000, () => null);
    expect(acquisition.statuses()[0]?.state).toBe('live');
    expect(acquisition.vitals().spo2).toMatchObject({ state: 'lost', reason: 'no-new-value', last: { value: 97 } });
    expect(acquisition.waves().length).toBeGreaterThan(0);
    // One of them comes back, the other does not.
    await play(3000, () => capnostreamNumerics({ etco2: 0xff }));
    expect([stateOf('spo2'), stateOf('etco2')]).toEqual(['live', 'lost']);
  });

  it('ACQ-7 takes an SpO2 of 101 out before anyone records it', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const port = ports.plug('sim/masimo');
    const { acquisition, readings } = roomWith(ports, clock);
    acquisition.configure([oximeter]);
    await clock.pass(500);
    port.send(line('101'));
    await clock.pass(0);
    expect(readings.filter((stamped) => stamped.reading.metric === 'spo2' && 'value' in stamped.reading)).toEqual([]);
    expect(acquisition.vitals().spo2.state).toBe('lost');
    expect(acquisition.vitals()['pulse-rate']).toMatchObject({ state: 'live', value: 80 });
  });
});

describe('advice', () => {
  it('ACQ-4 names the monitor or its port in every state that needs a person, and is silent else', () => {
    for (const state of linkStates) {
      const advice = linkAdvice({ state, port: '/dev/ttyUSB0', name: 'Rad-8', vendor: 'Masimo' });
      if (state === 'live' || state === 'opening') expect(advice).toBeNull();
      else expect(advice).toMatch(/Rad-8|\/dev\/ttyUSB0/);
      expect(advice ?? '').not.toMatch(/alarm|error|E[A-Z]{4,}/);
    }
  });
});
