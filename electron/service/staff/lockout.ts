import type { PersonId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';

/**
 * A lockout is a function of the log, so a restart does not lift it. Within one boot it is measured by the
 * monotonic clock, so that turning the wall clock does not lift it either.
 */

const refusalsPerLock = 5;
const lockMs = [60_000, 5 * 60_000, 15 * 60_000] as const;

/** Now, on both clocks. */
export interface LockoutClock {
  readonly utcMs: UtcMs;
  readonly monoMs: number;
  readonly bootId: string;
}

/** What the lockout needs of the log: refused and accepted sign-ins, and the starts of the service. */
export type SignInEvent = Pick<RecordedEvent, 'kind' | 'body' | 'recorded' | 'monoMs' | 'bootId'>;

/**
 * Milliseconds for which this person is still locked out; 0 when not. Every fifth refusal in a row locks: for one
 * minute, then five, then fifteen each time. A sign-in begins the count anew.
 */
export function lockedOutMs(events: readonly SignInEvent[], personId: PersonId, now: LockoutClock): number {
  let refusals = 0;
  let last: SignInEvent | null = null;
  let bootedMonoMs: number | null = null;
  for (const event of events) {
    if (event.kind === 'service-started' && event.bootId === now.bootId) bootedMonoMs = event.monoMs;
    if (!isAbout(event, personId)) continue;
    refusals = event.kind === 'sign-in-refused' ? refusals + 1 : 0;
    last = event;
  }
  if (last === null || refusals === 0 || refusals % refusalsPerLock !== 0) return 0;
  const forMs = lockMs[Math.min(refusals / refusalsPerLock, lockMs.length) - 1] ?? lockMs[2];
  return Math.max(0, forMs - passedMs(last, now, bootedMonoMs));
}

/** How long ago, never trusting the wall clock where the monotonic one knows. */
function passedMs(event: SignInEvent, now: LockoutClock, bootedMonoMs: number | null): number {
  if (event.bootId === now.bootId) return now.monoMs - event.monoMs;
  const byWall = Math.max(0, now.utcMs - event.recorded.utcMs);
  // A wall clock set back over a restart must not lock for a year: at least this boot's time has passed.
  const sinceBoot = bootedMonoMs === null ? 0 : now.monoMs - bootedMonoMs;
  return Math.max(byWall, sinceBoot);
}

function isAbout(event: SignInEvent, personId: PersonId): boolean {
  if (event.kind !== 'signed-in' && event.kind !== 'witness-authenticated' && event.kind !== 'sign-in-refused') return false;
  return (event.body as { readonly personId: PersonId }).personId === personId;
}
