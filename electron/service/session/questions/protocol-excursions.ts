import type { AdverseEventCategory } from '../../../../shared/clinical/adverse-event.ts';
import {
  excursionsOf,
  type Excursion,
  type ExcursionClass,
  type MeasuredPoint,
  type MeasuredSeries,
} from '../../../../shared/clinical/excursion.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { limitParameters, type LimitParameter } from '../../../../shared/clinical/protocol-limits.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import { showShort } from '../../../../shared/values/quantity.ts';
import type { OpenPoint } from './completeness-item.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import type { SessionState } from '../state/session-state.ts';
import { allCuffs, baselineCuff, baselineValue, withoutArtefacts, type SessionVitals } from './session-vitals.ts';

/** What was done about a value is looked for this long after it. */
const answeredWithinMs = 15 * 60_000;

const pressures = [
  ['nibp-sys', 'Systolic pressure'],
  ['nibp-dia', 'Diastolic pressure'],
] as const;
const lines = [
  ['pulse-rate', 'Pulse', ''],
  ['spo2', 'SpO₂', ' %'],
  ['resp-rate', 'Respiration', ''],
  ['etco2', 'CO₂', ''],
] as const;
const rated = ['moaa-s', 'suds', 'rass'] as const satisfies readonly (LimitParameter & InstrumentId)[];

/** These are read off a monitor; every other adverse event is felt by the patient or seen by somebody. */
const measuredEvents: readonly AdverseEventCategory[] = [
  'blood-pressure-increased',
  'tachycardia',
  'bradycardia',
  'hypotension',
  'desaturation',
  'medication-error',
  'device-failure',
];

/** Every stretch from the start of the dose to the end of the session beyond a limit of the protocol. */
export function protocolExcursions(
  state: SessionState,
  protocol: Protocol,
  vitals: SessionVitals,
  offsetMin: number,
): readonly OpenPoint[] {
  const { startedMs } = state.dose;
  if (startedMs === null) return [];
  const endMs = state.ended?.atMs ?? Number.MAX_SAFE_INTEGER;
  const ground = {
    limits: protocol.limits,
    baseline: baselineOf(state, vitals),
    hadSymptoms: (fromMs: number, toMs: number) => symptomsBetween(state, fromMs, toMs),
  };
  return allSeries(state, vitals)
    .map((series) => ({ ...series, points: series.points.filter(({ atMs }) => atMs >= startedMs && atMs <= endMs) }))
    .flatMap((series) => excursionsOf(series, ground))
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .map((excursion) => itemOf(excursion, state, vitals, offsetMin));
}

/** An event that was there while the value was, or was recorded soon after it. */
function symptomsBetween({ adverseEvents }: SessionState, fromMs: number, toMs: number): boolean {
  return adverseEvents.some(
    ({ category, atMs, endedMs, open }) =>
      !measuredEvents.includes(category) && atMs <= toMs + answeredWithinMs && (endedMs ?? (open ? toMs : atMs)) >= fromMs,
  );
}

const classWords: Readonly<Record<ExcursionClass, string>> = {
  stop: 'beyond protocol limit for pause and call',
  review: 'beyond protocol limit for review',
  once: 'beyond protocol limit, its condition not met',
};

function itemOf(excursion: Excursion, state: SessionState, vitals: SessionVitals, offsetMin: number): OpenPoint {
  const clock = (utcMs: number): string => writtenMinute({ utcMs, offsetMin });
  const repeat = repeatOf(excursion, state, vitals);
  const review = reviewOf(excursion, state);
  const until = excursion.toMs > excursion.fromMs ? ` to ${clock(excursion.toMs)}` : '';
  const said = [
    ...(review === undefined ? [] : [`reviewed ${clock(review.atMs)}${reviewWords(review)}`]),
    ...(repeat === undefined ? [] : [`repeated ${clock(repeat.atMs)}: ${repeat.sys}/${repeat.dia}`]),
  ];
  const isDone = (review !== undefined && reviewWords(review) !== '') || (excursion.act === 'once' && repeat !== undefined);
  return {
    key: `excursion:${excursion.parameter}-${excursion.side}:${excursion.fromMs}`,
    kind: 'excursion',
    label: `${excursion.label} ${excursion.worst}`,
    detail: [`${clock(excursion.fromMs)}${until}`, classWords[excursion.act], ...said].join(' · '),
    atMs: excursion.fromMs,
    // Where the review stands in the record already, it is shown and not asked for again.
    asks: isDone ? 'nothing' : 'what-was-done',
  };
}

function isPressure({ parameter }: Excursion): boolean {
  return parameter === 'nibp-sys' || parameter === 'nibp-dia';
}

function isAnswer({ fromMs, toMs }: Excursion, atMs: number): boolean {
  return atMs >= fromMs && atMs <= toMs + answeredWithinMs;
}

/** Who was told, and what was done. */
function reviewWords({ told, detail }: SessionState['milestones'][number]): string {
  const said = [...(told === undefined ? [] : [`told ${told}`]), ...(detail === undefined ? [] : [detail])];
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

/** The review that answers an excursion of the blood pressure: the first one with words, or else the first. */
function reviewOf(excursion: Excursion, state: SessionState): SessionState['milestones'][number] | undefined {
  if (!isPressure(excursion)) return undefined;
  const reviews = state.milestones.filter(({ milestone, atMs }) => milestone === 'bp_review' && isAnswer(excursion, atMs));
  return reviews.find(({ detail }) => detail !== undefined) ?? reviews[0];
}

/** The next cuff reading after the furthest one. */
function repeatOf(excursion: Excursion, state: SessionState, vitals: SessionVitals) {
  if (!isPressure(excursion)) return undefined;
  return allCuffs(state, vitals).find(({ atMs }) => atMs > excursion.worstAtMs && isAnswer(excursion, atMs));
}

function allSeries(state: SessionState, vitals: SessionVitals): readonly MeasuredSeries[] {
  const cuffs = allCuffs(state, vitals);
  const trend = withoutArtefacts(state, vitals.trend);
  return [
    ...pressures.map(([parameter, label]): MeasuredSeries => ({
      parameter,
      label,
      points: cuffs.map(({ atMs, sys, dia }) => ({
        atMs,
        value: parameter === 'nibp-sys' ? sys : dia,
        text: `${sys}/${dia}`,
        single: true,
      })),
    })),
    ...lines.map(([metric, label, unit]): MeasuredSeries => ({
      parameter: metric,
      label,
      points: [...measured(trend, metric, unit), ...typed(state, metric, unit)].sort((a, b) => a.atMs - b.atMs),
    })),
    ...rated.map((instrument): MeasuredSeries => ({
      parameter: instrument,
      label: instruments[instrument].name,
      points: state.ratings.flatMap((rating) => {
        const { total } = rating.score;
        return rating.instrument !== instrument || rating.state !== 'finished' || total === null ? [] : [single(rating.atMs, total, '')];
      }),
    })),
  ];
}

type LineMetric = (typeof lines)[number][0];

function measured(trend: SessionVitals['trend'], metric: LineMetric, unit: string): MeasuredPoint[] {
  if (trend === null) return [];
  return trend.columns[metric].flatMap((value, index) =>
    value === null ? [] : [{ ...single(trend.fromMs + index * trend.stepMs, value, unit), single: false }],
  );
}

function typed(state: SessionState, metric: LineMetric, unit: string): MeasuredPoint[] {
  return state.vitals.flatMap(({ atMs, values }) => {
    const value = (values as Partial<Record<string, number>>)[metric];
    return value === undefined ? [] : [single(atMs, value, unit)];
  });
}

function single(atMs: number, value: number, unit: string): MeasuredPoint {
  return { atMs, value, text: `${showShort(value, 1)}${unit}`, single: true };
}

function baselineOf(state: SessionState, vitals: SessionVitals): Partial<Record<LimitParameter, number>> {
  const baseline: Partial<Record<LimitParameter, number>> = {};
  const cuff = baselineCuff(state, vitals);
  if (cuff !== null) Object.assign(baseline, { 'nibp-sys': cuff.sys, 'nibp-dia': cuff.dia });
  for (const parameter of limitParameters) {
    if (parameter !== 'pulse-rate' && parameter !== 'spo2' && parameter !== 'resp-rate') continue;
    const value = baselineValue(state, vitals, parameter);
    if (value !== null) baseline[parameter] = value.value;
  }
  return baseline;
}
