import { memo, useMemo, type ReactElement } from 'react';
import type { DueItem } from '../../../shared/contract/session-view/plan.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import type { SlotView } from '../../../shared/contract/session-view/plan.ts';
import { timelineText } from '../../text/timeline.ts';
import { DueDiamond } from './due-diamond.tsx';
import type { LaneLayout } from './lane-layout.ts';
import { gaugeShare, ratingRows, type RatingRow } from '../../../shared/clinical/instrument.ts';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { isClearOfMarks, isOpenSlot, labelOffsetPx, markPlace, ratingFigure, ratingWords, rowOf, type RatingMark } from './rating-rows.ts';
import type { TextWidth } from './text-width.ts';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import { undoneOf } from './undone-slots.tsx';
import ratingStyles from './ratings.module.css';
import wordStyles from './words.module.css';

interface RatingsLaneProps {
  readonly ratings: readonly RatingView[];
  readonly due: readonly DueItem[];
  readonly undone: readonly SlotView[];
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly barrierX: number | null;
  readonly textWidth: TextWidth;
}

const gaugePx = { width: 6, height: 20 };

/** Gauges with their figures, and diamonds where the protocol waits for one. No line joins two ratings. */
export const RatingsLane = memo(function RatingsLane(props: RatingsLaneProps): ReactElement {
  const { ratings, due, undone, layout, scale, barrierX, textWidth } = props;
  const middleOf = (row: RatingRow): number => layout.lanes.ratings.top + (ratingRows.indexOf(row) + 0.5) * layout.ratingRowPx;
  const gaugeHeight = Math.min(gaugePx.height, layout.ratingRowPx - 6);
  const marks = useMemo(
    () => ratings.filter((rating) => isWithin(scale, rating.atMs)).map((rating) => markOf(rating, scale)),
    [ratings, scale],
  );
  const slots = useMemo(() => slotsOf(due, scale), [due, scale]);
  const words = useMemo(() => {
    const diamonds: Record<RatingRow, number[]> = { cadss: [], sedation: [], suds: [] };
    for (const { row, x } of [...slots, ...placesOf(undoneOf(undone, due), scale)]) diamonds[row].push(x);
    const { left, right } = layout.plot;
    return ratingWords(marks, diamonds, { left, right, barrierX }, (word) => textWidth(word, 600));
  }, [marks, slots, undone, due, scale, layout, barrierX, textWidth]);
  const wordsAround = { marks, words, widthOf: (word: string) => textWidth(word, 600) };
  const firstCadss = slots.find((slot) => slot.row === 'cadss' && slot.item.state === 'waiting');
  return (
    <g>
      {marks.map((mark) => {
        const y = middleOf(mark.row);
        const fit = words.get(mark.key);
        return (
          <g key={mark.key}>
            <Gauge mark={mark} y={y} height={gaugeHeight} />
            {fit !== undefined && fit.figure !== null && (
              <text
                className={ratingStyles.ratingFigure}
                x={fit.figure === 'right' ? mark.x + fit.offsetPx : mark.x - fit.offsetPx}
                y={y + 5}
                textAnchor={fit.figure === 'right' ? 'start' : 'end'}
              >
                {mark.figure}
                {fit.suffix && <tspan className={ratingStyles.ratingSuffix}>{mark.suffix}</tspan>}
              </text>
            )}
          </g>
        );
      })}
      {slots.map((slot) => {
        const y = middleOf(slot.row);
        const late = slot.item.state !== 'waiting';
        const next = Math.min(
          layout.plot.right,
          // No word crosses the now line.
          ...(barrierX !== null && barrierX > slot.x ? [barrierX] : []),
          ...slots.filter((other) => other.row === slot.row && other.x > slot.x).map((other) => other.x - 10),
        );
        const label = late ? timelineText.due : slot === firstCadss ? slot.item.label : '';
        return (
          <g key={slot.item.key}>
            <DueDiamond x={slot.x} y={y} past={slot.item.state === 'past-due'} />
            {label !== '' && slot.x + labelOffsetPx + textWidth(label) <= next && isClearOfMarks(slot, textWidth(label), wordsAround) && (
              <text className={wordStyles.dueWords} x={slot.x + labelOffsetPx} y={y + 5}>
                {label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
});

function Gauge({ mark, y, height }: { readonly mark: RatingMark; readonly y: number; readonly height: number }): ReactElement {
  const top = y - height / 2;
  const x = mark.x - gaugePx.width / 2;
  const filled = mark.share === null ? 0 : mark.share * height;
  return (
    <g>
      <rect
        className={mark.open ? ratingStyles.gaugeOpen : ratingStyles.gaugeTrack}
        x={x}
        y={top}
        width={gaugePx.width}
        height={height}
        rx={1}
      />
      {filled > 0 && (
        <rect className={ratingStyles.gaugeFill} x={x} y={top + height - filled} width={gaugePx.width} height={filled} rx={1} />
      )}
    </g>
  );
}

function markOf(rating: RatingView, scale: TimeScale): RatingMark {
  const { row, name } = markPlace(rating.instrument);
  const { figure: figures, suffix } = ratingFigure(rating, timelineText.notAssessable);
  const figure = name === null ? figures : `${name} ${figures}`;
  const share = rating.state === 'finished' && rating.total !== null ? gaugeShare(instruments[rating.instrument], rating.total) : null;
  return { key: rating.eventId, row, x: xOf(scale, rating.atMs), share, figure, suffix, open: rating.state === 'open' };
}

interface Slot<T = DueItem> {
  readonly item: T;
  readonly row: RatingRow;
  readonly x: number;
}

function slotsOf(due: readonly DueItem[], scale: TimeScale): readonly Slot[] {
  return placesOf(due.filter(isOpenSlot), scale);
}

function placesOf<T extends Pick<DueItem, 'instrument' | 'dueMs'>>(items: readonly T[], scale: TimeScale): readonly Slot<T>[] {
  return items.flatMap((item) => {
    const row = item.instrument === null || !isWithin(scale, item.dueMs) ? null : rowOf(item.instrument);
    return row === null ? [] : [{ item, row, x: xOf(scale, item.dueMs) }];
  });
}
