import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equationText, workOutDilution, workOutDose } from '../../shared/clinical/dose-order.ts';
import {
  completesAtMs,
  deliveredUg,
  doseCurve,
  elapsedMs,
  emptyFromMs,
  emptyMs,
  leftInAllBags,
  leftInBagBefore,
  minutesForBag,
  pausedMs,
  rateAt,
  remainingInBag,
  runningMs,
  ugInVolume,
  ugPerKgPerMin,
  wasted,
  type DoseTimeline,
} from '../../shared/clinical/dosing.ts';
import { gramsFromEntry, showDecimal, thousandths } from '../../shared/values/quantity.ts';
import cases from '../fixtures/clinical/infusion.json' with { type: 'json' };
import { nothingGiven } from '../fixtures/clinical/nothing-given.ts';

type Case = (typeof cases)[number];
const t0 = 1_000_000_000_000;
const ms = (minutes: number): number => t0 + Math.round(minutes * 60_000);

function infusion(id: string): Case {
  const found = cases.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

/** A case's `[minute, mL/h, mg/mL]` rows as a timeline. A last row at rate 0 is a stop where `stopped`. */
function timelineOf(found: Case, stopped = false): DoseTimeline {
  const rows = found.segments ?? [];
  const segments = rows.map(([minute = 0, rate = 0, mgPerMl = 1]) => ({
    fromMs: ms(minute),
    rateUlPerHour: thousandths(rate),
    bag: { ug: thousandths(found.bagMg ?? 0), ul: thousandths((found.bagMg ?? 0) / mgPerMl) },
  }));
  if (!stopped) return { ...nothingGiven, segments };
  return { ...nothingGiven, segments: segments.slice(0, -1), endedMs: segments.at(-1)?.fromMs ?? null };
}

/** The table's minutes have four places: 52.3333 means 52:20. */
const tableMs = (minutes: number): number => (minutes === 52.3333 ? ms(0) + 3_140_000 : ms(minutes));

describe('delivered dose', () => {
  const rows = ['iv-plain', 'iv-bag100', 'iv-pause-rate', 'iv-stopped'].flatMap((id) =>
    (infusion(id).cumulative ?? []).map((point) => ({ id, ...point })),
  );

  test.each(rows)('DOSE-1 $id: $mg mg at $tMin min, exactly', ({ id, tMin, mg }) => {
    expect(deliveredUg(timelineOf(infusion(id), id === 'iv-stopped'), tableMs(tMin))).toBe(mg * 1000);
  });

  test('DOSE-2 a pause and a slower rate move the end to 52:20', () => {
    const timeline = timelineOf(infusion('iv-pause-rate'));
    expect(completesAtMs(timeline)).toBe(ms(0) + 3_140_000);
    expect(deliveredUg(timeline, ms(0) + 3_139_999)).toBeLessThan(40_000);
    const ended = { ...timeline, endedMs: ms(0) + 3_140_000 };
    expect(pausedMs(ended, ms(90)) / 60_000).toBe(infusion('iv-pause-rate').pausedMin);
    expect(elapsedMs(ended, ms(90))).toBe(3_140_000);
    expect(runningMs(ended, ms(90))).toBe(2_840_000);
    expect(wasted(ended)).toEqual({ ug: 0, ul: 0 });
  });

  test('DOSE-11 the minutes in which the bag was empty are neither running nor paused', () => {
    // 40 mL at 60 mL/h are gone at 40 min; then 5 min empty, 10 min at rate 0, and a new bag from 55 to 60 min.
    const bag = { ug: 40_000, ul: 40_000 };
    const flowing = { rateUlPerHour: 60_000, bag };
    const timeline: DoseTimeline = {
      ...nothingGiven,
      segments: [
        { fromMs: ms(0), ...flowing },
        { fromMs: ms(45), rateUlPerHour: 0, bag },
        { fromMs: ms(55), ...flowing, newBag: true },
      ],
      endedMs: ms(60),
    };
    const minutesAt = (minute: number): readonly number[] =>
      [runningMs, emptyMs, pausedMs, elapsedMs].map((length) => length(timeline, ms(minute)) / 60_000);
    expect(minutesAt(40)).toEqual([40, 0, 0, 40]);
    expect(minutesAt(43)).toEqual([40, 3, 0, 43]);
    expect(minutesAt(50)).toEqual([40, 5, 5, 50]);
    expect(minutesAt(90)).toEqual([45, 5, 10, 60]);
  });

  test('DOSE-3 a stop ends the flow and leaves what must be accounted for', () => {
    const found = infusion('iv-stopped');
    const timeline = timelineOf(found, true);
    expect(wasted(timeline)).toEqual({ ug: thousandths(found.wasteMg ?? 0), ul: thousandths(found.wasteMl ?? 0) });
    expect(completesAtMs(timeline)).toBeNull();
    expect([rateAt(timeline, ms(-1)), rateAt(timeline, ms(24)), rateAt(timeline, ms(25))]).toEqual([0, 105_000, 0]);
  });

  test('DOSE-4 nothing is delivered before the start or without one', () => {
    const timeline = timelineOf(infusion('iv-plain'));
    expect([
      deliveredUg(timeline, ms(-5)),
      elapsedMs(timeline, ms(-5)),
      deliveredUg(nothingGiven, ms(5)),
      elapsedMs(nothingGiven, ms(5)),
    ]).toEqual([0, 0, 0, 0]);
    expect(remainingInBag(timeline, ms(-5))).toEqual({ ug: 40_000, ul: 40_000 });
    expect(remainingInBag(nothingGiven, ms(5))).toEqual({ ug: 0, ul: 0 });
    expect(completesAtMs(nothingGiven)).toBeNull();
    expect(wasted(timeline)).toBeNull();
  });

  test('DOSE-5 a bolus comes out of the bag and brings the end nearer', () => {
    const timeline: DoseTimeline = { ...timelineOf(infusion('iv-plain')), boluses: [{ atMs: ms(10), ug: 5000 }] };
    expect(deliveredUg(timeline, ms(10) - 1)).toBeLessThan(10_000);
    expect(deliveredUg(timeline, ms(10))).toBe(15_000);
    expect(completesAtMs(timeline)).toBe(ms(35));
    expect(deliveredUg(timeline, ms(60))).toBe(40_000);
    expect(remainingInBag(timeline, ms(20))).toEqual({ ug: 15_000, ul: 15_000 });
    expect(doseCurve(timeline, ms(20)).map((point) => [(point.atMs - t0) / 60_000, point.ug])).toEqual([
      [0, 0],
      [10, 10_000],
      [10, 15_000],
      [20, 25_000],
    ]);
  });

  test('DOSE-5 a bolus that takes the last of the bag is its end', () => {
    const timeline: DoseTimeline = { ...timelineOf(infusion('iv-plain')), boluses: [{ atMs: ms(10), ug: 30_000 }] };
    expect(completesAtMs(timeline)).toBe(ms(10));
  });

  test('DOSE-6 the strength belongs to the segment: a new bag counts by its own', () => {
    const timeline: DoseTimeline = {
      ...nothingGiven,
      segments: [
        { fromMs: ms(0), rateUlPerHour: 60_000, bag: { ug: 20_000, ul: 20_000 } },
        { fromMs: ms(30), rateUlPerHour: 60_000, bag: { ug: 10_000, ul: 20_000 } },
      ],
    };
    // The first bag was empty at 20 min, the second gives half as much per millilitre.
    expect([20, 30, 40, 50, 60].map((minute) => deliveredUg(timeline, ms(minute)))).toEqual([20_000, 20_000, 25_000, 30_000, 30_000]);
    expect(completesAtMs(timeline)).toBe(ms(50));
    expect(remainingInBag(timeline, ms(40))).toEqual({ ug: 5000, ul: 10_000 });
  });

  test('DOSE-6 a bag of the same drug in another volume is another bag', () => {
    const timeline: DoseTimeline = {
      ...nothingGiven,
      segments: [
        { fromMs: ms(0), rateUlPerHour: 60_000, bag: { ug: 40_000, ul: 40_000 } },
        { fromMs: ms(10), rateUlPerHour: 60_000, bag: { ug: 40_000, ul: 80_000 } },
      ],
    };
    expect(deliveredUg(timeline, ms(20))).toBe(15_000);
    expect(remainingInBag(timeline, ms(20))).toEqual({ ug: 35_000, ul: 70_000 });
  });

  /** 20 mg in 20 mL, changed at ten minutes for 10 mg in 20 mL: a bolus before the change, and one at its very instant. */
  const changed: DoseTimeline = {
    ...nothingGiven,
    segments: [
      { fromMs: ms(0), rateUlPerHour: 60_000, bag: { ug: 20_000, ul: 20_000 } },
      { fromMs: ms(10), rateUlPerHour: 60_000, bag: { ug: 10_000, ul: 20_000 } },
    ],
    boluses: [
      { atMs: ms(5), ug: 1000 },
      { atMs: ms(10), ug: 2000 },
    ],
  };

  test('DOSE-5, DOSE-6 each bolus comes out of the bag that ran, and at the instant of a change out of the new one', () => {
    expect(deliveredUg(changed, ms(10))).toBe(13_000);
    expect(remainingInBag(changed, ms(10))).toEqual({ ug: 8000, ul: 16_000 });
    expect(leftInBagBefore(changed, ms(10))).toEqual({ ug: 9000, ul: 9000 });
    expect(completesAtMs(changed)).toBe(ms(26));
    expect([0, 10].map((minute) => rateAt(changed, ms(minute)))).toEqual([60_000, 60_000]);
  });

  test('DOSE-3 what is left is that of every bag that was begun by then, and of none that was not', () => {
    expect(leftInAllBags(changed, ms(5))).toEqual({ ug: 14_000, ul: 14_000 });
    expect(leftInAllBags(changed, ms(10))).toEqual({ ug: 17_000, ul: 25_000 });
    expect(wasted({ ...changed, endedMs: ms(14) })).toEqual({ ug: 15_000, ul: 21_000 });
  });

  test('DOSE-11 a bag ran empty before the next one or the end, or not at all', () => {
    const bag = { ug: 20_000, ul: 20_000 };
    const flowing = { rateUlPerHour: 60_000, bag, newBag: true } as const;
    const segments = [0, 30, 40].map((minute) => ({ fromMs: ms(minute), ...flowing }));
    const emptied = (endedMs: number | null) => emptyFromMs({ ...nothingGiven, segments, endedMs });
    expect(emptied(ms(59))).toEqual([ms(20), null, null]);
    expect(emptied(ms(60))).toEqual([ms(20), null, ms(60)]);
    expect(emptied(null)).toEqual([ms(20), null, ms(60)]);
  });

  test('DOSE-2 a dose that is ended as its bag runs empty has ended with it', () => {
    const timeline = timelineOf(infusion('iv-plain'));
    expect(completesAtMs({ ...timeline, endedMs: ms(40) })).toBe(ms(40));
    expect(completesAtMs({ ...timeline, endedMs: ms(40) - 1 })).toBeNull();
  });

  test('DOSE-1, DOSE-9 what is given whole counts from its instant, and makes a corner of two points', () => {
    const administrations = [
      { atMs: ms(0), ug: 40_000 },
      { atMs: ms(30), ug: 20_000 },
    ];
    const timeline: DoseTimeline = { ...nothingGiven, administrations };
    expect([ms(0) - 1, ms(0), ms(30) - 1, ms(30)].map((atMs) => deliveredUg(timeline, atMs))).toEqual([0, 40_000, 40_000, 60_000]);
    expect(doseCurve(timeline, ms(40)).map((point) => [(point.atMs - t0) / 60_000, point.ug])).toEqual([
      [0, 0],
      [0, 40_000],
      [30, 40_000],
      [30, 60_000],
      [40, 60_000],
    ]);
    expect([ms(-1), ms(12)].map((atMs) => elapsedMs(timeline, atMs) / 60_000)).toEqual([0, 12]);
  });

  test('DOSE-9 the curve of a dose that was stopped has a corner where it ended', () => {
    const timeline = { ...timelineOf(infusion('iv-plain')), endedMs: ms(25) };
    expect(doseCurve(timeline, ms(40)).map((point) => [(point.atMs - t0) / 60_000, point.ug])).toEqual([
      [0, 0],
      [25, 25_000],
      [40, 25_000],
    ]);
  });

  test('DOSE-7 while paused there is no forecast of the end', () => {
    const timeline = timelineOf(infusion('iv-pause-rate'));
    const paused = { ...timeline, segments: timeline.segments.slice(0, 2) };
    expect(completesAtMs(paused)).toBeNull();
    expect(pausedMs(paused, ms(12))).toBe(120_000);
  });

  test('DOSE-8 thirds of a microgram do not gather into an error', () => {
    // 0.1 mL/h of 1 mg in 3 mL: 1/108 000 µg a millisecond, over 30 h in 997 unequal pieces.
    const bag = { ug: 1000, ul: 3000 };
    const segments = Array.from({ length: 997 }, (_, index) => ({ fromMs: t0 + index * 7919, rateUlPerHour: 100, bag }));
    expect(deliveredUg({ ...nothingGiven, segments }, t0 + 10_800_000)).toBe(100);
  });

  test('DOSE-9 any dose only rises and never exceeds its bag', () => {
    const rate = fc.integer({ min: 0, max: 400_000 });
    const timelines = fc.record({
      steps: fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 1_200_000 }), rate }), { minLength: 1, maxLength: 12 }),
      boluses: fc.array(fc.record({ at: fc.integer({ min: 0, max: 7_200_000 }), ug: fc.integer({ min: 1, max: 20_000 }) }), {
        maxLength: 4,
      }),
      bag: fc.record({ ug: fc.integer({ min: 1, max: 90_000 }), ul: fc.integer({ min: 1, max: 250_000 }) }),
      end: fc.option(fc.integer({ min: 0, max: 7_200_000 })),
    });
    fc.assert(
      fc.property(timelines, ({ steps, boluses, bag, end }) => {
        let fromMs = t0;
        const segments = steps.map((step) => ({ fromMs: (fromMs += step.afterMs), rateUlPerHour: step.rate, bag }));
        const timeline: DoseTimeline = {
          ...nothingGiven,
          segments,
          boluses: boluses.map((bolus) => ({ atMs: (segments[0]?.fromMs ?? t0) + bolus.at, ug: bolus.ug })),
          endedMs: end === null ? null : t0 + end,
        };
        let before = 0;
        for (let minute = 0; minute <= 120; minute += 3) {
          const now = deliveredUg(timeline, ms(minute));
          expect(now).toBeGreaterThanOrEqual(before);
          expect(now).toBeLessThanOrEqual(bag.ug);
          expect(now + remainingInBag(timeline, Math.max(ms(minute), segments[0]?.fromMs ?? 0)).ug).toBeLessThanOrEqual(bag.ug + 1e-6);
          before = now;
        }
        const emptyMs = completesAtMs(timeline);
        if (emptyMs !== null) {
          expect(deliveredUg(timeline, emptyMs)).toBe(bag.ug);
          expect(deliveredUg(timeline, emptyMs - 1)).toBeLessThan(bag.ug);
        }
      }),
      { seed: 42, numRuns: Number(process.env['VIGIL_SOAK'] ?? 0) > 0 ? 5000 : 200 },
    );
  });

  test('DOSE-9 the curve joins its corners without a sample between them', () => {
    const timeline = timelineOf(infusion('iv-pause-rate'));
    const curve = doseCurve(timeline, ms(60));
    expect(curve.map((point) => point.ug)).toEqual([0, 10_000, 10_000, 18_000, 40_000, 40_000]);
  });

  test('DOSE-10 asking for the dose every second stays cheap', () => {
    const bag = { ug: 40_000, ul: 40_000 };
    const segments = Array.from({ length: 60 }, (_, index) => ({ fromMs: ms(index), rateUlPerHour: 30_000 + index * 1000, bag }));
    const timeline: DoseTimeline = { ...nothingGiven, segments };
    const begun = performance.now();
    for (let count = 0; count < 1000; count += 1) deliveredUg(timeline, ms(30) + count);
    expect((performance.now() - begun) / 1000).toBeLessThan(1); // ms each, with 60 rate changes
  });
});

describe('orders', () => {
  test('ORDER-1 the plain case works out, with every line of arithmetic', () => {
    const found = infusion('iv-plain');
    const worked = workOutDose({ grams: 80_000, ugPerKg: 500, minutes: 40, concentration: { ug: 1000, ul: 1000 } });
    expect(worked).toMatchObject({
      doseUg: thousandths(found.doseMg ?? 0),
      volumeUl: thousandths(found.volumeMl ?? 0),
      rateUlPerHour: thousandths(found.rateMlH ?? 0),
      ugPerKgMin: found.ugPerKgMin,
      mgPerKgHour: found.mgPerKgH,
      bag: { ug: 40_000, ul: 40_000 },
    });
    expect(worked.equations.map(equationText)).toEqual([
      '80 kg × 0.5 mg/kg = 40 mg',
      '40 mg ÷ 1 mg/mL = 40 mL',
      '40 mL ÷ 40 min × 60 min/h = 60 mL/h',
      '500 µg/kg ÷ 40 min = 12.5 µg/kg/min',
    ]);
    expect(ugPerKgPerMin(60_000, worked.bag, 80_000)).toBe(12.5);
  });

  test('ORDER-1 a dose in a 100 mL bag works out', () => {
    const found = infusion('iv-bag100');
    const worked = workOutDose({ grams: 72_400, ugPerKg: 500, minutes: 40, concentration: { ug: 362, ul: 1000 } });
    expect([worked.doseUg, worked.volumeUl, worked.rateUlPerHour]).toEqual(
      [found.doseMg, found.volumeMl, found.rateMlH].map((value) => (value ?? 0) * 1000),
    );
  });

  test('ORDER-2 pounds read as kilograms would give more than twice the dose', () => {
    const found = infusion('lb-trap');
    const grams = gramsFromEntry({ value: 176, unit: 'lb' });
    const right = workOutDose({ grams, ugPerKg: 500, minutes: 40, concentration: { ug: 1000, ul: 1000 } });
    const wrong = workOutDose({ grams: 176_000, ugPerKg: 500, minutes: 40, concentration: { ug: 1000, ul: 1000 } });
    expect(showDecimal(grams / 1000, 2)).toBe(String(found.kg));
    expect(showDecimal(right.doseUg / 1000, 2)).toBe(String(found.doseMgAt0_5));
    expect(wrong.doseUg / 1000).toBe(found.ifReadAsKgMg);
  });

  test('ORDER-3 the dilution says what to draw, what to add and what the vial still holds', () => {
    const found = infusion('dilution');
    expect(workOutDilution({ ug: 40_000, ul: 40_000 }, { ug: 500_000, ugPerMl: 50_000 })).toEqual({
      drawUl: thousandths(found.drawMl ?? 0),
      diluentUl: thousandths(found.diluentMl ?? 0),
      vialRemainderUg: thousandths(found.vial500mgRemainderMg ?? 0),
    });
  });

  test('ORDER-3 a vial that is too weak or too small is refused', () => {
    expect(() => workOutDilution({ ug: 40_000, ul: 500 }, { ug: 500_000, ugPerMl: 50_000 })).toThrow('weaker than the bag');
    expect(() => workOutDilution({ ug: 600_000, ul: 60_000 }, { ug: 500_000, ugPerMl: 50_000 })).toThrow('the vial holds 500000 µg');
  });

  test('ORDER-4 an order that comes to nothing is refused, not rounded to 0', () => {
    expect(() => workOutDose({ grams: 1, ugPerKg: 1, minutes: 40, concentration: { ug: 1000, ul: 1000 } })).toThrow('too little to give');
  });

  test('ORDER-5 volumes and minutes of a bag', () => {
    expect(minutesForBag({ ug: 40_000, ul: 40_000 }, 45_000)).toBeCloseTo(53.333, 3);
    expect(ugInVolume(26_250, { ug: 35_000, ul: 70_000 })).toBe(13_125);
  });
});
