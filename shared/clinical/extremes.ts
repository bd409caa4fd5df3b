import type { EnteredVital } from '../contract/session-view/entries.ts';
import type { CuffReading, TrendColumns } from './measured-vitals.ts';

/**
 * The highest and the lowest of a session, by one definition for screen, print, export and the monitoring form:
 * from the start of the dose to the end of the session, of everything that was measured or typed. What came before
 * the dose is told apart, and of a session without a dose there is nothing else.
 */
export interface ValueAt {
  readonly value: number;
  readonly atMs: number;
}
export interface Extremes {
  /** Of equal values the first. */
  readonly highest: ValueAt;
  readonly lowest: ValueAt;
}
export interface ExtremesAroundDose {
  readonly before: Extremes | null;
  /** During the dose and after it. */
  readonly since: Extremes | null;
}
/** What a highest or lowest value is told of. */
export type ExtremeMetric = 'nibp-sys' | 'nibp-dia' | 'pulse-rate' | 'spo2' | 'resp-rate';

export interface MeasuredSession {
  readonly cuffReadings: readonly CuffReading[];
  readonly enteredVitals: readonly Pick<EnteredVital, 'metric' | 'value' | 'atMs'>[];
  readonly trend: TrendColumns | null;
  readonly doseStartMs: number | null;
  /** null while it runs. */
  readonly endMs: number | null;
}

export function sessionExtremes(session: MeasuredSession, metric: ExtremeMetric): ExtremesAroundDose {
  const { doseStartMs, endMs } = session;
  const points = valuesOf(session, metric).filter(({ atMs }) => endMs === null || atMs <= endMs);
  const isSince = ({ atMs }: ValueAt): boolean => doseStartMs !== null && atMs >= doseStartMs;
  return { before: extremesOf(points.filter((point) => !isSince(point))), since: extremesOf(points.filter(isSince)) };
}

function valuesOf({ cuffReadings, enteredVitals, trend }: MeasuredSession, metric: ExtremeMetric): readonly ValueAt[] {
  if (metric === 'nibp-sys') return cuffReadings.map(({ sys, atMs }) => ({ value: sys, atMs }));
  if (metric === 'nibp-dia') return cuffReadings.map(({ dia, atMs }) => ({ value: dia, atMs }));
  const measured = (trend?.columns[metric] ?? []).flatMap((value, index) =>
    value === null || trend === null ? [] : [{ value, atMs: trend.fromMs + index * trend.stepMs }],
  );
  return [...measured, ...enteredVitals.filter((entry) => entry.metric === metric)].sort((a, b) => a.atMs - b.atMs);
}

function extremesOf(points: readonly ValueAt[]): Extremes | null {
  const [first] = points;
  if (first === undefined) return null;
  return points.reduce<Extremes>(
    ({ highest, lowest }, point) => ({
      highest: point.value > highest.value ? point : highest,
      lowest: point.value < lowest.value ? point : lowest,
    }),
    { highest: first, lowest: first },
  );
}
