import type { Instant } from '../../shared/values/instant.ts';
import { useClockTime } from './use-clock-time.ts';
import { useServiceNow } from '../live/room-context.tsx';

/** Now, by the room service's clock and the room's wall. */
export function useRoomInstant(): Instant {
  return { utcMs: useServiceNow(), offsetMin: useClockTime().offsetMin };
}
