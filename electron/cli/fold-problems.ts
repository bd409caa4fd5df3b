import { sessionLog } from '../service/export/record/read-room.ts';
import { sessionFacts } from '../service/session/questions/session-facts.ts';
import { foldSession } from '../service/session/state/session-state.ts';
import type { RoomCopy } from '../service/store/room-copy.ts';
import type { KeptRow } from '../service/store/verify-derived.ts';
import type { Problem } from '../service/store/verify-findings.ts';

/**
 * Every session folded as the room folds it: an event that does not fit where it stands is a problem, and so are facts
 * of it that are kept for the lists and are not those of its log.
 *
 * @param kept by session
 */
export function foldProblems(copy: RoomCopy, kept: ReadonlyMap<string, KeptRow>, onShare: (share: number) => void): Problem[] {
  const sessionIds = copy.events.sessionIds();
  return sessionIds.flatMap((sessionId, index): Problem[] => {
    onShare(index / sessionIds.length);
    const log = sessionLog(copy, sessionId);
    const state = foldSession(log);
    if (state === null) return [{ seq: log[0]?.seq ?? null, what: `session ${sessionId} has events and no opening` }];
    const seqOf = new Map(log.map((event) => [event.eventId, event.seq]));
    const misfits = state.problems.map(({ eventId, what, because }) => ({
      seq: seqOf.get(eventId) ?? null,
      what: `session ${sessionId}: "${what}" does not fit where it stands, because ${because}`,
    }));
    const row = kept.get(sessionId);
    if (row === undefined || !counts(copy, row) || row.body === JSON.stringify(sessionFacts(state))) return misfits;
    const what = `what is kept for the lists of session ${sessionId} is not what its log says: end Vigil and delete derived.db, which is made anew`;
    return [...misfits, { seq: row.throughSeq, what }];
  });
}

/** As the room judges: worked out from the log up to an event that is there and has none of its session after it. */
function counts({ events }: RoomCopy, { subject, throughSeq, hash }: KeptRow): boolean {
  return events.hashOf(throughSeq)?.equals(hash) === true && events.isLastOf(subject, throughSeq);
}
