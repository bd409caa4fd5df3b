import { expect, test } from 'vitest';
import { WavePlaces, type PlacedWave } from '../../electron/service/acquisition/wave-places.ts';
import type { Wave } from '../../electron/service/drivers/driver.ts';

const startMs = 1_795_446_000_000;
const monitorId = '01900000-0000-7000-8000-00000000000a';

function piece(count: number, firstSample?: number, rest: Partial<Wave> = {}): Wave {
  const samples = Array.from({ length: count }, (_, index) => index);
  return { metric: 'pleth', unit: '1', periodMs: 10, samples, ...(firstSample === undefined ? {} : { firstSample }), ...rest };
}

function hear(places: WavePlaces, monoMs: number, waves: readonly Wave[], opening = 1): PlacedWave[] {
  return places.place({ monitorId, monitorName: 'Oximeter', waves, received: { utcMs: startMs + monoMs, offsetMin: 0 }, monoMs, opening });
}
const brief = (pieces: readonly PlacedWave[]): unknown[] => pieces.map(({ monoMs, follows, missing }) => [monoMs, follows, missing]);

test('WAVE-3 a piece ends where it arrived, and the next ones follow at the distance of samples', () => {
  const places = new WavePlaces();
  expect(brief(hear(places, 1000, [piece(25)]))).toEqual([[750, false, 0]]);
  expect(brief(hear(places, 1250, [piece(25)]))).toEqual([[1000, true, 0]]);
  // A little late, as everything on a computer is: the samples do not jump.
  const [late] = hear(places, 1540, [piece(25)]);
  expect(late?.follows).toBe(true);
  expect(late?.monoMs).toBeCloseTo(1252.5, 5);
  expect(late?.at.utcMs).toBe(startMs + 1253);
});

test('WAVE-3 what arrives at once after a stall was sent one after the other', () => {
  const places = new WavePlaces();
  hear(places, 1000, [piece(25)]);
  const pieces = hear(
    places,
    3000,
    Array.from({ length: 8 }, () => piece(25)),
  );
  expect(brief(pieces)).toEqual(Array.from({ length: 8 }, (_, index) => [1000 + index * 250, true, 0]));
});

test('WAVE-3 a clock that runs apart is followed slowly, and never by a jump', () => {
  const places = new WavePlaces();
  let last: PlacedWave | undefined;
  // The monitor is half a percent slow over ten minutes.
  for (let second = 1; second <= 600; second += 1) {
    const [placed] = hear(places, second * 1005, [piece(100)]);
    if (last !== undefined && placed !== undefined) {
      expect(placed.follows).toBe(true);
      expect(Math.abs(placed.monoMs - last.monoMs - 1000)).toBeLessThanOrEqual(10 + 1e-9);
    }
    last = placed;
  }
  expect((last?.monoMs ?? 0) + 1000).toBeCloseTo(600 * 1005, 0);
});

test('WAVE-4 missing samples of the count are said, up to a second; more is a gap where the count says it is', () => {
  const places = new WavePlaces();
  hear(places, 1000, [piece(25, 500)]);
  expect(brief(hear(places, 1550, [piece(25, 555)]))).toEqual([[1300, true, 30]]);
  expect(brief(hear(places, 4800, [piece(25, 880)]))).toEqual([[4550, false, 0]]);
});

test('WAVE-4 without a count a pause is a gap; a count that went on while time went by is one too', () => {
  const places = new WavePlaces();
  hear(places, 1000, [piece(25)]);
  expect(brief(hear(places, 2000, [piece(25)]))).toEqual([[1750, false, 0]]);
  hear(places, 10_000, [piece(25, 0, { metric: 'co2' })]);
  expect(brief(hear(places, 15_000, [piece(25, 25, { metric: 'co2' })]))).toEqual([[14_750, false, 0]]);
});

test('WAVE-5 another opening, a count that stepped back, another unit or distance: nothing follows', () => {
  const places = new WavePlaces();
  hear(places, 1000, [piece(25, 100)]);
  expect(hear(places, 1250, [piece(25, 125)], 2)[0]?.follows).toBe(false);
  expect(hear(places, 1500, [piece(25, 7)], 2)[0]?.follows).toBe(false);
  expect(hear(places, 1750, [piece(25, 32, { unit: 'mV' })], 2)[0]?.follows).toBe(false);
  expect(hear(places, 2000, [piece(25, 57, { unit: 'mV', periodMs: 8 })], 2)[0]?.follows).toBe(false);
  for (const [placed] of [hear(places, 2250, [piece(25, 82, { unit: 'mV', periodMs: 8 })], 2)]) expect(placed?.follows).toBe(true);
});

test('WAVE-6 a flood is followed ten seconds into the future at most, then dropped and counted', () => {
  const places = new WavePlaces();
  let endMs = 0;
  let kept = 0;
  for (let round = 0; round < 1000; round += 1) {
    for (const placed of hear(places, 1000 + round, [piece(100)])) {
      endMs = placed.monoMs + 1000;
      kept += 1;
    }
  }
  expect(kept).toBeLessThan(20);
  expect(endMs).toBeLessThan(2000 + 12_000);
  expect(places.takeDropped()).toBe((1000 - kept) * 100);
});

test('WAVE-6 what is no signal is dropped', () => {
  const places = new WavePlaces();
  const wrong: readonly Partial<Wave>[] = [
    { periodMs: 0 },
    { periodMs: Number.NaN },
    { periodMs: 1e9 },
    { samples: [] },
    { firstSample: 0.5 },
  ];
  for (const rest of wrong) expect(hear(places, 1000, [piece(25, 0, rest)])).toEqual([]);
  expect(places.takeDropped()).toBeGreaterThan(0);
  for (let signal = 0; signal < 200; signal += 1) hear(places, 1000, [piece(1, 0, { metric: `x:demo:${signal}` })]);
  expect(places.takeDropped()).toBe(200 - 64);
});
