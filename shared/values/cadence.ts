/** How often a source speaks, learned from when it spoke. Pure: each call gives the next state. */
export interface Cadence {
  readonly lastMs: number | null;
  /** The last gaps, newest last; of one burst only the gap before it counts. */
  readonly gapsMs: readonly number[];
}

/** So many of its intervals a value is the latest word of its source: it is live, and a line joins the next to it. */
export const currentTurns = 2;
/** Beyond so many two turns in a row were missed: the source is silent. A little more than two, for a turn that comes late. */
export const silentTurns = 2.2;
/** No source for a room is slower, whatever was learned. */
export const slowestTurnMs = 300_000;

export const silentCadence: Cadence = { lastMs: null, gapsMs: [] };

const gapsKept = 4;
/** What comes closer together is one burst: several messages, or one in several parts. */
const burstMs = 900;

export function heardAt(cadence: Cadence, atMs: number): Cadence {
  const { lastMs, gapsMs } = cadence;
  if (lastMs === null) return { lastMs: atMs, gapsMs };
  const gapMs = atMs - lastMs;
  if (gapMs < burstMs) return cadence;
  return { lastMs: atMs, gapsMs: [...gapsMs, gapMs].slice(-gapsKept) };
}

/**
 * Milliseconds between two of its turns; null before there were two. The second longest of the last gaps: one interruption does not make a
 * slow source of a quick one, and of a source with two rhythms the slower counts.
 */
export function intervalOf({ gapsMs }: Cadence): number | null {
  const sorted = gapsMs.toSorted((a, b) => b - a);
  return sorted[1] ?? sorted[0] ?? null;
}
