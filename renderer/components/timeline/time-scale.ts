import type { UtcMs } from '../../../shared/values/instant.ts';

/** From moments to pixels, linear: the one scale that every lane shares. */
export interface TimeScale {
  readonly fromMs: UtcMs;
  readonly toMs: UtcMs;
  readonly leftPx: number;
  readonly widthPx: number;
}

export function xOf(scale: TimeScale, ms: UtcMs): number {
  return scale.leftPx + ((ms - scale.fromMs) / (scale.toMs - scale.fromMs)) * scale.widthPx;
}

export function msAt(scale: TimeScale, px: number): UtcMs {
  return Math.round(scale.fromMs + ((px - scale.leftPx) / scale.widthPx) * (scale.toMs - scale.fromMs));
}

export function isWithin(scale: TimeScale, ms: UtcMs): boolean {
  return ms >= scale.fromMs && ms <= scale.toMs;
}

/** A moment moved into the visible stretch. */
export function clampToScale(scale: TimeScale, ms: UtcMs): UtcMs {
  return Math.min(scale.toMs, Math.max(scale.fromMs, ms));
}

/** The visible part of a stretch of time as pixels; null when none of it is visible. */
export function spanPx(scale: TimeScale, fromMs: UtcMs, toMs: UtcMs): { readonly x: number; readonly width: number } | null {
  if (toMs <= scale.fromMs || fromMs >= scale.toMs || toMs <= fromMs) return null;
  const x = xOf(scale, clampToScale(scale, fromMs));
  return { x, width: xOf(scale, clampToScale(scale, toMs)) - x };
}
