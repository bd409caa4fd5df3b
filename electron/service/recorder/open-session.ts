import type { SessionId } from '../../../shared/values/ids.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { EventReader } from '../store/event-reader.ts';

export type FindSession = (sessionId: SessionId) => SessionState | null;

/**
 * The session that is open where a log ends: the last that was opened, or one whose end was undone since. An event of a
 * session that is over says nothing about it: records are amended and signed while another session runs. One that a salvage
 * set aside is not gone on with.
 *
 * @param readable as `find`, and null where the log of that session cannot be read
 */
export function openSession(
  events: Pick<EventReader, 'newestSessions' | 'sessionsUndoneIn' | 'isSetAside'>,
  { find, readable }: { readonly find: FindSession; readonly readable: FindSession },
): SessionState | null {
  const [newest] = events.newestSessions(1);
  if (newest === undefined) return null;
  const others = events
    .sessionsUndoneIn(newest.seq)
    .filter((sessionId) => sessionId !== newest.sessionId)
    .map((sessionId) => readable(sessionId));
  const last = events.isSetAside(newest.sessionId) ? null : find(newest.sessionId);
  return [last, ...others].find((state) => state?.ended === null) ?? null;
}
