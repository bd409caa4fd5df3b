import type { EnteredVital } from '../../../shared/contract/session-view/entries.ts';
import { memo, useMemo, type ReactElement } from 'react';
import { placeEntries } from './entered-values.ts';
import { seriesClass } from './grid-layer.tsx';
import { bandExtent, type LaneLayout } from './lane-layout.ts';
import { LateTail } from './milestone-lane.tsx';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import seriesStyles from './series.module.css';
import { yIn, type Domains } from './value-domains.ts';

interface EnteredDotsProps {
  readonly entries: readonly EnteredVital[];
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly domains: Domains;
}

/** Values that a person typed: hollow, as blood pressure by hand is, and never joined by a line. */
export const EnteredDots = memo(function EnteredDots({ entries, layout, scale, domains }: EnteredDotsProps): ReactElement {
  const placed = useMemo(() => placeEntries(entries).filter(({ entry }) => isWithin(scale, entry.atMs)), [entries, scale]);
  return (
    <g>
      {placed.map(({ entry, band }) => {
        const extent = bandExtent(layout, band);
        if (extent === null) return null;
        const x = xOf(scale, entry.atMs);
        const y = yIn(extent, domains[band], entry.value);
        return (
          <g key={`${entry.eventId} ${entry.metric}`}>
            {entry.late && <LateTail x={x} toX={xOf(scale, Math.min(entry.enteredMs, scale.toMs))} y={y} />}
            <circle className={`${seriesClass[band] ?? ''} ${seriesStyles.entered ?? ''}`} data-role="entered" cx={x} cy={y} r={4} />
          </g>
        );
      })}
    </g>
  );
});
