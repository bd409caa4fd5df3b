import { isAsked, itemProblem, type Instrument, type Subscale } from './instrument.ts';
import { verdictsOf, type CutOptions, type Verdicts } from './verdicts.ts';

/** What the answers add up to (`docs/instruments.md`). An absent answer is `null` and never counts as 0. */
export interface Score {
  /** null while any item is missing, and always where the instrument has no sum. */
  readonly total: number | null;
  /** Each null while one of its own items is missing. */
  readonly subscales: Readonly<Record<string, number | null>>;
  /** Words for the total by the instrument's bands, or the triage; null where there is neither. */
  readonly band: string | null;
  /** `invalid`: so much is open that what is answered cannot be scored by any rule. */
  readonly status: 'complete' | 'incomplete' | 'invalid';
  /** Of what is asked: a question that hangs on another counts once that one makes it due, alternatives count once. */
  readonly answered: number;
  readonly of: number;
  /** Numbers of the open items, as printed. Of alternatives all are listed while none is answered. */
  readonly missing: readonly number[];
  /** Sum of the answers given, always shown labelled as partial; null when there are none, or no sum exists. */
  readonly partialSum: number | null;
  /** Items whose raw answer is to be spoken about at once, however much is open. */
  readonly safety: readonly SafetyFlag[];
  /** What else the form says; null where an answer it needs is missing. */
  readonly verdicts: Verdicts;
  /** Mean of the answers times the items: only where it was asked for, never in place of the total. */
  readonly prorated: number | null;
}

export interface SafetyFlag {
  readonly item: number;
  readonly value: number;
}

export interface ScoringOptions extends CutOptions {
  /** Off unless a clinic switches it on. */
  readonly prorate?: boolean;
}

/** Answers by printed item number. */
type Sheet = ReadonlyMap<number, number>;

/**
 * Scores answers given in the order of the instrument's items. Throws `RangeError` naming the item for an answer
 * out of range or not whole, and for a wrong count of answers. Nothing is clamped, nothing filled in.
 */
export function score(instrument: Instrument, answers: readonly (number | null)[], options: ScoringOptions = {}): Score {
  const sheet = sheetOf(instrument, answers);
  const asked = requirements(instrument, sheet);
  const open = asked.filter((numbers) => !numbers.some((number) => sheet.has(number)));
  const missing = open.flat();
  const subscales = Object.fromEntries(
    instrument.subscales.map((subscale) => [
      subscale.key,
      subscale.items.some((number) => missing.includes(number)) ? null : subscaleValue(subscale, sheet),
    ]),
  );
  const total = missing.length > 0 ? null : totalOf(instrument, sheet);
  const base = { total, subscales, answered: asked.length - open.length, of: asked.length, missing };
  const verdicts = verdictsOf(instrument, { answerTo: (number) => sheet.get(number) ?? null, ...base }, options);
  const words = verdicts['triage'] ?? verdicts['cut'];
  return {
    total,
    subscales,
    band: bandOf(instrument, total) ?? (typeof words === 'string' ? words : null),
    status: statusOf(instrument, base),
    answered: base.answered,
    of: base.of,
    missing,
    partialSum: sheet.size === 0 ? null : totalOf(instrument, sheet),
    safety: (instrument.safety ?? []).flatMap(({ item, atOrAbove }) => {
      const value = sheet.get(item);
      return value !== undefined && value >= atOrAbove ? [{ item, value }] : [];
    }),
    verdicts,
    prorated: options.prorate === true ? proratedOf(instrument, sheet, base) : null,
  };
}

/** The words for a total: the last band that begins at or below it. */
export function bandOf(instrument: Instrument, total: number | null): string | null {
  if (total === null) return null;
  return instrument.bands?.rows.findLast((row) => row.from <= total)?.text ?? null;
}

/** Whether a total lies where the instrument asks for a review before signing. Absent totals do not. */
export function needsReview(instrument: Instrument, total: number | null): boolean {
  if (total === null || instrument.review === null) return false;
  const { atOrAbove, atOrBelow } = instrument.review;
  return (atOrAbove !== undefined && total >= atOrAbove) || (atOrBelow !== undefined && total <= atOrBelow);
}

function sheetOf(instrument: Instrument, answers: readonly (number | null)[]): Sheet {
  if (answers.length !== instrument.items.length) {
    throw new RangeError(`${instrument.name} has ${instrument.items.length} items, got ${answers.length}`);
  }
  const sheet = new Map<number, number>();
  instrument.items.forEach((item, index) => {
    const answer = answers[index];
    if (answer === null || answer === undefined) return;
    const problem = itemProblem(instrument, item.number, answer);
    if (problem !== null) throw new RangeError(problem);
    sheet.set(item.number, answer);
  });
  return sheet;
}

/** What has to be answered, in the order of the form: one item, or one of several. */
function requirements(instrument: Instrument, sheet: Sheet): readonly (readonly number[])[] {
  const alternatives = instrument.alternatives ?? [];
  return instrument.items.flatMap(({ number }) => {
    const group = alternatives.find((numbers) => numbers.includes(number));
    if (group !== undefined) return group[0] === number ? [group] : [];
    return isAsked(instrument, number, (other) => sheet.get(other) ?? null) ? [[number]] : [];
  });
}

function subscaleValue({ items, how }: Subscale, sheet: Sheet): number {
  const values = items.map((number) => sheet.get(number)).filter((value) => value !== undefined);
  return how === 'max' ? Math.max(0, ...values) : sumOf(values);
}

/** Of the answers there are: the total once nothing is missing, before that the partial sum. */
function totalOf(instrument: Instrument, sheet: Sheet): number | null {
  switch (instrument.total) {
    case 'none':
      return null;
    case 'subscales':
      return sumOf(instrument.subscales.map((subscale) => subscaleValue(subscale, sheet)));
    case 'sum':
    case 'single':
      return sumOf([...sheet.values()]);
  }
}

function statusOf(instrument: Instrument, { answered, of }: Pick<Score, 'answered' | 'of'>): Score['status'] {
  if (answered === of) return 'complete';
  const tooMany = instrument.openAtMost !== undefined && of - answered > instrument.openAtMost;
  return tooMany && answered > 0 ? 'invalid' : 'incomplete';
}

/** Only where the instrument says how many items may be open. */
function proratedOf(instrument: Instrument, sheet: Sheet, { answered, of }: Pick<Score, 'answered' | 'of'>): number | null {
  const openItems = of - answered;
  if (instrument.openAtMost === undefined || openItems === 0 || openItems > instrument.openAtMost) return null;
  return (sumOf([...sheet.values()]) / answered) * of;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
