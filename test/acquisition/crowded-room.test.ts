import { describe, expect, it } from 'vitest';
import { isMeasured } from '../../shared/clinical/reading.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { MonitorConfig } from '../../electron/service/acquisition/monitor-connection.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { encodeMessage } from '../../electron/service/drivers/dinamap/frame.ts';
import { createMemoryPorts } from '../../electron/service/serial/memory-ports.ts';
import { scenarioSchema } from '../../electron/service/simulation/scenario.ts';
import { createSimulatedPorts } from '../../electron/service/simulation/simulated-ports.ts';
import { clockWords } from '../../renderer/screens/monitors/line-words.ts';
import type { MonitorDetail } from '../../shared/contract/monitor-detail.ts';
import { brief, decodeChunks, join, seededBelow } from '../drivers/decoded-stream.ts';
import { dinamapPressures, masimoLine, noninPacket } from '../drivers/monitor-bytes.ts';
import { hearMonitors } from '../support/heard-monitors.ts';
import { createManualClock, manualClockStartMs } from '../support/manual-clock.ts';

function configOf(protocol: MonitorProtocolId, number: number): MonitorConfig {
  const monitorId = `01900000-0000-7000-8000-0000000000${String(number).padStart(2, '0')}`;
  return { monitorId, name: protocol, protocol, port: { path: `line/${protocol}`, stableId: protocol }, simulated: true };
}

describe('several monitors in one room', () => {
  it.each([
    ['masimo-ascii1', 'dinamap', 'intellivue', 'capnostream'],
    ['nellcor-n560', 'nonin-df7', 'datex-dri', 'hl7-oru'],
    ['nonin-df2', 'nonin-df8', 'nonin-ascii', 'masimo-ascii1'],
  ] as const)('STORM-5 %s, %s, %s and %s keep their readings apart', async (...protocols) => {
    const clock = createManualClock();
    const specs = protocols.map((protocol, index) => ({
      path: `line/${protocol}`,
      stableId: protocol,
      // Another patient for each, so that a reading on the wrong monitor has the wrong number.
      monitor: findDriver(protocol).createSimulator(scenarioSchema.parse({ seed: index + 1 })),
      baudRate: findDriver(protocol).portProfiles[0].baudRate,
    }));
    const configs = protocols.map(configOf);
    const together = hearMonitors({ clock, ports: createSimulatedPorts(clock, specs) }, ...configs);
    await clock.pass(40_000);
    expect(together.acquisition.statuses().map(({ state }) => state)).toEqual(protocols.map(() => 'live'));
    for (const [index, config] of configs.entries()) {
      const told = together.readings.filter(({ monitorId }) => monitorId === config.monitorId).map(({ reading }) => brief(reading));
      // The same monitor alone in a room says the same.
      const aloneClock = createManualClock();
      const monitor = findDriver(config.protocol).createSimulator(scenarioSchema.parse({ seed: index + 1 }));
      const spec = { path: config.port.path, stableId: config.port.stableId, monitor, baudRate: specs[index]?.baudRate ?? 9600 };
      const alone = hearMonitors({ clock: aloneClock, ports: createSimulatedPorts(aloneClock, [spec]) }, config);
      await aloneClock.pass(40_000);
      expect(told.length, config.name).toBeGreaterThan(0);
      expect(told, config.name).toEqual(alone.readings.map(({ reading }) => brief(reading)));
      expect(
        together.readings.filter(({ monitorId }) => monitorId === config.monitorId).every(({ monitorName }) => monitorName === config.name),
      ).toBe(true);
    }
  });
});

describe('two monitors on one line', () => {
  const noninTold = new Set(['spo2 96', 'pulse-rate 142']);
  const dinamapTold = new Set(['nibp-sys 128', 'nibp-dia 78', 'nibp-mean 95', 'spo2 97', 'pulse-rate 72']);
  const streams: Readonly<Record<string, Uint8Array>> = {
    'nonin-df2': join(...Array.from({ length: 120 }, (_, timer) => noninPacket(2, { heartRate: 142, spo2: 96, timer }))),
    'nonin-df7': join(...Array.from({ length: 120 }, (_, timer) => noninPacket(7, { heartRate: 142, spo2: 96, timer }))),
    dinamap: join(
      ...Array.from({ length: 120 }, (_, second) =>
        join(dinamapPressures(128, 78, 95, second), encodeMessage(' OA1097'), encodeMessage(' RA1072')),
      ),
    ),
    'masimo-ascii1': join(...Array.from({ length: 120 }, (_, second) => masimoLine(second % 60, 93, 61))),
  };

  /** Both at once: their bytes in pieces of a few, in any order. */
  function mixed(a: Uint8Array, b: Uint8Array, seed: number): Uint8Array[] {
    const below = seededBelow(seed);
    const pieces: Uint8Array[] = [];
    let [atA, atB] = [0, 0];
    while (atA < a.length || atB < b.length) {
      const size = 1 + below(40);
      if (below(2) === 0) pieces.push(a.subarray(atA, (atA += size)));
      else pieces.push(b.subarray(atB, (atB += size)));
    }
    return pieces;
  }

  it.each([
    ['nonin-df2', 'dinamap', noninTold],
    ['nonin-df7', 'masimo-ascii1', noninTold],
    ['dinamap', 'masimo-ascii1', dinamapTold],
    ['dinamap', 'nonin-df2', dinamapTold],
    ['dinamap', 'nonin-df7', dinamapTold],
  ] as const)('STORM-6 %s beside %s: every byte accounted for, no value that was not stated', (own, other, told) => {
    let measured = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const chunks = mixed(streams[own] ?? new Uint8Array(), streams[other] ?? new Uint8Array(), seed);
      const decoded = decodeChunks(findDriver(own).createDecoder(), chunks);
      expect(decoded.accountedBytes).toBe(decoded.pushedBytes);
      expect(decoded.discarded.length).toBeGreaterThan(0);
      const values = decoded.readings.filter(isMeasured).map(brief);
      measured += values.length;
      expect(
        values.filter((value) => !told.has(value)),
        `seed ${seed}`,
      ).toEqual([]);
    }
    // What came through whole still counts.
    expect(measured).toBeGreaterThan(0);
  });

  it('STORM-6 a line that two monitors share is shown as damaged, not as in order', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const port = ports.plug('line/nonin-df7', { stableId: 'nonin-df7' });
    const { acquisition } = hearMonitors({ clock, ports }, configOf('nonin-df7', 1));
    await clock.pass(1000);
    for (let second = 0; second < 20; second += 1) {
      port.send(noninPacket(7, { heartRate: 142, spo2: 96, timer: second }));
      port.send(masimoLine(second, 93, 61));
      await clock.pass(1000);
    }
    const [status] = acquisition.statuses();
    expect(status?.state).toBe('degraded');
    expect(status?.discardedBytes).toBeGreaterThan(1000);
    expect(status?.advice).not.toBeNull();
  });
});

describe('a monitor whose clock says 2099', () => {
  const at2099 = (second: number): string => {
    const stamp = `12/31/99 23:58:${String(second).padStart(2, '0')}`;
    return `${stamp} SN=0000000042 SPO2=0${90 + (second % 5)}% BPM=070 PI=02.10% PVI=--- ALARM=0000 EXC=000800\r\n`;
  };

  it('STORM-7 gives live values dated by us, keeps its time beside them and says how far it is off', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const port = ports.plug('line/masimo-ascii1', { stableId: 'masimo-ascii1' });
    const { acquisition, readings } = hearMonitors({ clock, ports }, configOf('masimo-ascii1', 1));
    await clock.pass(1000);
    for (let second = 0; second < 20; second += 1) {
      port.send(at2099(second));
      await clock.pass(1000);
    }
    // Its clock is put right: what it says next is older by its own time, and newer by ours.
    for (let second = 20; second < 40; second += 1) {
      port.send(masimoLine(second, 98, 70));
      await clock.pass(1000);
      expect(acquisition.vitals().spo2).toMatchObject({ state: 'live', value: 98 });
    }
    const spo2 = readings.filter(({ reading }) => reading.metric === 'spo2');
    expect(spo2).toHaveLength(40);
    expect(spo2[0]?.reading.deviceTime).toBe('2099-12-31T23:58:00');
    const receivedMs = spo2.map(({ received }) => received.utcMs);
    expect(receivedMs).toEqual(receivedMs.toSorted((a, b) => a - b));
    expect(receivedMs.every((utcMs) => utcMs >= manualClockStartMs && utcMs <= clock.now().utcMs)).toBe(true);
  });

  it('STORM-7 is told of as a clock that is off, by how much, and once when it jumps back', async () => {
    const clock = createManualClock();
    const ports = createMemoryPorts();
    const port = ports.plug('line/masimo-ascii1', { stableId: 'masimo-ascii1' });
    const { acquisition, jumps } = hearMonitors({ clock, ports }, configOf('masimo-ascii1', 1));
    await clock.pass(1000);
    for (let second = 0; second < 10; second += 1) {
      port.send(at2099(second));
      await clock.pass(1000);
    }
    const yearMs = 365 * 24 * 3_600_000;
    expect(acquisition.clocksOff()[0]?.offsetMs).toBeGreaterThan(73 * yearMs);
    const clockOf = (): MonitorDetail['deviceClock'] => acquisition.detail(configOf('masimo-ascii1', 1).monitorId)?.deviceClock ?? null;
    expect(clockOf()?.stated).toMatch(/^2099-12-31T23:58/);
    expect(clockWords(clockOf(), String)).toBe('73 years ahead of ours');
    for (let second = 10; second < 20; second += 1) {
      port.send(masimoLine(second, 98, 70));
      await clock.pass(1000);
    }
    expect(jumps).toHaveLength(1);
    expect(jumps[0]?.byMs).toBeLessThan(-73 * yearMs);
  });
});
