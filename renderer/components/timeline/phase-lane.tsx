import type { ReactElement } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { standstillOf } from '../bag-empty.ts';
import { timelineText } from '../../text/timeline.ts';
import { happenedUntilMs, nowX, pauses, type Frame } from './frame.ts';
import { spanPx, xOf } from './time-scale.ts';
import { expectedEndMs } from './time-window.ts';
import milestoneStyles from './milestones.module.css';
import reminderStyles from './reminders.module.css';
import wordStyles from './words.module.css';

type Phase = SessionView['phase'];

interface Bar {
  readonly key: string;
  readonly x: number;
  readonly width: number;
  readonly words: string;
  readonly look: 'past' | 'current' | 'stands' | 'planned';
}

/** The session's phases as bars: done, current, planned; hatched where the pump rested. */
export function PhaseLane({ frame, hatch }: { readonly frame: Frame; readonly hatch: string }): ReactElement {
  const { layout, textWidth } = frame;
  const top = layout.lanes.phases.top + 2;
  const height = layout.phaseBarPx;
  const bars = phaseBars(frame);
  return (
    <g>
      {bars.map((bar) => (
        <rect key={bar.key} className={barClass[bar.look]} x={bar.x} y={top} width={Math.max(0, bar.width - 1)} height={height} rx={2} />
      ))}
      {pauses(frame).map((pause) => {
        const span = spanPx(frame.scale, pause.fromMs, pause.toMs);
        return span && <rect key={pause.fromMs} x={span.x} y={top} width={span.width} height={height} fill={`url(#${hatch})`} />;
      })}
      {bars.map((bar, index) => {
        const wordsPx = textWidth(bar.words, isNow(bar) ? 600 : 400);
        const inside = wordsPx + 10 <= bar.width;
        // The current phase is named even when it has only just begun: the name stands beside its bar, unless something is planned there.
        const beside = !inside && isNow(bar) && index === bars.length - 1 && bar.x + bar.width + 10 + wordsPx <= layout.plot.right;
        if (!inside && !beside) return null;
        return (
          <text key={bar.key} className={wordClass[bar.look]} x={inside ? bar.x + 7 : bar.x + bar.width + 7} y={top + height / 2 + 5}>
            {bar.words}
          </text>
        );
      })}
    </g>
  );
}

function isNow({ look }: Bar): boolean {
  return look === 'current' || look === 'stands';
}

const barClass = {
  past: milestoneStyles.phasePast,
  current: milestoneStyles.phaseCurrent,
  stands: milestoneStyles.phaseStands,
  planned: milestoneStyles.phasePlanned,
} as const;

const wordClass = {
  past: wordStyles.barWords,
  current: wordStyles.barStrong,
  stands: wordStyles.dueStrong,
  planned: wordStyles.barWords,
} as const;

export function phaseBars(frame: Frame): readonly Bar[] {
  const { session, scale, live, layout } = frame;
  const untilMs = happenedUntilMs(frame);
  // The current phase is drawn strong; in a finished record, that of the dose.
  const strong: Phase = live ? session.phase : 'infusing';
  // While the dose stands still, its phase is not called infusing.
  const standstill = live && session.phase === 'infusing' ? standstillOf(session.dose, frame.nowMs) : null;
  const bars: Bar[] = [];
  for (const [index, { phase, fromMs }] of session.phases.entries()) {
    const span = spanPx(scale, fromMs, Math.min(untilMs, session.phases[index + 1]?.fromMs ?? untilMs));
    if (span === null) continue;
    const key = `${phase} ${fromMs}`;
    if (standstill !== null && index === session.phases.length - 1) {
      bars.push({ key, ...span, words: timelineText.standstill[standstill], look: 'stands' });
      continue;
    }
    const words = session.dosing.phaseLabels[phase] ?? timelineText.phaseNames[phase];
    bars.push({ key, ...span, words, look: phase === strong ? 'current' : 'past' });
  }
  const endMs = session.dose.endedMs === null && live ? expectedEndMs({ ...frame, narrow: layout.narrow }) : null;
  if (endMs === null || session.dose.startedMs === null) return bars;
  const planned = spanPx(scale, untilMs, endMs);
  if (planned !== null) {
    bars.push({ key: 'planned', ...planned, words: timelineText.plannedTo(frame.clock.minute(endMs)), look: 'planned' });
  }
  const recovery = spanPx(scale, Math.max(endMs, untilMs), scale.toMs);
  if (recovery !== null) bars.push({ key: 'recovery', ...recovery, words: timelineText.phaseNames.recovery, look: 'planned' });
  return bars;
}

/** Where the dose is expected to end, beside the milestones that have happened. */
export function PredictedEnd({ frame }: { readonly frame: Frame }): ReactElement | null {
  const { session, layout, scale, live, textWidth } = frame;
  const endMs = session.dose.predictedEndMs;
  if (!live || endMs === null || endMs < frame.nowMs || endMs > scale.toMs || endMs < scale.fromMs) return null;
  const x = xOf(scale, endMs);
  const barBottom = layout.lanes.phases.top + 2 + layout.phaseBarPx;
  const y = barBottom + 12;
  const clock = frame.clock.minute(endMs);
  const words = [timelineText.completeAbout(clock), timelineText.about(clock)];
  // Nothing stands in the right gutter on this row but while an instant is read, and then further down.
  const right = words.find((word) => x + 7 + textWidth(word) <= layout.width);
  const leftEdge = (nowX(frame) ?? layout.plot.left) + 8;
  const left = right === undefined ? words.find((word) => x - 7 - textWidth(word) >= leftEdge) : undefined;
  return (
    <g>
      <line className={milestoneStyles.predictedTick} x1={x} x2={x} y1={barBottom} y2={y - 4} />
      <path className={reminderStyles.dueOpenSmall} d={`M${x} ${y - 4} l4 4 l-4 4 l-4 -4 z`} />
      {right !== undefined && (
        <text className={wordStyles.dueWords} x={x + 8} y={y + 5}>
          {right}
        </text>
      )}
      {left !== undefined && (
        <text className={wordStyles.dueWords} x={x - 8} y={y + 5} textAnchor="end">
          {left}
        </text>
      )}
    </g>
  );
}
