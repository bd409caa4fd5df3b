import type { EventId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { EffectiveEvent } from './history.ts';
import type { EventBody, SessionEvent } from '../events/session-event.ts';
import type { Entry } from './entry.ts';

/** What an observation said at first, where it was amended. */
export interface ObservationAmendment {
  readonly atMs: UtcMs;
  readonly reason: string;
  readonly firstText: string;
  readonly count: number;
}

export type ObservationState = EventBody<'observation-recorded'> & Entry & { readonly amended: ObservationAmendment | null };

type Amended = EffectiveEvent<Extract<SessionEvent, { kind: 'observation-amended' }>>;

/** Each observation as it reads now: with the words of its newest amendment that holds. */
export function foldObservations(
  observations: readonly (EventBody<'observation-recorded'> & Entry)[],
  amendments: readonly Amended[],
): readonly ObservationState[] {
  const byTarget = new Map<EventId, Amended[]>();
  for (const amendment of amendments) {
    const { eventId } = amendment.event.body;
    byTarget.set(eventId, [...(byTarget.get(eventId) ?? []), amendment]);
  }
  return observations.map((observation) => {
    const own = (byTarget.get(observation.eventId) ?? []).toSorted((a, b) => a.event.seq - b.event.seq);
    const newest = own.at(-1)?.event;
    if (newest === undefined) return { ...observation, amended: null };
    const { text, chips, details, reason } = newest.body;
    const { details: _first, ...entry } = observation;
    const amended = { atMs: newest.recorded.utcMs, reason, firstText: observation.text, count: own.length };
    return { ...entry, text, chips, ...(details === undefined ? {} : { details }), amended };
  });
}
