import { isArtefact } from '../../../../shared/clinical/artefact.ts';
import type { MetricId } from '../../../../shared/clinical/metric.ts';
import { trendMetrics, type CuffReading, type TrendColumns } from '../../../../shared/clinical/measured-vitals.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { SessionState } from '../state/session-state.ts';

/** What the monitors said in a session, for decisions that rest on it. Typed values are in the session itself. */
export interface SessionVitals {
  readonly cuffs: readonly CuffReading[];
  readonly trend: TrendColumns | null;
}

export const noVitals: SessionVitals = { cuffs: [], trend: null };

export interface VitalPoint {
  readonly value: number;
  readonly atMs: UtcMs;
  /** null for a monitor. */
  readonly enteredBy: SessionState['vitals'][number]['actor'] | null;
}

export interface CuffPoint {
  readonly sys: number;
  readonly dia: number;
  readonly atMs: UtcMs;
  readonly enteredBy: VitalPoint['enteredBy'];
}

/** Of the monitor and by hand, in time; without what a person marked as an artefact. */
export function allCuffs(state: SessionState, { cuffs }: SessionVitals): readonly CuffPoint[] {
  const typed = state.vitals.flatMap(({ values, atMs, actor }) => {
    const [sys, dia] = [values['nibp-sys'], values['nibp-dia']];
    return sys === undefined || dia === undefined ? [] : [{ sys, dia, atMs, enteredBy: actor }];
  });
  const isValue = ({ byHand, atMs }: CuffReading): boolean => !byHand && !isArtefact(state.artefacts, 'nibp', atMs);
  const measured = cuffs.filter(isValue).map(({ sys, dia, atMs }) => ({ sys, dia, atMs, enteredBy: null }));
  return [...measured, ...typed].sort((a, b) => a.atMs - b.atMs);
}

/** Whether any figure of a set of vitals was measured or typed between these moments. */
export function hasFigures(state: SessionState, vitals: SessionVitals, fromMs: UtcMs, toMs: UtcMs): boolean {
  if (allCuffs(state, vitals).some(({ atMs }) => atMs >= fromMs && atMs <= toMs)) return true;
  return (['pulse-rate', 'heart-rate', 'spo2'] as const).some((metric) => lastValue(state, vitals, metric, fromMs, toMs) !== null);
}

type SeriesMetric = (typeof trendMetrics)[number] | 'temp';
export const seriesMetrics: readonly SeriesMetric[] = [...trendMetrics, 'temp'];

/** The last value of a metric at or before an instant, not before another; null where there is none. */
export function lastValue(state: SessionState, vitals: SessionVitals, metric: MetricId, fromMs: UtcMs, toMs: UtcMs): VitalPoint | null {
  const typed = state.vitals.findLast(({ values, atMs }) => atMs >= fromMs && atMs <= toMs && typedValue(values, metric) !== undefined);
  const typedAt: VitalPoint | null =
    typed === undefined ? null : { value: typedValue(typed.values, metric) ?? 0, atMs: typed.atMs, enteredBy: typed.actor };
  const measured = lastMeasured(state, vitals.trend, metric, fromMs, toMs);
  if (measured === null || typedAt === null) return measured ?? typedAt;
  return measured.atMs >= typedAt.atMs ? measured : typedAt;
}

/** The lines of the monitors without what a person marked, as a copy; the same object where nothing is marked. For one value: `lastValue`. */
export function withoutArtefacts<T extends TrendColumns | null>({ artefacts }: Pick<SessionState, 'artefacts'>, trend: T): T {
  if (trend === null || artefacts.every(({ metric }) => metric === 'nibp')) return trend;
  const { fromMs, stepMs } = trend;
  const columns = Object.fromEntries(
    trendMetrics.map((metric) => [
      metric,
      trend.columns[metric].map((value, index) => (isArtefact(artefacts, metric, fromMs + index * stepMs) ? null : value)),
    ]),
  ) as TrendColumns['columns'];
  return { ...trend, columns };
}

/** Steps over what was marked: this is asked with every drawing of a board, and copies nothing. */
function lastMeasured(
  { artefacts }: Pick<SessionState, 'artefacts'>,
  trend: TrendColumns | null,
  metric: MetricId,
  fromMs: UtcMs,
  toMs: UtcMs,
): VitalPoint | null {
  const drawn = trendMetrics.find((one) => one === metric);
  if (trend === null || drawn === undefined) return null;
  const column = trend.columns[drawn];
  const end = Math.min(column.length - 1, Math.floor((toMs - trend.fromMs) / trend.stepMs));
  const start = Math.max(0, Math.ceil((fromMs - trend.fromMs) / trend.stepMs));
  for (let index = end; index >= start; index -= 1) {
    const value = column[index] ?? null;
    const atMs = trend.fromMs + index * trend.stepMs;
    if (value !== null && !isArtefact(artefacts, drawn, atMs)) return { value, atMs, enteredBy: null };
  }
  return null;
}

function typedValue(values: SessionState['vitals'][number]['values'], metric: MetricId): number | undefined {
  return (values as Partial<Record<MetricId, number>>)[metric];
}

/** The set that changes refer to: at the baseline milestone, or where nobody recorded one, at the start of the dose. */
function baselineMs(state: SessionState): UtcMs | null {
  return state.milestones.find(({ milestone }) => milestone === 'baseline_vitals')?.atMs ?? state.dose.startedMs;
}

/** Looked for this long before the baseline: a probe may just then have had no value. */
const baselineReachMs = 5 * 60_000;

/** What a metric was at the baseline; null where there was no value then or shortly before. */
export function baselineValue(state: SessionState, vitals: SessionVitals, metric: MetricId): VitalPoint | null {
  const atMs = baselineMs(state);
  return atMs === null ? null : lastValue(state, vitals, metric, atMs - baselineReachMs, atMs);
}

/** A cuff taken so long after somebody said "baseline" is still the baseline: the cuff takes its time. */
const afterBaselineMs = 3 * 60_000;

export function baselineCuff(state: SessionState, vitals: SessionVitals): CuffPoint | null {
  const atMs = baselineMs(state);
  if (atMs === null) return null;
  const before = allCuffs(state, vitals).filter((cuff) => state.dose.startedMs === null || cuff.atMs <= state.dose.startedMs);
  const near = before.filter((cuff) => cuff.atMs <= atMs + afterBaselineMs);
  return near.at(-1) ?? before[0] ?? null;
}
