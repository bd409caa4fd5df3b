import {
  completesAtMs,
  deliveredUg,
  rateAt,
  remainingInBag,
  type DoseSegment,
  type DoseTimeline,
} from '../../../shared/clinical/dosing.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';

/** A change of the dose, as far as its arithmetic needs it. Amounts as in the record: µL/h, µg. */
export type DoseChange =
  | { readonly type: 'start-dose' | 'change-rate' | 'resume-dose'; readonly rateUlPerHour: number }
  | { readonly type: 'give-bolus'; readonly ug: number }
  | { readonly type: 'pause-dose' | 'stop-dose-early' | 'complete-dose' };

/** What a person wants to know before and after a change. */
interface DoseOutlook {
  readonly givenUg: number;
  readonly leftUg: number;
  readonly leftUl: number;
  readonly rateUlPerHour: number;
  /** When the bag is empty if nothing else changes; null while paused, not running or ended. */
  readonly endsMs: UtcMs | null;
}

export function outlookNow(dose: DoseView, nowMs: UtcMs): DoseOutlook {
  return outlookOf(dose, dose, nowMs);
}

/**
 * The outlook at `nowMs` as it would be with the change made at `atMs` (now, or another time before it).
 * Uses the same arithmetic as the record, so what is promised here is what the timeline will show.
 */
export function outlookAfter(dose: DoseView, change: DoseChange, atMs: UtcMs, nowMs: UtcMs): DoseOutlook {
  return outlookOf(dose, changed(dose, change, atMs), nowMs);
}

function outlookOf(dose: DoseView, timeline: DoseTimeline, nowMs: UtcMs): DoseOutlook {
  const left = timeline.segments.length === 0 ? (dose.order?.bag ?? { ug: 0, ul: 0 }) : remainingInBag(timeline, nowMs);
  return {
    givenUg: deliveredUg(timeline, nowMs),
    leftUg: left.ug,
    leftUl: left.ul,
    rateUlPerHour: rateAt(timeline, nowMs),
    endsMs: timeline.endedMs === null ? completesAtMs(timeline) : null,
  };
}

function changed(dose: DoseView, change: DoseChange, atMs: UtcMs): DoseTimeline {
  switch (change.type) {
    case 'give-bolus':
      return { ...dose, boluses: [...dose.boluses, { atMs, ug: change.ug }] };
    case 'stop-dose-early':
    case 'complete-dose':
      return { ...dose, endedMs: atMs };
    case 'pause-dose':
      return withSegment(dose, 0, atMs);
    case 'start-dose':
    case 'change-rate':
    case 'resume-dose':
      return withSegment(dose, change.rateUlPerHour, atMs);
  }
}

function withSegment(dose: DoseView, rateUlPerHour: number, atMs: UtcMs): DoseTimeline {
  const bag = dose.segments.findLast((segment) => segment.fromMs <= atMs)?.bag ?? dose.segments.at(-1)?.bag ?? dose.order?.bag;
  if (bag === undefined) return dose;
  const added: DoseSegment = { fromMs: atMs, rateUlPerHour, bag };
  const segments = [...dose.segments, added].toSorted((a, b) => a.fromMs - b.fromMs);
  return { ...dose, segments };
}

/** The rate the pump had before the pause, which is what a resume goes back to unless somebody says otherwise. */
export function rateBeforePauseUlPerHour(dose: DoseView): number | null {
  return dose.segments.findLast((segment) => segment.rateUlPerHour > 0)?.rateUlPerHour ?? dose.order?.rateUlPerHour ?? null;
}
