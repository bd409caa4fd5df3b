import type { Instrument } from './instrument.ts';
import { rounded } from './verdicts.ts';

/** A total with what has to agree before two of them may be compared. */
export interface ComparableTotal {
  readonly instrumentVersion: string;
  readonly mode: string;
  readonly total: number;
}

/** From one total to a later one. Each verdict is null where the instrument has no such mark, or the baseline is 0. */
export interface ScoreChange {
  /** Later minus earlier. */
  readonly change: number;
  /** Fall as a share of the baseline, rounded to two places for reading; null at a baseline of 0. */
  readonly percentImprovement: number | null;
  /** Compared without rounding: a fall of 48.48 % is no response where 50 % is asked. */
  readonly response: boolean | null;
  readonly remission: boolean | null;
  /** More than chance, by size in either direction. */
  readonly reliable: boolean | null;
  readonly meaningful: boolean | null;
  /** Whose figures the points are, and of which year, where they are disputed. */
  readonly source: string | null;
}

/** Scores are in points of the instrument; the marks are in its description. */
export function scoreChange(instrument: Instrument, baseline: number, now: number): ScoreChange {
  const { responsePercent, remissionAtOrBelow, reliablePoints, meaningfulPoints, source = null } = instrument.change ?? {};
  const change = now - baseline;
  const points = Math.abs(change);
  return {
    change,
    percentImprovement: baseline === 0 ? null : rounded(((baseline - now) / baseline) * 100, 2),
    response: responsePercent === undefined || baseline === 0 ? null : (baseline - now) * 100 >= responsePercent * baseline,
    remission: remissionAtOrBelow === undefined ? null : now <= remissionAtOrBelow,
    reliable: reliablePoints === undefined ? null : points >= reliablePoints,
    meaningful: meaningfulPoints === undefined ? null : points >= meaningfulPoints,
    source,
  };
}

/** The change between two ratings, or null: another version or another kind of rater is another measurement. */
export function changeBetween(instrument: Instrument, before: ComparableTotal, after: ComparableTotal): ScoreChange | null {
  if (before.instrumentVersion !== after.instrumentVersion || before.mode !== after.mode) return null;
  return scoreChange(instrument, before.total, after.total);
}
