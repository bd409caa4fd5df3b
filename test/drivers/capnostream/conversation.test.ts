import { describe, expect, test } from 'vitest';
import * as commands from '../../../electron/service/drivers/capnostream/commands.ts';
import { CapnostreamConversation } from '../../../electron/service/drivers/capnostream/conversation.ts';
import { createCapnostreamDecoder } from '../../../electron/service/drivers/capnostream/decode.ts';
import { createCapnostreamSimulator } from '../../../electron/service/drivers/capnostream/simulator.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../../electron/service/simulation/simulated-monitor.ts';
import type { Reading } from '../../../shared/clinical/reading.ts';
import { capnostreamId, capnostreamMessage, capnostreamNumerics, capnostreamSample } from '../capnostream-bytes.ts';
import { brief, decodeWhole, join, seededBelow } from '../decoded-stream.ts';

const named: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['enable', commands.enable()],
  ['start', commands.startRealTime()],
  ['link', commands.linkActive()],
  ['disable', commands.disable()],
  ['stop, disable', join(commands.stopRealTime(), commands.disable())],
];

function nameOf(bytes: Uint8Array | null): string {
  if (bytes === null) return 'nothing';
  return named.find(([, known]) => known.toString() === bytes.toString())?.[0] ?? `unknown ${bytes.toString()}`;
}

interface Said {
  readonly atMs: number;
  readonly what: string;
}

interface Talk {
  readonly said: readonly Said[];
  readonly heard: readonly { readonly atMs: number; readonly reading: Reading }[];
}

/** A conversation and a monitor on one wire in steps of 100 ms; `cut` says when nothing passes. */
function talk(
  monitor: SimulatedMonitor,
  untilMs: number,
  options: { readonly cut?: (atMs: number) => boolean; readonly conversation?: CapnostreamConversation; readonly fromMs?: number } = {},
): Talk {
  const conversation = options.conversation ?? new CapnostreamConversation();
  const decoder = createCapnostreamDecoder();
  const said: Said[] = [];
  const heard: { atMs: number; reading: Reading }[] = [];
  const hear = (bytes: Uint8Array | null, atMs: number): void => {
    if (bytes === null || bytes.length === 0 || options.cut?.(atMs) === true) return;
    conversation.heard(bytes, atMs);
    decoder.push(bytes, {
      frame: () => undefined,
      reading: (reading) => void heard.push({ atMs, reading }),
      wave: () => undefined,
      discarded: () => undefined,
    });
  };
  for (let atMs = options.fromMs ?? 0; atMs < untilMs; atMs += 100) {
    hear(monitor.tick(atMs), atMs);
    const bytes = conversation.tick(atMs);
    if (bytes === null) continue;
    said.push({ atMs, what: nameOf(bytes) });
    if (options.cut?.(atMs) !== true) hear(monitor.receive(bytes), atMs);
  }
  return { said, heard };
}

const simulated = (scenario: ScenarioInput = {}): SimulatedMonitor => createCapnostreamSimulator(scenarioSchema.parse(scenario));
const breaths = ({ heard }: Talk): number[] => heard.filter(({ reading }) => reading.metric === 'etco2').map(({ atMs }) => atMs);
const gapsOf = (times: readonly number[]): number[] => times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));

describe('the conversation', () => {
  test('CAPNO-12 enables each 200 ms until the monitor says who it is, then starts it', () => {
    let asked = 0;
    const monitor = simulated();
    // The first two are lost.
    const deaf: SimulatedMonitor = { tick: (tMs) => monitor.tick(tMs), receive: (bytes) => (++asked > 2 ? monitor.receive(bytes) : null) };
    const told = talk(deaf, 5000);
    expect(told.said.slice(0, 4)).toEqual([
      { atMs: 0, what: 'enable' },
      { atMs: 200, what: 'enable' },
      { atMs: 400, what: 'enable' },
      { atMs: 500, what: 'start' },
    ]);
    expect(breaths(told)[0]).toBeLessThanOrEqual(1500);
  });

  test('CAPNO-12 over an hour a word each five seconds and nothing else, and values each second', () => {
    const told = talk(simulated(), 3_600_000);
    expect(told.said.slice(0, 2).map(({ what }) => what)).toEqual(['enable', 'start']);
    expect(new Set(told.said.slice(2).map(({ what }) => what))).toEqual(new Set(['link']));
    expect(Math.max(...gapsOf(told.said.map(({ atMs }) => atMs)))).toBeLessThanOrEqual(5100);
    expect(Math.max(...gapsOf(breaths(told)))).toBeLessThanOrEqual(1000);
  });

  test.each(['reboot', 'silence', 'wrong-checksum'] as const)(
    'CAPNO-14 after a %s of 30 s values are back within three seconds',
    (kind) => {
      for (let startMs = 20_000; startMs < 24_000; startMs += 700) {
        const told = talk(simulated({ faults: [{ atMs: startMs, untilMs: startMs + 30_000, kind }] }), startMs + 60_000);
        expect(
          breaths(told).find((atMs) => atMs >= startMs + 30_000),
          String(startMs),
        ).toBeLessThanOrEqual(startMs + 33_000);
        expect(breaths(told).some((atMs) => atMs > startMs + 500 && atMs < startMs + 30_000)).toBe(false);
      }
    },
  );

  test('CAPNO-14 a cable out for any time is noticed and mended', () => {
    for (const cutMs of [2000, 6000, 16_000, 120_000]) {
      const told = talk(simulated(), 30_000 + cutMs + 30_000, { cut: (atMs) => atMs >= 30_000 && atMs < 30_000 + cutMs });
      expect(breaths(told).find((atMs) => atMs >= 30_000 + cutMs)).toBeLessThanOrEqual(30_000 + cutMs + 3000);
    }
  });

  test('CAPNO-14 a restarted Vigil takes over a monitor that still sends, also one that does not say again who it is', () => {
    const monitor = simulated();
    talk(monitor, 20_000);
    expect(breaths(talk(monitor, 40_000, { fromMs: 20_000 }))[0]).toBeLessThanOrEqual(21_500);
    const mute: SimulatedMonitor = {
      tick: (tMs) => monitor.tick(tMs),
      receive(bytes) {
        monitor.receive(bytes);
        return null;
      },
    };
    const told = talk(mute, 80_000, { fromMs: 40_000 });
    expect(told.said.map(({ what }) => what)).toEqual(expect.arrayContaining(['start', 'link']));
    expect(told.said.filter(({ what }) => what === 'enable').length).toBeLessThanOrEqual(8);
    expect(breaths(told).length).toBeGreaterThan(38);
  });

  test('CAPNO-14 a monitor that took the start and sends nothing is asked to start again', () => {
    const conversation = new CapnostreamConversation();
    conversation.tick(0);
    const said: string[] = [];
    for (let atMs = 100; atMs <= 4000; atMs += 100) {
      if (atMs % 1000 === 100) conversation.heard(capnostreamMessage(21, [1, 2, 3]), atMs);
      if (atMs === 100) conversation.heard(capnostreamId(), atMs);
      const bytes = conversation.tick(atMs);
      if (bytes !== null) said.push(`${atMs} ${nameOf(bytes)}`);
    }
    expect(said).toEqual(['100 start', '1100 start', '2100 start', '3100 start']);
  });

  test('CAPNO-15 the last words are stop and disable, and none where nothing was said', () => {
    expect(new CapnostreamConversation().farewell()).toBeNull();
    const calling = new CapnostreamConversation();
    calling.tick(0);
    expect(nameOf(calling.farewell())).toBe('disable');
    const running = new CapnostreamConversation();
    const monitor = simulated();
    talk(monitor, 5000, { conversation: running });
    const last = running.farewell();
    expect(nameOf(last)).toBe('stop, disable');
    monitor.receive(last ?? new Uint8Array(0));
    expect(monitor.tick(9000).length).toBe(0);
  });

  test('CAPNO-16 whatever the monitor says, only the reading commands leave, one a tick', () => {
    const lives = process.env['VIGIL_SOAK'] === undefined ? 30 : 1000;
    const below = seededBelow(5);
    const pieces = [
      capnostreamId(),
      capnostreamNumerics(),
      capnostreamSample(1, 9600),
      commands.enable(),
      commands.stopRealTime(),
      ...[9, 10, 21, 55, 57, 58, 60].map((code) => capnostreamMessage(code, [1, 2, 3])),
    ];
    const seen = new Set<string>();
    for (let life = 0; life < lives; life++) {
      const conversation = new CapnostreamConversation();
      let monoMs = below(1_000_000);
      for (let step = 0; step < 2000; step++) {
        monoMs += below(20) === 0 ? below(60_000) : below(200);
        if (below(3) > 0) conversation.heard(pieces[below(pieces.length)] ?? new Uint8Array(0), monoMs);
        else if (below(2) === 0)
          conversation.heard(
            Uint8Array.from({ length: below(300) }, () => below(256)),
            monoMs,
          );
        const bytes = conversation.tick(monoMs);
        if (bytes !== null) seen.add(nameOf(bytes));
        bytes?.fill(0xff);
      }
    }
    expect([...seen].toSorted()).toEqual(['enable', 'link', 'start']);
  });
});

describe('the simulated Capnostream', () => {
  test('CAPNO-17 says nothing until it is enabled, sends between start and stop, and stops for a host that is gone', () => {
    const monitor = simulated();
    expect(monitor.tick(5000).length).toBe(0);
    expect(monitor.receive(commands.startRealTime())).toBeNull();
    expect(monitor.tick(6000).length).toBe(0);
    expect(monitor.receive(commands.enable())).toEqual(capnostreamId());
    expect(monitor.tick(7000).length).toBe(0);
    monitor.receive(commands.startRealTime());
    expect(monitor.tick(8000).length).toBeGreaterThan(150);
    monitor.receive(commands.stopRealTime());
    expect(monitor.tick(9000).length).toBe(0);
    monitor.receive(commands.startRealTime());
    expect(monitor.tick(23_900).length).toBeGreaterThan(150);
    expect(monitor.tick(24_000).length).toBe(0);
    expect(monitor.receive(Uint8Array.from({ length: 5000 }, (_, index) => index & 0xff))).toBeNull();
  });

  test('CAPNO-17 with the sensors off it says which, and another clock moves the device time only', () => {
    const off = talk(simulated({ faults: [{ atMs: 0, untilMs: 20_000, kind: 'sensor-off' }] }), 5000);
    expect(new Set(off.heard.map(({ reading }) => brief(reading)))).toEqual(
      new Set(['etco2 no-sensor', 'fico2 no-sensor', 'resp-rate no-sensor', 'spo2 no-sensor', 'pulse-rate no-sensor']),
    );
    const jumped = talk(simulated({ faults: [{ atMs: 2500, untilMs: 3500, kind: 'clock-jump' }] }), 5000);
    expect(jumped.heard.filter(({ reading }) => reading.metric === 'spo2').map(({ reading }) => reading.deviceTime)).toEqual([
      '2026-11-23T10:00:01',
      '2026-11-23T10:00:02',
      '2026-11-23T22:00:03',
      '2026-11-23T10:00:04',
    ]);
  });

  test.each(['mmHg', 'kPa', 'volume-percent'] as const)('CAPNO-17 set to %s, its curve reaches what its numerics state', (unit) => {
    const scenario = scenarioSchema.parse({});
    const monitor = createCapnostreamSimulator(scenario, undefined, { unit });
    monitor.tick(0);
    const bytes = [commands.enable(), commands.startRealTime()].map((command) => monitor.receive(command) ?? new Uint8Array(0));
    const { waves, readings, discarded } = decodeWhole(createCapnostreamDecoder(), join(...bytes, monitor.tick(10_000)));
    expect(discarded).toEqual([]);
    const stated = readings.findLast(({ metric }) => metric.endsWith('etco2'));
    const known = waves.filter(({ flags }) => flags === undefined);
    const peak = Math.max(...known.flatMap(({ samples }) => samples.map((sample) => sample ?? 0)));
    expect(stated !== undefined && 'value' in stated && Math.abs(stated.value / peak - 1)).toBeLessThan(0.06);
    expect(new Set(known.map((wave) => wave.unit))).toEqual(new Set([unit === 'volume-percent' ? '%' : 'mm[Hg]']));
    const places = waves.map(({ firstSample, samples }) => [firstSample ?? 0, samples.length] as const);
    for (const [index, [first]] of places.entries()) {
      const before = places[index - 1];
      if (before !== undefined) expect(first).toBe(before[0] + before[1]);
    }
  });
});
