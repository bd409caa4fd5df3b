import { memo, type ReactElement } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { tickSteps, ticksFrom, type AxisRoom } from './axis-ticks.ts';
import { bandExtent, type LaneLayout } from './lane-layout.ts';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import gridStyles from './grid.module.css';
import seriesStyles from './series.module.css';
import { bandOfMetric, bandTicks, yIn, type Band, type Domains } from './value-domains.ts';

interface GridLayerProps {
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly domains: Domains;
  /** Where minutes are counted from: the start of the dose, or midnight before there is one. */
  readonly originMs: UtcMs;
  readonly startedMs: UtcMs | null;
  readonly references: readonly PlacedReference[];
  /** What the axis labels need, which the heavier lines stand under. */
  readonly labels: AxisRoom;
}

/** The layers that do not change from second to second: grid, separators, protocol lines and the line at t = 0. */
export const GridLayer = memo(function GridLayer({
  layout,
  scale,
  domains,
  originMs,
  startedMs,
  references,
  labels,
}: GridLayerProps): ReactElement {
  const { plot } = layout;
  const { labelMin, gridMin } = tickSteps(scale, plot.width, labels);
  const major = new Set(ticksFrom(originMs, labelMin, scale));
  return (
    <g>
      {ticksFrom(originMs, gridMin, scale).map((ms) => (
        <line
          key={ms}
          className={major.has(ms) ? gridStyles.gridMajor : gridStyles.grid}
          x1={xOf(scale, ms)}
          x2={xOf(scale, ms)}
          y1={layout.lanes.phases.top + layout.phaseBarPx + 4}
          y2={plot.bottom}
        />
      ))}
      {layout.bands.flatMap(({ band, extent }) =>
        bandTicks[band].map((value) => {
          const y = yIn(extent, domains[band], value);
          return <line key={`${band} ${value}`} className={gridStyles.grid} x1={plot.left} x2={plot.right} y1={y} y2={y} />;
        }),
      )}
      <Separators layout={layout} />
      {references.map((line) => (
        <line
          key={line.key}
          className={`${seriesClass[line.band] ?? ''} ${seriesStyles.reference ?? ''}`}
          x1={plot.left}
          x2={plot.right}
          y1={line.y}
          y2={line.y}
        />
      ))}
      {startedMs !== null && isWithin(scale, startedMs) && (
        <line
          className={gridStyles.startLine}
          x1={xOf(scale, startedMs)}
          x2={xOf(scale, startedMs)}
          y1={layout.lanes.phases.top + layout.phaseBarPx}
          y2={plot.bottom}
        />
      )}
    </g>
  );
});

export const seriesClass: Readonly<Record<Band, string | undefined>> = {
  pulse: seriesStyles.pulse,
  spo2: seriesStyles.spo2,
  bp: seriesStyles.bp,
  resp: seriesStyles.resp,
  co2: seriesStyles.co2,
};

function Separators({ layout }: { readonly layout: LaneLayout }): ReactElement {
  const { lanes, plot, width } = layout;
  const laneYs = [plot.top, lanes.vitals.top, lanes.dose.top, lanes.ratings.top, lanes.observations.top, plot.bottom + 1];
  const gap = (lanes.vitals.top - lanes.phases.top - lanes.phases.height) / 2;
  return (
    <g>
      {laneYs.map((y, index) => {
        const at = index === 0 || index === laneYs.length - 1 ? y : y - gap;
        return <line key={y} className={gridStyles.laneLine} x1={0} x2={width} y1={at} y2={at} />;
      })}
      {layout.bands.slice(1).map(({ band, extent }) => (
        <line key={band} className={gridStyles.bandLine} x1={plot.left} x2={plot.right} y1={extent.top - 3} y2={extent.top - 3} />
      ))}
    </g>
  );
}

export interface PlacedReference {
  readonly key: string;
  readonly band: Band;
  readonly y: number;
  readonly label: string;
  readonly value: number;
}

/** The protocol's lines where they fall within their band; one outside is not drawn at a false height. */
export function placeReferences(
  lines: SessionView['protocol']['referenceLines'],
  layout: LaneLayout,
  domains: Domains,
): readonly PlacedReference[] {
  return lines.flatMap((line) => {
    const band = bandOfMetric[line.metric];
    const extent = band === null ? null : bandExtent(layout, band);
    if (band === null || extent === null) return [];
    const [low, high] = domains[band];
    if (line.value < low || line.value > high) return [];
    const y = yIn(extent, domains[band], line.value);
    return [{ key: `${line.metric} ${line.value}`, band, y, label: line.label, value: line.value }];
  });
}
