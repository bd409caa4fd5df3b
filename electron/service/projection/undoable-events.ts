import type { SessionSection } from '../../../shared/contract/room-board.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { eventLabel } from '../session/events/event-label.ts';
import { shown } from '../session/events/shown-event.ts';
import type { SessionEventKind } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** How long the undo stays inside the button of what was just recorded; afterwards it is on the timeline. */
const undoMs = 10_000;

/** What a person records with one tap. Answers and notes have their own way back. */
const tapKinds: ReadonlySet<SessionEventKind> = new Set([
  'milestone-reached',
  'dose-started',
  'rate-changed',
  'dose-paused',
  'dose-resumed',
  'bolus-given',
  'bag-changed',
  'injection-given',
  'device-given',
  'lozenge-placed',
  'lozenge-expelled',
  'identity-checked',
  'double-check-confirmed',
  'dose-completed',
  'dose-stopped-early',
  'stop-requested',
  'adverse-event-recorded',
  'adverse-event-updated',
  'drug-given',
  'controlled-drug-drawn',
  'controlled-drug-wasted',
]);

/** Newest first. */
export function undoableEvents(state: SessionState, nowMs: UtcMs): SessionSection['undoable'] {
  return state.history
    .filter(({ event }) => tapKinds.has(event.kind) && nowMs - event.recorded.utcMs < undoMs)
    .map(({ event, atMs }) => ({
      eventId: event.eventId,
      label: eventLabel(shown(event)),
      atMs,
      enteredMs: event.recorded.utcMs,
      untilMs: event.recorded.utcMs + undoMs,
    }))
    .sort((a, b) => b.enteredMs - a.enteredMs);
}
