import { memo, useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { timelineText } from '../../text/timeline.ts';
import { happenedUntilMs, type Frame } from './frame.ts';
import { movedWindow, overviewWindow, type TimeWindow } from './time-window.ts';
import { isWithin, spanPx, xOf, type TimeScale } from './time-scale.ts';
import gridStyles from './grid.module.css';
import milestoneStyles from './milestones.module.css';
import overviewStyles from './overview.module.css';
import wordStyles from './words.module.css';
import { baseDomains, yIn, type Extent } from './value-domains.ts';

interface OverviewProps {
  readonly frame: Frame;
  readonly window: TimeWindow;
  readonly moveTo: (window: TimeWindow) => void;
}

type Grip = 'whole' | 'start' | 'end';
const boxInset = 4;
const minuteMs = 60_000;

/** The whole session in one strip, and the part of it shown above as a window that can be dragged or stretched. */
export function Overview({ frame, window, moveTo }: OverviewProps): ReactElement | null {
  const { layout } = frame;
  const outer = overviewWindow({ ...frame, narrow: layout.narrow });
  const scale: TimeScale = { ...outer, leftPx: layout.plot.left, widthPx: layout.plot.width };
  const msPerPx = (scale.toMs - scale.fromMs) / scale.widthPx;
  const grip = useGrip(window, outer, msPerPx, moveTo);
  if (layout.overview === null) return null;
  const span = spanPx(scale, window.fromMs, window.toMs) ?? { x: scale.leftPx, width: 0 };

  const valueOf = (ms: number): number => Math.round((Math.min(outer.toMs, Math.max(outer.fromMs, ms)) - outer.fromMs) / minuteMs);
  const slider = (which: Grip, name: string, ms: number) => ({
    ...grip(which),
    role: 'slider',
    tabIndex: 0,
    'aria-label': name,
    'aria-valuemin': 0,
    'aria-valuemax': valueOf(outer.toMs),
    'aria-valuenow': valueOf(ms),
    'aria-valuetext': frame.clock.minute(ms),
  });
  return (
    <div className={overviewStyles.overview} style={{ top: layout.overview.top, height: layout.overview.height }}>
      <OverviewStrip frame={frame} scale={scale} span={span} extent={layout.overview} />
      <div
        className={overviewStyles.overviewTouch}
        style={{ left: span.x, width: span.width }}
        {...slider('whole', timelineText.overview.name, window.fromMs)}
      />
      <div
        className={overviewStyles.overviewHandle}
        style={{ left: span.x - 12 }}
        {...slider('start', timelineText.overview.start, window.fromMs)}
      />
      <div
        className={overviewStyles.overviewHandle}
        style={{ left: span.x + span.width - 12 }}
        {...slider('end', timelineText.overview.end, window.toMs)}
      />
    </div>
  );
}

interface OverviewStripProps {
  readonly frame: Frame;
  readonly scale: TimeScale;
  readonly span: { readonly x: number; readonly width: number };
  readonly extent: Extent;
}

function OverviewStrip({ frame, scale, span, extent }: OverviewStripProps): ReactElement {
  const { layout } = frame;
  const top = extent.top + boxInset;
  const height = extent.height - boxInset * 2;
  return (
    <svg width={layout.width} height={extent.height} aria-hidden="true">
      <g transform={`translate(0 ${-extent.top})`}>
        <text className={wordStyles.faint} x={0} y={top + height / 2 + 5}>
          {timelineText.wholeSession}
        </text>
        <rect className={overviewStyles.overviewBox} x={scale.leftPx} y={top} width={scale.widthPx} height={height} rx={2} />
        <OverviewMarks frame={frame} scale={scale} top={top} height={height} />
        <rect className={overviewStyles.overviewWindow} x={span.x} y={top - 1} width={span.width} height={height + 2} rx={3} />
        {[span.x, span.x + span.width].map((x) => (
          <rect key={x} className={overviewStyles.overviewGrip} x={x - 3.5} y={top + height / 2 - 8} width={7} height={16} rx={3} />
        ))}
        <text className={wordStyles.faint} x={layout.plot.right + 8} y={top + height / 2 + 5}>
          {timelineText.dragToMove}
        </text>
      </g>
    </svg>
  );
}

interface OverviewMarksProps {
  readonly frame: Frame;
  readonly scale: TimeScale;
  readonly top: number;
  readonly height: number;
}

const OverviewMarks = memo(function OverviewMarks({ frame, scale, top, height }: OverviewMarksProps): ReactElement {
  const { session, live, nowMs } = frame;
  const untilMs = happenedUntilMs(frame);
  const band = { top: top + 5, height: height - 11 };
  return (
    <g>
      {session.marks
        .filter((mark) => isWithin(scale, mark.atMs))
        .map((mark) => (
          <line
            key={mark.eventId}
            className={milestoneStyles.tick}
            x1={xOf(scale, mark.atMs)}
            x2={xOf(scale, mark.atMs)}
            y1={top + 2}
            y2={top + 5}
          />
        ))}
      {session.cuffReadings
        .filter((reading) => isWithin(scale, reading.atMs))
        .map((reading) => (
          <line
            key={reading.atMs}
            className={overviewStyles.overviewCuff}
            x1={xOf(scale, reading.atMs)}
            x2={xOf(scale, reading.atMs)}
            y1={yIn(band, baseDomains.bp, reading.sys)}
            y2={yIn(band, baseDomains.bp, reading.dia)}
          />
        ))}
      {session.phases.map(({ phase, fromMs }, index) => {
        const span = spanPx(scale, fromMs, Math.min(untilMs, session.phases[index + 1]?.fromMs ?? untilMs));
        return (
          span && (
            <rect
              key={fromMs}
              className={phase === 'infusing' ? overviewStyles.overviewDose : overviewStyles.overviewPhase}
              x={span.x}
              y={top + height - 5}
              width={span.width}
              height={3}
            />
          )
        );
      })}
      {live && isWithin(scale, nowMs) && (
        <line className={gridStyles.nowLine} x1={xOf(scale, nowMs)} x2={xOf(scale, nowMs)} y1={top} y2={top + height} />
      )}
    </g>
  );
});

interface Held {
  readonly grip: Grip;
  readonly startX: number;
  readonly window: TimeWindow;
}

/** Dragging or stepping one of the three grips: the window itself, its begin, its end. */
function useGrip(window: TimeWindow, outer: TimeWindow, msPerPx: number, moveTo: (window: TimeWindow) => void) {
  const drag = useRef<Held | null>(null);
  const move = (grip: Grip, byMs: number, from: TimeWindow): void =>
    moveTo(movedWindow(from, outer, grip === 'end' ? 0 : byMs, grip === 'start' ? 0 : byMs));
  const letGo = (): void => {
    drag.current = null;
  };
  return (grip: Grip) => ({
    onPointerDown: (event: PointerEvent): void => {
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { grip, startX: event.clientX, window };
    },
    onPointerMove: (event: PointerEvent): void => {
      const held = drag.current;
      if (held !== null) move(held.grip, (event.clientX - held.startX) * msPerPx, held.window);
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    onKeyDown: (event: KeyboardEvent): void => {
      const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      move(grip, step * (event.shiftKey ? 10 : 1) * minuteMs, window);
    },
  });
}
