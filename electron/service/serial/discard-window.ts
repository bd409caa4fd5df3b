/**
 * How many of the bytes of the last 30 seconds could not be used. Kept in thirty buckets of one second, so
 * that its size does not depend on what a monitor sends.
 */
export interface DiscardWindow {
  /** Whole seconds of monotonic time and what arrived in them, oldest first; at most `windowSeconds` of them. */
  readonly buckets: readonly DiscardBucket[];
}

interface DiscardBucket {
  readonly second: number;
  readonly bytes: number;
  readonly discarded: number;
}

export const windowSeconds = 30;
/** More than this part of the bytes lost means that something is wrong with the line. */
export const degradedShare = 0.01;

export const emptyDiscardWindow: DiscardWindow = { buckets: [] };

export function addToWindow(window: DiscardWindow, monoMs: number, bytes: number, discarded: number): DiscardWindow {
  const second = Math.floor(monoMs / 1000);
  const last = window.buckets.at(-1);
  if (last !== undefined && last.second >= second) {
    const grown = { second: last.second, bytes: last.bytes + bytes, discarded: last.discarded + discarded };
    return { buckets: [...window.buckets.slice(0, -1), grown] };
  }
  const kept = window.buckets.filter((bucket) => bucket.second > second - windowSeconds);
  return { buckets: [...kept, { second, bytes, discarded }] };
}

export function isDegraded(window: DiscardWindow, monoMs: number): boolean {
  const oldestSecond = Math.floor(monoMs / 1000) - windowSeconds;
  let bytes = 0;
  let discarded = 0;
  for (const bucket of window.buckets) {
    if (bucket.second <= oldestSecond) continue;
    bytes += bucket.bytes;
    discarded += bucket.discarded;
  }
  return discarded > 0 && discarded > bytes * degradedShare;
}
