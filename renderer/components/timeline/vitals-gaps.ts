import type { TrendColumns, TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Gap } from '../../../shared/contract/board/clock.ts';
import { trendGaps, type TrendGap } from '../../../shared/clinical/trend-strokes.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

/** An absence that is shorter breaks the line and is not hatched. */
const leastBandGapMs = 10_000;

export interface BandGap extends TrendGap {
  readonly metric: TrendMetric;
}

/**
 * Absences of single metrics (a sensor off) that no gap of the whole monitor explains. The gaps of the monitor
 * come with their cause from the record; these are read from the trend itself, so that no break is unmarked.
 */
export function bandGaps(trend: TrendColumns | null, metrics: readonly TrendMetric[], gaps: readonly Gap[]): readonly BandGap[] {
  if (trend === null) return [];
  const found: BandGap[] = [];
  for (const metric of metrics) {
    for (const gap of trendGaps(trend, metric, leastBandGapMs)) {
      if (!isExplained(gap, gaps, trend.stepMs)) found.push({ ...gap, metric });
    }
  }
  return found;
}

/** The monitor's gap may begin some seconds after the last value: that is when it was noticed. */
function isExplained(gap: TrendGap, gaps: readonly Gap[], stepMs: number): boolean {
  const slackMs = 15_000 + stepMs;
  return gaps.some(
    (known) => gap.fromMs >= known.fromMs - slackMs && (known.toMs === null || (gap.toMs !== null && gap.toMs <= known.toMs + slackMs)),
  );
}

/** The gap an instant lies in; null when there were data, or nothing was expected yet. */
export function gapAt(session: SessionView, atMs: UtcMs): Gap | null {
  return session.gaps.find((gap) => gap.fromMs <= atMs && (gap.toMs === null || atMs < gap.toMs)) ?? null;
}
