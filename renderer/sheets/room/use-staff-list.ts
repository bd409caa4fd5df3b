import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { StaffMember } from '../../../shared/contract/staff-contract.ts';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';

interface StaffList {
  readonly read: Pick<UseQueryResult, 'isError' | 'isFetching' | 'error' | 'refetch'>;
  /** null until the service has said, or while nobody is signed in. */
  readonly members: readonly StaffMember[] | null;
}

/** Everybody of the room, and what of them the people at this page may change. */
export function useStaffList(): StaffList {
  const { client } = useRoom();
  const { person } = useSeat();
  // Read again when anything about the people of the room was recorded.
  const staff = useBoard((board) => board.staff);
  const read = useQuery({
    queryKey: ['staff', person?.personId ?? null, staff],
    queryFn: () => client.staff.list(),
    enabled: person !== null,
    placeholderData: (before: StaffMember[] | undefined) => before,
    retry: false,
    staleTime: 0,
  });
  return { read, members: person === null ? null : (read.data ?? null) };
}
