import type { UtcMs } from '../../../shared/values/instant.ts';
import type { RoomInstant } from '../../format/time-of-day.ts';
import { useCommandSessionEnd } from '../../live/command-session.tsx';
import { useRoomInstant } from './use-room-instant.ts';

/** What was done after a session is entered within this time of its end. */
const afterEndMs = 6 * 3_600_000;

/**
 * The moment from which a typed time of day looks back: now, and in the record of a past session the hours after its
 * end. Otherwise 10:03 in Friday's record, corrected on Monday, would be Monday's.
 */
export function useEntryInstant(): RoomInstant {
  const now = useRoomInstant();
  const endedMs = useCommandSessionEnd();
  return entryInstant(now, endedMs);
}

export function entryInstant(now: RoomInstant, endedMs: UtcMs | null): RoomInstant {
  return endedMs === null ? now : { ...now, utcMs: Math.min(now.utcMs, endedMs + afterEndMs) };
}
