import type { Refusal } from '../../../../shared/contract/contract-errors.ts';
import type { Instant, UtcMs } from '../../../../shared/values/instant.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { lateAfterMs } from './history.ts';
import type { SessionState } from './session-state.ts';

/**
 * A page's clock runs on from the service's and may be ahead by so much. A time within it counts as now and is not
 * refused as a future one.
 */
export const aheadToleranceMs = 2000;
/** A patient may have arrived this long before anyone opened the session. */
const arrivalBeforeOpeningMs = 12 * 3_600_000;

export interface ClinicalTime {
  readonly atMs: UtcMs;
  /** Given only where it differs from the time of recording. */
  readonly occurred: Instant | undefined;
  readonly lateReason: string | undefined;
}

/** As an event carries it: left out where it is the time of recording. */
export function occurredAt({ occurred }: ClinicalTime): { readonly occurred?: Instant } {
  return occurred === undefined ? {} : { occurred };
}

interface StatedTime {
  readonly utcMs: UtcMs;
  readonly reason?: string | undefined;
}

/**
 * The time a person states for what they record. In the future or before the session: refused. More than five
 * minutes back: needs a reason, and carries it.
 */
export function clinicalTime(
  state: SessionState,
  now: Instant,
  stated: StatedTime | undefined,
  of: 'arrival' | 'anything' = 'anything',
): ClinicalTime | { readonly refusal: Refusal } {
  if (stated === undefined || (stated.utcMs >= now.utcMs && stated.utcMs - now.utcMs <= aheadToleranceMs)) {
    return { atMs: now.utcMs, occurred: undefined, lateReason: undefined };
  }
  const impossible = timeImpossible(state, now, stated.utcMs, of);
  if (impossible !== null) return { refusal: impossible };
  const late = now.utcMs - stated.utcMs > lateAfterMs;
  if (late && stated.reason === undefined) {
    const message = `${writtenMinute({ ...now, utcMs: stated.utcMs })} is more than five minutes ago. Say why it is entered late.`;
    return { refusal: { code: 'SESSION_REASON_REQUIRED', message, subject: 'at' } };
  }
  return { atMs: stated.utcMs, occurred: { utcMs: stated.utcMs, offsetMin: now.offsetMin }, lateReason: stated.reason };
}

/** Why nothing of this session can have happened then, or null when it can. */
export function timeImpossible(state: SessionState, now: Instant, utcMs: UtcMs, of: 'arrival' | 'anything'): Refusal | null {
  const stated = writtenMinute({ ...now, utcMs });
  // A session that has ended went by its own time: the computer's clock may have been set back meanwhile.
  const latestMs = Math.max(now.utcMs, state.ended?.atMs ?? 0);
  if (utcMs > latestMs) {
    const message = `${stated} is still to come, it is ${writtenMinute(now)} now. Choose a time that has passed.`;
    return { code: 'SESSION_TIME_IMPOSSIBLE', message, subject: 'at' };
  }
  const arrivedMs = state.milestones.find((entry) => entry.milestone === 'arrived')?.atMs ?? state.openedMs;
  const earliestMs = of === 'arrival' ? state.openedMs - arrivalBeforeOpeningMs : Math.min(state.openedMs, arrivedMs);
  if (utcMs < earliestMs) {
    const since = writtenMinute({ ...now, utcMs: earliestMs });
    const message = `${stated} lies before this session, which began at ${since}. Check the hour, or record the arrival first.`;
    return { code: 'SESSION_TIME_IMPOSSIBLE', message, subject: 'at' };
  }
  return null;
}
