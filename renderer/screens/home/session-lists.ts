import { refusalOf } from '../../connection/failure.ts';
import type { Role } from '../../../shared/contract/board/people.ts';
import { isFor } from '../../../shared/contract/role-table.ts';
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

/** `signed-out`: nobody who could read. `not-theirs`: whoever is signed in reads no records. */
export type ListState = 'loading' | 'failed' | 'signed-out' | 'not-theirs' | 'ready';

/** @param read of the lists; it is asked for only by who may read records */
export function listState(
  role: Role | null,
  read: { readonly isError: boolean; readonly error: unknown; readonly data: unknown },
): ListState {
  if (role === null) return 'signed-out';
  if (!isFor(role, { task: 'read-records' })) return 'not-theirs';
  // Opening a record needs a sign-in: who opened whose record is kept in the log.
  if (read.isError) return refusalOf(read.error)?.code === 'STAFF_NOT_SIGNED_IN' ? 'signed-out' : 'failed';
  return read.data === undefined ? 'loading' : 'ready';
}
