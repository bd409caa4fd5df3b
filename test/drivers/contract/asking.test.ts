import { describe, expect, test } from 'vitest';
import { drivers } from '../../../electron/service/drivers/driver-directory.ts';
import { mustBeAsked, type Driver, type Poller } from '../../../electron/service/drivers/driver.ts';
import { scenarioSchema, type ScenarioInput } from '../../../electron/service/simulation/scenario.ts';
import type { SimulatedMonitor } from '../../../electron/service/simulation/simulated-monitor.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { casesOf } from '../cases/case-directory.ts';
import type { AskedCases } from '../cases/driver-cases.ts';
import { decodeWhole, join, seededBelow } from '../decoded-stream.ts';
import { gapsOf, talk, timesOf, whatOf } from '../wire.ts';

interface Asked extends AskedCases {
  readonly id: MonitorProtocolId;
  readonly driver: Driver;
  readonly units: readonly Uint8Array[];
  createPoller(): Poller;
}

const asked: readonly Asked[] = drivers.filter(mustBeAsked).map((driver) => {
  const { asked: cases, stream } = casesOf(driver.id);
  const { createPoller } = driver;
  if (cases === undefined || createPoller === undefined) throw new Error(`${driver.id} has to be asked, and nothing asks it`);
  return { ...cases, id: driver.id, driver, units: stream.units, createPoller };
});

const hourMs = 3_600_000;
const silent: SimulatedMonitor = { advance: () => new Uint8Array(0), receive: () => null };

describe.each(asked)('asking $id', (own) => {
  const { driver, turn, nameOf, createPoller } = own;
  const simulated = (scenario: ScenarioInput = {}): SimulatedMonitor => driver.createSimulator(scenarioSchema.parse(scenario));
  const turnsOf = (told: Parameters<typeof timesOf>[0]): number[] => timesOf(told, turn.metric);
  const nameOfLast = (poller: Poller): string | null => {
    const bytes = poller.closingBytes?.() ?? null;
    return bytes === null ? null : nameOf(bytes);
  };

  test('ASK-1 says what its protocol opens with, has values soon, and over an hour says no more than keeps them coming', () => {
    const told = talk(driver, simulated(), hourMs);
    const upkeep = told.said.slice(own.opening.length);
    expect(whatOf(told).slice(0, own.opening.length)).toEqual(own.opening);
    expect([...new Set(upkeep.map(({ what }) => what))].toSorted()).toEqual(own.upkeep);
    if (own.upkeepGapMs !== null)
      expect(Math.max(...gapsOf([...upkeep.map(({ atMs }) => atMs), hourMs]))).toBeLessThanOrEqual(own.upkeepGapMs);
    const turns = turnsOf(told);
    expect(turns[0]).toBeLessThanOrEqual(turn.firstMs);
    expect(Math.max(...gapsOf([...turns, hourMs]))).toBeLessThanOrEqual(turn.gapMs);
  });

  test('ASK-2 a monitor that does not answer is asked again, and never given up; its own words heard back are no answer', () => {
    const told = talk(driver, silent, hourMs);
    expect(told.said.slice(0, own.unanswered.length).map(({ atMs, what }) => [atMs, what])).toEqual(own.unanswered);
    expect(told.said.at(-1)?.atMs).toBeGreaterThan(hourMs - 10_000);
    const echoed = talk(driver, { ...silent, receive: (bytes) => bytes }, hourMs / 6);
    expect(new Set(whatOf(echoed))).toEqual(new Set(whatOf(told)));
    expect(echoed.said.at(-1)?.atMs).toBeGreaterThan(hourMs / 6 - 10_000);
    expect(echoed.heard).toEqual([]);
  });

  test.each(['reboot', 'silence', 'wrong-checksum'] as const)('ASK-3 after a %s of 30 s values are back by themselves', (kind) => {
    for (let startMs = 20_000; startMs < 25_000; startMs += 700) {
      const endMs = startMs + 30_000;
      const times = turnsOf(talk(driver, simulated({ faults: [{ atMs: startMs, untilMs: endMs, kind }] }), startMs + 60_000));
      expect(
        times.filter((atMs) => atMs > startMs + 500 && atMs < endMs),
        String(startMs),
      ).toEqual([]);
      expect(
        times.find((atMs) => atMs >= endMs),
        String(startMs),
      ).toBeLessThanOrEqual(endMs + own.backMs);
    }
  });

  test('ASK-3 a cable that was out for any time is noticed and mended', () => {
    for (const cutMs of [2000, 6000, 16_000, 120_000]) {
      const [startMs, endMs] = [30_000, 30_000 + cutMs];
      const told = talk(driver, simulated(), endMs + 30_000, { cut: (atMs) => atMs >= startMs && atMs < endMs });
      expect(
        turnsOf(told).find((atMs) => atMs >= endMs),
        String(cutMs),
      ).toBeLessThanOrEqual(endMs + own.backMs);
    }
  });

  test('ASK-4 a Vigil that was started anew takes over a monitor that still sends', () => {
    const monitor = simulated();
    talk(driver, monitor, 19_900);
    const again = talk(driver, monitor, 60_000, { fromMs: 20_000 });
    expect(turnsOf(again)[0]).toBeLessThanOrEqual(20_000 + own.takenOverMs);
    const settled = turnsOf(again).filter((atMs) => atMs >= 30_000);
    expect(Math.max(...gapsOf([30_000, ...settled, 60_000]))).toBeLessThanOrEqual(turn.gapMs);
  });

  test('ASK-5 the last word ends the sending, and there is none where nothing was said', () => {
    expect(nameOfLast(createPoller())).toBeNull();
    const calling = createPoller();
    calling.poll(0);
    expect(nameOfLast(calling)).toBe(own.lastWord.toOneThatNeverDid);
    const poller = createPoller();
    const monitor = simulated();
    talk(driver, monitor, 20_000, { poller });
    const last = poller.closingBytes?.() ?? null;
    expect(last === null ? null : nameOf(last)).toBe(own.lastWord.toOneThatAnswers);
    if (last !== null) monitor.receive(last);
    expect(monitor.advance(60_000).length).toBe(0);
  });

  test('ASK-6 whatever is heard, nothing leaves but the words of its protocol, and none can be turned into another', () => {
    const lives = process.env['VIGIL_SOAK'] === undefined ? 20 : 1000;
    const below = seededBelow(5);
    const pieces = [...own.units, ...own.hears];
    const seen = new Set<string>();
    for (let life = 0; life < lives; life++) {
      const poller = createPoller();
      let monoMs = below(1_000_000);
      for (let step = 0; step < 2000; step++) {
        monoMs += below(20) === 0 ? below(60_000) : below(200);
        if (below(3) > 0) poller.heard?.(pieces[below(pieces.length)] ?? new Uint8Array(0), monoMs);
        else if (below(2) === 0) {
          const noise = Uint8Array.from({ length: below(300) }, () => below(256));
          poller.heard?.(noise, monoMs);
        }
        if (below(3) === 0) poller.answered(monoMs);
        const bytes = poller.poll(monoMs);
        if (bytes === null) continue;
        seen.add(nameOf(bytes).split(' ')[0] ?? '');
        bytes.fill(0xff);
      }
    }
    expect([...seen].toSorted()).toEqual(own.words);
  });

  test('ASK-7 what another program asked for is decoded by listening, its requests on the line or not', () => {
    const wire: Uint8Array[] = [];
    const answers: Uint8Array[] = [];
    const { heard, waves } = talk(driver, simulated(), 10_000, {
      onPiece: (piece, from) => {
        wire.push(piece.slice());
        if (from === 'monitor') answers.push(piece.slice());
      },
    });
    for (const listened of [wire, answers]) {
      const bytes = join(...listened);
      const decoded = decodeWhole(driver.createDecoder(), bytes);
      expect(decoded.readings).toEqual(heard.map(({ reading }) => reading));
      expect(decoded.waves.length).toBe(waves);
      // Requests are frames of the protocol, or discarded: nothing of an answer is.
      const lostBytes = decoded.discarded.reduce((sum, piece) => sum + piece.bytes, 0);
      expect([0, bytes.length - join(...answers).length]).toContain(lostBytes);
    }
  });
});
