import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equationText } from '../../shared/clinical/dose-order.ts';
import { drawnDose, isFarFrom, nearestSteps, roundToStep } from '../../shared/clinical/dose-step.ts';
import { minutesForBag } from '../../shared/clinical/dosing.ts';
import type { ImDose, IvDose } from '../../shared/clinical/protocol-dose.ts';
import { solutionOf, workOutInfusion, workOutInjections } from '../../shared/clinical/protocol-order.ts';
import { gramsFromEntry, showMilli, thousandths } from '../../shared/values/quantity.ts';
import { rational } from '../../shared/values/rational.ts';
import { infusionInSteps, injectionInSteps, withoutSteps } from '../support/stepped-protocol.ts';

const exact = (value: number) => rational(BigInt(value), 1n);

const iv = (steps: Parameters<typeof infusionInSteps>[0] = {}): IvDose => infusionInSteps(steps).dose;
const im = (steps: Parameters<typeof injectionInSteps>[0] = {}): ImDose => injectionInSteps(steps).dose;
const plain = { mgPerKg: 0.5, minutes: 40, mgPerMl: 1 };

describe('steps', () => {
  test('DRAW-1 the nearest multiple, a half going up', () => {
    expect([40_650, 40_499, 40_500, 40_000].map((ug) => roundToStep(exact(ug), 1000))).toEqual([41_000, 40_000, 41_000, 40_000]);
    expect(roundToStep(exact(60_975), 1000)).toBe(61_000);
    expect(roundToStep(exact(60_975), 100)).toBe(61_000);
    expect(roundToStep(exact(1633), 20)).toBe(1640);
    expect(roundToStep(exact(1633), 10)).toBe(1630);
    expect(roundToStep(exact(81_647), 500)).toBe(81_500);
  });

  test('DRAW-1, DRAW-2 any amount and step: a multiple, within half a step, and itself when rounded again', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 1000n }),
        fc.integer({ min: 1, max: 10_000 }),
        (numerator, denominator, step) => {
          const rounded = roundToStep(rational(numerator, denominator), step);
          expect(rounded % step).toBe(0);
          const off = BigInt(rounded) * denominator - numerator;
          expect((off < 0n ? -off : off) * 2n <= BigInt(step) * denominator).toBe(true);
          expect(roundToStep(exact(rounded), step)).toBe(rounded);
        },
      ),
      { seed: 41 },
    );
  });

  test('DRAW-2 a bound turns the nearest into the nearest that it allows', () => {
    expect(roundToStep(exact(81_600), 1000, { max: exact(81_600) })).toBe(81_000);
    expect(roundToStep(exact(24_390), 1000, { min: exact(24_390) })).toBe(25_000);
    // Where both cannot be kept, the harmful side is.
    expect(roundToStep(exact(700), 1000, { min: exact(650), max: exact(750) })).toBe(0);
    expect(roundToStep(exact(300), 1000, { min: exact(250), max: exact(350), harm: 'below-min' })).toBe(1000);
  });

  test('DRAW-1 the settable figures beside one that is none, the lower first and never nothing', () => {
    expect(nearestSteps(60_975, 100)).toEqual([60_900, 61_000]);
    expect(nearestSteps(61_000, 100)).toBeNull();
    expect(nearestSteps(300, 1000)).toEqual([1000]);
  });

  test('DRAW-2 a twentieth is the most that rounding changes without being asked about', () => {
    expect([isFarFrom(40_000, 42_000), isFarFrom(40_000, 42_001), isFarFrom(40_000, 37_999), isFarFrom(40_000, 40_000)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('DRAW-3 a syringe that cannot draw the ordered dose gives the dose that it can', () => {
    const vial = solutionOf(50);
    expect(drawnDose(exact(81_647), { doseUg: 1000, drawUl: 20 }, vial, {})).toEqual({ ug: 82_000, ul: 1640 });
    expect(drawnDose(exact(81_647), { doseUg: 1000, drawUl: 100 }, vial, {})).toEqual({ ug: 80_000, ul: 1600 });
    // 1.74 mL of 47 mg/mL hold 81.78 mg: neither 82 nor 81.647.
    expect(drawnDose(exact(81_647), { doseUg: 1000, drawUl: 20 }, solutionOf(47), {})).toEqual({ ug: 81_780, ul: 1740 });
  });

  test('DRAW-6 an amount below every step is refused', () => {
    expect(() => drawnDose(exact(400), { doseUg: 1000, drawUl: 20 }, solutionOf(50), {})).toThrow(
      '0.4 mg is less than can be drawn in steps of 1 mg and 0.02 mL',
    );
    expect(() => workOutInfusion(iv({ mlPerHour: 100 }), 60_000, plain)).toThrow('too little for steps of 1 mL and 100 mL/h');
  });

  test('DRAW-7 a figure has a 0 before its point and none after its last', () => {
    expect([5000, 500, 40_650, 1640, 61_500, 100_000, 5].map(showMilli)).toEqual(['5', '0.5', '40.65', '1.64', '61.5', '100', '0.005']);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 8 }), (value) => {
        expect(showMilli(value)).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(thousandths(Number(showMilli(value)))).toBe(value);
      }),
      { seed: 43 },
    );
  });
});

describe('orders in steps', () => {
  test('DRAW-4 81.3 kg × 0.5 mg/kg is 40.65, drawn as 41 mg, and the pump runs what was drawn', () => {
    const worked = workOutInfusion(iv(), 81_300, plain);
    expect(worked).toMatchObject({ doseUg: 41_000, volumeUl: 41_000, rateUlPerHour: 61_500, bag: { ug: 41_000, ul: 41_000 } });
    expect(worked.exact).toEqual({ doseUg: 40_650, volumeUl: 40_650, rateUlPerHour: 60_975 });
    expect(worked.equations.map(equationText)).toEqual([
      '81.3 kg × 0.5 mg/kg = 40.65 → 41 mg (0.504 mg/kg)',
      '41 mg ÷ 1 mg/mL = 41 mL',
      '41 mL ÷ 40 min × 60 min/h = 61.5 mL/h',
      '504 µg/kg ÷ 40 min = 12.61 µg/kg/min',
    ]);
  });

  test('DRAW-4 a pump in whole mL/h says how long it takes', () => {
    const worked = workOutInfusion(iv({ mlPerHour: 1 }), 81_300, plain);
    expect(worked.equations.map(equationText)[2]).toBe('41 mL ÷ 40 min × 60 min/h = 61.5 → 62 mL/h (39.7 min)');
    expect(worked.ugPerKgMin).toBeCloseTo(12.71, 2);
  });

  test('DRAW-4 a bag that is filled to whole mL says how strong it is', () => {
    const worked = workOutInfusion(iv(), 81_300, { ...plain, mgPerMl: 0.3 });
    expect(worked.equations.map(equationText)[1]).toBe('41 mg ÷ 0.3 mg/mL = 136.667 → 137 mL (0.299 mg/mL)');
  });

  test('DRAW-4 180 lb by muscle: 81.647 is drawn as 82 mg in 1.64 mL, a second half of it as 41 mg', () => {
    const grams = gramsFromEntry({ value: 180, unit: 'lb' });
    for (const ml of [0.02, 0.01]) {
      const { first, second } = workOutInjections(im({ ml }), grams, { mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5 });
      expect(first.equations.map(equationText)).toEqual([
        '81.647 kg × 1 mg/kg = 81.647 → 82 mg (1.004 mg/kg)',
        '82 mg ÷ 50 mg/mL = 1.64 mL',
      ]);
      expect([second?.doseUg, second?.volumeUl]).toEqual([41_000, 820]);
      expect(second?.exact).toEqual({ doseUg: 40_824, volumeUl: 816 });
    }
  });

  test('DRAW-3 with a syringe in tenths of a millilitre the dose is 80 mg in 1.6 mL, and says so', () => {
    const grams = gramsFromEntry({ value: 180, unit: 'lb' });
    const { first } = workOutInjections(im({ ml: 0.1 }), grams, { mgPerKg: 1, mgPerMl: 50 });
    expect(first.equations.map(equationText)).toEqual(['81.647 kg × 1 mg/kg = 81.647 → 80 mg (0.98 mg/kg)', '80 mg ÷ 50 mg/mL = 1.6 mL']);
  });

  test('DRAW-5 without steps nothing is rounded but to the microgram', () => {
    const none = withoutSteps('iv').dose;
    const worked = workOutInfusion(none, 81_300, plain);
    expect(none.steps).toBeUndefined();
    expect([worked.doseUg, worked.volumeUl, worked.rateUlPerHour]).toEqual([40_650, 40_650, 60_975]);
    expect(worked.equations.map(equationText)[0]).toBe('81.3 kg × 0.5 mg/kg = 40.65 mg');
    const { first } = workOutInjections(withoutSteps('im').dose, 81_647, { mgPerKg: 1, mgPerMl: 50 });
    expect([first.doseUg, first.volumeUl]).toEqual([81_647, 1633]);
  });
});

describe('limits and steps', () => {
  const grams = fc.integer({ min: 30_000, max: 150_000 });
  const mg = fc.constantFrom(0.5, 1, 5);
  const ml = fc.constantFrom(0.01, 0.02, 0.1);
  const perKg = (low: number, high: number) => fc.integer({ min: low, max: high }).map((value) => value / 1000);

  test('DRAW-8 the highest dose allowed is rounded down, and the lowest up', () => {
    expect(workOutInfusion(iv(), 81_600, { ...plain, mgPerKg: 1 }).doseUg).toBe(81_000);
    expect(workOutInfusion(iv(), 81_300, { ...plain, mgPerKg: 0.3 }).doseUg).toBe(25_000);
    const { first, second } = workOutInjections(im(), 81_300, { mgPerKg: 1.5, mgPerMl: 50, secondMgPerKg: 0.5 });
    expect([first.doseUg, second?.doseUg]).toEqual([121_000, 41_000]);
  });

  test('DRAW-8 two injections of the total do not pass it together', () => {
    const { first, second } = workOutInjections(im(), 81_647, { mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 1 });
    expect([first.doseUg, second?.doseUg]).toEqual([82_000, 81_000]);
  });

  test('DRAW-8 an order beyond a limit is rounded as any other: its doubt is not for the arithmetic', () => {
    expect(workOutInfusion(iv(), 81_300, { ...plain, mgPerKg: 1.2 }).doseUg).toBe(98_000);
  });

  test('DRAW-8 whatever infusion is ordered inside the limits stays inside them', () => {
    const figures = fc.record({
      mgPerKg: perKg(300, 1000),
      minutes: fc.integer({ min: 20, max: 120 }),
      mgPerMl: perKg(100, 10_000),
    });
    const steps = fc.record({ mg, ml, bagMl: fc.constantFrom(0.1, 1), mlPerHour: fc.constantFrom(0.1, 1) });
    fc.assert(
      fc.property(grams, figures, steps, (weight, asked, stepped) => {
        const dose = iv(stepped);
        const { doseUg, volumeUl, rateUlPerHour, bag } = workOutInfusion(dose, weight, asked);
        expect(doseUg).toBeLessThanOrEqual(dose.mgPerKgRange[1] * weight);
        expect(doseUg / volumeUl).toBeLessThanOrEqual(dose.mgPerMlRange[1]);
        expect(minutesForBag(bag, rateUlPerHour)).toBeGreaterThanOrEqual(dose.minutesRange[0]);
        expect([volumeUl % thousandths(stepped.bagMl), rateUlPerHour % thousandths(stepped.mlPerHour)]).toEqual([0, 0]);
        // Half a step of the order, and half a step of the syringe in drug; a whole one where a limit forbade the nearest.
        expect(Math.abs(doseUg - (weight * thousandths(asked.mgPerKg)) / 1000)).toBeLessThanOrEqual(
          thousandths(stepped.mg) + stepped.ml * dose.vial.mgPerMl * 1000,
        );
      }),
      { seed: 47 },
    );
  });

  test('DRAW-8 whatever injections are ordered inside the limits stay inside them', () => {
    const figures = fc.record({
      mgPerKg: perKg(250, 1500),
      mgPerMl: fc.constantFrom(50, 100),
      secondMgPerKg: fc.option(perKg(250, 1000), { nil: undefined }),
    });
    fc.assert(
      fc.property(grams, figures, mg, ml, (weight, asked, mgStep, mlStep) => {
        fc.pre(asked.mgPerKg + (asked.secondMgPerKg ?? 0) <= 2);
        const dose = im({ mg: mgStep, ml: mlStep });
        const { first, second } = workOutInjections(dose, weight, asked);
        const totalUg = first.doseUg + (second?.doseUg ?? 0);
        expect(totalUg).toBeLessThanOrEqual(dose.mgPerKgTotalMax * weight);
        expect(first.doseUg).toBeLessThanOrEqual(dose.mgPerKgRange[1] * weight);
        expect(first.volumeUl % thousandths(mlStep)).toBe(0);
        // mg = mL × strength, exactly.
        expect(first.doseUg).toBe(first.volumeUl * asked.mgPerMl);
        if (first.exact.volumeUl <= 4000) expect(first.volumeUl).toBeLessThanOrEqual(4000);
      }),
      { seed: 53 },
    );
  });
});
