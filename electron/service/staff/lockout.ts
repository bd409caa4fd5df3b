import type { PersonId } from '../../../shared/values/ids.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';

/**
 * A lockout is a function of the log, so a restart does not lift it. It is measured by the monotonic clock alone, which
 * nobody turns. That clock begins anew at a restart, and so does a lock that was not waited for.
 */

export const refusalsPerLock = 5;
const lockMs = [60_000, 5 * 60_000, 15 * 60_000] as const;

/** Now, by the clock that nobody turns. */
export interface LockoutClock {
  readonly monoMs: number;
  readonly bootId: string;
}

/** What the lockout needs of the log: refused sign-ins since each person's last right PIN, and the start of the service. */
export type SignInEvent = Extract<RecordedEvent, { readonly kind: 'sign-in-refused' | 'service-started' }>;

/**
 * Milliseconds for which this person is still locked out; 0 when not. Every fifth refusal in a row locks: for one
 * minute, then five, then fifteen each time.
 */
export function lockedOutMs(events: readonly SignInEvent[], personId: PersonId, now: LockoutClock): number {
  const refusals = events.filter((event) => isRefusalOf(event, personId));
  const last = refusals.at(-1);
  const forMs = lockAfterMs(refusals.length, refusalsPerLock);
  if (last === undefined || forMs === 0) return 0;
  const started = events.find((event) => event.kind === 'service-started' && event.bootId === now.bootId);
  return Math.max(0, forMs - passedMs(last, now, started));
}

/** For how long the last of so many wrong PINs locks; 0 where it does not. Every `perLock` of them do, each time longer. */
export function lockAfterMs(wrong: number, perLock: number): number {
  if (wrong === 0 || wrong % perLock !== 0) return 0;
  return lockMs[Math.min(wrong / perLock, lockMs.length) - 1] ?? lockMs[2];
}

export function isRefusalOf(event: SignInEvent, personId: PersonId): boolean {
  return event.kind === 'sign-in-refused' && event.body.personId === personId;
}

/** How long ago at least. `started`: the start of this boot, before which any time may have passed, or none. */
function passedMs(event: SignInEvent, now: LockoutClock, started: SignInEvent | undefined): number {
  if (event.bootId === now.bootId) return now.monoMs - event.monoMs;
  return started === undefined ? 0 : now.monoMs - started.monoMs;
}
