import type { SessionId } from '../../../../shared/values/ids.ts';
import type { LogHole } from '../named-losses.ts';

/** A stretch of the log whose events have one session, or none; by the index of the damaged file, also where the events are lost. */
export interface Run {
  readonly from: number;
  readonly sessionId: SessionId | null;
}

/** What is known of a session from the events of it that were saved. */
export interface SavedSession {
  readonly sessionId: SessionId;
  firstSeq: number;
  lastSeq: number;
  readonly firstMs: number;
  lastMs: number;
  hasOpening: boolean;
  ended: boolean;
}

export interface Belonging {
  /** Sessions that lack events, or may. */
  readonly sessions: ReadonlySet<SessionId>;
  /** Of no session events are missing, or may be. */
  readonly room: boolean;
}

/** An earlier salvage that the log still tells of. */
export interface EarlierSalvage {
  readonly holes: readonly LogHole[];
  readonly setAside: readonly SessionId[];
  readonly roomEntriesLost: boolean;
}

/**
 * Whose the lost events are. The index of runs tells it exactly where none of its pages is lost. Where it does not, every
 * session that had begun may be concerned.
 *
 * @param runs in the order of their first number; null: the index is not whole
 * @param earlier what salvages from before named of the log
 */
export function lostBelongTo(
  holes: readonly Pick<LogHole, 'from' | 'through'>[],
  {
    runs,
    saved,
    earlier,
  }: { readonly runs: readonly Run[] | null; readonly saved: readonly SavedSession[]; readonly earlier: readonly EarlierSalvage[] },
): Belonging {
  const sessions = new Set<SessionId>(earlier.flatMap(({ setAside }) => setAside));
  let room = earlier.some(({ roomEntriesLost }) => roomEntriesLost);
  const named = new Set(earlier.flatMap(({ holes: before }) => before.map(({ from, through }) => `${from}-${through}`)));
  for (const hole of holes) {
    if (named.has(`${hole.from}-${hole.through}`)) continue;
    const concerned =
      runs === null ? null : runs.filter((run, index) => run.from <= hole.through && (runs[index + 1]?.from ?? Infinity) > hole.from);
    if (concerned === null) {
      room = true;
      for (const { sessionId, firstSeq } of saved) if (firstSeq <= hole.through + 1) sessions.add(sessionId);
      continue;
    }
    for (const { sessionId } of concerned) {
      if (sessionId === null) room = true;
      else sessions.add(sessionId);
    }
  }
  for (const { sessionId, hasOpening } of saved) if (!hasOpening) sessions.add(sessionId);
  return { sessions, room };
}

/** The sessions that were or may have been open in a time: one is open at a time, and goes on until it ends or the next begins. */
export function openDuring(
  saved: readonly SavedSession[],
  { fromMs, throughMs }: { readonly fromMs: number | null; readonly throughMs: number | null },
): SessionId[] {
  const inOrder = saved.toSorted((a, b) => a.firstSeq - b.firstSeq);
  return inOrder
    .filter((session, index) => {
      const untilMs = session.ended ? session.lastMs : (inOrder[index + 1]?.firstMs ?? Number.POSITIVE_INFINITY);
      return session.firstMs - marginMs <= (throughMs ?? Infinity) && untilMs + marginMs >= (fromMs ?? -Infinity);
    })
    .map(({ sessionId }) => sessionId);
}

/** A reading goes by its session's time, an entry by the clock of the moment. */
const marginMs = 60_000;
