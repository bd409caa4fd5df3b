import fc from 'fast-check';
import { noRouteDose } from '../../../fixtures/boards/golden-board.ts';
import { describe, expect, test } from 'vitest';
import { outlookAfter, outlookNow, rateBeforePauseUlPerHour } from '../../../../renderer/sheets/dose/dose-outlook.ts';
import type { DoseView } from '../../../../shared/contract/session-view/dose.ts';

const startMs = Date.UTC(2026, 10, 23, 15, 0, 0);
const at = (minute: number): number => startMs + Math.round(minute * 60_000);
const bag = { ug: 40_000, ul: 40_000 };
const order = { ugPerKg: 500, weightGrams: 80_000, doseUg: 40_000, bag, minutes: 40, rateUlPerHour: 60_000 };
const ordered: DoseView = {
  state: 'ordered',
  order,
  segments: [],
  boluses: [],
  ...noRouteDose,
  startedMs: null,
  endedMs: null,
  predictedEndMs: null,
};

function running(...steps: readonly (readonly [minute: number, rateUlPerHour: number])[]): DoseView {
  return {
    ...ordered,
    state: 'running',
    startedMs: startMs,
    segments: steps.map(([minute, rate]) => ({ fromMs: at(minute), rateUlPerHour: rate, bag })),
  };
}

describe('what a dose change does, before it is confirmed', () => {
  test('SCREEN-1 a rate change at +23 moves the end of the golden infusion to +52:20', () => {
    const dose = running([0, 60_000], [10, 0], [15, 60_000]);
    expect(outlookNow(dose, at(23))).toMatchObject({ givenUg: 18_000, leftUg: 22_000, rateUlPerHour: 60_000, endsMs: at(45) });
    const after = outlookAfter(dose, { type: 'change-rate', rateUlPerHour: 45_000 }, at(23), at(23));
    expect(after.givenUg).toBe(18_000);
    expect(after.endsMs).toBe(at(52) + 20_000);
  });

  test('SCREEN-1 a pause takes the end away and a resume brings it back', () => {
    const dose = running([0, 60_000]);
    const paused = outlookAfter(dose, { type: 'pause-dose' }, at(10), at(12));
    expect(paused).toMatchObject({ givenUg: 10_000, rateUlPerHour: 0, endsMs: null });
    const held = running([0, 60_000], [10, 0]);
    expect(rateBeforePauseUlPerHour(held)).toBe(60_000);
    expect(outlookAfter(held, { type: 'resume-dose', rateUlPerHour: 60_000 }, at(15), at(15)).endsMs).toBe(at(45));
  });

  test('SCREEN-1 stopping early says what is left over', () => {
    const dose: DoseView = {
      ...ordered,
      state: 'running',
      startedMs: startMs,
      order: { ...order, doseUg: 35_000, bag: { ug: 35_000, ul: 70_000 }, rateUlPerHour: 105_000 },
      segments: [{ fromMs: startMs, rateUlPerHour: 105_000, bag: { ug: 35_000, ul: 70_000 } }],
    };
    const after = outlookAfter(dose, { type: 'stop-dose-early' }, at(25), at(25));
    expect(after).toEqual({ givenUg: 21_875, leftUg: 13_125, leftUl: 26_250, rateUlPerHour: 0, endsMs: null });
  });

  test('SCREEN-1 a bolus counts at once and shortens the rest', () => {
    const dose = running([0, 60_000]);
    const after = outlookAfter(dose, { type: 'give-bolus', ug: 5000 }, at(10), at(10));
    expect(after.givenUg).toBe(15_000);
    expect(after.endsMs).toBe(at(35));
  });

  test('SCREEN-1 before the start the bag is full and the end follows from the order', () => {
    expect(outlookNow(ordered, at(0))).toEqual({ givenUg: 0, leftUg: 40_000, leftUl: 40_000, rateUlPerHour: 0, endsMs: null });
    expect(outlookAfter(ordered, { type: 'start-dose', rateUlPerHour: 60_000 }, at(0), at(0)).endsMs).toBe(at(40));
  });

  test('SCREEN-2 a change entered for another time counts from that time', () => {
    const dose = running([0, 60_000]);
    const late = outlookAfter(dose, { type: 'pause-dose' }, at(10), at(14));
    expect(late.givenUg).toBe(10_000);
  });

  test('SCREEN-3 given and left are always the whole bag, whatever is changed when', () => {
    const change = fc.oneof(
      fc.integer({ min: 1000, max: 400_000 }).map((rateUlPerHour) => ({ type: 'change-rate', rateUlPerHour }) as const),
      fc.integer({ min: 1, max: 60_000 }).map((ug) => ({ type: 'give-bolus', ug }) as const),
      fc.constantFrom({ type: 'pause-dose' } as const, { type: 'stop-dose-early' } as const),
    );
    fc.assert(
      fc.property(change, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (one, minute, later) => {
        const outlook = outlookAfter(running([0, 60_000]), one, at(minute), at(minute + later));
        expect(outlook.givenUg + outlook.leftUg).toBeCloseTo(bag.ug, 6);
        expect(outlook.givenUg).toBeGreaterThanOrEqual(0);
        expect(outlook.leftUg).toBeGreaterThanOrEqual(0);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });
});
