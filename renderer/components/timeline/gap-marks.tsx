import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import type { ReactElement } from 'react';
import { trendFullMs, type TrendColumns, type TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import type { Gap } from '../../../shared/contract/board/clock.ts';
import { lastTrendValue } from '../../../shared/clinical/trend.ts';
import { isDrawnAt } from '../../../shared/clinical/trend-strokes.ts';
import { timelineText } from '../../text/timeline.ts';
import { happenedUntilMs, nowX, type Frame } from './frame.ts';
import { seriesClass } from './grid-layer.tsx';
import { bandExtent } from './lane-layout.ts';
import { isWithin, spanPx, xOf } from './time-scale.ts';
import reminderStyles from './reminders.module.css';
import seriesStyles from './series.module.css';
import wordStyles from './words.module.css';
import { yIn, type Domains } from './value-domains.ts';
import type { VitalLine } from './vital-lines.ts';
import type { BandGap } from './vitals-gaps.ts';

interface GapHatchProps {
  readonly frame: Frame;
  readonly bandGaps: readonly BandGap[];
  readonly lines: readonly VitalLine[];
  readonly hatch: string;
}

/** Where there are no data: hatched over all vitals when the monitor is gone, over one band when a sensor is. */
export function GapHatch({ frame, bandGaps, lines, hatch }: GapHatchProps): ReactElement {
  const { session, scale, layout } = frame;
  const untilMs = happenedUntilMs(frame);
  const vitals = layout.lanes.vitals;
  return (
    <g>
      {session.gaps.map((gap) => {
        const span = spanPx(scale, gap.fromMs, gap.toMs ?? untilMs);
        return (
          span && (
            <g key={gap.fromMs}>
              <rect x={span.x} y={vitals.top - 4} width={span.width} height={vitals.height + 8} fill={`url(#${hatch})`} />
              <line className={reminderStyles.gapEdge} x1={span.x} x2={span.x} y1={vitals.top - 4} y2={vitals.top + vitals.height + 4} />
            </g>
          )
        );
      })}
      {bandGaps.map((gap) => {
        const line = lines.find((candidate) => candidate.metric === gap.metric);
        const extent = line === undefined ? null : bandExtent(layout, line.band);
        const span = spanPx(scale, gap.fromMs, gap.toMs ?? untilMs);
        if (extent === null || span === null) return null;
        return (
          <rect
            key={`${gap.metric} ${gap.fromMs}`}
            x={span.x}
            y={extent.top}
            width={span.width}
            height={extent.height}
            fill={`url(#${hatch})`}
          />
        );
      })}
    </g>
  );
}

interface LineEndsProps {
  readonly frame: Frame;
  readonly trend: TrendColumns | null;
  readonly domains: Domains;
  readonly bandGaps: readonly BandGap[];
  readonly lines: readonly VitalLine[];
}

/** A value this old is still the present one, with a monitor that speaks every second. */
const freshMs = 10_000;

/** Where a line ends: a full dot at the present value, a hollow one at the last value before a gap. */
export function LineEnds({ frame, trend, domains, bandGaps, lines }: LineEndsProps): ReactElement | null {
  const { session, scale, layout, nowMs, live } = frame;
  if (trend === null) return null;
  const dots = lines.flatMap(({ metric, band }) => {
    const extent = bandExtent(layout, band);
    if (extent === null) return [];
    const dotAt = (atMs: number, hollow: boolean) => {
      const last = lastTrendValue(trend, metric, atMs);
      if (last === null || !isWithin(scale, last.atMs)) return [];
      return [{ key: `${metric} ${atMs}`, band, x: xOf(scale, last.atMs), y: yIn(extent, domains[band], last.value), hollow }];
    };
    const gapStarts = gapStartsOf(metric, session.gaps, bandGaps);
    const present = live ? lastTrendValue(trend, metric, nowMs) : null;
    const fresh = present !== null && (nowMs - present.atMs <= freshMs || isDrawnAt<TrendMetric>(trend, metric, nowMs));
    return [...gapStarts.flatMap((fromMs) => dotAt(fromMs, true)), ...(fresh ? dotAt(nowMs, false) : [])];
  });
  return (
    <g>
      {dots.map((dot) => (
        <circle
          key={dot.key}
          className={`${seriesClass[dot.band] ?? ''} ${dot.hollow ? (seriesStyles.hollowEnd ?? '') : (seriesStyles.fullEnd ?? '')}`}
          cx={dot.x}
          cy={dot.y}
          r={3.5}
        />
      ))}
    </g>
  );
}

function gapStartsOf(metric: TrendMetric, gaps: readonly Gap[], bandGaps: readonly BandGap[]): readonly number[] {
  return [...gaps.map((gap) => gap.fromMs), ...bandGaps.filter((gap) => gap.metric === metric).map((gap) => gap.fromMs)];
}

/** The two lines that say since when and why; beside the gap, where nothing is covered. */
export function GapFlag({ frame }: { readonly frame: Frame }): ReactElement | null {
  const { session, layout, textWidth, nowMs, clock } = frame;
  const gap = session.gaps.find((candidate) => candidate.toMs === null);
  const now = nowX(frame);
  const vitals = layout.lanes.vitals;
  const y = vitals.top + vitals.height * 0.24;
  const bp = bandExtent(layout, 'bp');
  if (gap === undefined || now === null) return <ClosedGapFlags frame={frame} y={y} />;
  const first = timelineText.noDataFor(minutesAndSeconds(nowMs - gap.fromMs));
  const second = timelineText.gapSince(gap.cause, clock.second(gap.fromMs));
  const width = Math.max(textWidth(first, 600), textWidth(second)) + 20;
  const right = now + 14 + width <= layout.plot.right;
  // Without room beside now the flag lies on the hatch, in the foot of the BP band where bars seldom reach.
  const x = right ? now + 14 : Math.max(layout.plot.left, now - 8 - width);
  const top = right || bp === null ? y : bp.top + bp.height - flagPx;
  return (
    <g>
      <ClosedGapFlags frame={frame} y={y} />
      {right && <line className={reminderStyles.gapFlagLine} x1={now} x2={x} y1={top + flagPx / 2} y2={top + flagPx / 2} />}
      <FlagWords x={x} y={top} width={width} first={first} second={second} />
    </g>
  );
}

/** Where the lines of a session that nobody ended end, while its values go on being recorded. */
export function FullTrendFlag({ frame, trend }: { readonly frame: Frame; readonly trend: TrendColumns | null }): ReactElement | null {
  const { scale, layout, textWidth } = frame;
  const fullMs = trend === null ? null : trendFullMs(trend);
  const vitals = layout.lanes.vitals;
  const span = fullMs === null ? null : spanPx(scale, fullMs, happenedUntilMs(frame));
  if (span === null) return null;
  const { first, second } = timelineText.trendFull;
  const width = Math.max(textWidth(first, 600), textWidth(second)) + 20;
  const x = Math.max(layout.plot.left, Math.min(span.x + 8, layout.plot.right - width));
  // In the foot: above it stand the words of a gap.
  return <FlagWords x={x} y={vitals.top + vitals.height - flagPx - 4} width={width} first={first} second={second} />;
}

/** A gap that is over keeps its words where they fit inside it. */
function ClosedGapFlags({ frame, y }: { readonly frame: Frame; readonly y: number }): ReactElement {
  const { session, scale, textWidth, clock } = frame;
  return (
    <g>
      {session.gaps.map((gap) => {
        const span = gap.toMs === null ? null : spanPx(scale, gap.fromMs, gap.toMs);
        if (span === null || gap.toMs === null) return null;
        const first = timelineText.noDataFor(minutesAndSeconds(gap.toMs - gap.fromMs));
        const second = timelineText.gapSince(gap.cause, clock.second(gap.fromMs));
        const width = Math.max(textWidth(first, 600), textWidth(second)) + 20;
        if (width + 8 > span.width) return null;
        const x = span.x + (span.width - width) / 2;
        return <FlagWords key={gap.fromMs} x={x} y={y} width={width} first={first} second={second} />;
      })}
    </g>
  );
}

const flagPx = 46;

interface FlagWordsProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly first: string;
  readonly second: string;
}

function FlagWords({ x, y, width, first, second }: FlagWordsProps): ReactElement {
  return (
    <g>
      <rect className={reminderStyles.gapFlag} x={x} y={y} width={width} height={flagPx} rx={3} />
      <text className={wordStyles.dueStrong} x={x + 10} y={y + 20}>
        {first}
      </text>
      <text className={wordStyles.dueWords} x={x + 10} y={y + 38}>
        {second}
      </text>
    </g>
  );
}
