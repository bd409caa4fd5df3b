import { describe, expect, test } from 'vitest';
import type { InstrumentId } from '../../shared/clinical/instrument-id.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import { scoreChange } from '../../shared/clinical/score-change.ts';
import { bandOf, score } from '../../shared/clinical/scoring.ts';

const pcl = instruments['pcl-5'];

/** A PCL-5 sheet of zeros, but for the items named. */
function pclSheet(items: readonly number[], value = 2): number[] {
  return Array.from({ length: 20 }, (_, index) => (items.includes(index + 1) ? value : 0));
}
const byRule = (items: readonly number[], value = 2) => score(pcl, pclSheet(items, value)).verdicts['provisionalByRule'];

describe('the figures of the instruments', () => {
  // One of 1 to 5, one of 6 and 7, two of 8 to 14, two of 15 to 20.
  test.each([
    ['the least that makes it', [1, 6, 8, 9, 15, 16], true],
    ['at the other end of each group', [5, 7, 13, 14, 19, 20], true],
    ['without B', [6, 7, 8, 9, 10, 15, 16, 17], false],
    ['without C', [1, 2, 3, 8, 9, 10, 15, 16, 17], false],
    ['with one D', [1, 2, 6, 7, 8, 15, 16, 17], false],
    ['with one E', [1, 2, 6, 7, 8, 9, 10, 15], false],
  ])('INSTRUMENT-29 PCL-5 by its rule, %s', (_, items, verdict) => {
    expect(byRule(items)).toBe(verdict);
  });

  test('INSTRUMENT-29 an item of PCL-5 counts from 2', () => {
    const least = [1, 6, 8, 9, 15, 16];
    expect([1, 2, 4].map((value) => byRule(least, value))).toEqual([false, true, true]);
    expect(score(pcl, pclSheet(least)).verdicts['endorsed']).toEqual([1, 1, 2, 2]);
  });

  test.each([
    [30, false, false],
    [31, true, false],
    [32, true, false],
    [33, true, true],
  ])('INSTRUMENT-29 a PCL-5 total of %i: from 31 %s, from 33 %s', (total, from31, from33) => {
    const sheet = Array.from({ length: 20 }, (_, index) => (index < total - 20 ? 2 : 1));
    expect(score(pcl, sheet)).toMatchObject({ total, verdicts: { atOrAboveCut31: from31, atOrAboveCut33: from33 } });
  });

  test.each([
    [[1, 1, 0], 2, false, false],
    [[1, 1, 1], 3, true, false],
    [[2, 1, 1], 4, true, true],
  ])('INSTRUMENT-29 AUDIT-C %j, %i in all: a woman %s, a man %s', (answers, total, woman, man) => {
    const audit = instruments['audit-c'];
    expect(score(audit, answers)).toMatchObject({ total, verdicts: { positive: null, positiveIfFemale: woman, positiveIfMale: man } });
    expect(score(audit, answers, { sex: 'female' }).verdicts['positive']).toBe(woman);
    expect(score(audit, answers, { sex: 'male' }).verdicts['positive']).toBe(man);
  });

  test('INSTRUMENT-29 AUDIT-C says when every point comes from its first item, and of no points it does not', () => {
    const allFromFirst = (answers: readonly (number | null)[]) => score(instruments['audit-c'], answers).verdicts['allFromFirstItem'];
    expect(
      [
        [4, 0, 0],
        [1, 0, 0],
        [4, 0, 1],
        [0, 4, 0],
        [0, 0, 0],
        [4, 0, null],
      ].map(allFromFirst),
    ).toEqual(
      [true, true, false, false, false, null], // prettier-ignore
    );
  });

  test.each([
    ['question 1 alone', [1, 0, null, null, null, 0], 'low'],
    ['question 2 alone', [0, 1, 0, 0, 0, 0], 'low'],
    ['question 3', [0, 1, 1, 0, 0, 0], 'moderate'],
    ['question 4', [0, 1, 0, 1, 0, 0], 'high'],
    ['question 5', [0, 1, 0, 0, 1, 0], 'high'],
    ['question 6, longer ago', [0, 0, null, null, null, 1], 'moderate'],
    ['question 6, in the past three months', [0, 0, null, null, null, 2], 'high'],
    ['nothing', [0, 0, null, null, null, 0], 'none reported'],
  ])('INSTRUMENT-29 C-SSRS with %s', (_, answers, triage) => {
    expect(score(instruments['c-ssrs-screener'], answers).band).toBe(triage);
  });

  test.each([
    ['nothing', [0, 0, null, null, null, 0], 'none reported'],
    ['question 1 alone', [1, 0, null, null, null, 0], 'low'],
    ['question 3', [0, 1, 1, 0, 0, 0], 'moderate'],
    ['question 4', [0, 1, 0, 1, 0, 0], 'high'],
    ['question 6: what was done since the last contact is of now', [0, 0, null, null, null, 1], 'high'],
  ])('INSTRUMENT-30 C-SSRS since last contact with %s', (_, answers, triage) => {
    const since = instruments['c-ssrs-since-contact'];
    const result = score(since, answers);
    expect([result.band, result.total]).toEqual([triage, null]);
    expect(result.safety.some(({ item }) => item === 6)).toBe(answers[5] === 1);
    expect(() => score(since, [0, 0, null, null, null, 2])).toThrow(RangeError);
  });

  const bands: readonly (readonly [InstrumentId, readonly (readonly [from: number, to: number, words: string])[]])[] = [
    ['phq-9', [[0, 4, 'minimal'], [5, 9, 'mild'], [10, 14, 'moderate'], [15, 19, 'moderately severe'], [20, 27, 'severe']]], // prettier-ignore
    ['gad-7', [[0, 4, 'minimal'], [5, 9, 'mild'], [10, 14, 'moderate'], [15, 21, 'severe']]], // prettier-ignore
    ['qids-sr16', [[0, 5, 'none'], [6, 10, 'mild'], [11, 15, 'moderate'], [16, 20, 'severe'], [21, 27, 'very severe']]], // prettier-ignore
    ['madrs', [[0, 6, 'normal/absent'], [7, 19, 'mild'], [20, 34, 'moderate'], [35, 60, 'severe']]], // prettier-ignore
    ['nrs-pain', [[0, 0, 'none'], [1, 3, 'mild'], [4, 6, 'moderate'], [7, 10, 'severe']]], // prettier-ignore
  ];
  test.each(bands)('INSTRUMENT-29 bands of %s at both ends', (id, rows) => {
    for (const [from, to, words] of rows) expect([bandOf(instruments[id], from), bandOf(instruments[id], to)]).toEqual([words, words]);
  });

  // A response is half, a remission and a change that counts are as named; null where the instrument has no such mark.
  test.each([
    ['phq-9', 20, 10, { response: true, remission: false, meaningful: true }],
    ['phq-9', 20, 11, { response: false }],
    ['phq-9', 9, 4, { remission: true, meaningful: true }],
    ['phq-9', 9, 5, { remission: false, meaningful: false }],
    ['gad-7', 16, 8, { response: true, remission: false }],
    ['gad-7', 16, 9, { response: false }],
    ['gad-7', 8, 4, { remission: true, meaningful: true }],
    ['gad-7', 8, 5, { remission: false, meaningful: false }],
    ['qids-sr16', 16, 8, { response: true, remission: false }],
    ['qids-sr16', 16, 9, { response: false }],
    ['qids-sr16', 16, 5, { remission: true }],
    ['qids-sr16', 16, 6, { remission: false }],
    ['madrs', 34, 17, { response: true, remission: false }],
    ['madrs', 34, 18, { response: false }],
    ['madrs', 34, 10, { remission: true }],
    ['madrs', 34, 11, { remission: false }],
    ['pcl-5', 40, 36, { reliable: false, meaningful: false, response: null, remission: null }],
    ['pcl-5', 40, 35, { reliable: true, meaningful: false }],
    ['pcl-5', 40, 31, { reliable: true, meaningful: false }],
    ['pcl-5', 40, 30, { reliable: true, meaningful: true }],
    ['pcl-5', 30, 40, { reliable: true, meaningful: true }],
  ] as const)('INSTRUMENT-29 %s from %i to %i', (id, before, now, marks) => {
    expect(scoreChange(instruments[id], before, now)).toMatchObject(marks);
  });

  test('INSTRUMENT-29 Aldrete and PADSS reach their mark at 9, and a single 0 is named', () => {
    for (const id of ['aldrete', 'padss'] as const) {
      expect(score(instruments[id], [2, 2, 2, 1, 1]).verdicts).toEqual({ meets9: false, anyZero: false });
      expect(score(instruments[id], [2, 2, 2, 2, 1]).verdicts).toEqual({ meets9: true, anyZero: false });
      expect(score(instruments[id], [2, 2, 2, 2, 0]).verdicts).toEqual({ meets9: false, anyZero: true });
    }
  });
});
