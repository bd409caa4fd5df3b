import type { WaveView } from '../../../shared/contract/board/waves.ts';

/** The last seconds of one waveform, put together from the feed's messages. */
export interface WaveRing {
  readonly periodMs: number;
  readonly endIndex: number;
  readonly endMs: number;
  /** The newest last; null breaks the line. */
  readonly points: readonly (number | null)[];
}

/** Adds what is new in a message; what was missed in between is a break in the line. */
export function joinWave(ring: WaveRing | null, view: WaveView, keptMs: number): WaveRing {
  const { periodMs, endIndex, endMs, points } = view;
  const kept = Math.ceil(keptMs / periodMs);
  const fresh = ring === null ? points.length : endIndex - ring.endIndex;
  // If another monitor has this name now, or the service was started anew, its count does not continue ours.
  if (ring === null || ring.periodMs !== periodMs || fresh < 0) return { periodMs, endIndex, endMs, points: points.slice(-kept) };
  if (fresh === 0) return { ...ring, endMs };
  const missed = Math.min(kept, Math.max(0, fresh - points.length));
  const added = [...Array<null>(missed).fill(null), ...points.slice(-Math.min(fresh, points.length))];
  return { periodMs, endIndex, endMs, points: [...ring.points, ...added].slice(-kept) };
}

export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest value; null where there is none. */
export function rangeOf(points: readonly (number | null)[]): ValueRange | null {
  let [low, high] = [Infinity, -Infinity];
  for (const point of points) {
    if (point === null) continue;
    if (point < low) low = point;
    if (point > high) high = point;
  }
  return low > high ? null : { low, high };
}

/** Part of the way that a scale gives back in one second. */
const easedPerSecond = 0.15;

/** The scale grows at once, so that nothing is cut, and shrinks slowly, so that it does not pump. */
export function easedRange(before: ValueRange | null, now: ValueRange | null, passedMs: number): ValueRange | null {
  if (before === null || now === null) return now ?? before;
  const share = Math.min(1, (easedPerSecond * passedMs) / 1000);
  const low = now.low < before.low ? now.low : before.low + (now.low - before.low) * share;
  const high = now.high > before.high ? now.high : before.high + (now.high - before.high) * share;
  return { low, high };
}
