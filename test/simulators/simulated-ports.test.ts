import { describe, expect, test } from 'vitest';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { PortListener, PortSettings } from '../../electron/service/platform/byte-ports.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { createSimulatedPorts, type SimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { ascii, brief, decodeWhole } from '../drivers/decoded-stream.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

const settings: PortSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

interface Listener extends PortListener {
  readonly heard: number[];
  readonly closings: string[];
}

function createListener(): Listener {
  const heard: number[] = [];
  const closings: string[] = [];
  return { heard, closings, bytes: (chunk) => void heard.push(...chunk), closed: (reason) => void closings.push(reason) };
}

function room(protocol: MonitorProtocolId = 'masimo-ascii1'): { clock: ManualClock; ports: SimulatedPorts } {
  const clock = createManualClock();
  const monitor = findDriver(protocol).createSimulator(goldenScenario());
  const start = clock.monoMs();
  const ports = createSimulatedPorts(clock, [{ path: 'sim-a', stableId: 'oximeter-1', monitor, turnMs: 100 }], {
    scenarioMs: () => clock.monoMs() - start - 900_000,
  });
  return { clock, ports };
}

describe('simulated ports', () => {
  test('SIM-12 an open port hears the monitor on the clock that was handed in, and nothing from before', async () => {
    const { clock, ports } = room();
    clock.advance(30_000);
    const listener = createListener();
    const port = await ports.open('sim-a', settings, listener);
    clock.advance(5000);
    expect(decodeWhole(findDriver('masimo-ascii1').createDecoder(), Uint8Array.from(listener.heard)).frames).toBe(5);
    await port.close();
    await port.close();
    clock.advance(5000);
    expect(clock.pending).toBe(0);
    expect(listener.closings).toEqual([]);
  });

  test('SIM-12 a polled monitor answers what is written, a moment later', async () => {
    const { clock, ports } = room('dinamap');
    const listener = createListener();
    const port = await ports.open('sim-a', settings, listener);
    await port.write(ascii(' NA!2\r'));
    expect(listener.heard).toEqual([]);
    clock.advance(50);
    const { readings } = decodeWhole(findDriver('dinamap').createDecoder(), Uint8Array.from(listener.heard));
    expect(readings.map(brief)).toEqual(['nibp-sys 124', 'nibp-dia 78', 'nibp-mean 93']);
  });

  test('SIM-13 pulled out: the port closes with a reason, leaves the list, and comes back under another name with the same stable id', async () => {
    const { clock, ports } = room();
    const changes: number[] = [];
    ports.onListChanged?.(() => changes.push(clock.monoMs()));
    const listener = createListener();
    const port = await ports.open('sim-a', settings, listener);
    ports.pull('sim-a');
    expect(listener.closings).toEqual(['the cable was pulled']);
    expect(await ports.list()).toEqual([]);
    await expect(port.write(ascii('x'))).rejects.toMatchObject({ code: 'PORT_FAILED' });
    await expect(ports.open('sim-a', settings, listener)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    const heardBefore = listener.heard.length;
    clock.advance(5000);
    expect(listener.heard.length).toBe(heardBefore);
    ports.replug('sim-a', 'sim-b');
    expect(await ports.list()).toEqual([{ path: 'sim-b', stableId: 'oximeter-1', manufacturer: 'Vigil simulator' }]);
    await ports.open('sim-b', settings, listener);
    clock.advance(3000);
    expect(listener.heard.length).toBeGreaterThan(heardBefore);
    expect(changes.length).toBe(2);
    ports.close();
    expect(clock.pending).toBe(0);
  });

  test('SIM-13 busy and forbidden ports refuse with their own words; a port opens once at a time', async () => {
    const { ports } = room();
    const listener = createListener();
    ports.setOpenFault('sim-a', 'busy');
    await expect(ports.open('sim-a', settings, listener)).rejects.toMatchObject({
      code: 'PORT_BUSY',
      message: 'sim-a: another program has it open',
    });
    ports.setOpenFault('sim-a', 'forbidden');
    await expect(ports.open('sim-a', settings, listener)).rejects.toMatchObject({ code: 'PORT_FORBIDDEN' });
    ports.setOpenFault('sim-a', null);
    const port = await ports.open('sim-a', settings, listener);
    await expect(ports.open('sim-a', settings, listener)).rejects.toMatchObject({ code: 'PORT_BUSY' });
    await port.close();
    await expect(ports.open('sim-a', settings, listener)).resolves.toMatchObject({ path: 'sim-a' });
    await expect(ports.open('sim-z', settings, listener)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });

  test('SIM-14 opened at the wrong speed a port hears noise, and no number comes of it', async () => {
    const { clock, ports } = room();
    const listener = createListener();
    await ports.open('sim-a', { ...settings, baudRate: 19_200 }, listener);
    clock.advance(20_000);
    const { frames, readings, discarded } = decodeWhole(findDriver('masimo-ascii1').createDecoder(), Uint8Array.from(listener.heard));
    expect({ frames, readings }).toEqual({ frames: 0, readings: [] });
    expect(discarded.length).toBeGreaterThan(0);
  });

  test('SIM-14 another monitor on the same cable is heard at once', async () => {
    const { clock, ports } = room();
    const listener = createListener();
    await ports.open('sim-a', settings, listener);
    ports.exchange('sim-a', findDriver('nonin-df7').createSimulator(goldenScenario()));
    clock.advance(3000);
    expect(decodeWhole(findDriver('nonin-df7').createDecoder(), Uint8Array.from(listener.heard)).frames).toBeGreaterThan(200);
  });
});
