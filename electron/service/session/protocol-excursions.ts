import { excursionsOf, type Excursion, type MeasuredSeries } from '../../../shared/clinical/excursion.ts';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { limitParameters, type LimitParameter } from '../../../shared/clinical/protocol-limits.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { showShort } from '../../../shared/values/quantity.ts';
import type { OpenPoint } from './completeness-item.ts';
import { clockText } from './event-label.ts';
import type { SessionState } from './session-state.ts';
import { allCuffs, baselineCuff, baselineMs, lastValue, type SessionVitals } from './session-vitals.ts';

/** What was done about a value is looked for this long after it. */
const answeredWithinMs = 15 * 60_000;
/** The value before a dose, looked for this long before the baseline. */
const baselineReachMs = 5 * 60_000;

const continuous = [
  ['pulse-rate', 'Pulse', ''],
  ['spo2', 'SpO₂', ' %'],
  ['resp-rate', 'Respiration', ''],
  ['etco2', 'CO₂', ''],
] as const;
const rated = ['moaa-s', 'suds', 'rass'] as const satisfies readonly (LimitParameter & InstrumentId)[];

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
  const baseline = baselineOf(state, vitals);
  return allSeries(state, vitals)
    .map((series) => ({ ...series, points: series.points.filter(({ atMs }) => atMs >= startedMs && atMs <= endMs) }))
    .flatMap((series) => excursionsOf(series, protocol.limits, baseline))
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .map((excursion) => itemOf(excursion, state, vitals, offsetMin));
}

function itemOf(excursion: Excursion, state: SessionState, vitals: SessionVitals, offsetMin: number): OpenPoint {
  const clock = (utcMs: number): string => clockText({ utcMs, offsetMin });
  const done = whatWasDone(excursion, state, vitals, clock);
  const until = excursion.toMs > excursion.fromMs ? ` to ${clock(excursion.toMs)}` : '';
  const asked = excursion.act === 'stop' ? 'above protocol limit for pause and call' : 'above protocol limit for review';
  return {
    key: `excursion:${excursion.key}:${excursion.fromMs}`,
    kind: 'excursion',
    label: `${excursion.label} ${excursion.worst}`,
    detail: [`${clock(excursion.fromMs)}${until}`, asked.replace('above', 'beyond'), ...done].join(' · '),
    atMs: excursion.fromMs,
    // Where the review stands in the record already, it is shown and not asked for again.
    asks: done.length > 0 ? 'nothing' : 'what-was-done',
  };
}

/** What people recorded about it themselves: a review, with the repeat, a drug, an adverse event, a pause. */
function whatWasDone(excursion: Excursion, state: SessionState, vitals: SessionVitals, clock: (ms: number) => string): string[] {
  const isAfter = (atMs: number): boolean => atMs >= excursion.fromMs && atMs <= excursion.toMs + answeredWithinMs;
  if (excursion.key !== 'blood-pressure') return [];
  const review = state.milestones.find(({ milestone, atMs }) => milestone === 'bp_review' && isAfter(atMs));
  if (review === undefined) return [];
  const repeat = allCuffs(state, vitals).find(({ atMs }) => atMs > excursion.worstAtMs && isAfter(atMs));
  const detail = review.detail === undefined ? '' : `: ${review.detail}`;
  return [
    `reviewed ${clock(review.atMs)}${detail}`,
    ...(repeat === undefined ? [] : [`repeated ${clock(repeat.atMs)}: ${repeat.sys}/${repeat.dia}`]),
  ];
}

function allSeries(state: SessionState, vitals: SessionVitals): readonly MeasuredSeries[] {
  const cuffs = allCuffs(state, vitals).map(({ atMs, sys, dia }) => ({
    atMs,
    values: { 'nibp-sys': sys, 'nibp-dia': dia },
    text: `${sys}/${dia}`,
  }));
  const lines = continuous.map(([metric, label, unit]): MeasuredSeries => {
    const typed = state.vitals.flatMap(({ atMs, values }) => {
      const value = (values as Partial<Record<string, number>>)[metric];
      return value === undefined ? [] : [pointOf(metric, atMs, value, unit)];
    });
    return { key: metric, label, continuous: true, points: [...measured(vitals, metric, unit), ...typed].sort((a, b) => a.atMs - b.atMs) };
  });
  const ratings = rated.map((instrument): MeasuredSeries => ({
    key: instrument,
    label: instruments[instrument].name,
    continuous: false,
    points: state.ratings.flatMap((rating) => {
      const { total } = rating.score;
      return rating.instrument !== instrument || rating.state !== 'finished' || total === null
        ? []
        : [pointOf(instrument, rating.atMs, total, '')];
    }),
  }));
  return [{ key: 'blood-pressure', label: 'Blood pressure', continuous: false, points: cuffs }, ...lines, ...ratings];
}

function measured(vitals: SessionVitals, metric: (typeof continuous)[number][0], unit: string): MeasuredSeries['points'] {
  const { trend } = vitals;
  if (trend === null) return [];
  return trend.columns[metric].flatMap((value, index) =>
    value === null ? [] : [pointOf(metric, trend.fromMs + index * trend.stepMs, value, unit)],
  );
}

function pointOf(parameter: LimitParameter, atMs: number, value: number, unit: string): MeasuredSeries['points'][number] {
  return { atMs, values: { [parameter]: value }, text: `${showShort(value, 1)}${unit}` };
}

function baselineOf(state: SessionState, vitals: SessionVitals): Partial<Record<LimitParameter, number>> {
  const baseline: Partial<Record<LimitParameter, number>> = {};
  const cuff = baselineCuff(state, vitals);
  if (cuff !== null) Object.assign(baseline, { 'nibp-sys': cuff.sys, 'nibp-dia': cuff.dia });
  const atMs = baselineMs(state);
  for (const parameter of limitParameters) {
    if (atMs === null || (parameter !== 'pulse-rate' && parameter !== 'spo2' && parameter !== 'resp-rate')) continue;
    const value = lastValue(state, vitals, parameter, atMs - baselineReachMs, atMs);
    if (value !== null) baseline[parameter] = value.value;
  }
  return baseline;
}
