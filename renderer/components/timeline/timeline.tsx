import { useEffect, useId, type ReactElement } from 'react';
import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { timelineText } from '../../text/timeline.ts';
import { Axes } from './axes.tsx';
import { Crosshair, instantWords, readFrame, spokenReadout } from './crosshair.tsx';
import { happenedUntilMs } from './frame.ts';
import { GutterWords } from './gutter-words.tsx';
import { axisPx, isNarrow } from './lane-layout.ts';
import type { PrivateMark } from './observations-lane.tsx';
import { Overview } from './overview.tsx';
import { clampToScale, isWithin } from './time-scale.ts';
import { TimelineChart } from './timeline-chart.tsx';
import { TimelineHeader } from './timeline-header.tsx';
import frameStyles from './timeline.module.css';
import { useBox, type Box } from './use-box.ts';
import { useCrosshair } from './use-crosshair.ts';
import { useTimelineFrame } from './use-timeline-frame.ts';

interface TimelineProps {
  readonly session: SessionView;
  readonly trend: TrendColumns | null;
  readonly vitals: RoomBoard['vitals'];
  readonly nowMs: number;
  /** false: a finished record, without a now line. */
  readonly live: boolean;
  /** How the room writes its times. */
  readonly clock: ClockTime;
  /** Where private notes exist; nothing but their times is known here. Never printed. */
  readonly privateMarks?: readonly PrivateMark[];
  /** Told of each instant that is read. */
  readonly onRead?: (atMs: number) => void;
}

const noMarks: readonly PrivateMark[] = [];
const compactHeaderBelowPx = 640;
const headerPx = { wide: 60, compact: 52 };
/** Narrower than this the header has its shortest words. */
const tinyPx = 600;

/** Everything of a session on one time axis, filling its container. */
export function Timeline(props: TimelineProps): ReactElement {
  const [box, measured] = useBox();
  return (
    <section className={frameStyles.timeline} aria-label={timelineText.name} ref={measured}>
      {box !== null && box.width > 200 && box.height > 200 && <MeasuredTimeline {...props} box={box} />}
    </section>
  );
}

function MeasuredTimeline(props: TimelineProps & { readonly box: Box }): ReactElement {
  const { trend, box, privateMarks = noMarks, onRead } = props;
  const size = box.height < compactHeaderBelowPx ? 'compact' : 'wide';
  const paddingPx = isNarrow(box.width) || size === 'compact' ? 12 : 16;
  const room = { width: box.width - 2 * paddingPx, height: box.height - headerPx[size] };
  const { frame, lines, domains, references, originMs, window, range, choose, moveTo } = useTimelineFrame({ ...props, room });
  const { layout, scale } = frame;
  const helpId = useId();

  const latestMs = happenedUntilMs(frame);
  const { readMs, clear, handlers } = useCrosshair(scale, latestMs);
  const instantMs = readMs === null ? null : Math.min(clampToScale(scale, readMs), latestMs);
  const readout = instantMs === null || !isWithin(scale, instantMs) ? null : readFrame(frame, trend, lines, instantMs);
  const readAtMs = readout?.atMs ?? null;
  useEffect(() => {
    if (readAtMs !== null) onRead?.(readAtMs);
  }, [readAtMs, onRead]);
  const svgHeight = layout.plot.bottom + axisPx;
  const wholeSeconds = (ms: number): number => Math.round(clampToScale(scale, ms) / 1000);
  return (
    <div className={frameStyles[size]} style={{ paddingInline: paddingPx }}>
      <TimelineHeader
        range={range}
        choose={choose}
        reading={readout === null ? null : instantWords(frame, readout.atMs)}
        note={readout?.notes[0] ?? null}
        stopReading={clear}
        narrow={layout.narrow}
        tiny={box.width < tinyPx}
        privateNotes={privateMarks.length > 0}
      />
      <div className={frameStyles.body}>
        <div className={frameStyles.chart} aria-hidden="true">
          <TimelineChart {...{ frame, trend, lines, domains, references, originMs, privateMarks }} />
        </div>
        <svg className={frameStyles.overlay} width={layout.width} height={svgHeight} aria-hidden="true">
          <Axes frame={frame} readMs={readout?.atMs ?? null} />
          {readout === null ? <GutterWords {...{ frame, references }} /> : <Crosshair {...{ frame, domains, lines, readout }} />}
        </svg>
        <div
          className={frameStyles.touch}
          style={{ left: layout.plot.left, width: layout.plot.width, height: svgHeight }}
          role="slider"
          tabIndex={0}
          aria-label={timelineText.instant}
          aria-describedby={helpId}
          aria-valuemin={wholeSeconds(scale.fromMs)}
          aria-valuemax={wholeSeconds(scale.toMs)}
          aria-valuenow={wholeSeconds(readout?.atMs ?? latestMs)}
          aria-valuetext={readout === null ? instantWords(frame, latestMs) : spokenReadout(frame, lines, readout)}
          {...handlers}
        />
        <p id={helpId} hidden>
          {timelineText.help}
        </p>
        <Overview frame={frame} window={window} moveTo={moveTo} />
      </div>
    </div>
  );
}
