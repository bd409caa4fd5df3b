import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type { RoomBoard, SessionSection, TrendColumns } from '../../../shared/contract/room-board.ts';
import { timelineText } from '../../text/timeline.ts';
import { Axes } from './axes.tsx';
import { wallOriginMs } from './axis-ticks.ts';
import { Crosshair, instantWords, readFrame, spokenReadout } from './crosshair.tsx';
import { happenedUntilMs, type Frame } from './frame.ts';
import { placeReferences } from './grid-layer.tsx';
import { GutterWords } from './gutter-words.tsx';
import { axisPx, isNarrow, layOut } from './lane-layout.ts';
import type { PrivateMark } from './observations-lane.tsx';
import { Overview } from './overview.tsx';
import { useTextWidth } from './text-width.ts';
import { clampToScale, type TimeScale } from './time-scale.ts';
import { defaultRange, windowOf, type Range, type TimeWindow } from './time-window.ts';
import { TimelineChart } from './timeline-chart.tsx';
import { TimelineHeader } from './timeline-header.tsx';
import styles from './timeline.module.css';
import { useBox, type Box } from './use-box.ts';
import { useCrosshair } from './use-crosshair.ts';
import { baseDomains, widenDomains, type Domains } from './value-domains.ts';
import { bandsOf, vitalLines } from './vital-lines.ts';

export interface TimelineProps {
  readonly session: SessionSection;
  readonly trend: TrendColumns | null;
  readonly vitals: RoomBoard['vitals'];
  readonly nowMs: number;
  /** false: a finished record, without a now line. */
  readonly live: boolean;
  /** Minutes east of UTC of the room's wall clock; the page's own zone when it is left out. */
  readonly offsetMin?: number;
  /** Where the signed-in author's private notes lie; only their times are known here. */
  readonly privateMarks?: readonly PrivateMark[];
}

const noMarks: readonly PrivateMark[] = [];

/** Everything of a session on one time axis, filling its container. */
export function Timeline(props: TimelineProps): ReactElement {
  const [box, measured] = useBox();
  return (
    <section className={styles.timeline} aria-label={timelineText.name} ref={measured}>
      {box !== null && box.width > 200 && box.height > 200 && <MeasuredTimeline {...props} box={box} />}
    </section>
  );
}

/** What was chosen: a range that goes with the session, or a stretch dragged to on the overview. */
type Choice = { readonly range: Range } | { readonly window: TimeWindow } | null;

function MeasuredTimeline(props: TimelineProps & { readonly box: Box }): ReactElement {
  const { session, trend, vitals, nowMs, live, box, privateMarks = noMarks } = props;
  const offsetMin = props.offsetMin ?? -new Date(nowMs).getTimezoneOffset();
  const textWidth = useTextWidth();
  const [choice, setChoice] = useState<Choice>(null);

  const compactHeader = box.height < 640;
  const paddingPx = isNarrow(box.width) || compactHeader ? 12 : 16;
  const width = box.width - 2 * paddingPx;
  const height = box.height - (compactHeader ? 52 : 60);

  const lines = useStable(vitalLines(vitals, trend));
  const layout = useMemo(() => layOut(width, height, bandsOf(lines)), [width, height, lines]);
  const moment = { session, nowMs, live, narrow: layout.narrow || layout.short };
  const range = choice === null ? defaultRange(moment) : 'range' in choice ? choice.range : null;
  const window = choice !== null && 'window' in choice ? choice.window : windowOf(range ?? 'all', moment);
  const { fromMs, toMs } = window;
  const scale: TimeScale = useMemo(() => ({ fromMs, toMs, leftPx: layout.plot.left, widthPx: layout.plot.width }), [fromMs, toMs, layout]);
  const frame: Frame = { session, layout, scale, nowMs, live, offsetMin, textWidth };

  const domains = useWidening(session, trend, lines[0]?.metric ?? 'pulse-rate');
  const references = useMemo(
    () => placeReferences(session.protocol.referenceLines, layout, domains),
    [session.protocol.referenceLines, layout, domains],
  );
  const latestMs = happenedUntilMs(frame);
  const { readMs, clear, handlers } = useCrosshair(scale, latestMs);
  const readout = readMs === null ? null : readFrame(frame, trend, Math.min(clampToScale(scale, readMs), latestMs));
  const originMs = session.dose.startedMs ?? wallOriginMs(session.openedMs, offsetMin);
  const choose = useCallback((next: Range) => setChoice({ range: next }), []);
  const svgHeight = layout.plot.bottom + axisPx;
  const atMs = readout?.atMs ?? latestMs;
  return (
    <div className={compactHeader ? styles.compact : styles.wide} style={{ paddingInline: paddingPx }}>
      <TimelineHeader
        range={range}
        choose={choose}
        reading={readout === null ? null : instantWords(frame, readout.atMs)}
        note={readout?.notes[0] ?? null}
        stopReading={clear}
        narrow={layout.narrow}
        privateNotes={privateMarks.length > 0}
      />
      <div className={styles.body}>
        <div className={styles.chart} aria-hidden="true">
          <TimelineChart
            frame={frame}
            trend={trend}
            lines={lines}
            domains={domains}
            references={references}
            originMs={originMs}
            privateMarks={privateMarks}
          />
        </div>
        <svg className={styles.overlay} width={layout.width} height={svgHeight} aria-hidden="true">
          <Axes frame={frame} readMs={readout?.atMs ?? null} />
          {readout === null ? (
            <GutterWords frame={frame} references={references} />
          ) : (
            <Crosshair frame={frame} domains={domains} lines={lines} readout={readout} />
          )}
        </svg>
        <div
          className={styles.touch}
          style={{ left: layout.plot.left, width: layout.plot.width, height: svgHeight }}
          role="slider"
          tabIndex={0}
          aria-label={timelineText.instant}
          aria-description={timelineText.help}
          aria-valuemin={Math.round(scale.fromMs / 1000)}
          aria-valuemax={Math.round(scale.toMs / 1000)}
          aria-valuenow={Math.min(Math.round(scale.toMs / 1000), Math.max(Math.round(scale.fromMs / 1000), Math.round(atMs / 1000)))}
          aria-valuetext={readout === null ? instantWords(frame, latestMs) : spokenReadout(frame, lines, readout)}
          {...handlers}
        />
        <Overview frame={frame} window={window} moveTo={(next) => setChoice({ window: next })} />
      </div>
    </div>
  );
}

/** The same array as long as its content is the same: a second's step must not lay everything out again. */
function useStable<T>(value: T): T {
  const [kept, setKept] = useState(value);
  if (JSON.stringify(kept) === JSON.stringify(value)) return kept;
  setKept(value);
  return value;
}

/** Domains that widen with the session's values and never shrink, not even when a value is taken back. */
function useWidening(session: SessionSection, trend: TrendColumns | null, pulseMetric: Parameters<typeof widenDomains>[3]): Domains {
  const [kept, setKept] = useState({ sessionId: session.sessionId, domains: baseDomains });
  const from = kept.sessionId === session.sessionId ? kept.domains : baseDomains;
  const domains = widenDomains(from, session, trend, pulseMetric);
  if (domains !== kept.domains) setKept({ sessionId: session.sessionId, domains });
  return domains;
}
