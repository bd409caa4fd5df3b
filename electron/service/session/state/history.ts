import type { EventId } from '../../../../shared/values/ids.ts';
import type { Instant } from '../../../../shared/values/instant.ts';
import type { SessionEvent } from '../events/session-event.ts';
import { isWordCorrection, type WordCorrection } from '../events/word-correction.ts';

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
  /** The event as it was made, where a correction changed what it says; null where none did. */
  readonly made: SessionEvent | null;
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

/** Undos and corrections change other entries and have no place of their own in the history. */
export function isCorrection(event: SessionEvent): boolean {
  return event.kind === 'event-undone' || event.kind === 'time-corrected' || isWordCorrection(event);
}

/** The entry that a change is about in the end: an undo of a correction is about what was corrected. */
export function subjectOf(event: SessionEvent, log: readonly SessionEvent[]): SessionEvent {
  const target = event.supersedes === null ? undefined : log.find(({ eventId }) => eventId === event.supersedes);
  return target === undefined ? event : subjectOf(target, log);
}

/** By entry, in the sequence of recording. */
function wordCorrections(log: readonly SessionEvent[], undone: ReadonlySet<EventId>): ReadonlyMap<EventId, readonly WordCorrection[]> {
  const corrections = new Map<EventId, WordCorrection[]>();
  for (const event of log) {
    if (!isWordCorrection(event) || undone.has(event.eventId)) continue;
    const { eventId } = event.body;
    corrections.set(eventId, [...(corrections.get(eventId) ?? []), event]);
  }
  return corrections;
}

/**
 * The entry as a correction makes it: of an administration what the correction names, of typed vitals all of their figures, of a
 * bag that came off what was read as left in it.
 */
export function saidAnew(event: SessionEvent, correction: WordCorrection): SessionEvent {
  switch (event.kind) {
    case 'injection-given':
    case 'device-given':
    case 'lozenge-placed': {
      if (correction.kind !== 'gift-corrected') return event;
      const { eventId: _about, reason: _why, answered: _passed, metMeanwhile: _met, ...changed } = correction.body;
      return { ...event, body: { ...event.body, ...changed } } as SessionEvent;
    }
    case 'vitals-entered': {
      if (correction.kind !== 'vitals-corrected') return event;
      return { ...event, body: { ...event.body, values: correction.body.values } };
    }
    case 'bag-changed':
    case 'dose-completed':
    case 'dose-stopped-early': {
      if (correction.kind !== 'volume-left-corrected') return event;
      return { ...event, body: { ...event.body, volumeLeftUl: correction.body.volumeLeftUl } } as SessionEvent;
    }
    default:
      return event;
  }
}

/** What holds, in clinical sequence; at one instant, in the sequence of recording. */
export function effectiveHistory(log: readonly SessionEvent[]): readonly EffectiveEvent[] {
  const undone = undoneEvents(log);
  const corrections = new Map<EventId, Instant>();
  for (const event of log) {
    if (event.kind === 'time-corrected' && !undone.has(event.eventId)) corrections.set(event.body.eventId, event.body.to);
  }
  const words = wordCorrections(log, undone);
  const history: EffectiveEvent[] = [];
  for (const event of log) {
    if (isCorrection(event) || undone.has(event.eventId)) continue;
    const corrected = corrections.get(event.eventId);
    const occurred = corrected ?? event.occurred;
    const said = words.get(event.eventId)?.reduce(saidAnew, event) ?? event;
    history.push({
      event: said,
      made: said === event ? null : event,
      occurred,
      atMs: occurred.utcMs,
      amendedFromMs: corrected === undefined || corrected.utcMs === event.occurred.utcMs ? null : event.occurred.utcMs,
      late: event.recorded.utcMs - occurred.utcMs > lateAfterMs,
    });
  }
  return history.sort((a, b) => a.atMs - b.atMs || a.event.seq - b.event.seq);
}
