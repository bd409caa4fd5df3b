import { z } from 'zod';
import { assertNever } from '../values/assert-never.ts';
import type { MetricId } from './metric.ts';
import type { MilestoneKey } from './milestone.ts';
import type { Discharge, DischargeCriterion } from './protocol-discharge.ts';

/**
 * Whether a patient may go home, as the protocol's criteria with the evidence each one rests on
 * (`docs/clinical-rules.md`). It never says that somebody is fit to leave: it says what was found, by whom and when.
 */
export const dischargeVerdicts = ['met', 'not-met', 'no-evidence'] as const;
export type DischargeVerdict = (typeof dischargeVerdicts)[number];

/** The criterion that an escort's name and phone answer, and not a tap. */
export const escortCriterion = 'escort';
/** The criterion that a rating's yes about suicide speaks against. */
export const ideationCriterion = 'suicidal-ideation';

/** An older cuff or reading does not count for now, unless the protocol names another age. */
const evidenceAgeMin = 15;

interface Source {
  readonly atMs: number;
  /** A person or a monitor; null where nobody is known. */
  readonly by: string | null;
}
export interface RatedFact extends Source {
  readonly instrument: string;
  /** null where an item is open, or where it could not be assessed. */
  readonly total: number | null;
  /** In the order of the form. */
  readonly items: readonly (number | null)[];
}
export interface ValueFact extends Source {
  readonly value: number;
}
export interface ConfirmedFact extends Source {
  readonly met: boolean;
  readonly detail: string | null;
}
export interface EscortFact extends Source {
  readonly name: string;
  readonly phone: string;
  /** Here, and not only on the way. */
  readonly present: boolean;
}

/** Everything the criteria rest on, at one instant. */
export interface DischargeFacts {
  readonly nowMs: number;
  readonly doseStartMs: number | null;
  /** What the time of monitoring counts from: the dose start, or the last device where the clinic chose it. */
  readonly monitoringStartMs?: number | null;
  /** The last injection, device or lozenge; the dose start where a pump gives the dose. */
  readonly lastDoseMs?: number | null;
  readonly doseEndMs: number | null;
  /** Finished ones, in clinical sequence. */
  readonly ratings: readonly RatedFact[];
  /** The newest value of each metric, and the one of the baseline set. Pressures of one cuff reading share its time. */
  readonly latest: Readonly<Partial<Record<MetricId, ValueFact>>>;
  readonly baseline: Readonly<Partial<Record<MetricId, ValueFact>>>;
  /** By criterion, the newest. */
  readonly confirmed: ReadonlyMap<string, ConfirmedFact>;
  readonly milestones: ReadonlyMap<MilestoneKey, Source>;
  readonly escort: EscortFact | null;
  /** Confirmed in the checklist before the dose, in the words of whoever did; null where nobody has. */
  readonly escortConfirmed?: (Source & { readonly detail: string | null }) | null;
  /** The newest yes to a rating's item about suicide since the dose began; null where there was none. */
  readonly safetyFlag: (Source & { readonly label: string }) | null;
}

/** One criterion: how it stands, on what, since when and by whom. */
export const dischargeLineSchema = z.object({
  criterion: z.string().min(1).max(40),
  label: z.string().max(80),
  verdict: z.enum(dischargeVerdicts),
  evidence: z.string().max(200),
  atMs: z.number().int().nullable(),
  by: z.string().max(80).nullable(),
});
export type DischargeLine = z.output<typeof dischargeLineSchema>;

/** Every criterion of the protocol against the facts, in the protocol's order. */
export function dischargeLines(facts: DischargeFacts, discharge: Discharge): readonly DischargeLine[] {
  return discharge.criteria.map((criterion) => ({ criterion: criterion.id, label: criterion.label, ...judge(criterion, facts) }));
}

/** What a person can say about this criterion: that they looked, and found it so or not so. */
export function isConfirmable(criterion: DischargeCriterion): boolean {
  return (criterion.kind === 'confirmed' && criterion.id !== escortCriterion) || criterion.kind === 'back-to-baseline';
}

type Judged = Omit<DischargeLine, 'criterion' | 'label'>;

function judge(criterion: DischargeCriterion, facts: DischargeFacts): Judged {
  switch (criterion.kind) {
    case 'score':
      return scored(facts, criterion);
    case 'back-to-baseline':
      return backToBaseline(facts, criterion);
    case 'vitals-near-baseline':
      return nearBaseline(facts, criterion);
    case 'time-since':
      return timeSince(facts, criterion);
    case 'milestone': {
      const reached = facts.milestones.get(criterion.milestone);
      return reached === undefined ? none('not recorded yet') : { verdict: 'met', evidence: 'recorded', ...sourceOf(reached) };
    }
    case 'confirmed':
      if (criterion.id === escortCriterion) return escort(facts);
      return criterion.id === ideationCriterion ? ideation(facts, criterion.id) : said(facts, criterion.id);
    default:
      return assertNever(criterion);
  }
}

const none = (evidence: string): Judged => ({ verdict: 'no-evidence', evidence, atMs: null, by: null });
const sourceOf = ({ atMs, by }: Source): Source => ({ atMs, by });
const verdictOf = (met: boolean): DischargeVerdict => (met ? 'met' : 'not-met');

/** Only what was found after the dose says how the patient is after the dose. */
function isAfterDose(facts: DischargeFacts, atMs: number): boolean {
  return facts.doseEndMs !== null && atMs >= facts.doseEndMs;
}

type Of<K extends DischargeCriterion['kind']> = Extract<DischargeCriterion, { kind: K }>;

function scored(facts: DischargeFacts, { instrument, comparison, value }: Of<'score'>): Judged {
  const rating = facts.ratings.findLast((candidate) => candidate.instrument === instrument && isAfterDose(facts, candidate.atMs));
  if (rating === undefined) return none('not rated since the end of the dose');
  if (rating.total === null) return { verdict: 'no-evidence', evidence: 'rated, without a total', ...sourceOf(rating) };
  const met = comparison === 'at-least' ? rating.total >= value : rating.total <= value;
  return { verdict: verdictOf(met), evidence: `rated ${rating.total}`, ...sourceOf(rating) };
}

/** Said since the dose ended: what was so before it is not what is so now. */
function confirmedSince(facts: DischargeFacts, criterion: string): ConfirmedFact | null {
  const fact = facts.confirmed.get(criterion);
  return fact === undefined || !isAfterDose(facts, fact.atMs) ? null : fact;
}

function said(facts: DischargeFacts, criterion: string, words = { met: 'confirmed', not: 'found not to be so' }): Judged {
  const fact = confirmedSince(facts, criterion);
  if (fact === null) return none('nobody has confirmed it yet');
  return { verdict: verdictOf(fact.met), evidence: fact.detail ?? (fact.met ? words.met : words.not), ...sourceOf(fact) };
}

/** A yes on a rating's item counts until a person, having seen it, says otherwise. */
function ideation(facts: DischargeFacts, criterion: string): Judged {
  const fact = confirmedSince(facts, criterion);
  const { safetyFlag } = facts;
  if (safetyFlag === null || (fact !== null && fact.atMs > safetyFlag.atMs)) return said(facts, criterion);
  return { verdict: 'not-met', evidence: safetyFlag.label, ...sourceOf(safetyFlag) };
}

/** Item numbers in CADSS-23 of the six items of CADSS-6. */
const cadss6Items = [1, 2, 6, 7, 15, 22] as const;

/** A rating's total on an instrument: its own, or the six items of the full form that make the short one. */
function totalOn(instrument: string, rating: RatedFact): number | null {
  if (rating.instrument === instrument) return rating.total;
  if (instrument !== 'cadss-6' || rating.instrument !== 'cadss-23') return null;
  const values = cadss6Items.map((item) => rating.items[item - 1] ?? null);
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}

/** The later counts, the rating or the person: one may say it after the rating, another may rate after it was said. */
function backToBaseline(facts: DischargeFacts, { id, instrument, allowedAbove }: Of<'back-to-baseline'>): Judged {
  const rated = facts.ratings.filter((rating) => totalOn(instrument, rating) !== null);
  const last = rated.findLast((rating) => isAfterDose(facts, rating.atMs));
  const first = rated.findLast((rating) => facts.doseStartMs !== null && rating.atMs <= facts.doseStartMs);
  const fact = confirmedSince(facts, id);
  if (fact !== null && (last === undefined || first === undefined || fact.atMs >= last.atMs)) {
    return said(facts, id, { met: 'resolved', not: 'not resolved' });
  }
  if (last === undefined) return none('not rated since the end of the dose');
  const [total, baseline] = [totalOn(instrument, last), first === undefined ? null : totalOn(instrument, first)];
  if (total === null || baseline === null) {
    return { verdict: 'no-evidence', evidence: `rated ${total ?? 'without a total'}, no baseline`, ...sourceOf(last) };
  }
  return { verdict: verdictOf(total <= baseline + allowedAbove), evidence: `rated ${total}, baseline ${baseline}`, ...sourceOf(last) };
}

/** Every metric near its baseline, or every one within its fixed bound. */
function nearBaseline(facts: DischargeFacts, criterion: Of<'vitals-near-baseline'>): Judged {
  const { metrics, ageMin = evidenceAgeMin } = criterion;
  const isSpo2 = metrics.length === 1 && metrics[0] === 'spo2';
  const found = metrics.map((metric) => ({ metric, now: facts.latest[metric], first: facts.baseline[metric] }));
  const values = found.flatMap(({ metric, now, first }) => (now === undefined ? [] : [{ metric, now, first }]));
  const oldest = values.reduce<ValueFact | null>((old, { now }) => (old === null || now.atMs < old.atMs ? now : old), null);
  if (oldest === null || values.length < metrics.length) return none('no reading since the end of the dose');
  if (!isAfterDose(facts, oldest.atMs)) return none('no reading since the end of the dose');
  const figures = values.map(({ now }) => now.value).join('/');
  if (facts.nowMs - oldest.atMs > ageMin * 60_000) {
    const age = Math.floor((facts.nowMs - oldest.atMs) / 60_000);
    return { verdict: 'no-evidence', evidence: `${figures} is ${age} min old, older than ${ageMin}`, ...sourceOf(oldest) };
  }
  const baseline = values.every(({ first }) => first !== undefined)
    ? `baseline ${values.map(({ first }) => first?.value).join('/')}`
    : 'no baseline';
  const unit = isSpo2 ? ' %' : '';
  const evidence = `${figures}${unit}, ${baseline}${baseline === 'no baseline' ? '' : unit}`;
  const met = isNear(values, criterion);
  return { verdict: met === null ? 'no-evidence' : verdictOf(met), evidence, ...sourceOf(oldest) };
}

interface Beside {
  readonly metric: MetricId;
  readonly now: ValueFact;
  readonly first: ValueFact | undefined;
}

/** null where there is no baseline to be near to, and no bound that stands without one. */
function isNear(values: readonly Beside[], criterion: Of<'vitals-near-baseline'>): boolean | null {
  const { percent, orBelow, orFrom, orAtLeast } = criterion;
  if (orAtLeast !== undefined && values.every(({ metric, now }) => now.value >= (orAtLeast[metric] ?? Infinity))) return true;
  const shares = values.flatMap(({ metric, now, first }) =>
    first === undefined ? [] : [{ metric, value: now.value, low: first.value * (100 - percent), high: first.value * (100 + percent) }],
  );
  if (shares.length < values.length) return null;
  const isLow = shares.some(({ metric, value, low }) => value * 100 < low && value < (orFrom?.[metric] ?? Infinity));
  if (isLow) return false;
  // Less oxygen than before is a change; more is none.
  const isWithin = shares.every(({ metric, value, high }) => metric === 'spo2' || value * 100 <= high);
  return isWithin || (orBelow !== undefined && shares.every(({ metric, value }) => value < (orBelow[metric] ?? 0)));
}

function timeSince(facts: DischargeFacts, { since, minutes }: Of<'time-since'>): Judged {
  const { nowMs, doseStartMs, monitoringStartMs = doseStartMs, lastDoseMs = doseStartMs, doseEndMs } = facts;
  const fromMs = { 'dose-start': monitoringStartMs, 'last-dose': lastDoseMs, 'dose-end': doseEndMs }[since];
  if (fromMs === null) return none('the dose has not ended');
  const passed = Math.floor((nowMs - fromMs) / 60_000);
  const words = { 'dose-start': 'the start of the dose', 'last-dose': 'the last dose', 'dose-end': 'the end of the dose' }[since];
  return { verdict: verdictOf(nowMs - fromMs >= minutes * 60_000), evidence: `${passed} min since ${words}`, atMs: nowMs, by: null };
}

function escort(facts: DischargeFacts): Judged {
  const { escort: who, escortConfirmed = null } = facts;
  if (who !== null) {
    const evidence = `${who.name}, ${who.phone}${who.present ? '' : ', not here yet'}`;
    return { verdict: verdictOf(who.present), evidence, ...sourceOf(who) };
  }
  if (escortConfirmed === null) return none('no escort recorded yet');
  // Named before the dose, an escort is not asked for again: only whether they are here.
  const known = escortConfirmed.detail ?? 'confirmed before the dose';
  const here = confirmedSince(facts, escortCriterion);
  if (here === null) return { verdict: 'not-met', evidence: `${known}, not here yet`, ...sourceOf(escortConfirmed) };
  return { verdict: verdictOf(here.met), evidence: here.met ? `${known}, here` : `${known}, not here`, ...sourceOf(here) };
}
