import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { LaneLayout } from './lane-layout.ts';
import type { TextWidth } from './text-width.ts';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';

/** What every lane draws from: where it lies, which time it shows, and when now is. */
export interface Frame {
  readonly session: SessionView;
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly nowMs: UtcMs;
  /** false: a finished record, without now and without a future. */
  readonly live: boolean;
  readonly clock: ClockTime;
  readonly textWidth: TextWidth;
}

/** The now line; null where it is not in sight. No word crosses it. */
export function nowX({ live, nowMs, scale }: Frame): number | null {
  return live && isWithin(scale, nowMs) ? xOf(scale, nowMs) : null;
}

/** Until when things have happened: now, or the end of a finished record. */
export function happenedUntilMs({ live, nowMs, session }: Frame): UtcMs {
  return live ? nowMs : Math.min(nowMs, session.endedMs ?? nowMs);
}

interface PauseSpan {
  readonly fromMs: UtcMs;
  readonly toMs: UtcMs;
}

/** Stretches with the pump at rest; the current one lasts until now. */
export function pauses(frame: Frame): readonly PauseSpan[] {
  const { segments, endedMs } = frame.session.dose;
  const untilMs = Math.min(endedMs ?? Infinity, happenedUntilMs(frame));
  return segments.flatMap((segment, index) => {
    if (segment.rateUlPerHour !== 0) return [];
    const toMs = Math.min(untilMs, segments[index + 1]?.fromMs ?? untilMs);
    return toMs > segment.fromMs ? [{ fromMs: segment.fromMs, toMs }] : [];
  });
}
