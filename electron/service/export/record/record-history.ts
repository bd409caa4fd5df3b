import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import type { EventId } from '../../../../shared/values/ids.ts';
import { toIso } from '../../../../shared/values/instant.ts';
import { currentDetail, currentLabel } from '../../session/questions/dose-words.ts';
import { isBesideRecord } from '../../session/events/events-beside-record.ts';
import { heldBack, leaves } from '../../session/events/leaves.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { eventLabel } from '../../session/events/event-words.ts';
import { isWordCorrection } from '../../session/events/word-correction.ts';
import { isCorrection, undoneEvents } from '../../session/state/history.ts';
import type { SessionEvent } from '../../session/events/session-event.ts';
import { addedInVersion } from '../../session/state/signing-state.ts';
import { idOf, type RecordWords } from './record-words.ts';
import type { SessionSource } from './session-source.ts';

/**
 * Every entry as it was made, with what became of it. Of the private side nothing leaves the room, not even that it
 * exists (45 CFR 164.501; `docs/clinical-rules.md`).
 */
export function recordHistory({ state }: SessionSource, { by }: RecordWords): RecordDocument['history'] {
  const undone = undoneEvents(state.log);
  const reasons = new Map<EventId, string | null>();
  const moved = new Set<EventId>();
  const corrected = new Set<EventId>();
  const held = heldBack(state.log);
  const hidden = new Set<EventId>(state.log.filter((event) => isBesideRecord(event.kind)).map((event) => event.eventId));
  for (const event of state.log) {
    if (undone.has(event.eventId)) continue;
    if (event.kind === 'event-undone') reasons.set(event.body.eventId, event.body.reason ?? null);
    if (event.kind !== 'time-corrected' && !isWordCorrection(event)) continue;
    (event.kind === 'time-corrected' ? moved : corrected).add(event.body.eventId);
    reasons.set(event.body.eventId, event.body.reason);
  }
  const atOf = new Map(state.history.map(({ event, atMs }) => [event.eventId, atMs]));
  const byId = new Map(state.log.map((event) => [event.eventId, event]));
  const aboutOf = ({ supersedes }: SessionEvent): string | null => {
    const about = supersedes === null ? undefined : byId.get(supersedes);
    return about === undefined ? null : `${eventLabel(about)}, ${writtenMinute(about.occurred)}`;
  };
  return state.log
    .filter((event) => !hidden.has(event.eventId) && (event.supersedes === null || !hidden.has(event.supersedes)))
    .map((event) => {
      const leaving = leaves(event, held);
      const said = leaving.as === 'withheld' ? null : ({ ...event, body: leaving.body } as SessionEvent);
      return {
        seq: event.seq,
        eventId: event.eventId,
        kind: event.kind,
        label: currentLabel(event, state.dose),
        detail: said === null ? null : currentDetail(said, atOf.get(event.eventId) ?? event.occurred.utcMs, state.dose),
        about: aboutOf(event),
        addedIn: addedInVersion(state.signing, event),
        occurred: toIso(event.occurred),
        recorded: toIso(event.recorded),
        by: by(event.actor),
        byId: idOf(event.actor),
        holds: undone.has(event.eventId)
          ? 'undone'
          : isCorrection(event)
            ? 'is-correction'
            : corrected.has(event.eventId)
              ? 'corrected'
              : moved.has(event.eventId)
                ? 'moved'
                : 'holds',
        // Why it was undone would say what is private; that it was undone stays.
        reason: said === null ? null : (reasons.get(event.eventId) ?? null),
        body: said?.body ?? null,
      };
    });
}
