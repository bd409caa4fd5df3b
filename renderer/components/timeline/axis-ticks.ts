import type { UtcMs } from '../../../shared/values/instant.ts';
import type { TimeWindow } from './time-window.ts';

interface TickSteps {
  readonly labelMin: number;
  readonly gridMin: number;
}

const steps: readonly TickSteps[] = [
  { labelMin: 5, gridMin: 1 },
  { labelMin: 10, gridMin: 5 },
  { labelMin: 20, gridMin: 10 },
  { labelMin: 30, gridMin: 10 },
  { labelMin: 60, gridMin: 30 },
  { labelMin: 120, gridMin: 60 },
  { labelMin: 240, gridMin: 120 },
];
const minuteMs = 60_000;
/** What the labels of an axis need: the pitch that leaves quiet on each side, a flag's width, and its distance to a label. */
export interface AxisRoom {
  readonly pitchPx: number;
  readonly flagPx: number;
  readonly clearPx: number;
}

/** `10:36` is about 40 px wide, `10:36 AM` 66. */
export const axisRoom: Readonly<Record<12 | 24, AxisRoom>> = {
  24: { pitchPx: 64, flagPx: 52, clearPx: 46 },
  12: { pitchPx: 96, flagPx: 78, clearPx: 74 },
};

/** Labels every 10 min over a grid of 5; 5 over 1 when under 20 min are visible; wider where labels would crowd. */
export function tickSteps(window: TimeWindow, widthPx: number, { pitchPx }: AxisRoom): TickSteps {
  const spanMin = (window.toMs - window.fromMs) / minuteMs;
  const fits = (step: TickSteps): boolean => (widthPx / spanMin) * step.labelMin >= pitchPx;
  const allowed = steps.filter((step) => step.labelMin >= 10 || spanMin < 20);
  return allowed.find(fits) ?? { labelMin: 480, gridMin: 240 };
}

/** Moments a whole number of steps from `originMs` within the window. */
export function ticksFrom(originMs: UtcMs, stepMin: number, window: TimeWindow): readonly UtcMs[] {
  const stepMs = stepMin * minuteMs;
  const first = Math.ceil((window.fromMs - originMs) / stepMs);
  const last = Math.floor((window.toMs - originMs) / stepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => originMs + (first + index) * stepMs);
}

/** Midnight of the wall clock before a moment: where wall-clock labels are counted from. */
export function wallOriginMs(ms: UtcMs, offsetMin: number): UtcMs {
  const dayMs = 24 * 60 * minuteMs;
  return Math.floor((ms + offsetMin * minuteMs) / dayMs) * dayMs - offsetMin * minuteMs;
}

/** Whole minutes from the start with a true minus: `−10`, `0`, `+38`. Minute 0 is the minute after the start. */
export function minutesFromStart(ms: UtcMs, startMs: UtcMs): string {
  const minutes = Math.floor((ms - startMs) / minuteMs);
  if (minutes === 0) return '0';
  return minutes < 0 ? `−${-minutes}` : `+${minutes}`;
}

/** An axis label too close to a flag is not drawn. */
export function isClearOf(x: number, flags: readonly number[], { clearPx }: AxisRoom): boolean {
  return flags.every((flag) => Math.abs(flag - x) >= clearPx);
}

/** Where two flags of `widthPx` go so that neither covers the other: the first stays. */
export function besideFlag(x: number, fixedX: number | null, widthPx: number): number {
  if (fixedX === null || Math.abs(x - fixedX) >= widthPx) return x;
  return x < fixedX ? fixedX - widthPx : fixedX + widthPx;
}
