import type { SessionId } from '../../../shared/values/ids.ts';
import type { EventLog } from '../store/event-log.ts';

const firstLook = 64;

/**
 * The session of the last session event in the log; null where there is none. If any session is open it is this one:
 * an ended session takes nothing but the undo of its end, which opens it again.
 */
export function lastTouchedSession(log: EventLog): SessionId | null {
  let throughSeq = log.head.seq;
  for (let length = firstLook; throughSeq > 0; length *= 4) {
    const afterSeq = Math.max(0, throughSeq - length);
    let found: SessionId | null = null;
    for (const event of log.readAll({ afterSeq })) {
      if (event.seq > throughSeq) break;
      found = event.sessionId ?? found;
    }
    if (found !== null) return found;
    throughSeq = afterSeq;
  }
  return null;
}
