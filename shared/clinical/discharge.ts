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

/** An older cuff or reading is no evidence of how the patient is now. */
export const evidenceAgeMsMax = 30 * 60_000;

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
  readonly doseEndMs: number | null;
  /** Finished ones, in clinical order. */
  readonly ratings: readonly RatedFact[];
  /** The newest value of each metric, and the one of the baseline set. Pressures of one cuff reading share its time. */
  readonly latest: Readonly<Partial<Record<MetricId, ValueFact>>>;
  readonly baseline: Readonly<Partial<Record<MetricId, ValueFact>>>;
  /** By criterion, the newest. */
  readonly confirmed: ReadonlyMap<string, ConfirmedFact>;
  readonly milestones: ReadonlyMap<MilestoneKey, Source>;
  readonly escort: EscortFact | null;
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
function nearBaseline(facts: DischargeFacts, { metrics, percent, orBelow, orAtLeast }: Of<'vitals-near-baseline'>): Judged {
  const isSpo2 = metrics.length === 1 && metrics[0] === 'spo2';
  const found = metrics.map((metric) => ({ metric, now: facts.latest[metric], first: facts.baseline[metric] }));
  const values = found.flatMap(({ metric, now, first }) => (now === undefined ? [] : [{ metric, now, first }]));
  const oldest = values.reduce<ValueFact | null>((old, { now }) => (old === null || now.atMs < old.atMs ? now : old), null);
  if (oldest === null || values.length < metrics.length) return none('no reading since the end of the dose');
  if (!isAfterDose(facts, oldest.atMs)) return none('no reading since the end of the dose');
  if (facts.nowMs - oldest.atMs > evidenceAgeMsMax) return none(`no reading in the last ${evidenceAgeMsMax / 60_000} min`);
  const near = values.every(({ now, first }) => {
    if (first === undefined) return false;
    // Less oxygen than before is a change; more is none.
    if (isSpo2 && now.value >= first.value) return true;
    return Math.abs(now.value - first.value) * 100 <= first.value * percent;
  });
  const bounded = values.every(({ metric, now }) => {
    const [below, atLeast] = [orBelow?.[metric], orAtLeast?.[metric]];
    if (below === undefined && atLeast === undefined) return false;
    return (below === undefined || now.value < below) && (atLeast === undefined || now.value >= atLeast);
  });
  const baseline = values.every(({ first }) => first !== undefined)
    ? `baseline ${values.map(({ first }) => first?.value).join('/')}`
    : 'no baseline';
  const evidence = `${values.map(({ now }) => now.value).join('/')}${isSpo2 ? ' %' : ''}, ${baseline}${isSpo2 && baseline !== 'no baseline' ? ' %' : ''}`;
  return { verdict: verdictOf(near || bounded), evidence, ...sourceOf(oldest) };
}

function timeSince({ nowMs, doseStartMs, doseEndMs }: DischargeFacts, { since, minutes }: Of<'time-since'>): Judged {
  const fromMs = since === 'dose-start' ? doseStartMs : doseEndMs;
  if (fromMs === null) return none('the dose has not ended');
  const passed = Math.floor((nowMs - fromMs) / 60_000);
  const words = since === 'dose-start' ? 'the start of the dose' : 'the end of the dose';
  return { verdict: verdictOf(nowMs - fromMs >= minutes * 60_000), evidence: `${passed} min since ${words}`, atMs: nowMs, by: null };
}

function escort({ escort: who }: DischargeFacts): Judged {
  if (who === null) return none('no escort recorded yet');
  const evidence = `${who.name}, ${who.phone}${who.present ? '' : ', not here yet'}`;
  return { verdict: verdictOf(who.present), evidence, ...sourceOf(who) };
}
