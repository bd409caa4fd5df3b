import { describe, expect, test } from 'vitest';
import {
  numericsOnce,
  numericsRequest,
  numericsStop,
  wantedWaves,
  wavesRequest,
  wavesStop,
} from '../../../electron/service/drivers/datex-dri/commands.ts';
import { DatexConversation } from '../../../electron/service/drivers/datex-dri/conversation.ts';
import { createDatexDecoder } from '../../../electron/service/drivers/datex-dri/decode.ts';
import { createDatexSimulator, type DatexOptions } from '../../../electron/service/drivers/datex-dri/simulator.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../../electron/service/simulation/simulated-monitor.ts';
import { brief, decodeWhole, join, seededBelow } from '../decoded-stream.ts';
import { datexUnit, displayed, recordFrame, wave, waveFrame } from '../datex-bytes.ts';
import { toHex } from '../intellivue-bytes.ts';

const levels = [11, 10, 9, 8, 7];
const names = new Map(
  levels.flatMap((level) => [
    [toHex(join(numericsOnce(level), numericsRequest(level))), `values ${level}`],
    [toHex(wavesRequest(level, wantedWaves)), `waves ${level}`],
    [toHex(join(numericsStop(level), wavesStop(level))), `stop ${level}`],
  ]),
);
const nameOf = (bytes: Uint8Array | null): string => (bytes === null ? 'nothing' : (names.get(toHex(bytes)) ?? `unknown ${toHex(bytes)}`));
const burst = levels.map((level) => `values ${level}`);

interface Talk {
  readonly said: readonly { readonly atMs: number; readonly what: string }[];
  /** When a heart rate was heard. */
  readonly beats: readonly number[];
  readonly waves: number;
}

/** A conversation and a monitor on one wire in steps of 100 ms; `cut` says when nothing passes. */
function talk(
  monitor: SimulatedMonitor,
  untilMs: number,
  options: { readonly cut?: (atMs: number) => boolean; readonly conversation?: DatexConversation; readonly fromMs?: number } = {},
): Talk {
  const conversation = options.conversation ?? new DatexConversation();
  const decoder = createDatexDecoder();
  const said: { atMs: number; what: string }[] = [];
  const beats: number[] = [];
  let waves = 0;
  const hear = (bytes: Uint8Array | null, atMs: number): void => {
    if (bytes === null || bytes.length === 0 || options.cut?.(atMs) === true) return;
    conversation.heard(bytes, atMs);
    decoder.push(bytes, {
      frame: () => undefined,
      reading: ({ metric }) => void (metric === 'heart-rate' && beats.push(atMs)),
      wave: () => void waves++,
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
  return { said, beats, waves };
}

const simulated = (scenario: ScenarioInput = {}, options: DatexOptions = {}): SimulatedMonitor =>
  createDatexSimulator(scenarioSchema.parse(scenario), undefined, options);
const gapsOf = (times: readonly number[]): number[] => times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
const whats = ({ said }: Talk): string[] => said.map(({ what }) => what);

describe('asking', () => {
  test('DATEX-12 asks from the newest level to the oldest, then for waves at the monitor’s own, and over an hour no more', () => {
    const told = talk(simulated(), 3_600_000);
    expect(whats(told)).toEqual(['values 11', 'waves 10']);
    expect(told.beats[0]).toBe(0);
    expect(told.beats.length).toBeGreaterThan(715);
    expect(Math.max(...gapsOf(told.beats))).toBeLessThanOrEqual(5100);
    expect(told.waves).toBeGreaterThan(3 * 3580);
  });

  test.each(levels)('DATEX-12 a monitor that knows level %i only has values within a second, and every five from then on', (level) => {
    const told = talk(simulated({}, { level, isStrict: true }), 12_000);
    expect(told.beats[0]).toBeLessThanOrEqual(500);
    expect(Math.max(...gapsOf(told.beats))).toBeLessThanOrEqual(5100);
    expect(whats(told).at(-1)).toBe(`waves ${level}`);
  });

  test('DATEX-12 a monitor without waves gives its values all the same, and is asked once a minute in the end', () => {
    const told = talk(simulated({}, { hasWaves: false }), 300_000);
    expect(Math.max(...gapsOf(told.beats))).toBeLessThanOrEqual(5100);
    expect(whats(told).filter((what) => what.startsWith('waves')).length).toBeLessThanOrEqual(8);
    expect(whats(told).filter((what) => what.startsWith('values'))).toEqual(['values 11']);
  });

  test('DATEX-12 without an answer it asks again every seven seconds or so, and never ends', () => {
    const told = talk({ tick: () => new Uint8Array(0), receive: () => null }, 3_600_000);
    expect(whats(told).slice(0, 10)).toEqual([...burst, ...burst]);
    const starts = told.said.filter(({ what }) => what === 'values 11').map(({ atMs }) => atMs);
    expect(Math.min(...gapsOf(starts))).toBeGreaterThan(7000);
    expect(Math.max(...gapsOf(starts))).toBeLessThanOrEqual(7500);
    expect(starts.at(-1)).toBeGreaterThan(3_590_000);
  });

  test.each([
    ['reboot', { kind: 'reboot' }],
    ['silence', { kind: 'silence' }],
    ['damage', { kind: 'wrong-checksum' }],
  ] as const)('DATEX-12 after a %s of 30 s values are back within 13 seconds', (_name, { kind }) => {
    for (let startMs = 20_000; startMs < 25_000; startMs += 700) {
      const told = talk(simulated({ faults: [{ atMs: startMs, untilMs: startMs + 30_000, kind }] }), startMs + 60_000);
      expect(
        told.beats.find((atMs) => atMs >= startMs + 30_000),
        String(startMs),
      ).toBeLessThanOrEqual(startMs + 43_000);
      expect(told.beats.some((atMs) => atMs > startMs + 500 && atMs < startMs + 30_000)).toBe(false);
    }
  });

  test('DATEX-12 a restarted monitor without waves is found again, too', () => {
    const scenario = { faults: [{ atMs: 21_000, untilMs: 23_000, kind: 'reboot' as const }] };
    const told = talk(simulated(scenario, { hasWaves: false }), 60_000);
    expect(told.beats.find((atMs) => atMs > 23_000)).toBeLessThanOrEqual(40_000);
  });

  test('DATEX-12 values that stop while waves go on are asked for again', () => {
    const monitor = simulated();
    const conversation = new DatexConversation();
    talk(monitor, 20_000, { conversation });
    monitor.receive(numericsStop(9));
    const told = talk(monitor, 50_000, { conversation, fromMs: 20_000 });
    expect(told.beats[0]).toBeLessThanOrEqual(38_000);
  });

  test('DATEX-12 a restarted Vigil takes up a monitor that still sends', () => {
    const monitor = simulated();
    talk(monitor, 20_000);
    const again = talk(monitor, 40_000, { fromMs: 20_000 });
    expect(again.beats[0]).toBeLessThanOrEqual(26_000);
  });

  test('DATEX-13 the last word stops values and waves, and is nothing where nothing was said', () => {
    expect(new DatexConversation().farewell()).toBeNull();
    const monitor = simulated();
    const conversation = new DatexConversation();
    talk(monitor, 20_000, { conversation });
    const farewell = conversation.farewell();
    expect(nameOf(farewell)).toBe('stop 10');
    monitor.receive(farewell ?? new Uint8Array(0));
    expect(monitor.tick(60_000).length).toBe(0);
  });
});

describe('what may leave', () => {
  test('DATEX-11 whatever the monitor says, only requests for values, once and every five seconds, and for waves leave, those of one level a tick', () => {
    const lives = process.env['VIGIL_SOAK'] === undefined ? 20 : 1000;
    const below = seededBelow(5);
    const pieces = [
      datexUnit(72, 96, 0),
      waveFrame([wave(8, [1, 2, 3])], 1),
      recordFrame({ level: 200, subrecords: [displayed([])] }),
      recordFrame({ subrecords: [] }),
      numericsRequest(9),
      numericsOnce(9),
      wavesRequest(9, [8]),
    ];
    const seen = new Set<string>();
    for (let life = 0; life < lives; life++) {
      const conversation = new DatexConversation();
      let monoMs = below(1_000_000);
      for (let step = 0; step < 1000; step++) {
        monoMs += below(20) === 0 ? below(60_000) : below(200);
        if (below(3) > 0) conversation.heard(pieces[below(pieces.length)] ?? new Uint8Array(0), monoMs);
        else if (below(2) === 0) {
          const noise = Uint8Array.from({ length: below(300) }, () => below(256));
          conversation.heard(noise, monoMs);
        }
        const bytes = conversation.tick(monoMs);
        if (bytes === null) continue;
        // The level is whatever the monitor states.
        const level = bytes[4] ?? -1;
        const isValues = toHex(bytes) === toHex(join(numericsOnce(level), numericsRequest(level)));
        const isWaves = toHex(bytes) === toHex(wavesRequest(level, wantedWaves));
        seen.add(isValues ? 'values' : isWaves ? 'waves' : `unknown ${toHex(bytes)}`);
        bytes.fill(0xff);
      }
    }
    expect([...seen].toSorted()).toEqual(['values', 'waves']);
  });

  test('DATEX-12 its own requests, heard back, are not taken for a monitor', () => {
    const told = talk({ tick: () => new Uint8Array(0), receive: (bytes) => bytes }, 60_000);
    expect(told.said.filter(({ what }) => what === 'values 11').length).toBeGreaterThan(6);
    expect(whats(told).some((what) => what.startsWith('waves'))).toBe(false);
  });

  test('DATEX-14 what another program asked for is decoded by itself, its requests on the line or not', () => {
    const monitor = simulated();
    const wire: number[] = [];
    for (const request of [numericsRequest(9), wavesRequest(9, [8])]) wire.push(...request, ...(monitor.receive(request) ?? []));
    for (let atMs = 0; atMs <= 10_000; atMs += 100) wire.push(...monitor.tick(atMs));
    const { readings, waves, discarded } = decodeWhole(createDatexDecoder(), Uint8Array.from(wire));
    expect(discarded).toEqual([]);
    expect(readings.filter(({ metric }) => metric === 'spo2').map(brief)).toEqual(expect.arrayContaining(['spo2 98']));
    expect(waves.length).toBe(10);
  });
});
