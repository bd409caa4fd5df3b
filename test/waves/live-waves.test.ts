import fc from 'fast-check';
import type { WaveSignal } from '../../shared/clinical/wave-signal.ts';
import { describe, expect, test } from 'vitest';
import { LiveWaves } from '../../electron/service/acquisition/live-waves.ts';
import type { PlacedWave } from '../../electron/service/acquisition/wave-places.ts';
import { waveWindow } from '../../electron/service/projection/wave-window.ts';
import type { WaveBlock } from '../../electron/service/store/wave-log.ts';
import { easedRange, joinWave, rangeOf, type WaveRing } from '../../renderer/components/waves/wave-ring.ts';
import { roomContract } from '../../shared/contract/room-contract.ts';
import { waveViewSchema, type WaveView } from '../../shared/contract/board/waves.ts';

const startMs = 1_795_446_000_000;
const monitorId = '01900000-0000-7000-8000-00000000000a';

function placed(
  atMs: number,
  samples: readonly (number | null)[],
  rest: Partial<PlacedWave> & { metric?: WaveSignal; periodMs?: number } = {},
): PlacedWave {
  const { metric = 'pleth', periodMs = 10, ...others } = rest;
  const wave = { metric, unit: '1', periodMs, samples };
  return {
    monitorId,
    monitorName: 'Oximeter',
    wave,
    at: { utcMs: startMs + atMs, offsetMin: 0 },
    monoMs: atMs,
    follows: true,
    missing: 0,
    ...others,
  };
}
const one = (live: LiveWaves): WaveView => {
  const [view] = live.views();
  if (view === undefined) throw new Error('no wave');
  return view;
};

describe('the live section', () => {
  test('WAVE-13 holds three signals of three seconds, the ones worth a glance first', () => {
    const live = new LiveWaves();
    const metrics: readonly WaveSignal[] = ['x:vendor:1', 'ecg-ii', 'resp', 'co2', 'pleth'];
    for (const metric of metrics) {
      for (let second = 0; second < 60; second += 1)
        live.take([placed(second * 1000, Array<number>(500).fill(second), { metric, periodMs: 2 })], second * 1000, 1);
    }
    const views = live.views();
    expect(views.map((view) => view.metric)).toEqual(['pleth', 'co2', 'ecg-ii']);
    for (const view of views) {
      expect(view.points).toHaveLength(300);
      expect(view.periodMs).toBe(10);
      expect(waveViewSchema.safeParse(view).error).toBeUndefined();
    }
  });

  test('WAVE-13 is told twice a second at most, of a clock that runs fast less often', () => {
    const live = new LiveWaves();
    const due = (rate: number): number =>
      Array.from({ length: 100 }, (_, index) => live.take([placed(index * 100, [1])], 100_000 * rate + index * 100, rate)).filter(Boolean)
        .length;
    expect(due(1)).toBe(20);
    expect(due(10)).toBe(2);
  });

  test('WAVE-13 keeps a spike that lies between two points', () => {
    const live = new LiveWaves();
    const samples = Array<number>(500).fill(10);
    samples[333] = 500;
    live.take([placed(0, samples, { metric: 'ecg-ii', periodMs: 2 })], 0, 1);
    expect(Math.max(...one(live).points.map(Number))).toBe(500);
  });

  test('WAVE-14 missing samples and gaps are breaks of their length', () => {
    const live = new LiveWaves();
    live.take([placed(0, [1, 2])], 0, 1);
    live.take([placed(50, [3, null], { missing: 3 })], 50, 1);
    live.take([placed(170, [4], { follows: false })], 170, 1);
    expect(one(live).points).toEqual([1, 2, null, null, null, 3, null, ...Array<null>(10).fill(null), 4]);
    expect(one(live).endIndex).toBe(18);
    expect(one(live).endMs).toBe(startMs + 180);
  });

  test('WAVE-14 a reader that missed messages draws what the others draw, or a break', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.boolean()), { minLength: 1, maxLength: 40 }), (steps) => {
        const live = new LiveWaves();
        let [all, some]: (WaveRing | null)[] = [null, null];
        let at = 0;
        for (const [count, heard] of steps) {
          live.take(
            [
              placed(
                at * 10,
                Array.from({ length: count }, (_, index) => at + index),
              ),
            ],
            at * 10,
            1,
          );
          at += count;
          all = joinWave(all ?? null, one(live), 10_000);
          if (heard) some = joinWave(some ?? null, one(live), 10_000);
        }
        some = joinWave(some ?? null, one(live), 10_000);
        expect(some.endIndex).toBe(all?.endIndex);
        const back = [...(all?.points ?? [])].toReversed();
        some.points.toReversed().forEach((point, index) => {
          if (point !== null) expect(point).toBe(back[index]);
        });
      }),
      { seed: 43, numRuns: 200 },
    );
  });

  test('WAVE-14 a service that began anew begins a new line', () => {
    const view: WaveView = {
      monitorId,
      monitorName: 'O',
      metric: 'pleth',
      unit: '1',
      periodMs: 10,
      endIndex: 900,
      endMs: startMs,
      points: [1, 2],
    };
    const ring = joinWave(null, view, 1000);
    expect(joinWave(ring, { ...view, endIndex: 3, points: [7, 8, 9] }, 1000).points).toEqual([7, 8, 9]);
    expect(joinWave(ring, { ...view, endIndex: 905 }, 1000).points).toEqual([1, 2, null, null, null, 1, 2]);
  });

  test('WAVE-16 the scale grows at once and shrinks slowly', () => {
    expect(rangeOf([null, null])).toBeNull();
    expect(easedRange({ low: 0, high: 10 }, { low: -5, high: 20 }, 66)).toEqual({ low: -5, high: 20 });
    const shrunk = easedRange({ low: 0, high: 100 }, { low: 40, high: 60 }, 100);
    expect(shrunk?.high).toBeGreaterThan(99);
    expect(shrunk?.low).toBeLessThan(1);
  });
});

describe('a window of the record', () => {
  const block = (atMs: number, rest: Partial<WaveBlock> = {}): WaveBlock => ({
    sessionId: monitorId,
    monitorId,
    bootId: 'boot',
    metric: 'pleth',
    unit: '1',
    periodMs: 10,
    flags: [],
    at: { utcMs: startMs + atMs, offsetMin: 0 },
    monoMs: atMs,
    firstSample: null,
    follows: true,
    samples: [1, 'invalid', 3, 'missing'],
    ...rest,
  });

  test('WAVE-11, WAVE-15 blocks that follow are one piece, a gap begins another, and only the window is given', () => {
    const [signal] = waveWindow([block(0), block(40), block(500, { follows: false })], startMs + 20, startMs + 520);
    expect(signal?.pieces).toEqual([
      { atMs: startMs + 20, points: [3, null, 1, null, 3, null] },
      { atMs: startMs + 500, points: [1, null] },
    ]);
    expect(waveWindow([block(0)], startMs + 40, startMs + 90)).toEqual([]);
  });

  test('WAVE-15 a page may ask for a minute and no more', () => {
    const input = (
      roomContract.session.waves as unknown as { '~orpc': { inputSchema: { safeParse(value: unknown): { success: boolean } } } }
    )['~orpc'].inputSchema;
    const asked = { sessionId: monitorId, fromMs: startMs };
    expect(input.safeParse({ ...asked, lengthMs: 60_000 }).success).toBe(true);
    for (const lengthMs of [60_001, 0, -5, 1.5, Number.NaN])
      expect(input.safeParse({ ...asked, lengthMs }).success, String(lengthMs)).toBe(false);
  });
});
