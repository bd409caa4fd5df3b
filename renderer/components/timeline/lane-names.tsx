import { memo, type ReactElement, type ReactNode } from 'react';
import { timelineText } from '../../text/timeline.ts';
import { seriesClass } from './grid-layer.tsx';
import { placeGutter, type GutterWish } from './gutter-placement.ts';
import type { LaneLayout } from './lane-layout.ts';
import { showMilli } from '../../../shared/values/quantity.ts';
import { ratingRows } from '../../../shared/clinical/instrument.ts';
import seriesStyles from './series.module.css';
import wordStyles from './words.module.css';
import { bandTicks, yIn, type Band, type Domains } from './value-domains.ts';

interface LaneNamesProps {
  readonly layout: LaneLayout;
  readonly domains: Domains;
  readonly heartRate: boolean;
  readonly doseTopUlPerHour: number;
  /** null before a dose is ordered. */
  readonly plannedUlPerHour: number | null;
  /** Only an infusion has a rate. */
  readonly hasRate: boolean;
}

/** The left gutter: each lane's name in its colour, its unit, and the two levels that the eye measures by. */
export const LaneNames = memo(function LaneNames(props: LaneNamesProps): ReactElement {
  const { layout, domains, heartRate, doseTopUlPerHour, plannedUlPerHour, hasRate } = props;
  const { lanes, plot } = layout;
  const barMiddle = lanes.phases.top + 2 + layout.phaseBarPx / 2 + 5;
  return (
    <g>
      <text className={wordStyles.strong} x={0} y={barMiddle}>
        {timelineText.phases}
      </text>
      <text className={wordStyles.strong} x={0} y={lanes.phases.top + 2 + layout.phaseBarPx + 22}>
        {timelineText.milestones}
      </text>
      {layout.bands.map(({ band, extent }) => (
        <g key={band}>
          <text className={`${wordStyles.name} ${seriesClass[band] ?? ''}`} x={0} y={extent.top + Math.min(15, extent.height / 2 + 2)}>
            {bandName(band, heartRate)}
          </text>
          {extent.height >= 38 && (
            <text className={wordStyles.faint} x={0} y={extent.top + 33}>
              {timelineText.units[band]}
            </text>
          )}
        </g>
      ))}
      {placeGutter([...bandLevels(layout, domains), ...doseLevels(layout, doseTopUlPerHour, plannedUlPerHour)]).map(({ key, words, y }) => (
        <text key={key} className={wordStyles.faint} x={plot.left - 8} y={y + 5} textAnchor="end">
          {words}
        </text>
      ))}
      <text className={wordStyles.strong} x={0} y={lanes.dose.top + 17}>
        {timelineText.dose}
      </text>
      {lanes.dose.height >= 38 && (
        <text className={wordStyles.faint} x={0} y={lanes.dose.top + 35}>
          {hasRate ? timelineText.doseUnits : timelineText.doseUnitsWithoutRate}
        </text>
      )}
      {ratingRows.map((row, index) => (
        <text
          key={row}
          className={`${wordStyles.name} ${seriesStyles.rating ?? ''}`}
          x={0}
          y={lanes.ratings.top + (index + 0.5) * layout.ratingRowPx + 5}
        >
          {timelineText.ratings[row]}
        </text>
      ))}
      <text className={wordStyles.strong} x={0} y={lanes.observations.top + 17}>
        {layout.narrow || layout.short ? timelineText.notesShort : timelineText.observations}
      </text>
    </g>
  );
});

/** The levels that the eye measures the lines by. */
function bandLevels(layout: LaneLayout, domains: Domains): readonly GutterWish[] {
  return layout.bands.flatMap(({ band, extent }) =>
    bandTicks[band].map((value) => ({
      key: `${band} ${value}`,
      words: String(value),
      y: yIn(extent, domains[band], value),
      first: false,
    })),
  );
}

/** The planned rate, and none: the bottom line's word stands on it, clear of the lane below. */
function doseLevels({ lanes }: LaneLayout, topUlPerHour: number, plannedUlPerHour: number | null): readonly GutterWish[] {
  return (plannedUlPerHour === null ? [] : [plannedUlPerHour, 0]).map((rate) => ({
    key: `dose ${rate}`,
    words: showMilli(rate),
    y: yIn(lanes.dose, [0, topUlPerHour], rate) - (rate === 0 ? 4 : 0),
    first: rate > 0,
  }));
}

function bandName(band: Band, heartRate: boolean): ReactNode {
  if (band === 'spo2') return <WithSubscript word="SpO" />;
  if (band === 'co2') return <WithSubscript word="CO" />;
  if (band === 'pulse' && heartRate) return timelineText.bands.heart;
  return timelineText.bands[band];
}

function WithSubscript({ word }: { readonly word: string }): ReactElement {
  return (
    <>
      {word}
      <tspan className={wordStyles.subscript} dy={3}>
        2
      </tspan>
    </>
  );
}
