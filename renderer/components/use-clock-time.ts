import { useMemo } from 'react';
import { clockTimeAt, type ClockTime } from '../../shared/values/clock-time.ts';
import { useBoard } from '../live/room-context.tsx';

/** Times as the wall clock of the room shows them now. */
export function useClockTime(): ClockTime {
  return useClockTimeAt(useBoard((board) => board.clock.now.offsetMin));
}

/** Times by a wall clock of another offset, as a record's room had it then; written as the clinic writes now. */
export function useClockTimeAt(offsetMin: number): ClockTime {
  const formats = useBoard((board) => board.room.formats);
  return useMemo(() => clockTimeAt(offsetMin, formats), [offsetMin, formats]);
}
