import { totalRange } from '../../../shared/clinical/instrument.ts';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import type { Score } from '../../../shared/clinical/scoring.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { RatingView } from '../../../shared/contract/room-board.ts';
import { scoreOf, type RatingState } from '../session/state/rating-state.ts';
import type { Actor } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** The ratings of a session. A total stands only under a rating that somebody ended. */
export function sessionRatings(state: SessionState, protocol: Protocol, by: (actor: Actor) => string | null): RatingView[] {
  return state.ratings.map((rating) => ratingView(rating, scoreOf(rating, state, protocol), by));
}

function ratingView(rating: RatingState, score: Score, by: (actor: Actor) => string | null): RatingView {
  const finished = rating.state === 'finished';
  return {
    ratingId: rating.ratingId,
    eventId: rating.eventId,
    instrument: rating.instrument,
    instrumentVersion: rating.instrumentVersion,
    textPackHash: rating.textPackHash,
    mode: rating.mode,
    atMs: rating.atMs,
    enteredMs: rating.enteredMs,
    late: rating.late,
    amendedFromMs: rating.amendedFromMs,
    state: rating.state,
    notAssessable: rating.notAssessable,
    items: [...rating.items],
    total: finished ? score.total : null,
    max: totalRange(instruments[rating.instrument]).max,
    answered: score.answered,
    of: score.of,
    status: score.status,
    band: finished ? score.band : null,
    safety: [...score.safety],
    subscales: score.subscales,
    verdicts: Object.fromEntries(Object.entries(score.verdicts).map(([key, value]) => [key, isList(value) ? [...value] : value])),
    by: by(rating.actor),
  };
}

function isList<T>(value: T | readonly (number | null)[]): value is readonly (number | null)[] {
  return Array.isArray(value);
}
