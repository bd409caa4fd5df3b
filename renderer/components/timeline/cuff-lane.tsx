import { memo, type ReactElement } from 'react';
import type { CuffReading, DueItem } from '../../../shared/contract/room-board.ts';
import { DueDiamond } from './due-diamond.tsx';
import { bandExtent, type LaneLayout } from './lane-layout.ts';
import { isOpenSlot } from './rating-rows.ts';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import styles from './timeline.module.css';
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
  const width = layout.short ? 5 : 6;
  return (
    <g>
      {readings
        .filter((reading) => isWithin(scale, reading.atMs))
        .map((reading) => {
          const x = xOf(scale, reading.atMs);
          const top = yIn(extent, domain, reading.sys);
          const bottom = yIn(extent, domain, reading.dia);
          return (
            <g key={`${reading.atMs} ${reading.sys}`}>
              <rect
                className={reading.byHand ? styles.cuffByHand : styles.cuff}
                x={x - width / 2}
                y={top}
                width={width}
                height={Math.max(width, bottom - top)}
                rx={width / 2}
              />
              {reading.mean !== null && (
                <rect className={styles.cuff} x={x - 8} y={yIn(extent, domain, reading.mean) - 1.5} width={16} height={3} rx={1} />
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
