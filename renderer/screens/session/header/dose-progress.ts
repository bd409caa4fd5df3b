import { deliveredUg } from '../../../../shared/clinical/dosing.ts';
import { standstillOf } from '../../../components/bag-empty.ts';
import { orderedUg } from '../../../components/ordered-dose.ts';
import type { DoseView } from '../../../../shared/contract/session-view/dose.ts';
import { sessionText } from '../../../text/session.ts';

export interface DoseProgress {
  readonly givenUg: number;
  readonly totalUg: number;
  /** 0 … 1 of the ordered dose; a bolus may bring more than was ordered, the bar then is full. */
  readonly share: number;
  /** All pauses together. */
  readonly pausedMs: number;
  /** The one under way; null while the pump runs. */
  readonly pausedNowMs: number | null;
}

/** How far the dose is at an instant; null before anything was ordered. */
export function doseProgress(dose: DoseView, nowMs: number): DoseProgress | null {
  const totalUg = orderedUg(dose);
  if (totalUg === null) return null;
  const givenUg = deliveredUg(dose, nowMs);
  const share = totalUg === 0 ? 0 : Math.min(1, givenUg / totalUg);
  return { givenUg, totalUg, share, pausedMs: pausedMs(dose, nowMs), pausedNowMs: pausedNowMs(dose, nowMs) };
}

function pausedNowMs({ state, segments }: DoseView, nowMs: number): number | null {
  if (state !== 'paused') return null;
  const running = segments.findLastIndex(({ rateUlPerHour }) => rateUlPerHour !== 0);
  const since = segments[running + 1];
  return since === undefined ? null : Math.max(0, nowMs - since.fromMs);
}

/** What the phase of the dose is called where nothing flows: never "infusing"; null where something does. */
export function flowWords(dose: DoseView, nowMs: number): string | null {
  const standstill = standstillOf(dose, nowMs);
  return standstill === null ? null : sessionText.rail.standstill[standstill];
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
