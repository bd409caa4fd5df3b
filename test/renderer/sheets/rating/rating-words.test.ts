import { describe, expect, test } from 'vitest';
import { isClearOfMarks, type RatingMark, type RatingWords } from '../../../../renderer/components/timeline/rating-rows.ts';
import { readingWords } from '../../../../renderer/sheets/rating/reading-words.ts';
import { valueOfKey } from '../../../../renderer/sheets/rating/use-answer-keys.ts';
import { hasWholeSheet } from '../../../../renderer/sheets/rating/whole-sheet.tsx';
import { wordingOf } from '../../../../renderer/sheets/rating/wording.ts';
import { instrumentIds } from '../../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { score } from '../../../../shared/clinical/scoring.ts';
import { samplePack } from '../../../fixtures/text-packs/sample-pack.ts';

describe('words of a rating', () => {
  test('INSTRUMENT-25 what a key answers', () => {
    const key = (id: (typeof instrumentIds)[number], position: number, pressed: string) => valueOfKey(instruments[id], position, pressed);
    expect(['y', 'Y', 'n', '0', '1', '2'].map((pressed) => key('c-ssrs-screener', 0, pressed))).toEqual([1, 1, 0, 0, 1, null]);
    expect(['y', 'n', '2'].map((pressed) => key('c-ssrs-screener', 5, pressed))).toEqual([null, null, 2]);
    expect(['0', '9', 'x'].map((pressed) => key('nrs-pain', 0, pressed))).toEqual([0, 9, 10]);
    expect(['0', '9', 'X'].map((pressed) => key('ebi', 3, pressed))).toEqual([0, 90, 100]);
    expect(['0', '1', '6', '7'].map((pressed) => key('ramsay', 0, pressed))).toEqual([null, 1, 6, null]);
    expect(['x', 'y'].map((pressed) => key('phq-9', 0, pressed))).toEqual([null, null]);
  });

  test('INSTRUMENT-25 every instrument but the two-sided one can be answered by keys alone', () => {
    const keys = '0123456789x'.split('');
    for (const id of instrumentIds) {
      const reached = instruments[id].items.every((_, position) =>
        keys.some((pressed) => valueOfKey(instruments[id], position, pressed) !== null),
      );
      expect([id, reached]).toEqual([id, id !== 'rass']);
    }
  });

  test("INSTRUMENT-26 the clinic's words come before the shipped ones, and a licensed form has none of its own", () => {
    const six = instruments['cadss-6'];
    const [first] = six.items;
    if (first === undefined) throw new Error('CADSS-6 has items');
    expect(wordingOf(six, null)).toMatchObject({ stem: null, pack: null });
    expect(wordingOf(six, null).textOf(first)).toBeNull();
    const pack = { ...samplePack('cadss-6'), stem: 'Say first' };
    expect(wordingOf(six, pack)).toMatchObject({ stem: 'Say first', pack: { version: '1' } });
    expect(wordingOf(six, pack).textOf(first)).toBe('Invented sentence 1 of cadss-6');
    expect(wordingOf(six, pack).anchorsOf(first)).toBe(first.anchors);
    const own = { ...pack, items: pack.items.map((item) => ({ ...item, anchors: [{ value: 4, text: 'very much' }] })) };
    expect(wordingOf(six, own).anchorsOf(first)).toEqual([{ value: 4, text: 'very much' }]);
    const phq = instruments['phq-9'];
    expect(wordingOf(phq, null).stem).toMatch(/^Over the last 2 weeks/);
  });

  test('INSTRUMENT-27 a complete form in words', () => {
    const words = (id: (typeof instrumentIds)[number], answers: readonly number[]) =>
      readingWords(instruments[id], score(instruments[id], answers));
    expect(words('aldrete', [2, 2, 2, 2, 0])).toEqual([['9 or more', 'no'], ['an item at 0', 'yes']]); // prettier-ignore
    expect(words('aldrete', [2, 2, 2, 2, 2])).toEqual([['9 or more', 'yes']]);
    // Its cut is in its band, which says of whom it holds.
    expect(words('audit-c', [2, 1, 0])).toEqual([]);
    expect(words('ebi', [80, 60, 75, 90, 40, 70])).toEqual([['mean', '69.17']]);
    expect(words('moaa-s', [2])).toEqual([['for review', 'before signing']]);
    expect(words('gad-7', [1, 1, 1, 1, 0, 0, 0])).toEqual([]);
    expect(words('pcl-5', Array.from({ length: 20 }, () => 1)).map(([name]) => name)).toEqual([
      'B intrusion', 'C avoidance', 'D thoughts and mood', 'E arousal', 'symptom rule B1 C1 D2 E2', '31 or more', '33 or more',
    ]); // prettier-ignore
  });

  test('INSTRUMENT-25 lines of 0 to 100 are answered one at a time', () => {
    expect(instrumentIds.filter((id) => instruments[id].items.length > 1 && !hasWholeSheet(instruments[id]))).toEqual(['ebi']);
  });

  test('INSTRUMENT-28 "due" beside a diamond keeps clear of an open rating', () => {
    const mark: RatingMark = { key: 'a', row: 'sedation', x: 100, share: null, figure: '0 of 1', suffix: '', open: true };
    const clear = (x: number, words: RatingWords, row: RatingMark['row'] = 'sedation') =>
      isClearOfMarks({ x, row }, 24, { marks: [mark], words: new Map([['a', words]]), widthOf: () => 40 });
    const right = { figure: 'right', suffix: false, offsetPx: 6 } as const;
    expect([60, 61, 95, 137, 144].map((x) => clear(x, right))).toEqual([false, false, false, false, true]);
    expect([50, 57, 58].map((x) => clear(x, right))).toEqual([true, true, false]);
    expect(clear(40, { figure: 'left', suffix: false, offsetPx: 6 })).toBe(false);
    expect(clear(10, { figure: 'left', suffix: false, offsetPx: 6 })).toBe(true);
    expect(clear(95, right, 'suds')).toBe(true);
  });
});
