import { totalRange, type Instrument } from './instrument.ts';
import { auditCutRecalled, type AuditCut, type SexForClinicalUse } from './sex.ts';

/** What a form says beside its total, by name. Figures are rounded for reading; every comparison is made before. */
export type Verdicts = Readonly<Partial<Record<VerdictName, Verdict>>>;
export type VerdictName =
  | 'meets9'
  | 'anyZero'
  | 'range'
  | 'item9Positive'
  | 'endorsed'
  | 'provisionalByRule'
  | 'atOrAboveCut31'
  | 'atOrAboveCut33'
  | 'triage'
  | 'provisionalAtLeast'
  | 'positive'
  | 'positiveIfFemale'
  | 'positiveIfMale'
  | 'cutNeedsSex'
  | 'cut'
  | 'allFromFirstItem'
  | 'domains'
  | 'sums'
  | 'proportions'
  | 'completeMystical'
  | 'totalMean'
  | 'sum'
  | 'mean';
export type Verdict = number | boolean | string | null | readonly (number | null)[];

/** The answers as scored so far. */
export interface ScoredSheet {
  readonly answerTo: (number: number) => number | null;
  readonly total: number | null;
  readonly subscales: Readonly<Record<string, number | null>>;
  readonly missing: readonly number[];
}

/** What cuts rest on beside the answers: the patient's sex where one depends on it, and the clinic's own cut. */
export interface CutOptions {
  /** null: nobody said. */
  readonly sex?: SexForClinicalUse | null;
  /** null: as recalled. */
  readonly auditCut?: AuditCut | null;
}

/** The forms whose reading is more than a sum (`docs/instruments.md`). */
export function verdictsOf(instrument: Instrument, sheet: ScoredSheet, options: CutOptions): Verdicts {
  switch (instrument.id) {
    case 'aldrete':
    case 'padss':
      return dischargeVerdicts(instrument, sheet);
    case 'bprs-positive':
      return { range: rangeWords(instrument) };
    case 'phq-9':
      return { item9Positive: compared(sheet.answerTo(9), (value) => value > 0) };
    case 'pcl-5':
      return pclVerdicts(instrument, sheet);
    case 'c-ssrs-screener':
      return triageVerdicts(sheet, { high: 2, moderate: 1 });
    case 'c-ssrs-since-contact':
      // What was done since somebody last asked is recent, whenever that was.
      return triageVerdicts(sheet, { high: 1, moderate: null });
    case 'audit-c':
      return auditVerdicts(sheet, options);
    case 'qids-sr16':
      return { domains: instrument.subscales.map(({ key }) => sheet.subscales[key] ?? null) };
    case 'meq-30':
      return mysticalVerdicts(instrument, sheet);
    case 'ebi':
      return { sum: sheet.total, mean: compared(sheet.total, (total) => rounded(total / instrument.items.length, 2)) };
    default:
      return {};
  }
}

/** 9 or more of 10 is the published mark; a single 0 is worth a look even then. */
function dischargeVerdicts(instrument: Instrument, { total, answerTo, missing }: ScoredSheet): Verdicts {
  const anyZero = instrument.items.some((item) => answerTo(item.number) === 0);
  return { meets9: compared(total, (value) => value >= 9), anyZero: anyZero || missing.length === 0 ? anyZero : null };
}

/** B, C, D, E; an item of 2 or more counts. One B, one C, two D and two E are the rule; 31 to 33 are the cuts. */
function pclVerdicts(instrument: Instrument, { answerTo, subscales, total }: ScoredSheet): Verdicts {
  const endorsed = instrument.subscales.map(({ key, items }) =>
    subscales[key] === null ? null : items.filter((number) => (answerTo(number) ?? 0) >= 2).length,
  );
  const needed = [1, 1, 2, 2];
  return {
    endorsed,
    provisionalByRule: endorsed.includes(null) ? null : endorsed.every((count, index) => (count ?? 0) >= (needed[index] ?? 0)),
    atOrAboveCut31: compared(total, (value) => value >= 31),
    atOrAboveCut33: compared(total, (value) => value >= 33),
  };
}

/**
 * By the gravest answer, never by a sum. While questions are open there is no triage, but what was answered sets
 * the least it can be.
 */
function triageVerdicts(
  { answerTo, missing }: ScoredSheet,
  behaved: { readonly high: number; readonly moderate: number | null },
): Verdicts {
  const yes = (number: number): boolean => answerTo(number) === 1;
  const behavior = answerTo(6);
  const gravest =
    yes(4) || yes(5) || behavior === behaved.high
      ? 'high'
      : yes(3) || (behavior !== null && behavior === behaved.moderate)
        ? 'moderate'
        : yes(1) || yes(2)
          ? 'low'
          : 'none reported';
  if (missing.length === 0) return { triage: gravest, provisionalAtLeast: null };
  return { triage: null, provisionalAtLeast: gravest === 'none reported' ? null : gravest };
}

/**
 * Where sex is not known nothing is decided and both cuts are shown; it is asked for only where the total lies between
 * them. `options.auditCut` is the clinic's own.
 */
function auditVerdicts({ total, answerTo }: ScoredSheet, { sex = null, auditCut = null }: CutOptions): Verdicts {
  const cut = auditCut ?? auditCutRecalled;
  const from = sex === 'female' || sex === 'male' ? cut[sex] : null;
  const [female, male] = [compared(total, (value) => value >= cut.female), compared(total, (value) => value >= cut.male)];
  return {
    positive: from === null ? null : compared(total, (value) => value >= from),
    positiveIfFemale: female,
    positiveIfMale: male,
    cutNeedsSex: sex === null && female !== male,
    cut: compared(total, (value) => cutWords(value, cut, sex)),
    allFromFirstItem: compared(total, (value) => value > 0 && value === answerTo(1)),
  };
}

const cutOf = { female: 'women', male: 'men' } as const;

/** How a total stands to the cut, or why that cannot be told. */
function cutWords(total: number, cut: AuditCut, sex: SexForClinicalUse | null): string {
  if (sex === 'female' || sex === 'male') return `${total >= cut[sex] ? 'positive' : 'not positive'}, ${cutOf[sex]} from ${cut[sex]}`;
  const both = `women from ${cut.female}, men from ${cut.male}`;
  const isPositive = total >= cut.female;
  if (isPositive === total >= cut.male) return `${isPositive ? 'positive' : 'not positive'}, ${both}`;
  return `cut cannot be told: sex for clinical use is ${sex === null ? 'not recorded' : 'not stated'} (${both})`;
}

/** Sums by factor, their share of the maximum, and whether every factor reaches 60 %. */
function mysticalVerdicts(instrument: Instrument, { subscales, total }: ScoredSheet): Verdicts {
  const factors = instrument.subscales.map(({ key, items }) => ({ sum: subscales[key] ?? null, max: items.length * 5 }));
  const reaches = factors.map(({ sum, max }) => compared(sum, (value) => value * 10 >= max * 6));
  return {
    sums: factors.map(({ sum }) => sum),
    proportions: factors.map(({ sum, max }) => compared(sum, (value) => rounded(value / max, 4))),
    completeMystical: reaches.includes(false) ? false : reaches.includes(null) ? null : true,
    totalMean: compared(total, (value) => rounded(value / instrument.items.length, 4)),
  };
}

function rangeWords(instrument: Instrument): string {
  const { min, max } = totalRange(instrument);
  return `${min}..${max}`;
}

function compared<T>(value: number | null, then: (value: number) => T): T | null {
  return value === null ? null : then(value);
}

/** For reading only. */
export function rounded(value: number, places: number): number {
  const factor = 10 ** places;
  return Math.round((value + Number.EPSILON) * factor) / factor;
}
