import { describe, expect, test } from 'vitest';
import { gaugeShare, isAsked, itemProblem, totalRange, type Instrument } from '../../shared/clinical/instrument.ts';
import type { InstrumentId } from '../../shared/clinical/instrument-id.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import type { AuditCut, SexForClinicalUse } from '../../shared/clinical/sex.ts';
import { rounded, verdictsOf, type CutOptions, type ScoredSheet, type Verdicts } from '../../shared/clinical/verdicts.ts';

interface Told {
  readonly answers?: Readonly<Record<number, number>>;
  readonly total?: number | null;
  readonly subscales?: ScoredSheet['subscales'];
  readonly missing?: readonly number[];
}

function verdicts(
  id: InstrumentId,
  { answers = {}, total = null, subscales = {}, missing = [] }: Told,
  options: CutOptions = {},
): Verdicts {
  return verdictsOf(instruments[id], { answerTo: (number) => answers[number] ?? null, total, subscales, missing }, options);
}

describe('scores for leaving', () => {
  test.each(['aldrete', 'padss'] as const)('SCORE-10 %s: nine is enough, and a zero is told as soon as it is there', (id) => {
    expect([8, 9].map((total) => verdicts(id, { total }).meets9)).toEqual([false, true]);
    expect(verdicts(id, { missing: [1] })).toEqual({ meets9: null, anyZero: null });
    expect(verdicts(id, { answers: { 2: 0 }, missing: [1] }).anyZero).toBe(true);
    expect(verdicts(id, { answers: { 1: 1, 2: 2 } }).anyZero).toBe(false);
  });
});

describe('forms with marks of their own', () => {
  test('SCORE-10 PHQ-9: any answer but the lowest to the ninth item is told, whatever the total', () => {
    expect([0, 1].map((value) => verdicts('phq-9', { answers: { 9: value }, total: 27 }).item9Positive)).toEqual([false, true]);
    expect(verdicts('phq-9', { total: 27 }).item9Positive).toBeNull();
  });

  test('SCORE-10 BPRS positive items: its range, and no verdict of a plain sum', () => {
    const { min, max } = totalRange(instruments['bprs-positive']);
    expect(verdicts('bprs-positive', {})).toEqual({ range: `${min}..${max}` });
    expect(verdicts('suds', { total: 9 })).toEqual({});
  });

  test('SCORE-10 PCL-5: two points endorse an item, each cluster has its own number, and 31 and 33 are the cuts', () => {
    const clusters = instruments['pcl-5'].subscales;
    const subscales = Object.fromEntries(clusters.map(({ key }) => [key, 0]));
    const rule = (counts: readonly number[], value = 2) => {
      const answers = Object.fromEntries(
        clusters.flatMap(({ items }, index) => items.slice(0, counts[index]).map((number) => [number, value] as const)),
      );
      return verdicts('pcl-5', { answers, subscales, total: 0 });
    };
    expect(rule([1, 1, 2, 2])).toMatchObject({ endorsed: [1, 1, 2, 2], provisionalByRule: true });
    for (const short of [
      [0, 1, 2, 2],
      [1, 0, 2, 2],
      [1, 1, 1, 2],
      [1, 1, 2, 1],
    ])
      expect(rule(short).provisionalByRule, String(short)).toBe(false);
    expect(rule([1, 1, 2, 2], 1)).toMatchObject({ endorsed: [0, 0, 0, 0], provisionalByRule: false });
    expect(rule([2, 2, 3, 3]).provisionalByRule).toBe(true);
    const [first] = clusters;
    const open = verdicts('pcl-5', { subscales: { ...subscales, [first?.key ?? '']: null } });
    expect(open).toMatchObject({ endorsed: [null, 0, 0, 0], provisionalByRule: null, atOrAboveCut31: null, atOrAboveCut33: null });
    const cuts = (total: number) => {
      const { atOrAboveCut31, atOrAboveCut33 } = verdicts('pcl-5', { subscales, total });
      return [atOrAboveCut31, atOrAboveCut33];
    };
    expect([30, 31, 32, 33].map(cuts)).toEqual([
      [false, false],
      [true, false],
      [true, false],
      [true, true],
    ]);
  });

  test.each([
    [{}, 'none reported', 'none reported'],
    [{ 1: 1 }, 'low', 'low'],
    [{ 2: 1 }, 'low', 'low'],
    [{ 3: 1 }, 'moderate', 'moderate'],
    [{ 4: 1 }, 'high', 'high'],
    [{ 5: 1 }, 'high', 'high'],
    [{ 1: 1, 2: 1, 3: 1 }, 'moderate', 'moderate'],
    [{ 3: 1, 4: 1 }, 'high', 'high'],
    [{ 1: 0, 2: 0, 6: 0 }, 'none reported', 'none reported'],
    // What was done within three months is grave, what was done before it less; since the last contact all of it is recent.
    [{ 6: 1 }, 'moderate', 'high'],
    [{ 6: 2 }, 'high', 'none reported'],
    [{ 1: 1, 6: 1 }, 'moderate', 'high'],
  ] as const)('SCORE-10 C-SSRS answers %j are %s at the screening and %s since the last contact', (answers, screened, since) => {
    for (const [id, triage] of [
      ['c-ssrs-screener', screened],
      ['c-ssrs-since-contact', since],
    ] as const) {
      expect(verdicts(id, { answers }), id).toEqual({ triage, provisionalAtLeast: null });
      const least = triage === 'none reported' ? null : triage;
      expect(verdicts(id, { answers, missing: [6] }), id).toEqual({ triage: null, provisionalAtLeast: least });
    }
  });

  const auditCut: AuditCut = { female: 3, male: 4 };
  const audit = (total: number | null, sex?: SexForClinicalUse | null, answers: Readonly<Record<number, number>> = {}) =>
    verdicts('audit-c', { total, answers }, { ...(sex === undefined ? {} : { sex }), auditCut });

  test.each([
    [2, false, false, false, 'not positive, women from 3, men from 4'],
    [3, true, false, true, 'cut cannot be told: sex for clinical use is not recorded (women from 3, men from 4)'],
    [4, true, true, false, 'positive, women from 3, men from 4'],
  ] as const)('SCORE-10 AUDIT-C of %d with no sex on record', (total, positiveIfFemale, positiveIfMale, cutNeedsSex, words) => {
    expect(audit(total)).toEqual({ positive: null, positiveIfFemale, positiveIfMale, cutNeedsSex, cut: words, allFromFirstItem: false });
  });

  test.each([
    ['female', 2, false, 'not positive, women from 3'],
    ['female', 3, true, 'positive, women from 3'],
    ['male', 3, false, 'not positive, men from 4'],
    ['male', 4, true, 'positive, men from 4'],
  ] as const)('SCORE-10 AUDIT-C, %s, %d', (sex, total, positive, words) => {
    expect(audit(total, sex)).toMatchObject({ positive, cut: words, cutNeedsSex: false });
  });

  test('SCORE-10 AUDIT-C: a sex that is not stated decides nothing and is not asked for again; all from the first item is told', () => {
    expect(audit(3, 'unspecified')).toMatchObject({
      positive: null,
      cutNeedsSex: false,
      cut: 'cut cannot be told: sex for clinical use is not stated (women from 3, men from 4)',
    });
    expect(audit(null)).toMatchObject({ positive: null, positiveIfFemale: null, cut: null, allFromFirstItem: null });
    expect(
      [audit(4, null, { 1: 4 }), audit(4, null, { 1: 3 }), audit(0, null, { 1: 0 })].map(({ allFromFirstItem }) => allFromFirstItem),
    ).toEqual([true, false, false]);
  });

  test('SCORE-10 QIDS tells its domains and EBI its mean, to two places', () => {
    const [one, two] = instruments['qids-sr16'].subscales;
    const told = verdicts('qids-sr16', { subscales: { [one?.key ?? '']: 3, [two?.key ?? '']: 0 } }).domains as readonly (number | null)[];
    expect(told.slice(0, 3)).toEqual([3, 0, null]);
    expect(told).toHaveLength(instruments['qids-sr16'].subscales.length);
    const { length } = instruments.ebi.items;
    expect(verdicts('ebi', { total: length + 1 })).toEqual({ sum: length + 1, mean: rounded((length + 1) / length, 2) });
    expect(verdicts('ebi', {})).toEqual({ sum: null, mean: null });
  });

  test('SCORE-10 MEQ-30: complete where every factor reaches 60 %, not where one is below it, unknown where one is open', () => {
    const factors = instruments['meq-30'].subscales;
    const sums = (change: (max: number, index: number) => number | null) =>
      Object.fromEntries(factors.map(({ key, items }, index) => [key, change(items.length * 5, index)]));
    const complete = (subscales: ScoredSheet['subscales']) => verdicts('meq-30', { subscales, total: 90 });
    const all = complete(sums((max) => max * 0.6));
    expect(all).toMatchObject({ completeMystical: true, proportions: factors.map(() => 0.6), totalMean: 3 });
    expect(all.sums).toEqual(factors.map(({ items }) => items.length * 3));
    expect(complete(sums((max, index) => (index === 1 ? max * 0.6 - 1 : max))).completeMystical).toBe(false);
    expect(complete(sums((max, index) => (index === 0 ? null : max))).completeMystical).toBeNull();
    expect(complete(sums((max, index) => (index === 0 ? null : index === 1 ? 0 : max))).completeMystical).toBe(false);
  });

  test('SCORE-10 rounding for reading goes up at a half, also where a fraction has no exact form', () => {
    expect([rounded(1.005, 2), rounded(2.5, 0), rounded(0.123_45, 4), rounded(7, 2)]).toEqual([1.01, 3, 0.1235, 7]);
  });
});

describe('an instrument as structure', () => {
  const suds = instruments.suds;

  test('SCORE-11 the range of a total is that of its items, and of alternatives the highest of each domain', () => {
    expect(totalRange(suds)).toEqual({ min: 0, max: 100 });
    expect(totalRange(instruments['qids-sr16'])).toEqual({ min: 0, max: 27 });
    expect(totalRange(instruments.rass).min).toBeLessThan(0);
  });

  test('SCORE-11 a gauge is empty where it begins, full at the end, and never beyond either', () => {
    const gauge = (instrument: Instrument, ...totals: readonly number[]) => totals.map((total) => gaugeShare(instrument, total));
    expect(gauge({ ...suds, timeline: { ...suds.timeline, gaugeFrom: 0 } }, -1, 0, 50, 100, 101)).toEqual([0, 0, 0.5, 1, 1]);
    expect(gauge({ ...suds, timeline: { ...suds.timeline, gaugeFrom: -100 } }, -100, 0, 100)).toEqual([0, 0.5, 1]);
  });

  test('SCORE-11 a value stands for an item from its least to its most, whole, and for no other item', () => {
    const [item] = suds.items;
    if (item === undefined) throw new Error('no item');
    const problem = (value: number, number = item.number) => itemProblem(suds, number, value);
    expect([0, 100].map((value) => problem(value))).toEqual([null, null]);
    expect([-1, 101].map((value) => problem(value))).toEqual([
      `item ${item.number} out of range 0..100`,
      `item ${item.number} out of range 0..100`,
    ]);
    expect([problem(5.5), problem(Number.NaN)]).toEqual([
      `item ${item.number} is not a whole number`,
      `item ${item.number} is not a whole number`,
    ]);
    expect(problem(5, 99)).toBe(`item 99 is not part of ${suds.name}`);
  });

  test('SCORE-11 an item that hangs on another is asked while that has its answer, and any other always', () => {
    const screener = instruments['c-ssrs-screener'];
    const hanging = screener.items.find(({ askedWhen }) => askedWhen !== undefined);
    const { askedWhen } = hanging ?? {};
    if (hanging === undefined || askedWhen === undefined) throw new Error('no item hangs on another');
    const asked = (answer: number | null) =>
      isAsked(screener, hanging.number, (number) => (number === askedWhen.item ? answer : askedWhen.value));
    expect([asked(askedWhen.value), asked(1 - askedWhen.value), asked(null)]).toEqual([true, false, false]);
    expect([isAsked(suds, 1, () => null), isAsked(suds, 99, () => null)]).toEqual([true, true]);
  });
});
