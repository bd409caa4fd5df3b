import { isBeyondLimit, isLowLimit, type Limit, type LimitParameter } from '../../../shared/clinical/protocol-limits.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { Doubt } from '../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { showShort } from '../../../shared/values/quantity.ts';
import type { SessionState } from './session-state.ts';
import { allCuffs, lastValue, type SessionVitals } from './session-vitals.ts';

/**
 * The protocol's limits before a dose, beside the latest figures: what a person decides the start by. Nothing that
 * runs with the clock calls this; it is asked when somebody gives a dose, and looked at by whoever prepares one.
 */
export interface HoldFigure {
  readonly parameter: LimitParameter;
  readonly label: string;
  /** null where there is none that is new enough. */
  readonly value: number | null;
  readonly atMs: UtcMs | null;
  readonly unit: string;
  /** In words, for example `hold below 90, from 160`. */
  readonly limits: string;
  readonly standing: 'within' | 'ask' | 'beyond' | 'unknown';
}

/** An older value says nothing of the patient who is about to get a dose. */
export const holdEvidenceMsMax = 15 * 60_000;

const labels: Readonly<Record<LimitParameter, readonly [label: string, unit: string]>> = {
  'nibp-sys': ['Systolic pressure', 'mmHg'],
  'nibp-dia': ['Diastolic pressure', 'mmHg'],
  'pulse-rate': ['Pulse', '/min'],
  spo2: ['SpO₂', '%'],
  'resp-rate': ['Respiration', '/min'],
  etco2: ['CO₂', 'mmHg'],
  temp: ['Temperature', '°C'],
  'moaa-s': ['MOAA/S', ''],
  suds: ['SUDS', ''],
  rass: ['RASS', ''],
};

/** Every parameter that the protocol holds the dose by, in its order, with its newest figure. */
export function holdFigures(state: SessionState, protocol: Protocol, vitals: SessionVitals, nowMs: UtcMs): readonly HoldFigure[] {
  const held = protocol.limits.filter(({ act }) => act === 'hold' || act === 'ask');
  return [...new Set(held.map(({ parameter }) => parameter))].map((parameter) => {
    const limits = held.filter((limit) => limit.parameter === parameter);
    const [label, unit] = labels[parameter];
    const latest = latestOf(state, vitals, parameter, nowMs);
    const isBeyond = (act: Limit['act']): boolean =>
      latest !== null && limits.some((limit) => limit.act === act && isBeyondLimit(limit, latest.value, null) === true);
    const standing = latest === null ? 'unknown' : isBeyond('hold') ? 'beyond' : isBeyond('ask') ? 'ask' : 'within';
    return { parameter, label, unit, standing, value: latest?.value ?? null, atMs: latest?.atMs ?? null, limits: limitWords(limits) };
  });
}

/** What is doubtful about a dose now by its hold limits: beyond one it waits for the prescriber. */
export function holdDoubts(state: SessionState, protocol: Protocol, vitals: SessionVitals, nowMs: UtcMs): readonly Doubt[] {
  return holdFigures(state, protocol, vitals, nowMs).flatMap((figure): Doubt[] => {
    const { parameter, label, value, unit, atMs, limits, standing } = figure;
    if (value === null || atMs === null || (standing !== 'beyond' && standing !== 'ask')) return [];
    const age = Math.floor((nowMs - atMs) / 60_000);
    const said = `${label} ${showShort(value, 1)}${unit === '' ? '' : ` ${unit}`}, ${age} min ago, is beyond a limit before the dose (${limits})`;
    const base = { code: 'DOSE_BEYOND_HOLD_LIMIT', words: said, subject: parameter } as const;
    return standing === 'beyond'
      ? [{ ...base, key: `hold-limit:${parameter}`, needs: 'prescriber' }]
      : [{ ...base, key: `ask-limit:${parameter}`, needs: 'reason' }];
  });
}

function latestOf(state: SessionState, vitals: SessionVitals, parameter: LimitParameter, nowMs: UtcMs) {
  const fromMs = nowMs - holdEvidenceMsMax;
  switch (parameter) {
    case 'nibp-sys':
    case 'nibp-dia': {
      const cuff = allCuffs(state, vitals).findLast(({ atMs }) => atMs <= nowMs && atMs >= fromMs);
      return cuff === undefined ? null : { value: parameter === 'nibp-sys' ? cuff.sys : cuff.dia, atMs: cuff.atMs };
    }
    case 'moaa-s':
    case 'suds':
    case 'rass': {
      const rated = state.ratings.findLast(
        ({ instrument, state: status, score, atMs }) =>
          instrument === parameter && status === 'finished' && score.total !== null && atMs <= nowMs && atMs >= fromMs,
      );
      return rated === undefined ? null : { value: rated.score.total ?? 0, atMs: rated.atMs };
    }
    default:
      return lastValue(state, vitals, parameter, fromMs, nowMs);
  }
}

const comparisons: Readonly<Record<Limit['comparison'], string>> = {
  'at-or-above': 'from',
  above: 'above',
  below: 'below',
  'at-or-below': 'at or below',
  'percent-above-baseline': 'percent over the baseline from',
};

function limitWords(limits: readonly Limit[]): string {
  const words = (act: 'hold' | 'ask'): string[] => {
    const own = limits.filter((limit) => limit.act === act).toSorted((a, b) => Number(isLowLimit(b)) - Number(isLowLimit(a)));
    return own.length === 0 ? [] : [`${act} ${own.map(({ comparison, value }) => `${comparisons[comparison]} ${value}`).join(', ')}`];
  };
  return [...words('hold'), ...words('ask')].join('; ');
}
