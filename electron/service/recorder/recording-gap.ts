import type { UtcMs } from '../../../shared/values/instant.ts';
import type { NewEvent } from '../session/session-event.ts';
import type { SessionState } from '../session/session-state.ts';
import type { Store } from '../store/store.ts';

/** A shorter absence than this is not worth a gap in the record. */
const gapMsMin = 2000;

/**
 * What a restart missed of a session: from the last thing on disk, event or reading, until now. Null where that is
 * nothing to speak of, or the wall clock says that no time has passed.
 */
export function recordingGap(store: Store, session: SessionState, nowMs: UtcMs): NewEvent<'recording-gap'> | null {
  const lastEventMs = session.log.at(-1)?.recorded.utcMs ?? session.openedMs;
  let fromMs = lastEventMs;
  for (const row of store.readings.readSession(session.sessionId, lastEventMs)) fromMs = Math.max(fromMs, row.at.utcMs + 1000);
  if (nowMs - fromMs < gapMsMin) return null;
  return { kind: 'recording-gap', body: { fromMs, toMs: nowMs, cause: 'restart' } };
}
