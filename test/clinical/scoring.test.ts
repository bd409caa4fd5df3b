import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemProblem, totalRange } from '../../shared/clinical/instrument.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import { needsReview, score } from '../../shared/clinical/scoring.ts';
import { instrumentIds } from '../../shared/clinical/instrument-id.ts';
import cases from '../fixtures/clinical/scoring.json' with { type: 'json' };

interface CadssCase {
  readonly id: string;
  readonly input: readonly (number | null)[];
  readonly expected: Readonly<Record<string, unknown>>;
}
const cadssCases = cases.filter((row) => row.instrument === 'CADSS-23') as unknown as readonly CadssCase[];
const cadss = instruments['cadss-23'];

describe('scoring', () => {
  test('SCORE-1 the table holds the four CADSS cases', () => {
    expect(cadssCases.map((row) => row.id)).toEqual(['cadss-floor', 'cadss-typical-peak', 'cadss-missing-9', 'cadss-out-of-range']);
  });

  test.each(cadssCases)('SCORE-1 $id scores as worked out by hand', ({ input, expected }) => {
    if (typeof expected['error'] === 'string') {
      expect(() => score(cadss, input)).toThrow(new RangeError(expected['error']));
      return;
    }
    const result = score(cadss, input);
    expect({ ...result.subscales, ...result }).toMatchObject(expected);
  });

  test('SCORE-1 the maximum', () => {
    const result = score(
      cadss,
      Array.from({ length: 23 }, () => 4),
    );
    expect([result.total, result.subscales]).toEqual([92, { amnesia: 12, depersonalization: 28, derealization: 52, cadss6: 24 }]);
    expect(totalRange(cadss)).toEqual({ min: 0, max: 92 });
    expect(totalRange(instruments['cadss-6'])).toEqual({ min: 0, max: 24 });
  });

  test('SCORE-2 a missing answer is never 0: with item 22 open and the rest 0 there is no total', () => {
    const answers: (number | null)[] = Array.from({ length: 23 }, () => 0);
    answers[21] = null;
    const result = score(cadss, answers);
    expect(result).toMatchObject({
      total: null,
      status: 'incomplete',
      answered: 22,
      of: 23,
      missing: [22],
      partialSum: 0,
      subscales: { amnesia: null, cadss6: null, depersonalization: 0, derealization: 0 },
    });
  });

  test('SCORE-2 an empty sheet has not even a partial sum', () => {
    for (const id of instrumentIds) {
      const { items } = instruments[id];
      const result = score(
        instruments[id],
        items.map(() => null),
      );
      expect(result).toMatchObject({ total: null, partialSum: null, status: 'incomplete', answered: 0 });
      const asked = items.filter((item) => item.askedWhen === undefined);
      expect(result.missing).toEqual(asked.map((item) => item.number));
    }
  });

  test('SCORE-3 CADSS-6 alone equals CADSS-6 from the full form, and keeps its item numbers', () => {
    const six = instruments['cadss-6'];
    expect(six.items.map((item) => item.number)).toEqual([1, 2, 6, 7, 15, 22]);
    const peak = cadssCases.find((row) => row.id === 'cadss-typical-peak')?.input ?? [];
    const taken = six.items.map((item) => peak[item.number - 1] ?? null);
    expect(score(six, taken).total).toBe(14);
    expect(score(six, [1, null, 1, 1, 1, null]).missing).toEqual([2, 22]);
  });

  test('SCORE-4 out of range is refused with the item and its range, never clamped', () => {
    expect(itemProblem(cadss, 1, 5)).toBe('item 1 out of range 0..4');
    expect(itemProblem(cadss, 1, -1)).toBe('item 1 out of range 0..4');
    expect(itemProblem(cadss, 24, 0)).toBe('item 24 is not part of CADSS-23');
    expect(itemProblem(cadss, 3, 1.5)).toBe('item 3 is not a whole number');
    expect(itemProblem(cadss, 3, Number.NaN)).toBe('item 3 is not a whole number');
    expect(() => score(cadss, [0, 0])).toThrow('CADSS-23 has 23 items, got 2');
    fc.assert(
      fc.property(fc.constantFrom(...instrumentIds), fc.integer({ min: -200, max: 200 }), (id, value) => {
        const item = instruments[id].items[0];
        if (item === undefined) throw new Error('an instrument without items');
        const fits = value >= item.min && value <= item.max;
        expect(itemProblem(instruments[id], item.number, value) === null).toBe(fits);
      }),
      { seed: 7 },
    );
  });

  test('SCORE-5 MOAA/S is 5 to 0, and 2 or less is for review', () => {
    const row = cases.find((candidate) => candidate.id === 'moaas-levels');
    const levels = row?.input as number[];
    const expected = (row?.expected as Readonly<Record<string, unknown>> | undefined)?.['escalate(<=2 default)'];
    const moaas = instruments['moaa-s'];
    expect(levels.map((level) => needsReview(moaas, score(moaas, [level]).total))).toEqual(expected);
    expect(itemProblem(moaas, 1, 6)).toBe('item 1 out of range 0..5');
    expect(moaas.items[0]?.anchors.map((anchor) => anchor.value)).toEqual([5, 4, 3, 2, 1, 0]);
  });

  test('SCORE-6 RASS runs from +4 to −5 and asks for review at both ends', () => {
    const { rass } = instruments;
    const levels = [4, 3, 2, 1, 0, -1, -2, -3, -4, -5];
    expect(rass.items[0]?.anchors.map((anchor) => anchor.value)).toEqual(levels);
    expect(levels.map((level) => score(rass, [level]).total)).toEqual(levels);
    expect(levels.map((level) => needsReview(rass, level))).toEqual([true, true, true, false, false, false, true, true, true, true]);
    expect(itemProblem(rass, 1, 5)).toBe('item 1 out of range -5..4');
    expect(itemProblem(rass, 1, -6)).toBe('item 1 out of range -5..4');
  });

  test('SCORE-7 SUDS keeps the number that was said', () => {
    const { suds } = instruments;
    expect([0, 35, 100].map((value) => score(suds, [value]).total)).toEqual([0, 35, 100]);
    expect(itemProblem(suds, 1, 101)).toBe('item 1 out of range 0..100');
    expect([69, 70].map((value) => needsReview(suds, value))).toEqual([false, true]);
    expect(needsReview(suds, null)).toBe(false);
    expect(needsReview(cadss, 92)).toBe(false);
  });

  test('SCORE-8 the CADSS subscales share out the 23 items without rest or overlap', () => {
    const own = cadss.subscales.filter((subscale) => subscale.key !== 'cadss6').flatMap((subscale) => subscale.items);
    expect(own.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
  });

  test('SCORE-9 labels are short words of our own, none of them a sentence', () => {
    for (const item of cadss.items) expect(item.label?.split(' ').length).toBeLessThanOrEqual(4);
    expect(new Set(cadss.items.map((item) => item.label)).size).toBe(23);
  });
});
