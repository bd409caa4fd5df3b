import type { SessionSummary } from '../../../shared/contract/room-contract.ts';
import type { Instant } from '../../../shared/values/instant.ts';

const dayMs = 86_400_000;

/** Sessions opened on the room's calendar day, in the order they were opened: no order depends on a value. */
export function sessionsToday(sessions: readonly SessionSummary[], now: Instant): SessionSummary[] {
  return sessions
    .filter((session) => localDay(session.openedMs, now) === localDay(now.utcMs, now))
    .toSorted((a, b) => a.openedMs - b.openedMs);
}

/** Sessions of other days, newest first. */
export function earlierRecords(sessions: readonly SessionSummary[], now: Instant): SessionSummary[] {
  return sessions
    .filter((session) => localDay(session.openedMs, now) !== localDay(now.utcMs, now))
    .toSorted((a, b) => b.openedMs - a.openedMs);
}

function localDay(utcMs: number, now: Instant): number {
  return Math.floor((utcMs + now.offsetMin * 60_000) / dayMs);
}

/** Those whose patient's name contains what was typed, whatever the case. */
export function namedLike(sessions: readonly SessionSummary[], typed: string): SessionSummary[] {
  const wanted = typed.trim().toLocaleLowerCase('en');
  return sessions.filter((session) => (session.patientName ?? '').toLocaleLowerCase('en').includes(wanted));
}
