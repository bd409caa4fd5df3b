import {
  figureWithUnit,
  holdEvidenceMsMax,
  holdLimits,
  holdVerdict,
  type HoldLimit,
  type HoldVerdict,
} from '../../../../shared/clinical/hold-limit.ts';
import type { LimitParameter } from '../../../../shared/clinical/protocol-limits.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { SessionState } from '../state/session-state.ts';
import { allCuffs, lastValue, noVitals, type SessionVitals } from './session-vitals.ts';

/**
 * The protocol's limits before a dose, beside the latest figures: what a person decides the start by. Nothing that
 * runs with the clock calls this; it is asked when somebody answers the go/no-go or gives a dose.
 */
interface HoldFigure extends HoldLimit {
  /** null where there is none that is new enough. */
  readonly latest: { readonly value: number; readonly atMs: UtcMs; readonly byHand: boolean } | null;
  readonly verdict: HoldVerdict;
}

interface Around {
  readonly protocol: Protocol;
  /** Read when it is asked for, because few acts do. */
  vitals?(): SessionVitals;
}

function holdFigures(state: SessionState, { protocol, vitals }: Around, atMs: UtcMs): readonly HoldFigure[] {
  const known = vitals?.() ?? noVitals;
  return holdLimits(protocol.limits).map((limit) => {
    const latest = latestOf(state, known, limit.parameter, atMs);
    return { ...limit, latest, verdict: holdVerdict(limit, latest?.value ?? null) };
  });
}

/**
 * What is doubtful about a dose now: each figure beyond a limit that holds it waits for the prescriber, each beyond one
 * to ask about for a reason, and that figures are missing for a reason, too. What was answered in the go/no-go is not
 * asked again, as long as no figure has come since.
 */
export function holdDoubts(state: SessionState, around: Around, atMs: UtcMs): readonly Doubt[] {
  const figures = holdFigures(state, around, atMs);
  const go = answeredGo(state, atMs);
  const wasAnswered = ({ key, words }: Doubt, figureMs: UtcMs | null): boolean =>
    go?.answered?.some((one) => one.key === key && (figureMs === null ? one.words === words : figureMs <= go.atMs)) === true;
  const asked = [...figures.flatMap((figure) => beyondDoubt(figure, atMs)), ...missingDoubt(figures, state, around.protocol)];
  return asked.filter(({ doubt, figureMs }) => !wasAnswered(doubt, figureMs)).map(({ doubt }) => doubt);
}

/**
 * What the dose would be held by if it were beyond its limit or missing: a monitor reads again while somebody types why
 * the dose may be given all the same.
 */
export function metHolds(state: SessionState, around: Around, atMs: UtcMs): readonly Doubt[] {
  const figures = holdFigures(state, around, atMs);
  const within = figures.flatMap((figure) => {
    const { parameter, latest, verdict, words: limits } = figure;
    if (latest === null || verdict === 'beyond') return [];
    const read = ageWords(figure, latest, atMs);
    const noHold = limitDoubt('beyond', parameter, `${read}, did not hold the dose any more when the answer came (${limits})`);
    if (verdict === 'ask') return [noHold];
    return [noHold, limitDoubt('ask', parameter, `${read}, was within the limits before the dose when the answer came (${limits})`)];
  });
  if (missingDoubt(figures, state, around.protocol).length > 0) return within;
  return [...within, { ...missingFigure, words: 'The figures by which the dose is held were there when the answer came' }];
}

/** Answered with "no-go", the dose waits for the prescriber, whatever the figures say by then. */
export function noGoDoubts(state: SessionState, atMs: UtcMs): readonly Doubt[] {
  const last = lastAnswer(state, atMs);
  if (last === undefined || last.go !== false) return [];
  const words = `The go/no-go was answered with "no-go"${last.detail === undefined ? '' : `: ${last.detail}`}`.slice(0, 400);
  return [{ key: 'no-go', code: 'DOSE_BEYOND_HOLD_LIMIT', words, subject: 'go_no_go', needs: 'prescriber' }];
}

function lastAnswer({ milestones }: SessionState, atMs: UtcMs): SessionState['milestones'][number] | undefined {
  return milestones.findLast((entry) => entry.milestone === 'go_no_go' && entry.atMs <= atMs);
}

/** The last answer at this moment, if it was "go" and is no older than a figure may be; else null. */
function answeredGo(state: SessionState, atMs: UtcMs): SessionState['milestones'][number] | null {
  const last = lastAnswer(state, atMs);
  return last !== undefined && last.go === true && atMs - last.atMs <= holdEvidenceMsMax ? last : null;
}

interface Asked {
  readonly doubt: Doubt;
  /** Of the figure it is about; null where that is missing. */
  readonly figureMs: UtcMs | null;
}

function beyondDoubt(figure: HoldFigure, atMs: UtcMs): Asked[] {
  const { parameter, words: limits, latest, verdict } = figure;
  if (latest === null || (verdict !== 'beyond' && verdict !== 'ask')) return [];
  const words = `${ageWords(figure, latest, atMs)}, is beyond a limit before the dose (${limits})`;
  return [{ doubt: limitDoubt(verdict, parameter, words), figureMs: latest.atMs }];
}

function limitDoubt(verdict: 'beyond' | 'ask', parameter: LimitParameter, words: string): Doubt {
  const base = { code: 'DOSE_BEYOND_HOLD_LIMIT', words, subject: parameter } as const;
  return verdict === 'beyond'
    ? { ...base, key: `hold-limit:${parameter}`, needs: 'prescriber' }
    : { ...base, key: `ask-limit:${parameter}`, needs: 'reason' };
}

function ageWords(figure: HoldFigure, latest: NonNullable<HoldFigure['latest']>, atMs: UtcMs): string {
  return `${figure.label} ${figureWithUnit(figure, latest.value)}, ${Math.floor((atMs - latest.atMs) / 60_000)} min ago`;
}

const missingFigure = { key: 'hold-figure-missing', code: 'MONITORING_STEP_MISSING', needs: 'reason' } as const;

/**
 * What monitor and cuff give in every room. If one of them is missing, the dose asks for a reason; that another figure
 * is missing stands in the go/no-go alone.
 */
const given: readonly (readonly [name: string, parameters: readonly LimitParameter[]])[] = [
  ['blood pressure', ['nibp-sys', 'nibp-dia']],
  ['pulse', ['pulse-rate']],
  ['SpO₂', ['spo2']],
];

function missingDoubt(figures: readonly HoldFigure[], { dose }: SessionState, { name, route }: Protocol): Asked[] {
  // The pressure before the first device is asked for by the programme itself, and answered by the prescriber.
  const isAsked = (parameter: LimitParameter): boolean =>
    !(route === 'intranasal' && dose.status === 'none' && (parameter === 'nibp-sys' || parameter === 'nibp-dia'));
  const missing = given.flatMap(([what, parameters]) =>
    figures.some(({ parameter, verdict }) => verdict === 'unknown' && parameters.includes(parameter) && isAsked(parameter)) ? [what] : [],
  );
  if (missing.length === 0) return [];
  const words = `No ${missing.join(', ')} of the last ${holdEvidenceMsMax / 60_000} min, by which "${name}" holds the dose`;
  return [{ doubt: { ...missingFigure, words }, figureMs: null }];
}

/** `Systolic pressure 138 mmHg, 4 min ago, by hand; … ; Temperature none`: what was in front of whoever answered. */
export function figureWords(state: SessionState, around: Around, atMs: UtcMs): string {
  return holdFigures(state, around, atMs)
    .map((figure) => {
      const { label, latest } = figure;
      return latest === null ? `${label} none` : `${ageWords(figure, latest, atMs)}${latest.byHand ? ', by hand' : ''}`;
    })
    .join('; ');
}

function latestOf(state: SessionState, vitals: SessionVitals, parameter: LimitParameter, atMs: UtcMs): HoldFigure['latest'] {
  const fromMs = atMs - holdEvidenceMsMax;
  switch (parameter) {
    case 'nibp-sys':
    case 'nibp-dia': {
      const cuff = allCuffs(state, vitals).findLast((one) => one.atMs <= atMs && one.atMs >= fromMs);
      if (cuff === undefined) return null;
      return { value: parameter === 'nibp-sys' ? cuff.sys : cuff.dia, atMs: cuff.atMs, byHand: cuff.enteredBy !== null };
    }
    case 'moaa-s':
    case 'suds':
    case 'rass': {
      const rated = state.ratings.findLast(
        ({ instrument, state: status, score, atMs: ratedMs }) =>
          instrument === parameter && status === 'finished' && score.total !== null && ratedMs <= atMs && ratedMs >= fromMs,
      );
      return rated === undefined ? null : { value: rated.score.total ?? 0, atMs: rated.atMs, byHand: true };
    }
    default: {
      const last = lastValue(state, vitals, parameter, fromMs, atMs);
      return last === null ? null : { value: last.value, atMs: last.atMs, byHand: last.enteredBy !== null };
    }
  }
}
