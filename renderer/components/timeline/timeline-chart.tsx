import { axisRoom } from './axis-ticks.ts';
import { orderedUg } from '../ordered-dose.ts';
import { memo, useId, useMemo, type ReactElement } from 'react';
import { ComposedChart, usePlotArea, useXAxisDomain, XAxis, YAxis } from 'recharts';
import type { TrendColumns, TrendMetric } from '../../../shared/clinical/measured-vitals.ts';
import { markedStrokes } from '../../../shared/clinical/trend-strokes.ts';
import { timelineText } from '../../text/timeline.ts';
import { CuffLane } from './cuff-lane.tsx';
import { DoseLane } from './dose-lane.tsx';
import { EnteredDots } from './entered-dots.tsx';
import { placeEntries } from './entered-values.ts';
import { nowX, pauses, type Frame } from './frame.ts';
import { FullTrendFlag, GapFlag, GapHatch, LineEnds } from './gap-marks.tsx';
import { GridLayer, type PlacedReference } from './grid-layer.tsx';
import { HatchPatterns, type HatchIds } from './hatch-patterns.tsx';
import { bandExtent, type LaneLayout } from './lane-layout.ts';
import { LaneNames } from './lane-names.tsx';
import { MilestoneLane } from './milestone-lane.tsx';
import { ObservationsLane, type PrivateMark } from './observations-lane.tsx';
import { PhaseLane, PredictedEnd } from './phase-lane.tsx';
import { RatingsLane } from './ratings-lane.tsx';
import { SeriesPath } from './series-path.tsx';
import { spanPx, type TimeScale } from './time-scale.ts';
import { UndoneSlots } from './undone-slots.tsx';
import gridStyles from './grid.module.css';
import wordStyles from './words.module.css';
import { doseDomains, type Domains } from './value-domains.ts';
import { bandGaps } from './vitals-gaps.ts';
import type { VitalLine } from './vital-lines.ts';

/** More than this the eye cannot tell apart, and a second's step must be drawn within a frame or two. */
const mostPoints = 320;
/** The chart itself holds no values: the lines come from the trend, on its axes. */
const noData: never[] = [];

interface TimelineChartProps {
  readonly frame: Frame;
  readonly trend: TrendColumns | null;
  readonly lines: readonly VitalLine[];
  readonly domains: Domains;
  readonly references: readonly PlacedReference[];
  readonly originMs: number;
  readonly privateMarks: readonly PrivateMark[];
}

/**
 * One chart for the lines, with one time axis and a hidden value axis for each band; everything else is a layer
 * behind the lines and one before them, drawn with the chart's own scale. Reading an instant does not draw it again.
 */
export const TimelineChart = memo(function TimelineChart(props: TimelineChartProps): ReactElement {
  const { frame, trend, lines, domains } = props;
  const { layout, scale } = frame;
  const { artefacts } = frame.session;
  const strokes = useMemo(() => {
    if (trend === null) return [];
    const limit = Math.max(64, Math.min(mostPoints, Math.floor(scale.widthPx / 3)));
    return lines.map((line) => ({ line, ...markedStrokes<TrendMetric>(trend, line.metric, scale, limit, artefacts) }));
  }, [trend, lines, scale, artefacts]);
  const prefix = useId();
  const hatches: HatchIds = useMemo(() => ({ pause: `${prefix}pause`, gap: `${prefix}gap` }), [prefix]);
  const { plot, width } = layout;
  const height = plot.bottom + 26;
  const margin = useMemo(
    () => ({ top: plot.top, right: width - plot.right, bottom: height - plot.bottom, left: plot.left }),
    [plot, width, height],
  );
  // Worked out anew only when one of these changes, so that the axes are not drawn again each second.
  const axes = useMemo(() => axesOf(layout, scale, lines, domains), [layout, scale, lines, domains]);
  return (
    <ComposedChart width={width} height={height} data={noData} margin={margin} accessibilityLayer={false} tabIndex={-1}>
      {axes}
      <LayerBehind {...props} hatches={hatches} />
      {strokes.map((drawn) => (
        <SeriesPath key={drawn.line.metric} {...drawn} />
      ))}
      <LayerBefore {...props} hatches={hatches} />
    </ComposedChart>
  );
});

function axesOf(layout: LaneLayout, scale: TimeScale, lines: readonly VitalLine[], domains: Domains): ReactElement {
  const { plot } = layout;
  return (
    <>
      <XAxis dataKey="atMs" type="number" domain={[scale.fromMs, scale.toMs]} allowDataOverflow hide />
      {lines.map(({ band }) => {
        const extent = bandExtent(layout, band);
        if (extent === null) return null;
        const padding = { top: extent.top - plot.top, bottom: plot.bottom - extent.top - extent.height };
        return <YAxis key={band} yAxisId={band} type="number" domain={[...domains[band]]} padding={padding} allowDataOverflow hide />;
      })}
    </>
  );
}

type LayerProps = TimelineChartProps & { readonly hatches: HatchIds };

/** The chart's own scale, as the lanes want it. null until the chart has measured itself. */
function useChartScale(): TimeScale | null {
  const area = usePlotArea();
  const domain = useXAxisDomain();
  const [fromMs, toMs] = domain ?? [];
  const leftPx = area?.x;
  const widthPx = area?.width;
  return useMemo(() => {
    if (typeof fromMs !== 'number' || typeof toMs !== 'number' || leftPx === undefined || widthPx === undefined) return null;
    return { fromMs, toMs, leftPx, widthPx };
  }, [fromMs, toMs, leftPx, widthPx]);
}

const LayerBehind = memo(function LayerBehind(props: LayerProps): ReactElement | null {
  const scale = useChartScale();
  if (scale === null) return null;
  const frame = { ...props.frame, scale };
  const { layout, session } = frame;
  const now = nowX(frame);
  return (
    <g>
      <HatchPatterns ids={props.hatches} />
      {pauses(frame).map((pause) => {
        const span = spanPx(scale, pause.fromMs, pause.toMs);
        const top = layout.lanes.vitals.top - 4;
        return (
          span && (
            <rect
              key={pause.fromMs}
              className={gridStyles.pauseBand}
              x={span.x}
              y={top}
              width={span.width}
              height={layout.plot.bottom - top}
            />
          )
        );
      })}
      <GridLayer
        layout={layout}
        scale={scale}
        domains={props.domains}
        originMs={props.originMs}
        startedMs={session.dose.startedMs}
        references={props.references}
        labels={axisRoom[frame.clock.formats.hours]}
      />
      <LaneNames
        layout={layout}
        domains={props.domains}
        heartRate={props.lines.some((line) => line.metric === 'heart-rate')}
        doseTopUlPerHour={doseDomains(session).rateUlPerHour}
        plannedUlPerHour={session.dose.order?.rateUlPerHour ?? null}
        hasRate={session.dosing.protocol.route === 'iv'}
      />
      {now !== null && (
        <rect
          className={gridStyles.future}
          x={now}
          y={layout.plot.top}
          width={Math.max(0, layout.plot.right - now)}
          height={layout.plot.bottom - layout.plot.top}
        />
      )}
      <EmptyWords frame={frame} trend={props.trend} />
    </g>
  );
});

/** An empty lane says that it is empty and not broken. */
function EmptyWords({ frame, trend }: Pick<LayerProps, 'frame' | 'trend'>): ReactElement {
  const { layout, session } = frame;
  const x = layout.plot.left + layout.plot.width / 2;
  const { vitals, dose } = layout.lanes;
  const nothingTyped = session.cuffReadings.length === 0 && placeEntries(session.enteredVitals).length === 0;
  const words = bandExtent(layout, 'bp') ?? vitals;
  const noVitals = (trend === null || trend.length === 0) && nothingTyped;
  return (
    <g>
      {noVitals && (
        <text
          className={wordStyles.words2}
          x={x}
          // Below the middle, where the diamonds of what is due stand.
          y={words.top + words.height * 0.85}
          textAnchor="middle"
        >
          {timelineText.noVitals}
        </text>
      )}
      {orderedUg(session.dose) === null && (
        <text className={wordStyles.words2} x={x} y={dose.top + dose.height / 2 + 5} textAnchor="middle">
          {timelineText.noDose}
        </text>
      )}
    </g>
  );
}

const LayerBefore = memo(function LayerBefore(props: LayerProps): ReactElement | null {
  const scale = useChartScale();
  const { trend, lines, domains, hatches } = props;
  const { gaps } = props.frame.session;
  const absences = useMemo(
    () =>
      bandGaps(
        trend,
        lines.map((line) => line.metric),
        gaps,
      ),
    [trend, lines, gaps],
  );
  if (scale === null) return null;
  const frame = { ...props.frame, scale };
  const { layout, session, textWidth } = frame;
  const now = nowX(frame);
  const barrierX = now === null ? null : Math.round(now);
  const placing = { layout, scale, textWidth };
  return (
    <g>
      <GapHatch frame={frame} bandGaps={absences} lines={lines} hatch={hatches.gap} />
      <DoseLane frame={frame} hatch={hatches.pause} />
      <CuffLane readings={session.cuffReadings} due={session.due} layout={layout} scale={scale} domain={domains.bp} />
      <EnteredDots entries={session.enteredVitals} layout={layout} scale={scale} domains={domains} />
      <LineEnds frame={frame} trend={trend} domains={domains} bandGaps={absences} lines={lines} />
      <RatingsLane ratings={session.ratings} due={session.due} undone={session.slots} barrierX={barrierX} {...placing} />
      <UndoneSlots slots={session.slots} due={session.due} layout={layout} scale={scale} pressure={domains.bp} />
      <ObservationsLane notes={session.observations} privateMarks={props.privateMarks} barrierX={barrierX} {...placing} />
      <PhaseLane frame={frame} hatch={hatches.pause} />
      <MilestoneLane marks={session.marks} barrierX={barrierX} {...placing} />
      <PredictedEnd frame={frame} />
      {now !== null && <line className={gridStyles.nowLine} x1={now} x2={now} y1={layout.plot.top - 2} y2={layout.plot.bottom + 2} />}
      <GapFlag frame={frame} />
      <FullTrendFlag frame={frame} trend={trend} />
    </g>
  );
});
