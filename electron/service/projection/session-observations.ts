import type { ObservationView } from '../../../shared/contract/session-view/observations.ts';
import type { PrivateMarkView } from '../../../shared/contract/session-view/observations.ts';
import type { NameOf } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** In clinical sequence. */
export function sessionObservations(state: SessionState, by: NameOf): ObservationView[] {
  return state.observations.map(({ actor, eventId, atMs, enteredMs, late, amendedFromMs, text, chips, details, amended }) => ({
    eventId,
    atMs,
    enteredMs,
    late,
    amendedFromMs,
    by: by(actor),
    text,
    chips,
    details: details ?? {},
    authorId: actor === 'service' ? null : actor.personId,
    amended: amended === null ? null : { atMs: amended.atMs, reason: amended.reason, firstText: amended.firstText },
  }));
}

/** Where locks are drawn; nowhere where the clinic hides that private notes exist. */
export function sessionPrivateMarks(state: SessionState, marksShown: boolean): PrivateMarkView[] {
  return marksShown ? state.privateMarks.map(({ noteId, atMs }) => ({ noteId, atMs })) : [];
}
