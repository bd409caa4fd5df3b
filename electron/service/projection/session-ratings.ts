import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import { scoredRatings, type ScoredRating } from '../session/questions/scored-ratings.ts';
import type { NameOf } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** The ratings of a session. */
export function sessionRatings(state: SessionState, protocol: Protocol, by: NameOf): RatingView[] {
  return scoredRatings(state, protocol).map((rating) => ratingView(rating, by));
}

function ratingView({ actor, score, ...rating }: ScoredRating, by: NameOf): RatingView {
  return {
    ...rating,
    items: [...rating.items],
    answered: score.answered,
    of: score.of,
    status: score.status,
    safety: [...score.safety],
    subscales: score.subscales,
    verdicts: Object.fromEntries(Object.entries(score.verdicts).map(([key, value]) => [key, isList(value) ? [...value] : value])),
    by: by(actor),
  };
}

function isList<T>(value: T | readonly (number | null)[]): value is readonly (number | null)[] {
  return Array.isArray(value);
}
