import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import type { RatingId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { Actor } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';

export interface SafetyFlag {
  readonly ratingId: RatingId;
  readonly item: number;
  /** `PHQ-9 item 9 answered 1` */
  readonly label: string;
  readonly atMs: UtcMs;
  readonly actor: Actor;
}

/**
 * Answers that a person has to deal with before signing, whatever else is open on the form. They come from the raw
 * item and not from a score.
 */
export function safetyFlags(state: SessionState): readonly SafetyFlag[] {
  return state.ratings.flatMap(({ ratingId, instrument, items, atMs, actor }) => {
    const { name, safety = [], items: asked } = instruments[instrument];
    return safety.flatMap(({ item, atOrAbove }) => {
      const value = items[asked.findIndex(({ number }) => number === item)] ?? null;
      if (value === null || value < atOrAbove) return [];
      return [{ ratingId, item, label: `${name} item ${item} answered ${value}`, atMs, actor }];
    });
  });
}
