import type { ReactElement } from 'react';
import { timelineText } from '../../text/timeline.ts';
import { ranges, type TimeRange } from './time-window.ts';
import headerStyles from './header.module.css';
import noteStyles from './observations.module.css';
import reminderStyles from './reminders.module.css';
import seriesStyles from './series.module.css';

interface TimelineHeaderProps {
  readonly range: TimeRange | null;
  readonly choose: (range: TimeRange) => void;
  /** `10:30 · +30` while an instant is read. */
  readonly reading: string | null;
  /** A note at that instant, in full. */
  readonly note: string | null;
  readonly stopReading: () => void;
  readonly narrow: boolean;
  /** Beside a wide sheet on a small screen: the shortest words. */
  readonly tiny: boolean;
  readonly privateNotes: boolean;
}

/** Which stretch is shown, and what the marks mean; while reading, which instant. */
export function TimelineHeader(props: TimelineHeaderProps): ReactElement {
  const { range, choose, reading, narrow, tiny } = props;
  return (
    <div className={headerStyles.header}>
      <div className={headerStyles.segments} role="group" aria-label={timelineText.rangesName}>
        {ranges.map((key) => (
          <button
            key={key}
            type="button"
            className={headerStyles.segment}
            aria-pressed={key === range}
            aria-label={timelineText.ranges[key]}
            onClick={() => choose(key)}
          >
            {tiny ? timelineText.rangesShort[key] : timelineText.ranges[key]}
          </button>
        ))}
      </div>
      {reading === null ? !narrow && <Legend privateNotes={props.privateNotes} /> : <Reading {...props} reading={reading} />}
    </div>
  );
}

function Reading({ reading, note, stopReading, narrow }: TimelineHeaderProps & { readonly reading: string }): ReactElement {
  const { everyLaneAt, values, done } = timelineText.reading;
  return (
    <div className={headerStyles.reading}>
      <span className={headerStyles.readingWords}>
        {!narrow && <span>{everyLaneAt} </span>}
        <strong>{reading}</strong>
        {!narrow && <span className={headerStyles.readingNote}>{note ?? values}</span>}
      </span>
      <button type="button" className={headerStyles.doneReading} onClick={stopReading} aria-label={done}>
        <svg width={20} height={20} viewBox="0 0 24 24" aria-hidden="true">
          <path className={headerStyles.icon} d="M6 6l12 12M18 6L6 18" />
        </svg>
      </button>
    </div>
  );
}

function Legend({ privateNotes }: { readonly privateNotes: boolean }): ReactElement {
  const { legend } = timelineText;
  return (
    <ul className={headerStyles.legend}>
      <li>
        <svg width={16} height={18} aria-hidden="true">
          <rect className={seriesStyles.cuff} x={5} y={1} width={6} height={16} rx={3} />
          <rect className={seriesStyles.cuff} x={0} y={8} width={16} height={3} rx={1} />
        </svg>
        {legend.bp}
      </li>
      <li>
        <svg width={26} height={6} aria-hidden="true">
          <line className={headerStyles.legendLine} x1={1} x2={26} y1={3} y2={3} />
        </svg>
        {legend.protocolLine}
      </li>
      <li>
        <svg width={14} height={14} aria-hidden="true">
          <path className={reminderStyles.dueOpen} d="M7 1l6 6-6 6-6-6z" />
        </svg>
        {legend.due}
      </li>
      <li>
        <svg width={14} height={14} aria-hidden="true">
          <path className={reminderStyles.duePast} d="M7 1l6 6-6 6-6-6z" />
        </svg>
        {legend.pastDue}
      </li>
      <li>
        <svg width={14} height={14} aria-hidden="true">
          <path className={reminderStyles.undone} d="M7 1l6 6-6 6-6-6z M1 13L13 1" />
        </svg>
        {legend.undone}
      </li>
      {privateNotes && (
        <li>
          <svg width={16} height={20} viewBox="-8 -10 16 20" aria-hidden="true">
            <path className={noteStyles.lockBow} d="M-4.5 -1 v-3.5 a4.5 4.5 0 0 1 9 0 v3.5" />
            <rect className={noteStyles.lockBody} x={-7} y={-1} width={14} height={9.5} rx={2} />
          </svg>
          {legend.privateNote}
        </li>
      )}
      <li className={headerStyles.legendHint}>{legend.touch}</li>
    </ul>
  );
}
