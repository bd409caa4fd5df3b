import { memo, useMemo, type ReactElement } from 'react';
import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import { markWord, timelineText } from '../../text/timeline.ts';
import { labelOffsetPx, placeLabels, type LabelWish, type PlacedLabel } from './label-placement.ts';
import type { LaneLayout } from './lane-layout.ts';
import type { TextWidth } from './text-width.ts';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import milestoneStyles from './milestones.module.css';
import wordStyles from './words.module.css';

const rowPx = 17;

interface MilestoneLaneProps {
  readonly marks: readonly Mark[];
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  /** In whole pixels, so that a second's step places nothing anew. */
  readonly barrierX: number | null;
  readonly textWidth: TextWidth;
}

/** Ticks from the phase bar down to their words; what changed the dose is stronger and placed first. */
export const MilestoneLane = memo(function MilestoneLane(props: MilestoneLaneProps): ReactElement {
  const { marks, layout, scale, barrierX, textWidth } = props;
  const barBottom = layout.lanes.phases.top + 2 + layout.phaseBarPx;
  const rows = Math.max(1, Math.floor((layout.lanes.phases.height - layout.phaseBarPx - 2) / rowPx));
  const visible = useMemo(() => marks.filter((mark) => isWithin(scale, mark.atMs)), [marks, scale]);
  const placed = useMemo(() => {
    const wishes = visible.map((mark) => wishOf(mark, scale, textWidth));
    return placeLabels(wishes, { rows, left: layout.plot.left, right: layout.plot.right + 60, barrierX });
  }, [visible, scale, textWidth, rows, layout, barrierX]);
  const rowY = (label: PlacedLabel): number => barBottom + 12 + label.row * rowPx;
  return (
    <g>
      {visible.map((mark) => {
        const label = placed.get(mark.eventId);
        const x = xOf(scale, mark.atMs);
        return (
          <line
            key={mark.eventId}
            className={isStrong(mark) ? milestoneStyles.doseTick : milestoneStyles.tick}
            x1={x}
            x2={x}
            y1={barBottom}
            y2={label === undefined ? barBottom + 7 : rowY(label)}
          />
        );
      })}
      {visible.map((mark) => {
        const label = placed.get(mark.eventId);
        return label && <MilestoneMark key={mark.eventId} mark={mark} scale={scale} label={label} y={rowY(label)} />;
      })}
    </g>
  );
});

interface MilestoneMarkProps {
  readonly mark: Mark;
  readonly scale: TimeScale;
  readonly label: PlacedLabel;
  readonly y: number;
}

function MilestoneMark({ mark, scale, label, y }: MilestoneMarkProps): ReactElement {
  const x = xOf(scale, mark.atMs);
  const right = label.side === 'right';
  return (
    <g>
      {mark.late && <LateTail x={x} toX={xOf(scale, Math.min(mark.enteredMs, scale.toMs))} y={y} />}
      <text
        className={isStrong(mark) ? wordStyles.strong : wordStyles.words2}
        x={right ? x + labelOffsetPx : x - labelOffsetPx}
        y={y + 5}
        textAnchor={right ? 'start' : 'end'}
      >
        {markWord(mark)}
        {mark.amendedFromMs !== null && <tspan className={wordStyles.dueWords}> {timelineText.amended}</tspan>}
      </text>
      <MarkShape mark={mark} x={x} y={y} />
    </g>
  );
}

/** A shape for each kind, so that an adverse event and a drug are told from a milestone without reading, also in print. */
function MarkShape({ mark, x, y }: { readonly mark: Mark; readonly x: number; readonly y: number }): ReactElement {
  if (mark.kind === 'adverse-event') {
    return <rect className={mark.late ? milestoneStyles.lateDot : milestoneStyles.doseDot} x={x - 4.5} y={y - 4.5} width={9} height={9} />;
  }
  if (mark.kind === 'drug') return <path className={milestoneStyles.drug} d={`M${x - 5} ${y}h10M${x} ${y - 5}v10`} />;
  if (mark.late) return <circle className={milestoneStyles.lateDot} cx={x} cy={y} r={4} />;
  const strong = isStrong(mark);
  return <circle className={strong ? milestoneStyles.doseDot : milestoneStyles.dot} cx={x} cy={y} r={strong ? 3.5 : 2.5} />;
}

/** From the clinical time to the time it was entered. */
export function LateTail({ x, toX, y }: { readonly x: number; readonly toX: number; readonly y: number }): ReactElement {
  return (
    <g>
      <line className={milestoneStyles.lateTail} x1={x + 4} x2={toX} y1={y} y2={y} />
      <line className={milestoneStyles.lateEntry} x1={toX} x2={toX} y1={y - 5} y2={y + 5} />
    </g>
  );
}

function wishOf(mark: Mark, scale: TimeScale, textWidth: TextWidth): LabelWish {
  const amendedPx = mark.amendedFromMs === null ? 0 : textWidth(` ${timelineText.amended}`);
  return {
    key: mark.eventId,
    x: xOf(scale, mark.atMs),
    widthPx: textWidth(markWord(mark), isStrong(mark) ? 600 : 400) + amendedPx,
    first: isStrong(mark),
    tailX: mark.late ? xOf(scale, Math.min(mark.enteredMs, scale.toMs)) : null,
  };
}

/** What was drawn and wasted is bookkeeping: it gives way to what happened to the patient. */
function isStrong(mark: Mark): boolean {
  return mark.kind !== 'milestone' && mark.kind !== 'controlled-drug';
}
