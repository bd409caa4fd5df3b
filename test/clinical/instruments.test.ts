import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysAbstinent } from '../../shared/clinical/days-abstinent.ts';
import { isAsked, totalRange, type Instrument } from '../../shared/clinical/instrument.ts';
import { instrumentIds, type InstrumentId } from '../../shared/clinical/instrument-id.ts';
import { aldreteCirculation } from '../../shared/clinical/instruments/aldrete.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import { changeBetween, scoreChange } from '../../shared/clinical/score-change.ts';
import { bandOf, needsReview, score, type Score } from '../../shared/clinical/scoring.ts';
import cases from '../fixtures/clinical/scoring.json' with { type: 'json' };

interface Case {
  readonly instrument: string;
  readonly id: string;
  readonly input: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
}
const allCases = cases as unknown as readonly Case[];

const idByName: Readonly<Record<string, InstrumentId>> = {
  'CADSS-23': 'cadss-23',
  'PHQ-9': 'phq-9',
  'GAD-7': 'gad-7',
  'PCL-5': 'pcl-5',
  'QIDS-SR16': 'qids-sr16',
  'AUDIT-C': 'audit-c',
  MADRS: 'madrs',
  'C-SSRS-screener': 'c-ssrs-screener',
  'Modified Aldrete': 'aldrete',
  'PADSS (modified)': 'padss',
  'MOAA/S': 'moaa-s',
  'BPRS+ (4 items)': 'bprs-positive',
  EBI: 'ebi',
  MEQ30: 'meq-30',
};

type Answers = (number | null)[];

/** What a case calls by its own name, taken from one score. */
function flat(result: Score): Readonly<Record<string, unknown>> {
  return { ...result.subscales, ...result.verdicts, ...result, sum: result.verdicts['sum'] ?? result.total };
}

function workedOut({ instrument: name, id, input }: Case): Readonly<Record<string, unknown>> {
  if (name === 'TLFB/PDA') return { ...daysAbstinent(input as Parameters<typeof daysAbstinent>[0]) };
  const instrument = instruments[idByName[name] ?? 'ebi'];
  if (id === 'moaas-levels') {
    return { 'escalate(<=2 default)': (input as number[]).map((level) => needsReview(instrument, score(instrument, [level]).total)) };
  }
  if (id === 'meq-one-factor-short') return flat(score(instrument, byFactor(instrument, input as number[][])));
  if (Array.isArray(input)) {
    const result = flat(score(instrument, input as Answers));
    return { ...result, proratedIfEnabled: score(instrument, input as Answers, { prorate: true }).prorated };
  }
  const fields = input as Readonly<Record<string, unknown>>;
  if (name === 'C-SSRS-screener') return flat(score(instrument, screenerAnswers(fields)));
  if ('sex' in fields) {
    const sex = fields['sex'] === 'M' ? 'male' : fields['sex'] === 'F' ? 'female' : null;
    return flat(score(instrument, fields['items'] as Answers, { sex }));
  }
  const change = scoreChange(instrument, Number(fields['before'] ?? fields['baseline']), Number(fields['after'] ?? fields['now']));
  return { ...change, reliableChange5: change.reliable, clinicallyMeaningful10: change.meaningful, remissionAt10: change.remission };
}

function byFactor(instrument: Instrument, sheets: readonly (readonly number[])[]): Answers {
  const answers: Answers = instrument.items.map(() => null);
  instrument.subscales.forEach(({ items }, factor) => {
    items.forEach((number, place) => (answers[number - 1] = sheets[factor]?.[place] ?? null));
  });
  return answers;
}

function screenerAnswers(fields: Readonly<Record<string, unknown>>): Answers {
  const answer = (value: unknown): number | null => (value === true ? 1 : value === false ? 0 : null);
  const when = { none: 0, lifetime: 1, recent: 2 }[String(fields['q6'])] ?? null;
  return [...['q1', 'q2', 'q3', 'q4', 'q5'].map((key) => answer(fields[key])), when];
}

/** Remarks of a case for people, beside the figures. */
const remarks = ['note'];

describe('instruments', () => {
  test('INSTRUMENT-1 every instrument of the table is known here', () => {
    const names = new Set(allCases.map((row) => row.instrument));
    names.delete('TLFB/PDA');
    expect([...names].filter((name) => idByName[name] === undefined)).toEqual([]);
    expect(allCases).toHaveLength(40);
  });

  test.each(allCases)('INSTRUMENT-1 $instrument $id', (row) => {
    const { error, ...figures } = row.expected;
    if (typeof error === 'string') {
      expect(() => workedOut(row)).toThrow(new RangeError(error));
      return;
    }
    const result = workedOut(row);
    for (const [key, value] of Object.entries(figures)) {
      if (!remarks.includes(key)) expect({ [key]: result[key] }).toEqual({ [key]: value });
    }
  });

  test('INSTRUMENT-1 the worked examples of the chapter that are not in the table', () => {
    expect(score(instruments['qids-sr16'], [1, 2, 3, 0, 2, 0, 1, 0, 2, 1, 2, 1, 2, 2, 1, 0])).toMatchObject({
      total: 16,
      band: 'severe',
      verdicts: { domains: [3, 2, 2, 1, 2, 1, 2, 2, 1] },
    });
    expect(score(instruments['c-ssrs-screener'], [0, 0, null, null, null, 2]).band).toBe('high');
    expect(score(instruments['audit-c'], [2, 1, 0], { sex: 'female' }).verdicts['positive']).toBe(true);
    const split = [...Array.from({ length: 7 }, () => 1), ...Array.from({ length: 8 }, () => 4), ...Array.from({ length: 5 }, () => 0)];
    expect(score(instruments['pcl-5'], split)).toMatchObject({ total: 39, verdicts: { provisionalByRule: false, atOrAboveCut33: true } });
    const sixty = score(
      instruments['meq-30'],
      Array.from({ length: 30 }, () => 3),
    );
    expect(sixty.verdicts['completeMystical']).toBe(true);
    expect(score(instruments['audit-c'], [3, 0, 0]).verdicts).toMatchObject({
      positive: null,
      positiveIfFemale: true,
      positiveIfMale: false,
      allFromFirstItem: true,
    });
  });

  test('INSTRUMENT-2 a band begins at its lower edge', () => {
    const phq = instruments['phq-9'];
    expect([0, 4, 5, 9, 10, 14, 15, 19, 20, 27].map((total) => bandOf(phq, total))).toEqual(
      ['minimal', 'minimal', 'mild', 'mild', 'moderate', 'moderate', 'moderately severe', 'moderately severe', 'severe', 'severe'], // prettier-ignore
    );
    expect([6, 7, 19, 20, 34, 35].map((total) => bandOf(instruments.madrs, total))).toEqual(
      ['normal/absent', 'mild', 'mild', 'moderate', 'moderate', 'severe'], // prettier-ignore
    );
    expect(bandOf(phq, null)).toBeNull();
    expect(bandOf(instruments['cadss-23'], 40)).toBeNull();
  });

  test('INSTRUMENT-3 one answer is enough for a safety item', () => {
    const alone = (id: InstrumentId, item: number, value: number) =>
      score(
        instruments[id],
        instruments[id].items.map(({ number }) => (number === item ? value : null)),
      );
    expect(alone('phq-9', 9, 2)).toMatchObject({ total: null, status: 'invalid', safety: [{ item: 9, value: 2 }] });
    expect(alone('phq-9', 9, 0).safety).toEqual([]);
    expect(alone('phq-9', 8, 3).safety).toEqual([]);
    expect(alone('qids-sr16', 12, 1).safety).toEqual([{ item: 12, value: 1 }]);
    expect(alone('madrs', 10, 1).safety).toEqual([]);
    expect(alone('madrs', 10, 2).safety).toEqual([{ item: 10, value: 2 }]);
    for (const item of [3, 4, 5, 6]) expect(alone('c-ssrs-screener', item, 1).safety).toEqual([{ item, value: 1 }]);
    for (const item of [1, 2]) expect(alone('c-ssrs-screener', item, 1).safety).toEqual([]);
  });

  test('INSTRUMENT-4 conditions of the screener', () => {
    const screener = instruments['c-ssrs-screener'];
    const none = score(screener, [0, 0, null, null, null, 0]);
    expect(none).toMatchObject({ status: 'complete', answered: 3, of: 3, total: null, partialSum: null, band: 'none reported' });
    expect(score(screener, [0, null, null, null, null, 0])).toMatchObject({ of: 3, missing: [2], band: null });
    expect(score(screener, [0, 1, null, null, null, 0])).toMatchObject({
      of: 6,
      answered: 3,
      missing: [3, 4, 5],
      verdicts: { triage: null, provisionalAtLeast: 'low' },
    });
    expect(score(screener, [0, 1, 1, 0, 0, 0]).band).toBe('moderate');
    expect(score(screener, [0, 1, 0, 0, 1, 0]).band).toBe('high');
    expect(isAsked(screener, 3, () => null)).toBe(false);
    expect(isAsked(screener, 6, () => null)).toBe(true);
  });

  test('INSTRUMENT-5 one of each pair of alternatives is enough', () => {
    const qids = instruments['qids-sr16'];
    const sheet = (open: readonly number[]) => qids.items.map(({ number }) => (open.includes(number) ? null : 1));
    expect(score(qids, sheet([7, 8]))).toMatchObject({ status: 'complete', of: 14, answered: 14, total: 9 });
    expect(score(qids, sheet([6, 7]))).toMatchObject({ status: 'incomplete', answered: 13, missing: [6, 7], total: null, partialSum: 9 });
    expect(score(qids, sheet([6, 7])).subscales).toMatchObject({ 'appetite-weight': null, sleep: 1 });
    expect(score(qids, sheet([3]))).toMatchObject({ missing: [3], total: null, subscales: { sleep: null } });
  });

  test('INSTRUMENT-6 pro-rating has to be asked for', () => {
    const phq = instruments['phq-9'];
    const two = [2, 2, 1, null, 1, 1, 1, 0, null];
    expect(score(phq, two).prorated).toBeNull();
    expect(score(phq, two, { prorate: true })).toMatchObject({ prorated: (8 / 7) * 9, total: null, status: 'incomplete' });
    expect(score(phq, [null, ...two.slice(1)], { prorate: true })).toMatchObject({ prorated: null, status: 'invalid' });
    const complete = Array.from({ length: 9 }, () => 1);
    expect(score(phq, complete, { prorate: true }).prorated).toBeNull();
    expect(score(instruments['cadss-6'], [1, null, 1, 1, 1, 1], { prorate: true }).prorated).toBeNull();
  });

  test('INSTRUMENT-7 changes', () => {
    const { madrs } = instruments;
    expect(scoreChange(madrs, 34, 17)).toMatchObject({ change: -17, percentImprovement: 50, response: true, remission: false });
    expect(scoreChange(madrs, 33, 17)).toMatchObject({ percentImprovement: 48.48, response: false });
    expect(scoreChange(madrs, 0, 5)).toMatchObject({ change: 5, percentImprovement: null, response: null });
    expect(scoreChange(madrs, 20, 10)).toMatchObject({ remission: true });
    // 49.996 % shows as 50 and is none.
    expect(scoreChange(madrs, 12_500, 6251)).toMatchObject({ percentImprovement: 49.99, response: false });
    const before = { instrumentVersion: '1', mode: 'interviewer', total: 34 };
    expect(changeBetween(madrs, before, { ...before, total: 17 })?.response).toBe(true);
    expect(changeBetween(madrs, before, { ...before, total: 17, instrumentVersion: '2' })).toBeNull();
    expect(changeBetween(madrs, before, { ...before, total: 17, mode: 'self' })).toBeNull();
    expect(scoreChange(instruments.suds, 50, 10)).toMatchObject({ response: null, remission: null, reliable: null, meaningful: null });
  });

  test('INSTRUMENT-8 licensed wording is not here', () => {
    const licensed: readonly InstrumentId[] = instrumentIds.filter((id) => instruments[id].wording === 'structure');
    expect(licensed).toEqual([
      'cadss-23',
      'cadss-6',
      'c-ssrs-screener',
      'c-ssrs-since-contact',
      'audit-c',
      'qids-sr16',
      'madrs',
      'meq-30',
      'ebi',
    ]);
    for (const id of licensed) {
      expect(instruments[id].stem).toBeNull();
      for (const item of instruments[id].items) {
        expect(item.text).toBeUndefined();
        expect(item.label?.split(' ').length).toBeLessThanOrEqual(4);
      }
    }
    for (const id of ['phq-9', 'gad-7', 'pcl-5', 'bprs-positive'] as const) {
      expect(instruments[id].items.every((item) => item.text !== undefined)).toBe(true);
    }
  });

  test('INSTRUMENT-9 "Not at all", not "not at all sure"', () => {
    for (const id of ['phq-9', 'gad-7'] as const) {
      for (const item of instruments[id].items) {
        expect(item.anchors.map((anchor) => anchor.text)).toEqual(['Not at all', 'Several days', 'More than half the days', 'Nearly every day']); // prettier-ignore
      }
    }
  });

  test.each(instrumentIds)('INSTRUMENT-10 %s fits together', (id) => {
    const { items, subscales, bands, safety, alternatives } = instruments[id];
    const numbers = items.map((item) => item.number);
    expect(instruments[id].id).toBe(id);
    expect(new Set(numbers).size).toBe(items.length);
    for (const item of items) {
      expect(item.max).toBeGreaterThan(item.min);
      expect((item.max - item.min) % item.step).toBe(0);
      for (const { value } of item.anchors) expect(value >= item.min && value <= item.max).toBe(true);
      if (item.askedWhen !== undefined) expect(numbers).toContain(item.askedWhen.item);
    }
    const named = [...subscales.flatMap((subscale) => subscale.items), ...(alternatives ?? []).flat()];
    expect(named.filter((number) => !numbers.includes(number))).toEqual([]);
    const from = bands?.rows.map((row) => row.from) ?? [];
    expect(from).toEqual(from.toSorted((a, b) => a - b));
    if (bands !== undefined) expect(from[0]).toBe(totalRange(instruments[id]).min);
    expect((safety ?? []).filter((flag) => !numbers.includes(flag.item))).toEqual([]);
    expect(instruments[id].source.length).toBeGreaterThan(10);
  });

  test('INSTRUMENT-10 ranges of the totals are the published ones', () => {
    const range = (id: InstrumentId) => Object.values(totalRange(instruments[id]));
    expect(range('phq-9')).toEqual([0, 27]);
    expect(range('gad-7')).toEqual([0, 21]);
    expect(range('pcl-5')).toEqual([0, 80]);
    expect(range('qids-sr16')).toEqual([0, 27]);
    expect(range('madrs')).toEqual([0, 60]);
    expect(range('audit-c')).toEqual([0, 12]);
    expect(range('aldrete')).toEqual([0, 10]);
    expect(range('padss')).toEqual([0, 10]);
    expect(range('ebi')).toEqual([0, 600]);
    expect(range('ramsay')).toEqual([1, 6]);
    expect(instruments['meq-30'].subscales.map(({ items }) => items.length)).toEqual([15, 6, 6, 3]);
    expect(instruments['meq-30'].subscales.flatMap(({ items }) => items).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
  });

  test('INSTRUMENT-10 a complete sheet of any answers has every figure, and one open answer takes the total', () => {
    const anySheet = fc.constantFrom(...instrumentIds).chain(
      (id) =>
      fc.tuple(fc.constant(id), fc.tuple(...instruments[id].items.map((item) => fc.integer({ min: item.min, max: item.max }))), fc.nat()), // prettier-ignore
    );
    fc.assert(
      fc.property(anySheet, ([id, answers, at]) => {
        const instrument = instruments[id];
        const whole = score(instrument, answers);
        expect([whole.status, whole.missing]).toEqual(['complete', []]);
        expect(whole.total === null).toBe(instrument.total === 'none');
        expect(Object.values(whole.subscales)).not.toContain(null);
        const { min, max } = totalRange(instrument);
        if (whole.total !== null) expect(whole.total >= min && whole.total <= max).toBe(true);
        const open = at % answers.length;
        const less = score(
          instrument,
          answers.map((answer, index) => (index === open ? null : answer)),
        );
        if (less.missing.length > 0) expect(less.total).toBeNull();
        else expect(instrument.alternatives !== undefined || instrument.items[open]?.askedWhen !== undefined).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('INSTRUMENT-11 circulation from a baseline of 120', () => {
    const scores = [144, 145, 179, 180, 96, 95, 61, 60].map((sys) => aldreteCirculation(120, sys));
    expect(scores).toEqual([2, 1, 1, 0, 2, 1, 1, 0]);
    expect(aldreteCirculation(120, 156, { fullPercent: 15, somePercent: 30 })).toBe(0);
    expect(aldreteCirculation(0, 120)).toBeNull();
    expect(aldreteCirculation(120, Number.NaN)).toBeNull();
  });

  test('INSTRUMENT-12 days abstinent', () => {
    expect(daysAbstinent({ days: 28, abstinent: 20, missing: 2 })).toEqual({ pda: 76.92, coverage: 92.86, pdaMissingAsDrinking: 71.43 });
    expect(daysAbstinent({ days: 7, abstinent: 0, missing: 7 })).toEqual({ pda: null, coverage: 0, pdaMissingAsDrinking: 0 });
    expect(() => daysAbstinent({ days: 7, abstinent: 6, missing: 2 })).toThrow('6 abstinent and 2 missing days are more than 7');
    expect(() => daysAbstinent({ days: 0, abstinent: 0, missing: 0 })).toThrow('at least one day');
    expect(() => daysAbstinent({ days: 7, abstinent: -1, missing: 0 })).toThrow('abstinent is not a whole number of days');
  });
});
