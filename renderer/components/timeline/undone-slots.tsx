import { memo, type ReactElement } from 'react';
import type { DueItem } from '../../../shared/contract/session-view/plan.ts';
import type { SlotView } from '../../../shared/contract/session-view/plan.ts';
import { bandExtent, type LaneLayout } from './lane-layout.ts';
import { ratingRows } from '../../../shared/clinical/instrument.ts';
import { rowOf } from './rating-rows.ts';
import reminderStyles from './reminders.module.css';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import { yIn, type Domain } from './value-domains.ts';

interface UndoneSlotsProps {
  readonly slots: readonly SlotView[];
  /** Those that can still be closed are drawn by their lanes. */
  readonly due: readonly DueItem[];
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly pressure: Domain;
}

/** What was due and was not done keeps its place on the axis: a diamond that is struck through. */
export const UndoneSlots = memo(function UndoneSlots(props: UndoneSlotsProps): ReactElement {
  const { slots, due, layout, scale, pressure } = props;
  const extent = bandExtent(layout, 'bp');
  const yOf = ({ kind, instrument }: SlotView): number | null => {
    if (kind === 'nibp') return extent === null ? null : yIn(extent, pressure, 120);
    const row = instrument === null ? null : rowOf(instrument);
    return row === null ? null : layout.lanes.ratings.top + (ratingRows.indexOf(row) + 0.5) * layout.ratingRowPx;
  };
  return (
    <g>
      {undoneOf(slots, due)
        .filter((slot) => isWithin(scale, slot.dueMs))
        .map((slot) => {
          const y = yOf(slot);
          return y === null ? null : <UndoneDiamond key={slot.key} x={xOf(scale, slot.dueMs)} y={y} />;
        })}
    </g>
  );
});

/** What was not done and can no longer be closed from Next. */
export function undoneOf(slots: readonly SlotView[], due: readonly DueItem[]): readonly SlotView[] {
  const listed = new Set(due.map(({ key }) => key));
  return slots.filter((slot) => isUndone(slot) && !listed.has(slot.key));
}

/** Not done, whether or not somebody has said why. */
function isUndone({ end }: Pick<SlotView, 'end'>): boolean {
  return end === 'missed' || end === 'not-applicable' || end === 'open';
}

function UndoneDiamond({ x, y }: { readonly x: number; readonly y: number }): ReactElement {
  return <path className={reminderStyles.undone} d={`M${x} ${y - 6} l6 6 l-6 6 l-6 -6 z M${x - 6} ${y + 6} l12 -12`} />;
}
