import { memo, type ReactElement } from 'react';
import type { CuffReading } from '../../../shared/clinical/measured-vitals.ts';
import type { DueItem } from '../../../shared/contract/session-view/plan.ts';
import { DueDiamond } from './due-diamond.tsx';
import { bandExtent, type LaneLayout } from './lane-layout.ts';
import { isOpenSlot } from './rating-rows.ts';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import seriesStyles from './series.module.css';
import { yIn, type Domain } from './value-domains.ts';

interface CuffLaneProps {
  readonly readings: readonly CuffReading[];
  readonly due: readonly DueItem[];
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly domain: Domain;
}

/** Blood pressure as bars from diastolic to systolic with the mean across; hollow when a person measured it. */
export const CuffLane = memo(function CuffLane({ readings, due, layout, scale, domain }: CuffLaneProps): ReactElement | null {
  const extent = bandExtent(layout, 'bp');
  if (extent === null) return null;
  const visible = readings.filter((reading) => isWithin(scale, reading.atMs));
  const { barPx, tickPx } = barSizes(visible, scale, layout.short ? 5 : 6);
  return (
    <g>
      {visible.map((reading) => {
        const x = xOf(scale, reading.atMs);
        const top = yIn(extent, domain, reading.sys);
        const bottom = yIn(extent, domain, reading.dia);
        return (
          <g key={`${reading.atMs} ${reading.sys}`}>
            <rect
              className={
                reading.artefact === true ? seriesStyles.cuffArtefact : reading.byHand ? seriesStyles.cuffByHand : seriesStyles.cuff
              }
              x={x - barPx / 2}
              y={top}
              width={barPx}
              height={Math.max(barPx, bottom - top)}
              rx={barPx / 2}
            />
            {reading.artefact === true && (
              <line className={seriesStyles.struck} x1={x - 9} x2={x + 9} y1={(top + bottom) / 2 + 9} y2={(top + bottom) / 2 - 9} />
            )}
            {reading.mean !== null && reading.artefact !== true && (
              <rect
                className={seriesStyles.cuff}
                x={x - tickPx / 2}
                y={yIn(extent, domain, reading.mean) - 1.5}
                width={tickPx}
                height={3}
                rx={1}
              />
            )}
          </g>
        );
      })}
      {due
        .filter((item) => item.kind === 'nibp' && isOpenSlot(item) && isWithin(scale, item.dueMs))
        .map((item) => (
          <DueDiamond key={item.key} x={xOf(scale, item.dueMs)} y={yIn(extent, domain, 120)} past={item.state === 'past-due'} />
        ))}
    </g>
  );
});

/** Hours of readings in little room: thinner bars, so that each stays one. */
function barSizes(readings: readonly CuffReading[], scale: TimeScale, natural: number): { barPx: number; tickPx: number } {
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined || readings.length < 2) return { barPx: natural, tickPx: 16 };
  const pitchPx = (xOf(scale, last.atMs) - xOf(scale, first.atMs)) / (readings.length - 1);
  return { barPx: Math.max(2, Math.min(natural, pitchPx * 0.5)), tickPx: Math.max(4, Math.min(16, pitchPx * 0.9)) };
}
