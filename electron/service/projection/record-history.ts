import { entryChangeKinds, type EntryChangeKind, type RecordEntry } from '../../../shared/contract/signing.ts';
import { replacedWords, currentContent, currentLabel } from '../session/questions/dose-words.ts';
import { correctedFigures, eventLabel, isTherapistEntry } from '../session/events/event-words.ts';
import { answersTo, entryReasons } from '../session/questions/entry-reasons.ts';
import { joined } from '../session/events/entry-words.ts';
import { isBesideRecord, takenPrivate } from '../session/events/events-beside-record.ts';
import { isWordCorrection } from '../session/events/word-correction.ts';
import { lateAfterMs, saidAnew, subjectOf, undoneEvents } from '../session/state/history.ts';
import { sessionEvents, type NameOf, type SessionEvent } from '../session/events/session-event.ts';
import { addedInVersion } from '../session/state/signing-state.ts';
import { shown } from '../session/events/shown-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/**
 * Every entry with its versions: what was corrected, replaced or undone stays in sight beside what holds (21 CFR
 * 11.10(e): earlier entries are not obscured). In the sequence of recording; a change stands with what it changes.
 * Of the private side nothing is here; words that their author took there are not shown again.
 */
export function recordHistory(state: SessionState, by: NameOf): RecordEntry[] {
  const undone = undoneEvents(state.log);
  const taken = takenPrivate(state.log);
  const atOf = new Map(state.history.map(({ event, atMs }) => [event.eventId, atMs]));
  const heldAs = new Map(state.history.map(({ event }) => [event.eventId, event]));
  const detailOf = (event: SessionEvent): string | null =>
    taken.has(event.eventId) ? null : currentContent(shown(event), atOf.get(event.eventId) ?? event.occurred.utcMs, state.dose);
  const changes = new Map<string, EntryChange[]>();
  for (const event of state.log) {
    if (event.supersedes === null || !isEntryChange(event)) continue;
    const { eventId } = subjectOf(event, state.log);
    changes.set(eventId, [...(changes.get(eventId) ?? []), event]);
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
        row: sessionEvents[event.kind].row,
        ...(isTherapistEntry(event) ? {} : { clinical: true }),
        label: currentLabel(shown(heldAs.get(event.eventId) ?? event), state.dose),
        detail: detailOf(heldAs.get(event.eventId) ?? event),
        reasons: [...entryReasons(shown(event))],
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

type EntryChange = Extract<SessionEvent, { kind: EntryChangeKind }>;

/** No other kind of event can supersede one: `NewEvent` has no place for it. */
function isEntryChange(event: SessionEvent): event is EntryChange {
  return (entryChangeKinds as readonly SessionEvent['kind'][]).includes(event.kind);
}

interface ChangeWords {
  readonly undone: ReadonlySet<string>;
  readonly by: NameOf;
  readonly detailOf: (event: SessionEvent) => string | null;
  /** Words and reasons that went to the private side. */
  readonly taken: ReadonlySet<string>;
}

function changesOf(
  event: SessionEvent,
  about: readonly EntryChange[],
  { undone, by, detailOf, taken }: ChangeWords,
): RecordEntry['changes'] {
  let fromMs = event.occurred.utcMs;
  let said = event;
  return about.map((made) => {
    const change = shown(made);
    const toMs = change.kind === 'time-corrected' ? change.body.to.utcMs : null;
    const corrected = isWordCorrection(made) ? saidAnew(said, made) : null;
    const entry = {
      eventId: change.eventId,
      kind: change.kind,
      label: eventLabel(change),
      detail: isWordCorrection(change)
        ? correctedFigures(change)
        : change.kind === 'event-undone' || change.kind === 'time-corrected'
          ? null
          : detailOf(change),
      replaces: corrected === null ? null : replacedWords(shown(said), detailOf),
      recordedMs: change.recorded.utcMs,
      by: by(change.actor),
      reason: taken.has(change.eventId) ? null : joined('reason' in change.body ? change.body.reason : null, ...answersTo(change)),
      fromMs: toMs === null ? null : fromMs,
      toMs,
      undone: undone.has(change.eventId),
    };
    if (toMs !== null && !entry.undone) fromMs = toMs;
    if (corrected !== null && !entry.undone) said = corrected;
    return entry;
  });
}
