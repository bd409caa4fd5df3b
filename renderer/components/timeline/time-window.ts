import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';

export const ranges = ['all', 'dose', 'last-15'] as const;
export type TimeRange = (typeof ranges)[number];

export interface TimeWindow {
  readonly fromMs: UtcMs;
  readonly toMs: UtcMs;
}

interface WindowMoment {
  readonly session: SessionView;
  readonly nowMs: UtcMs;
  readonly live: boolean;
  /** Little room: the dose window keeps less before and after. */
  readonly narrow: boolean;
}

const minuteMs = 60_000;
const shortestMs = 5 * minuteMs;

/**
 * The stretch of time a range shows. "all" ends at a whole minute, so that the picture moves once a minute and
 * not once a second; "last 15 min" follows now.
 */
export function windowOf(range: TimeRange, moment: WindowMoment): TimeWindow {
  switch (range) {
    case 'all':
      return wholeSession(moment);
    case 'dose':
      return doseWindow(moment);
    case 'last-15': {
      const endMs = moment.live ? moment.nowMs : lastMomentMs(moment);
      return { fromMs: endMs - 15 * minuteMs, toMs: endMs + minuteMs };
    }
    default:
      return assertNever(range);
  }
}

/** Before and long after the dose the whole session is of more use than the stretch around the dose. */
export function defaultRange({ session, nowMs, live }: WindowMoment): TimeRange {
  const { startedMs, endedMs } = session.dose;
  if (!live || startedMs === null) return 'all';
  return endedMs !== null && nowMs > endedMs + 10 * minuteMs ? 'all' : 'dose';
}

/** What the overview strip shows: while it runs −45 to +130 around the start, wider when the session is longer. */
export function overviewWindow(moment: WindowMoment): TimeWindow {
  const whole = wholeSession(moment);
  // In a record the strip is as long as the session was.
  if (!moment.live) return whole;
  const startMs = moment.session.dose.startedMs;
  if (startMs === null) return { fromMs: whole.fromMs, toMs: Math.max(whole.toMs, whole.fromMs + 120 * minuteMs) };
  return {
    fromMs: Math.min(whole.fromMs, startMs - 45 * minuteMs),
    toMs: Math.max(stepUp(whole.toMs, startMs, 30), startMs + 130 * minuteMs),
  };
}

/** When the dose ends if it goes on as it is now; while paused, as if it resumed this minute at the last rate. */
export function expectedEndMs({ session, nowMs }: WindowMoment): UtcMs | null {
  const { dose } = session;
  if (dose.startedMs === null) return null;
  if (dose.endedMs !== null) return dose.endedMs;
  if (dose.predictedEndMs !== null) return dose.predictedEndMs;
  const running = dose.segments.findLast((segment) => segment.rateUlPerHour > 0);
  if (running === undefined || dose.order === null) return null;
  const leftUg = Math.max(0, dose.order.doseUg - deliveredUg(dose, nowMs));
  const ugPerHour = (running.rateUlPerHour * running.bag.ug) / running.bag.ul;
  return stepUp(nowMs, dose.startedMs, 1) + (leftUg / ugPerHour) * 60 * minuteMs;
}

function doseWindow(moment: WindowMoment): TimeWindow {
  const { session, nowMs, live, narrow } = moment;
  const beforeMs = (narrow ? 10 : 16) * minuteMs;
  const afterMs = (narrow ? 6 : 10) * minuteMs;
  const startMs = session.dose.startedMs;
  if (startMs === null) {
    const planned = (session.dose.order?.minutes ?? 40) * minuteMs;
    const originMs = Math.ceil((live ? nowMs : lastMomentMs(moment)) / minuteMs) * minuteMs;
    return { fromMs: originMs - beforeMs, toMs: originMs + planned + afterMs };
  }
  // An administration in one piece has no duration: the window shows the time of its effect.
  const shownMs = session.dose.administrations.length === 0 ? 0 : startMs + 60 * minuteMs;
  const endMs = Math.max(shownMs, expectedEndMs(moment) ?? startMs + 40 * minuteMs);
  // A dose that overruns its prediction keeps now in sight.
  const latestMs = live && session.dose.endedMs === null ? Math.max(endMs, stepUp(nowMs, startMs, 1)) : endMs;
  return { fromMs: startMs - beforeMs, toMs: Math.round(latestMs + afterMs) };
}

function wholeSession(moment: WindowMoment): TimeWindow {
  const { session, nowMs, live } = moment;
  const firstMs = Math.min(session.openedMs, ...session.marks.map((mark) => mark.atMs), ...session.observations.map((note) => note.atMs));
  const fromMs = firstMs - 2 * minuteMs;
  const lastMs = live ? nowMs + 10 * minuteMs : lastMomentMs(moment) + 4 * minuteMs;
  return { fromMs, toMs: Math.max(stepUp(lastMs, fromMs, 1), fromMs + 30 * minuteMs) };
}

function lastMomentMs({ session, nowMs }: WindowMoment): UtcMs {
  const lastMark = session.marks.at(-1)?.atMs ?? session.openedMs;
  return Math.min(nowMs, session.endedMs ?? Math.max(lastMark, nowMs));
}

/** The next moment that is a whole number of `stepMin` away from `originMs`. */
function stepUp(ms: UtcMs, originMs: UtcMs, stepMin: number): UtcMs {
  const stepMs = stepMin * minuteMs;
  return originMs + Math.ceil((ms - originMs) / stepMs) * stepMs;
}

/** A window dragged to, kept inside `outer` and never shorter than five minutes. */
export function movedWindow(window: TimeWindow, outer: TimeWindow, moveFromMs: number, moveToMs: number): TimeWindow {
  if (moveFromMs === moveToMs) {
    const moveMs = Math.min(outer.toMs - window.toMs, Math.max(outer.fromMs - window.fromMs, moveFromMs));
    return { fromMs: Math.round(window.fromMs + moveMs), toMs: Math.round(window.toMs + moveMs) };
  }
  // The end that is not dragged stays where it is; the dragged one stops five minutes before it.
  const earliestEndMs = moveFromMs === 0 ? window.fromMs + shortestMs : outer.fromMs + shortestMs;
  const toMs = Math.min(outer.toMs, Math.max(window.toMs + moveToMs, earliestEndMs));
  const fromMs = Math.max(outer.fromMs, Math.min(window.fromMs + moveFromMs, toMs - shortestMs));
  return { fromMs: Math.round(fromMs), toMs: Math.round(toMs) };
}
