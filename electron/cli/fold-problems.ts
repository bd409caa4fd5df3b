import { settledThrough } from '../service/projection/settled-drug-log.ts';
import { sessionLog } from '../service/export/record/read-room.ts';
import { sessionFacts } from '../service/session/questions/session-facts.ts';
import { foldSession } from '../service/session/state/session-state.ts';
import type { RoomCopy } from '../service/store/room-copy.ts';
import type { KeptBesideLog, KeptRow } from '../service/store/verify-derived.ts';
import type { Problem } from '../service/store/verify-findings.ts';

/**
 * What is worked out from the log, worked out again. Every session is folded as the room folds it: an event that does not
 * fit where it stands is a problem, and so are facts of it that are kept for the lists and are not those of its log. So
 * are balances of the controlled-drug log.
 */
export function foldProblems(copy: RoomCopy, { facts, drugLog }: KeptBesideLog, onShare: (share: number) => void): Problem[] {
  return [...sessionProblems(copy, facts, onShare), ...drugLogProblems(copy, drugLog)];
}

function drugLogProblems({ events }: RoomCopy, row: KeptRow | null): Problem[] {
  if (row === null || events.hashOf(row.throughSeq)?.equals(row.hash) !== true) return [];
  if (row.body === JSON.stringify(settledThrough(events.readDrugSources(), row.throughSeq))) return [];
  return [{ seq: row.throughSeq, what: `what is kept of the controlled-drug log is not what the log says: ${madeAnew}` }];
}

const madeAnew = 'end Vigil and delete derived.db, which is made anew';

function sessionProblems(copy: RoomCopy, kept: KeptBesideLog['facts'], onShare: (share: number) => void): Problem[] {
  // Of one that a salvage set aside nothing is folded.
  const sessionIds = copy.events.sessionIds().filter((sessionId) => !copy.events.isSetAside(sessionId));
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
    const what = `what is kept for the lists of session ${sessionId} is not what its log says: ${madeAnew}`;
    return [...misfits, { seq: row.throughSeq, what }];
  });
}

/** As the room judges: worked out from the log up to an event that is there and has none of its session after it. */
function counts({ events }: RoomCopy, { subject, throughSeq, hash }: KeptRow): boolean {
  return events.hashOf(throughSeq)?.equals(hash) === true && events.isLastOf(subject, throughSeq);
}
