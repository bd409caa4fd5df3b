/** The pauses before a room service that ended by itself is started again: growing, without an end, the same in both shells. */
export interface RestartPauses {
  /** Before the first, second … start after a crash; the last one from then on. */
  readonly restartMs: readonly [number, ...number[]];
  /** Having run this long, the next crash is a first one again. */
  readonly steadyMs: number;
}

export const usualPauses: RestartPauses = { restartMs: [250, 1000, 2000, 5000], steadyMs: 60_000 };

/** What to wait before a start that follows so many crashes in a row. */
export function pauseAfter(crashes: number, { restartMs }: RestartPauses): number {
  return restartMs[Math.min(crashes, restartMs.length - 1)] ?? restartMs[0];
}
