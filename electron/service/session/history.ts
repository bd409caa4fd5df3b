import type { EventId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import type { SessionEvent } from './session-event.ts';

/**
 * The log says what was recorded; the history says what holds. An undo takes an event out, an undo of that undo
 * brings it back, and a time correction moves an event to another clinical time. The log itself keeps everything.
 */
export interface EffectiveEvent<E extends SessionEvent = SessionEvent> {
  readonly event: E;
  /** Clinical time, after correction. */
  readonly occurred: Instant;
  readonly atMs: number;
  /** The first clinical time, where a correction moved it; null where none did. */
  readonly amendedFromMs: number | null;
  /** Recorded more than five minutes after its clinical time. */
  readonly late: boolean;
}

/** How long after the fact an entry still counts as made at the time. */
export const lateAfterMs = 5 * 60_000;

/** Ids of the events that no longer hold. Undoing is by sequence: whatever is undone later stays undone. */
export function undoneEvents(log: readonly SessionEvent[]): ReadonlySet<EventId> {
  const undone = new Set<EventId>();
  // Backwards, an undo is met before its target, and an undo that was itself undone does nothing.
  for (const event of log.toReversed()) {
    if (event.kind === 'event-undone' && !undone.has(event.eventId)) undone.add(event.body.eventId);
  }
  return undone;
}

/** What holds, in clinical order; at one instant, in the order of recording. */
export function effectiveHistory(log: readonly SessionEvent[]): readonly EffectiveEvent[] {
  const undone = undoneEvents(log);
  const corrections = new Map<EventId, Instant>();
  for (const event of log) {
    if (event.kind === 'time-corrected' && !undone.has(event.eventId)) corrections.set(event.body.eventId, event.body.to);
  }
  const history: EffectiveEvent[] = [];
  for (const event of log) {
    if (event.kind === 'event-undone' || event.kind === 'time-corrected' || undone.has(event.eventId)) continue;
    const corrected = corrections.get(event.eventId);
    const occurred = corrected ?? event.occurred;
    history.push({
      event,
      occurred,
      atMs: occurred.utcMs,
      amendedFromMs: corrected === undefined || corrected.utcMs === event.occurred.utcMs ? null : event.occurred.utcMs,
      late: event.recorded.utcMs - occurred.utcMs > lateAfterMs,
    });
  }
  return history.sort((a, b) => a.atMs - b.atMs || a.event.seq - b.event.seq);
}
