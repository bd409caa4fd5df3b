import type { RoomInstant } from '../../format/time-of-day.ts';
import { useClockTime } from '../use-clock-time.ts';
import { useServiceNow } from '../../live/room-context.tsx';

/** Now, by the room service's clock and the room's wall. */
export function useRoomInstant(): RoomInstant {
  const { offsetMin, formats } = useClockTime();
  return { utcMs: useServiceNow(), offsetMin, hours: formats.hours };
}
