import { totalRange } from '../../../../shared/clinical/instrument.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { scoreOf, type RatingState } from '../state/rating-state.ts';
import type { SessionState } from '../state/session-state.ts';

/** A rating with what its answers come to, by the cuts that hold for this patient and in this clinic. */
export interface ScoredRating extends RatingState {
  /** Points; null unless somebody ended the rating and every item that the total needs was answered. */
  readonly total: number | null;
  readonly band: string | null;
  /** The highest total there is. */
  readonly max: number;
}

export function scoredRatings(state: SessionState, protocol: Protocol): readonly ScoredRating[] {
  return state.ratings.map((rating) => {
    const score = scoreOf(rating, state, protocol);
    const isFinished = rating.state === 'finished';
    return {
      ...rating,
      score,
      total: isFinished ? score.total : null,
      band: isFinished ? score.band : null,
      max: totalRange(instruments[rating.instrument]).max,
    };
  });
}
