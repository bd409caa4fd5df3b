import { describe, expect, test } from 'vitest';
import { equationText } from '../../shared/clinical/dose-order.ts';
import type { ImDose } from '../../shared/clinical/protocol-dose.ts';
import { largestSiteUl, solutionOf, workOutInjections } from '../../shared/clinical/protocol-order.ts';
import { volumeOf, workOutDevices, workOutInjection, workOutLozenges } from '../../shared/clinical/route-order.ts';
import { injectionInSteps } from '../support/stepped-protocol.ts';

const vial = solutionOf(50);
const im = (change: Partial<ImDose> = {}): ImDose => ({ ...injectionInSteps().dose, ...change });

describe('an injection', () => {
  test('ROUTE-24 81.3 kg at 0.5 mg/kg of 50 mg/mL, without steps', () => {
    const order = workOutInjection({ grams: 81_300, ugPerKg: 500, vial });
    expect(order).toMatchObject({ doseUg: 40_650, volumeUl: 813, exact: { doseUg: 40_650, volumeUl: 813 } });
    expect(order.equations.map(equationText)).toEqual(['81.3 kg × 0.5 mg/kg = 40.65 mg', '40.65 mg ÷ 50 mg/mL = 0.813 mL']);
    expect(order.equations.map(({ of }) => of)).toEqual(['dose', 'volume']);
  });

  test('ROUTE-24 in steps, the dose is what the drawn volume holds, and says what it was before', () => {
    const order = workOutInjection({ grams: 81_300, ugPerKg: 500, vial, rounding: { steps: { doseUg: 1000, drawUl: 10 }, bounds: {} } });
    expect(order).toMatchObject({ doseUg: 41_000, volumeUl: 820, exact: { doseUg: 40_650, volumeUl: 813 } });
    expect(order.equations[0]?.result).toEqual({ value: '41', unit: 'mg', exact: '40.65', is: '0.504 mg/kg' });
  });

  test('ROUTE-24 the least that can be given is a microgram in a microlitre', () => {
    const least = { grams: 1000, ugPerKg: 1, vial: { ug: 1, ul: 1 } };
    expect(workOutInjection(least)).toMatchObject({ doseUg: 1, volumeUl: 1 });
    expect(() => workOutInjection({ ...least, grams: 499 })).toThrow(new RangeError('0 µg in 0 µL: too little to give'));
    // Enough drug, and less than half a microlitre of it; and the other way round.
    expect(() => workOutInjection({ ...least, vial: { ug: 1000, ul: 1 } })).toThrow('1 µg in 0 µL: too little to give');
    expect(() => workOutInjection({ ...least, grams: 400, vial: { ug: 1, ul: 1000 } })).toThrow('0 µg in 400 µL: too little to give');
  });

  test('ROUTE-24 the volume of an amount, to the nearest microlitre', () => {
    expect([40_650, 25, 24, 0].map((ug) => volumeOf(ug, vial))).toEqual([813, 1, 0, 0]);
    expect(volumeOf(1000, { ug: 2000, ul: 500 })).toBe(250);
  });
});

describe('two injections', () => {
  test('ROUTE-24 the second is worked out by its own figure, and is not there where none is planned', () => {
    const both = workOutInjections(im({ steps: undefined }), 80_000, { mgPerKg: 0.5, mgPerMl: 50, secondMgPerKg: 0.25 });
    expect([both.first.doseUg, both.second?.doseUg]).toEqual([40_000, 20_000]);
    expect(both.vial).toEqual({ ug: 50_000_000, ul: 1_000_000 });
    expect(workOutInjections(im(), 80_000, { mgPerKg: 0.5, mgPerMl: 50 }).second).toBeNull();
  });

  test('ROUTE-24 rounding takes two injections that are within the total no further than it', () => {
    // 1.0 mg/kg of 60.9 kg are 60.9 mg: 30.45 each, and 31 twice would be 62.
    const dose = im({ mgPerKgTotalMax: 1, mgPerKgRange: [0.1, 1] });
    const { first, second } = workOutInjections(dose, 60_900, { mgPerKg: 0.5, mgPerMl: 50, secondMgPerKg: 0.5 });
    expect(first.doseUg + (second?.doseUg ?? 0)).toBeLessThanOrEqual(60_900);
    expect(second?.exact.doseUg).toBe(30_450);
  });

  test('ROUTE-24 what was ordered beyond the total is for its doubt, and is rounded as anything else', () => {
    const dose = im({ mgPerKgTotalMax: 0.9, mgPerKgRange: [0.1, 1] });
    const { first, second } = workOutInjections(dose, 80_000, { mgPerKg: 0.5, mgPerMl: 50, secondMgPerKg: 0.5 });
    expect([first.doseUg, second?.doseUg]).toEqual([40_000, 40_000]);
    const together = workOutInjections(im({ mgPerKgTotalMax: 1, mgPerKgRange: [0.1, 1] }), 80_000, {
      mgPerKg: 0.5,
      mgPerMl: 50,
      secondMgPerKg: 0.5,
    });
    expect([together.first.doseUg, together.second?.doseUg]).toEqual([40_000, 40_000]);
  });

  test('ROUTE-24 rounding alone fills no muscle beyond what it takes', () => {
    // 40.6 mg of 10 mg/mL are 4.06 mL, which the largest muscle takes; 41 mg would be 4.1.
    const dose = im({ mlPerSite: {}, mlPerSiteMax: 4.06, mgPerKgRange: [0.1, 1], mgPerKgTotalMax: 1 });
    const { first } = workOutInjections(dose, 81_200, { mgPerKg: 0.5, mgPerMl: 10 });
    expect(first.volumeUl).toBeLessThanOrEqual(4060);
    // One that is ordered beyond any muscle is for its doubt.
    const beyond = workOutInjections({ ...dose, mlPerSiteMax: 3 }, 81_200, { mgPerKg: 0.5, mgPerMl: 10 });
    expect(beyond.first.doseUg).toBe(41_000);
  });

  test('ROUTE-24 the largest muscle is that of the protocol’s own figures, or its figure for all', () => {
    expect(largestSiteUl(im({ mlPerSite: {}, mlPerSiteMax: 4 }))).toBe(4000);
    expect(largestSiteUl(im({ mlPerSite: { deltoid: 9 }, mlPerSiteMax: 4 }))).toBe(9000);
  });

  test('ROUTE-24 a strength is kept to six decimals, and one of nothing is refused', () => {
    expect(solutionOf(0.3625)).toEqual({ ug: 362_500, ul: 1_000_000 });
    expect(solutionOf(0.000_001)).toEqual({ ug: 1, ul: 1_000_000 });
    expect(() => solutionOf(0.000_000_4)).toThrow(new RangeError('4e-7 mg/mL is too weak to reckon with'));
  });
});

describe('devices and lozenges', () => {
  test('ROUTE-9 a whole number of devices, one at least', () => {
    expect(workOutDevices({ doseUg: 84_000, deviceUg: 28_000 })).toMatchObject({ devices: 3 });
    expect(workOutDevices({ doseUg: 84_000, deviceUg: 28_000 }).equations.map(equationText)).toEqual([
      '84 mg ÷ 28 mg per device = 3 devices',
    ]);
    expect(workOutDevices({ doseUg: 28_000, deviceUg: 28_000 }).equations.map(equationText)).toEqual([
      '28 mg ÷ 28 mg per device = 1 device',
    ]);
    for (const doseUg of [0, -28_000, 42_000, 27_999]) {
      expect(() => workOutDevices({ doseUg, deviceUg: 28_000 })).toThrow(/is no whole number of 28 mg devices/);
    }
  });

  test('ROUTE-13 lozenges in halves, with what they are for the weight', () => {
    const order = workOutLozenges({ halves: 3, lozengeUg: 100_000, grams: 75_000 });
    expect(order).toMatchObject({ doseUg: 150_000, ugPerKg: 2000 });
    expect(order.equations.map(equationText)).toEqual(['1.5 lozenges × 100 mg = 150 mg', '150 mg ÷ 75 kg = 2 mg/kg']);
    expect(order.equations.map(({ of }) => of)).toEqual(['dose', 'dose-rate']);
    expect(workOutLozenges({ halves: 2, lozengeUg: 100_000, grams: 75_000 }).equations.map(equationText)[0]).toBe(
      '1 lozenge × 100 mg = 100 mg',
    );
    expect(workOutLozenges({ halves: 1, lozengeUg: 1, grams: 75_000 })).toMatchObject({ doseUg: 1, ugPerKg: 0 });
    expect(() => workOutLozenges({ halves: 0, lozengeUg: 100_000, grams: 75_000 })).toThrow(new RangeError('no lozenge is no dose'));
  });
});
