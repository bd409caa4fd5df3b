import type { ReactElement } from 'react';
import { timelineText } from '../../text/timeline.ts';
import { axisRoom, besideFlag, isClearOf, minutesFromStart, tickSteps, ticksFrom, wallOriginMs } from './axis-ticks.ts';
import { nowX, type Frame } from './frame.ts';
import { axisPx } from './lane-layout.ts';
import { isWithin, xOf } from './time-scale.ts';
import flagStyles from './flags.module.css';
import wordStyles from './words.module.css';

interface AxesProps {
  readonly frame: Frame;
  /** The instant being read; null when none is. */
  readonly readMs: number | null;
}

const flagHeightPx = 22;

/** Wall clock above, minutes from the start below; flags for now and for the instant being read. */
export function Axes({ frame, readMs }: AxesProps): ReactElement {
  const { layout, scale, session, clock } = frame;
  const { plot } = layout;
  const startMs = session.dose.startedMs;
  const room = axisRoom[clock.formats.hours];
  const { labelMin } = tickSteps(scale, plot.width, room);
  const now = nowX(frame);
  const readX = readMs !== null && isWithin(scale, readMs) ? xOf(scale, readMs) : null;
  // At now the flag of now shows the same time, so the other one is left out.
  const atNow = readX !== null && now !== null && Math.abs(readX - now) < 2;
  const readFlagX = readX === null || atNow ? null : besideFlag(readX, now, room.flagPx + 2);
  const flags = [now, readFlagX].filter((x) => x !== null);
  const short = layout.narrow || layout.short;
  const topY = plot.top - axisPx / 2;
  const bottomY = plot.bottom + axisPx / 2 + 1;
  const labels = (originMs: number, words: (ms: number) => string, y: number): ReactElement[] =>
    ticksFrom(originMs, labelMin, scale)
      .filter((ms) => isClearOf(xOf(scale, ms), flags, room))
      .map((ms) => (
        <text key={ms} className={wordStyles.axis} x={xOf(scale, ms)} y={y + 5} textAnchor="middle">
          {words(ms)}
        </text>
      ));
  const minutes = (ms: number): string => (startMs === null ? '' : minutesFromStart(ms, startMs));
  return (
    <g>
      <text className={wordStyles.faint} x={0} y={topY + 5}>
        {short ? timelineText.wallClockShort : timelineText.wallClock}
      </text>
      {labels(wallOriginMs(scale.fromMs, clock.offsetMin), clock.minute, topY)}
      <text className={wordStyles.faint} x={0} y={bottomY + 5}>
        {short ? timelineText.minutesShort : timelineText.minutes}
      </text>
      {startMs === null ? (
        <text className={wordStyles.faint} x={plot.left} y={bottomY + 5}>
          {timelineText.notStarted}
        </text>
      ) : (
        labels(startMs, minutes, bottomY)
      )}
      {now !== null && (
        <>
          <Flag x={now} y={topY} words={clock.minute(frame.nowMs)} look="now" width={room.flagPx} />
          {startMs !== null && <Flag x={now} y={bottomY} words={minutes(frame.nowMs)} look="now" width={room.flagPx} />}
        </>
      )}
      {readMs !== null && readFlagX !== null && (
        <>
          <Flag x={readFlagX} y={topY} words={clock.minute(readMs)} look="read" width={room.flagPx} />
          {startMs !== null && <Flag x={readFlagX} y={bottomY} words={minutes(readMs)} look="read" width={room.flagPx} />}
        </>
      )}
    </g>
  );
}

interface FlagProps {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  readonly look: 'now' | 'read';
  readonly width: number;
}

function Flag({ x, y, words, look, width }: FlagProps): ReactElement {
  return (
    <g>
      <rect
        className={look === 'now' ? flagStyles.nowFlag : flagStyles.readFlag}
        x={x - width / 2}
        y={y - flagHeightPx / 2}
        width={width}
        height={flagHeightPx}
        rx={3}
      />
      <text className={look === 'now' ? flagStyles.nowFlagWords : flagStyles.readFlagWords} x={x} y={y + 5} textAnchor="middle">
        {words}
      </text>
    </g>
  );
}
