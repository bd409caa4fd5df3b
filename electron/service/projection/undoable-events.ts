import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { eventLabel } from '../session/events/event-words.ts';
import { shown } from '../session/events/shown-event.ts';
import { sessionEvents } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** How long the undo stays inside the button of what was just recorded; afterwards it is on the timeline. */
const undoMs = 10_000;

/** Newest first. */
export function undoableEvents(state: SessionState, nowMs: UtcMs): SessionView['undoable'] {
  return state.history
    .filter(({ event }) => sessionEvents[event.kind].undoInButton && nowMs - event.recorded.utcMs < undoMs)
    .map(({ event, atMs }) => ({
      eventId: event.eventId,
      label: eventLabel(shown(event)),
      atMs,
      enteredMs: event.recorded.utcMs,
      untilMs: event.recorded.utcMs + undoMs,
    }))
    .sort((a, b) => b.enteredMs - a.enteredMs);
}
