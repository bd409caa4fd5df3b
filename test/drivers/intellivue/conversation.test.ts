import { describe, expect, test } from 'vitest';
import { IntellivueConversation } from '../../../electron/service/drivers/intellivue/associate.ts';
import * as commands from '../../../electron/service/drivers/intellivue/commands.ts';
import { createIntellivueDecoder } from '../../../electron/service/drivers/intellivue/decode.ts';
import { createIntellivueSimulator } from '../../../electron/service/drivers/intellivue/simulator.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../../electron/service/simulation/simulated-monitor.ts';
import type { Reading } from '../../../shared/clinical/reading.ts';
import { brief, decodeWhole, seededBelow } from '../decoded-stream.ts';
import { createEventFrame, intellivueFrame, intellivueUnit, toHex } from '../intellivue-bytes.ts';

const names = new Map([
  [toHex(commands.associationRequest()), 'associate'],
  [toHex(commands.releaseRequest()), 'release'],
  [toHex(commands.numericsPoll()), 'numerics'],
  [toHex(commands.wavesPoll()), 'waves'],
  [toHex(commands.keepAlivePoll()), 'alive'],
]);

/** The name of something Vigil said; a confirmation differs by what it confirms. */
function nameOf(bytes: Uint8Array): string {
  const hex = toHex(bytes);
  return names.get(hex) ?? (hex.startsWith('c01101001ce1000002000200140001') ? 'confirm' : `unknown ${hex}`);
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
  options: { readonly cut?: (atMs: number) => boolean; readonly conversation?: IntellivueConversation; readonly fromMs?: number } = {},
): Talk {
  const conversation = options.conversation ?? new IntellivueConversation();
  const decoder = createIntellivueDecoder();
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

const simulated = (scenario: ScenarioInput = {}, options = {}): SimulatedMonitor =>
  createIntellivueSimulator(scenarioSchema.parse(scenario), undefined, options);
const beats = ({ heard }: Talk): number[] => heard.filter(({ reading }) => reading.metric === 'heart-rate').map(({ atMs }) => atMs);
const gapsOf = (times: readonly number[]): number[] => times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));

describe('association', () => {
  test('INTELLIVUE-12 associates, confirms, asks for values and waves, and hears the first values within two seconds', () => {
    const told = talk(simulated(), 5000);
    expect(told.said.slice(0, 4).map(({ what }) => what)).toEqual(['associate', 'confirm', 'numerics', 'waves']);
    expect(beats(told)[0]).toBeLessThanOrEqual(2000);
  });

  test('INTELLIVUE-12 over an hour never more than 3.1 s between two words, polls renewed within 31 s, values each 1.1 s', () => {
    const told = talk(simulated(), 3_600_000);
    expect(told.said.every(({ what }) => !what.startsWith('unknown'))).toBe(true);
    expect(told.said.filter(({ what }) => what === 'associate').length).toBe(1);
    expect(Math.max(...gapsOf(told.said.map(({ atMs }) => atMs)))).toBeLessThanOrEqual(3100);
    for (const poll of ['numerics', 'waves']) {
      const times = told.said.filter(({ what }) => what === poll).map(({ atMs }) => atMs);
      expect(Math.max(...gapsOf(times))).toBeLessThanOrEqual(31_000);
      expect(Math.min(...gapsOf(times))).toBeGreaterThanOrEqual(30_000);
    }
    expect(Math.max(...gapsOf(beats(told)))).toBeLessThanOrEqual(1100);
  });

  test('INTELLIVUE-12 a monitor that refuses waves gives its values all the same, and is asked once a minute', () => {
    const told = talk(simulated({}, { hasWaves: false }), 300_000);
    expect(told.said.filter(({ what }) => what === 'waves').length).toBeLessThanOrEqual(6);
    expect(Math.max(...gapsOf(beats(told)))).toBeLessThanOrEqual(1100);
  });

  test('INTELLIVUE-13 without an answer it asks again every three seconds, giving back what may be left over, and never ends', () => {
    const told = talk({ tick: () => new Uint8Array(0), receive: () => null }, 3_600_000);
    expect(told.said.slice(0, 4)).toEqual([
      { atMs: 0, what: 'associate' },
      { atMs: 2100, what: 'release' },
      { atMs: 3200, what: 'associate' },
      { atMs: 5300, what: 'release' },
    ]);
    expect(told.said.at(-1)?.atMs).toBeGreaterThan(3_590_000);
  });

  test.each([
    ['reboot', { kind: 'reboot' }],
    ['silence', { kind: 'silence' }],
    ['damage', { kind: 'wrong-checksum' }],
  ] as const)('INTELLIVUE-13 after a %s of 30 s values are back within five seconds', (_name, { kind }) => {
    for (let startMs = 20_000; startMs < 24_000; startMs += 700) {
      const told = talk(simulated({ faults: [{ atMs: startMs, untilMs: startMs + 30_000, kind }] }), startMs + 60_000);
      const back = beats(told).find((atMs) => atMs >= startMs + 30_000);
      expect(back, String(startMs)).toBeLessThanOrEqual(startMs + 35_000);
      expect(beats(told).some((atMs) => atMs > startMs + 500 && atMs < startMs + 30_000)).toBe(false);
    }
  });

  test('INTELLIVUE-13 a cable out so long that the monitor gave the association up is noticed and mended', () => {
    for (const cutMs of [3000, 6000, 12_000, 60_000]) {
      const told = talk(simulated(), 30_000 + cutMs + 30_000, { cut: (atMs) => atMs >= 30_000 && atMs < 30_000 + cutMs });
      expect(beats(told).find((atMs) => atMs >= 30_000 + cutMs)).toBeLessThanOrEqual(30_000 + cutMs + 5000);
    }
  });

  test('INTELLIVUE-13 a restarted Vigil gives the old association back and makes its own', () => {
    const monitor = simulated();
    talk(monitor, 20_000);
    const again = talk(monitor, 40_000, { fromMs: 20_000 });
    expect(again.said.map(({ what }) => what)).toEqual(expect.arrayContaining(['release', 'associate', 'confirm']));
    const own = again.said.find(({ what }) => what === 'confirm');
    expect(own?.atMs).toBeLessThanOrEqual(25_000);
    expect(again.said.filter(({ what }) => what === 'associate').length).toBeLessThanOrEqual(3);
  });

  test('INTELLIVUE-13 an abort is followed by a new association, and repeated refusals by longer waits', () => {
    const conversation = new IntellivueConversation();
    const said: string[] = [];
    const times: number[] = [];
    for (let atMs = 0; atMs < 120_000; atMs += 100) {
      const bytes = conversation.tick(atMs);
      if (bytes === null) continue;
      said.push(nameOf(bytes));
      if (nameOf(bytes) === 'associate') {
        times.push(atMs);
        conversation.heard(intellivueFrame('0c0100'), atMs);
      } else if (nameOf(bytes) === 'release') conversation.heard(intellivueFrame('0a0100'), atMs);
    }
    expect(new Set(said)).toEqual(new Set(['associate', 'release']));
    const waits = gapsOf(times);
    expect(waits[0]).toBeLessThanOrEqual(1000);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(5000);
    conversation.heard(intellivueFrame('1900'), 120_000);
    expect(
      Array.from({ length: 10 }, (_, tick) => conversation.tick(120_000 + tick * 100))
        .filter((bytes) => bytes !== null)
        .map(nameOf),
    ).toEqual(['associate']);
  });

  test('INTELLIVUE-13 a repeated introduction is confirmed again without starting over', () => {
    const conversation = new IntellivueConversation();
    conversation.tick(0);
    conversation.heard(intellivueFrame('0e0100'), 50);
    const event = createEventFrame(8000, 'f'.repeat(16));
    conversation.heard(event, 60);
    expect(nameOf(conversation.tick(100) ?? new Uint8Array(0))).toBe('confirm');
    conversation.tick(200);
    conversation.heard(event, 250);
    expect(toHex(conversation.tick(300) ?? new Uint8Array(0))).toBe(toHex(commands.createEventResult(1, 8000)));
    expect(nameOf(conversation.tick(400) ?? new Uint8Array(0))).toBe('waves');
  });

  test('INTELLIVUE-14 the last word is a release where something was associated, and nothing where not', () => {
    expect(new IntellivueConversation().farewell()).toBeNull();
    const conversation = new IntellivueConversation();
    talk(simulated(), 5000, { conversation });
    expect(nameOf(conversation.farewell() ?? new Uint8Array(0))).toBe('release');
  });
});

describe('what may leave', () => {
  test('INTELLIVUE-11 whatever the monitor says, only the six messages leave, and at most one a tick', () => {
    const lives = process.env['VIGIL_SOAK'] === undefined ? 30 : 1000;
    const below = seededBelow(5);
    const pieces = [
      ...['0e0100', '0c0100', '0a0100', '1900', '090100', '0d0100', 'e10000020003000600020001', 'e1000002000300060002000100'].map(
        intellivueFrame,
      ),
      createEventFrame(8000, '2026112310000000', 0x2000),
      intellivueUnit(72, 98, 8000),
      commands.associationRequest(),
      commands.wavesPoll(),
    ];
    const seen = new Set<string>();
    for (let life = 0; life < lives; life++) {
      const conversation = new IntellivueConversation();
      let monoMs = below(1_000_000);
      for (let step = 0; step < 2000; step++) {
        monoMs += below(20) === 0 ? below(60_000) : below(200);
        const piece = pieces[below(pieces.length)] ?? new Uint8Array(0);
        if (below(3) > 0) conversation.heard(piece, monoMs);
        else if (below(2) === 0)
          conversation.heard(
            Uint8Array.from({ length: below(300) }, () => below(256)),
            monoMs,
          );
        const bytes = conversation.tick(monoMs);
        if (bytes !== null) seen.add(nameOf(bytes).slice(0, 12));
        bytes?.fill(0xff);
      }
    }
    expect([...seen].toSorted()).toEqual(['alive', 'associate', 'confirm', 'numerics', 'release', 'waves']);
  });

  test('INTELLIVUE-18 what another program asked for is decoded by itself', () => {
    const monitor = simulated();
    const wire: number[] = [];
    for (const request of [
      commands.associationRequest(),
      commands.createEventResult(1, 0),
      commands.numericsPoll(),
      commands.wavesPoll(),
    ]) {
      wire.push(...request, ...(monitor.receive(request) ?? []));
    }
    for (let atMs = 0; atMs <= 5000; atMs += 100) wire.push(...monitor.tick(atMs));
    // The recorder's requests may be on the listener's line as well.
    const { readings, waves, discarded } = decodeWhole(createIntellivueDecoder(), Uint8Array.from(wire));
    expect(discarded).toEqual([]);
    expect(readings.filter(({ metric }) => metric === 'spo2').map(brief)).toEqual(expect.arrayContaining(['spo2 98']));
    expect(waves.length).toBeGreaterThan(10);
  });
});
