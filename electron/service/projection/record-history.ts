import type { RecordEntry } from '../../../shared/contract/signing.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { standingContent, standingLabel } from '../session/dose-words.ts';
import { answersTo, entryReasons } from '../session/entry-reasons.ts';
import { joined } from '../session/entry-words.ts';
import { isBesideRecord, takenPrivate } from '../session/events-beside-record.ts';
import { eventLabel } from '../session/event-label.ts';
import { lateAfterMs, undoneEvents } from '../session/history.ts';
import type { Actor, SessionEvent } from '../session/session-event.ts';
import { addedInVersion } from '../session/signing-state.ts';
import type { SessionState } from '../session/session-state.ts';

/**
 * Every entry with its versions: what was corrected, replaced or undone stays in sight beside what holds (21 CFR
 * 11.10(e): earlier entries are not obscured). In the order of recording; a change stands with what it changes.
 * Of the private side nothing is here; words that their author took there are not shown again.
 */
export function recordHistory(state: SessionState, nameOf: (personId: PersonId) => string | null): RecordEntry[] {
  const by = (actor: Actor): string | null => (actor === 'service' ? null : nameOf(actor.personId));
  const undone = undoneEvents(state.log);
  const taken = takenPrivate(state.log);
  const atOf = new Map(state.history.map(({ event, atMs }) => [event.eventId, atMs]));
  const detailOf = (event: SessionEvent): string | null =>
    taken.has(event.eventId) ? null : standingContent(event, atOf.get(event.eventId) ?? event.occurred.utcMs, state.dose);
  const changes = new Map<string, SessionEvent[]>();
  for (const event of state.log) {
    if (event.supersedes === null) continue;
    const root = rootOf(event, state.log);
    changes.set(root, [...(changes.get(root) ?? []), event]);
  }
  return state.log
    .filter((event) => event.supersedes === null && !isBesideRecord(event.kind))
    .map((event) => {
      const about = changes.get(event.eventId) ?? [];
      const moved = about.findLast((change) => change.kind === 'time-corrected' && !undone.has(change.eventId));
      const atMs = moved?.kind === 'time-corrected' ? moved.body.to.utcMs : event.occurred.utcMs;
      const isReplaced = about.some((change) => !undone.has(change.eventId) && change.kind !== 'event-undone');
      return {
        eventId: event.eventId,
        seq: event.seq,
        kind: event.kind,
        label: standingLabel(event, state.dose),
        detail: detailOf(event),
        reasons: [...entryReasons(event)],
        atMs,
        recordedMs: event.recorded.utcMs,
        by: by(event.actor),
        late: event.recorded.utcMs - atMs > lateAfterMs,
        state: undone.has(event.eventId) ? 'undone' : isReplaced ? 'amended' : 'stands',
        inVersion: state.signing.versions.find(({ throughSeq }) => throughSeq >= event.seq)?.version ?? null,
        addedIn: addedInVersion(state.signing, event),
        changes: changesOf(event, about, { undone, by, detailOf, taken }),
      };
    });
}

interface ChangeWords {
  readonly undone: ReadonlySet<string>;
  readonly by: (actor: Actor) => string | null;
  readonly detailOf: (event: SessionEvent) => string | null;
  /** Words and reasons that went to the private side. */
  readonly taken: ReadonlySet<string>;
}

function changesOf(
  event: SessionEvent,
  about: readonly SessionEvent[],
  { undone, by, detailOf, taken }: ChangeWords,
): RecordEntry['changes'] {
  let fromMs = event.occurred.utcMs;
  return about.map((change) => {
    const toMs = change.kind === 'time-corrected' ? change.body.to.utcMs : null;
    const entry = {
      eventId: change.eventId,
      kind: change.kind,
      label: eventLabel(change),
      detail: change.kind === 'event-undone' || change.kind === 'time-corrected' ? null : detailOf(change),
      recordedMs: change.recorded.utcMs,
      by: by(change.actor),
      reason: taken.has(change.eventId) ? null : joined('reason' in change.body ? change.body.reason : null, ...answersTo(change)),
      fromMs: toMs === null ? null : fromMs,
      toMs,
      undone: undone.has(change.eventId),
    };
    if (toMs !== null && !entry.undone) fromMs = toMs;
    return entry;
  });
}

/** The entry that a change is about in the end: an undo of a correction is about what was corrected. */
function rootOf(event: SessionEvent, log: readonly SessionEvent[]): string {
  let at: SessionEvent = event;
  while (at.supersedes !== null) {
    const { supersedes } = at;
    const target = log.find((candidate) => candidate.eventId === supersedes);
    if (target === undefined) return supersedes;
    at = target;
  }
  return at.eventId;
}
