import { useMemo } from 'react';
import { useBoard } from '../live/room-context.tsx';
import { clockTimeAt, type ClockTime } from '../../shared/values/clock-time.ts';

/** Times as the wall clock of the room shows them now. */
export function useClockTime(): ClockTime {
  const offsetMin = useBoard((board) => board.clock.now.offsetMin);
  return useMemo(() => clockTimeAt(offsetMin), [offsetMin]);
}
