import { describe, expect, test } from 'vitest';
import { equationText, workOutDilution, workOutDose, type DoseOrderInput } from '../../shared/clinical/dose-order.ts';
import { drawnDose, lowerOf } from '../../shared/clinical/dose-step.ts';
import { workOutInfusion, workOutInjections, solutionOf } from '../../shared/clinical/protocol-order.ts';
import { rational } from '../../shared/values/rational.ts';
import { infusionInSteps, injectionInSteps } from '../support/stepped-protocol.ts';

const exact = (value: number) => rational(BigInt(value), 1n);

/** One microgram in one microlitre over an hour: the least of everything. */
const least: DoseOrderInput = { grams: 1000, ugPerKg: 1, minutes: 60, concentration: { ug: 1, ul: 1 } };

describe('an infusion without steps', () => {
  test('DOSE-12 the least dose, volume and rate are one of their unit, and each below it is refused by itself', () => {
    expect(workOutDose(least)).toMatchObject({ doseUg: 1, volumeUl: 1, rateUlPerHour: 1 });
    const refused: readonly [Partial<DoseOrderInput>, string][] = [
      [{ grams: 400, concentration: { ug: 1, ul: 1000 } }, '0 µg in 400 µL at 400 µL/h: too little to give'],
      [{ concentration: { ug: 1000, ul: 1 }, minutes: 0.05 }, '1 µg in 0 µL at 1 µL/h: too little to give'],
      [{ minutes: 150 }, '1 µg in 1 µL at 0 µL/h: too little to give'],
    ];
    for (const [change, words] of refused) expect(() => workOutDose({ ...least, ...change })).toThrow(new RangeError(words));
  });

  test('DOSE-12 the rate by weight is that of the order, and not of what rounding to whole units made of it', () => {
    expect(workOutDose({ grams: 80_001, ugPerKg: 500, minutes: 40, concentration: { ug: 1000, ul: 1000 } })).toMatchObject({
      doseUg: 40_001,
      rateUlPerHour: 60_001,
      ugPerKgMin: 12.5,
      mgPerKgHour: 0.75,
    });
  });

  test('DOSE-12 its lines of arithmetic say what was ordered, each worked out from the exact one before', () => {
    const { equations } = workOutDose({ grams: 3, ugPerKg: 500, minutes: 7, concentration: { ug: 1, ul: 10 } });
    expect(equations.map(equationText)).toEqual([
      '0.003 kg × 0.5 mg/kg = 0.002 mg',
      '0.002 mg ÷ 0.1 mg/mL = 0.015 mL',
      '0.015 mL ÷ 7 min × 60 min/h = 0.129 mL/h',
      '500 µg/kg ÷ 7 min = 71.43 µg/kg/min',
    ]);
    const { equations: quick } = workOutDose({ grams: 3, ugPerKg: 500, minutes: 7, concentration: { ug: 1, ul: 1 } });
    expect(quick.map(equationText).at(-1)).toBe('500 µg/kg ÷ 7 min = 71.43 µg/kg/min');
  });
});

describe('an infusion in steps', () => {
  const { dose } = infusionInSteps({ mlPerHour: 1 });
  const order = (
    change: Partial<typeof dose>,
    figures: { readonly mgPerKg?: number; readonly minutes?: number; readonly mgPerMl?: number },
  ) => workOutInfusion({ ...dose, mgPerKgRange: [0.1, 1], ...change }, 81_300, { mgPerKg: 0.5, minutes: 40, mgPerMl: 1, ...figures });

  test('DRAW-2 the pump’s step makes the time neither shorter nor longer than the protocol lets it be', () => {
    const asked: Partial<typeof dose> = { mgPerMlRange: [0.5, 2] };
    // 41 mL in 40 min are 61.5 mL/h.
    expect(order({ ...asked, minutesRange: [20, 120] }, {}).rateUlPerHour).toBe(62_000);
    expect(order({ ...asked, minutesRange: [40, 120] }, {}).rateUlPerHour).toBe(61_000);
    // 41 mL in an hour at a step of 5 mL/h: 40 would last 61.5 min.
    const coarse = infusionInSteps({ mlPerHour: 5 }).dose.steps;
    expect(order({ ...asked, steps: coarse, minutesRange: [20, 120] }, { minutes: 60 }).rateUlPerHour).toBe(40_000);
    expect(order({ ...asked, steps: coarse, minutesRange: [20, 60] }, { minutes: 60 }).rateUlPerHour).toBe(45_000);
  });

  test('DRAW-2 a time or a strength that was ordered outside the protocol is for its doubt, and is kept', () => {
    const narrow: Partial<typeof dose> = { mgPerMlRange: [1, 2] };
    expect(order({ minutesRange: [40, 60], mgPerMlRange: [0.5, 2] }, { minutes: 20 }).rateUlPerHour).toBe(123_000);
    expect(order({ minutesRange: [40, 60], mgPerMlRange: [0.5, 2] }, { minutes: 82 }).rateUlPerHour).toBe(30_000);
    expect(order({ ...narrow, minutesRange: [20, 120] }, { mgPerMl: 4 }).volumeUl).toBe(10_000);
    expect(order({ ...narrow, minutesRange: [20, 120] }, { mgPerMl: 0.5 }).volumeUl).toBe(82_000);
  });

  test('DRAW-1 its lines say what was worked out and what can be drawn and set', () => {
    const { equations } = order({ minutesRange: [40, 120], mgPerMlRange: [0.5, 2] }, {});
    expect(equations.map(equationText)).toEqual([
      '81.3 kg × 0.5 mg/kg = 40.65 → 41 mg (0.504 mg/kg)',
      '41 mg ÷ 1 mg/mL = 41 mL',
      '41 mL ÷ 40 min × 60 min/h = 61.5 → 61 mL/h (40.3 min)',
      '504 µg/kg ÷ 40.3 min = 12.51 µg/kg/min',
    ]);
  });

  test('DRAW-1 a pump that cannot be set so slowly is told so', () => {
    const { steps } = infusionInSteps({ mlPerHour: 1000 }).dose;
    expect(() => order({ steps, minutesRange: [20, 120] }, {})).toThrow(
      new RangeError('41 mg over 40 min is too little for steps of 1 mL and 1000 mL/h'),
    );
  });
});

describe('two injections in steps', () => {
  const im = injectionInSteps({ ml: 0.01 }).dose;
  const figures = { mgPerKg: 0.5, mgPerMl: 50, secondMgPerKg: 0.5 };
  const amounts = (change: Partial<typeof im>, grams: number, asked = figures) => {
    const { first, second } = workOutInjections(
      { ...im, mgPerKgRange: [0.1, 1], mgPerKgTotalMax: 1, second: null, ...change },
      grams,
      asked,
    );
    return [first.doseUg, second?.doseUg];
  };

  test('DRAW-2 both at the total exactly: what the first was rounded up by is not given with the second', () => {
    // 30.6 mg each, and 61.2 in all.
    expect(amounts({}, 61_200)).toEqual([31_000, 30_000]);
    expect(amounts({ mgPerKgTotalMax: 1.2 }, 61_200)).toEqual([31_000, 31_000]);
  });

  test('DRAW-2 the second is held to its own range, and to the first one’s where it has none', () => {
    const asked = { ...figures, mgPerKg: 0.3, secondMgPerKg: 0.25 };
    // 0.25 mg/kg are 15.6 mg.
    expect(amounts({}, 62_400, asked)).toEqual([19_000, 16_000]);
    const second = { mgPerKg: 0.25, mgPerKgRange: [0.1, 0.25] as [number, number], fromMin: 10, toMin: 15 };
    expect(amounts({ second }, 62_400, asked)).toEqual([19_000, 15_000]);
  });
});

describe('what is drawn', () => {
  test('DRAW-2 the lower of two bounds, of which either may be missing', () => {
    expect(lowerOf(exact(2), exact(3))).toEqual(exact(2));
    expect(lowerOf(exact(3), exact(2))).toEqual(exact(2));
    expect(lowerOf(exact(3), undefined)).toEqual(exact(3));
    expect(lowerOf(undefined, exact(3))).toEqual(exact(3));
    expect(lowerOf(undefined, undefined)).toBeUndefined();
  });

  test('DRAW-2 the syringe goes below the least of an order no more than the order did', () => {
    const vial = { ug: 50_000, ul: 1000 };
    // 25 mg are 500 µL; 480 would hold less than the least.
    expect(drawnDose(exact(24_390), { doseUg: 1000, drawUl: 80 }, vial, { min: exact(24_390) })).toEqual({ ug: 28_000, ul: 560 });
    // No whole milligram lies between the bounds: the order is 24 mg, and stays it.
    const bounds = { min: exact(24_390), max: exact(24_900) };
    expect(drawnDose(exact(24_390), { doseUg: 1000, drawUl: 10 }, vial, bounds)).toEqual({ ug: 24_000, ul: 480 });
  });

  test('DRAW-1 one microgram can be drawn, and less is refused', () => {
    const steps = { doseUg: 1, drawUl: 1 };
    expect(drawnDose(exact(1), steps, { ug: 1, ul: 1 }, {})).toEqual({ ug: 1, ul: 1 });
    expect(() => drawnDose(rational(1n, 4n), steps, { ug: 1, ul: 1 }, {})).toThrow('0 mg is less than can be drawn');
  });

  test('DOSE-12 an undiluted bag, and one that takes the whole vial; one drop more is refused', () => {
    expect(workOutDilution({ ug: 50_000, ul: 1000 }, { ug: 500_000, ugPerMl: 50_000 })).toEqual({
      drawUl: 1000,
      diluentUl: 0,
      vialRemainderUg: 450_000,
    });
    expect(() => workOutDilution({ ug: 50_000, ul: 999 }, { ug: 500_000, ugPerMl: 50_000 })).toThrow(/is weaker than the bag/);
    expect(workOutDilution({ ug: 500_000, ul: 50_000 }, { ug: 500_000, ugPerMl: 50_000 })).toMatchObject({
      drawUl: 10_000,
      vialRemainderUg: 0,
    });
    expect(() => workOutDilution({ ug: 500_001, ul: 50_000 }, { ug: 500_000, ugPerMl: 50_000 })).toThrow(/the vial holds 500000 µg/);
    expect(solutionOf(1)).toEqual({ ug: 1_000_000, ul: 1_000_000 });
  });
});
