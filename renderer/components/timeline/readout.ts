import type { GapCause } from '../../../shared/clinical/gap-cause.ts';
import type { EnteredVital } from '../../../shared/contract/session-view/entries.ts';
import { trendMetrics, type CuffReading, type TrendColumns, type TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { isArtefact } from '../../../shared/clinical/artefact.ts';
import { deliveredUg, rateAt } from '../../../shared/clinical/dosing.ts';
import { lastTrendValue } from '../../../shared/clinical/trend.ts';
import { isDrawnAt } from '../../../shared/clinical/trend-strokes.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { enteredAt } from './entered-values.ts';
import { ratingRows, type RatingRow } from '../../../shared/clinical/instrument.ts';
import { rowOf } from './rating-rows.ts';
import type { VitalLine } from './vital-lines.ts';
import { gapAt } from './vitals-gaps.ts';

/** Every lane at one instant. null is "nothing there", and is said so. */
export interface Readout {
  readonly atMs: UtcMs;
  readonly milestones: readonly string[];
  readonly values: Readonly<Record<TrendMetric, number | null>>;
  /** When those were measured that a slow monitor gave, and the line still passes. */
  readonly measuredMs: Readonly<Partial<Record<TrendMetric, UtcMs>>>;
  /** Lines whose value at the instant a person marked as an artefact. */
  readonly artefacts: readonly TrendMetric[];
  /** For lines without a value: the last one that a person typed, where no monitor has given one since. */
  readonly entered: Readonly<Partial<Record<TrendMetric, EnteredVital>>>;
  readonly gapCause: GapCause | null;
  /** The last cuff reading at or before the instant. */
  readonly cuff: CuffReading | null;
  readonly dose: { readonly ug: number; readonly rateUlPerHour: number; readonly state: 'not-started' | 'running' | 'paused' | 'ended' };
  /** The last rating of each row at or before the instant. */
  readonly ratings: Readonly<Record<RatingRow, RatingView | null>>;
  readonly notes: readonly string[];
}

/** A value may be a few seconds old and still be the value at an instant. */
const lookBackMs = 3000;
const nearMs = 60_000;

interface ReadoutSources {
  readonly session: SessionView;
  readonly trend: TrendColumns | null;
  readonly lines: readonly VitalLine[];
  readonly labelOf: (mark: SessionView['marks'][number]) => string;
  readonly noteWords: (note: SessionView['observations'][number]) => string;
}

export function readoutAt({ session, trend, lines, labelOf, noteWords }: ReadoutSources, atMs: UtcMs): Readout {
  const measured = Object.fromEntries(trendMetrics.map((metric) => [metric, measuredAt(trend, metric, atMs)])) as Record<
    TrendMetric,
    { readonly value: number; readonly atMs: UtcMs } | null
  >;
  const value = (metric: TrendMetric): number | null => measured[metric]?.value ?? null;
  const near = <T extends { readonly atMs: UtcMs }>(items: readonly T[]): T[] =>
    items.filter((item) => Math.abs(item.atMs - atMs) <= nearMs).sort((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs));
  const ratings = Object.fromEntries(
    ratingRows.map((row) => [row, session.ratings.findLast((rating) => rating.atMs <= atMs && rowOf(rating.instrument) === row) ?? null]),
  ) as Record<RatingRow, RatingView | null>;
  const entered = lines.flatMap((line) => {
    const typed = value(line.metric) === null ? enteredAt(session, trend, line, atMs) : null;
    return typed === null ? [] : [[line.metric, typed] as const];
  });
  return {
    atMs,
    milestones: near(session.marks).map(labelOf),
    values: {
      'pulse-rate': value('pulse-rate'),
      spo2: value('spo2'),
      'resp-rate': value('resp-rate'),
      etco2: value('etco2'),
      'heart-rate': value('heart-rate'),
    },
    measuredMs: Object.fromEntries(
      Object.entries(measured).flatMap(([metric, point]) =>
        point === null || atMs - point.atMs <= lookBackMs ? [] : [[metric, point.atMs]],
      ),
    ),
    artefacts: trendMetrics.filter((metric) => {
      const point = measured[metric];
      return point !== null && isArtefact(session.artefacts, metric, point.atMs);
    }),
    entered: Object.fromEntries(entered),
    gapCause: gapAt(session, atMs)?.cause ?? null,
    cuff: session.cuffReadings.findLast((reading) => reading.atMs <= atMs) ?? null,
    dose: doseAt(session, atMs),
    ratings,
    notes: near(session.observations).map(noteWords),
  };
}

/** The value at an instant: one of the last seconds, or of a slow monitor the last one where the line passes. */
function measuredAt(trend: TrendColumns | null, metric: TrendMetric, atMs: UtcMs): { readonly value: number; readonly atMs: UtcMs } | null {
  const last = trend === null ? null : lastTrendValue<TrendMetric>(trend, metric, atMs);
  if (trend === null || last === null) return null;
  return atMs - last.atMs <= lookBackMs || isDrawnAt<TrendMetric>(trend, metric, atMs) ? last : null;
}

function doseAt(session: SessionView, atMs: UtcMs): Readout['dose'] {
  const { dose } = session;
  if (dose.startedMs === null || atMs < dose.startedMs) return { ug: 0, rateUlPerHour: 0, state: 'not-started' };
  const rateUlPerHour = rateAt(dose, atMs);
  const ended = dose.endedMs !== null && atMs >= dose.endedMs;
  return {
    ug: deliveredUg(dose, atMs),
    rateUlPerHour,
    state: ended ? 'ended' : rateUlPerHour === 0 && dose.segments.length > 0 ? 'paused' : 'running',
  };
}
