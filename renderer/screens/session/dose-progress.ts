import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import { orderedUg } from '../../components/ordered-dose.ts';
import type { DoseView } from '../../../shared/contract/room-board.ts';

export interface DoseProgress {
  readonly givenUg: number;
  readonly totalUg: number;
  /** 0 … 1 of the ordered dose; a bolus may bring more than was ordered, the bar then is full. */
  readonly share: number;
  readonly pausedMs: number;
}

/** How far the dose is at an instant; null before anything was ordered. */
export function doseProgress(dose: DoseView, nowMs: number): DoseProgress | null {
  const totalUg = orderedUg(dose);
  if (totalUg === null) return null;
  const givenUg = deliveredUg(dose, nowMs);
  return { givenUg, totalUg, share: totalUg === 0 ? 0 : Math.min(1, givenUg / totalUg), pausedMs: pausedMs(dose, nowMs) };
}

/** The time for which the pump stood between start and end. */
export function pausedMs(dose: DoseView, nowMs: number): number {
  const untilMs = Math.min(nowMs, dose.endedMs ?? nowMs);
  return dose.segments.reduce((sum, segment, index) => {
    if (segment.rateUlPerHour !== 0) return sum;
    const toMs = Math.min(dose.segments[index + 1]?.fromMs ?? untilMs, untilMs);
    return sum + Math.max(0, toMs - segment.fromMs);
  }, 0);
}
