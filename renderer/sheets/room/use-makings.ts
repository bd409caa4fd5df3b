import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Role } from '../../../shared/contract/board/people.ts';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';

interface Makings {
  readonly read: Pick<UseQueryResult, 'isError' | 'isFetching' | 'error' | 'refetch'>;
  /** null until the service has said. */
  readonly roles: readonly Role[] | null;
  /** Of whom one confirms with their own PIN; empty where nobody has to. */
  readonly confirmersOf: (role: Role | null) => readonly string[];
}

/** Whom the person at this page may add. The service decides; this spares useless forms. */
export function useMakings(): Makings {
  const { client } = useRoom();
  const { person } = useSeat();
  // Whoever was added, or has chosen a PIN of their own since, may confirm or take over.
  const people = useBoard((board) => board.staff.people);
  const read = useQuery({
    queryKey: ['makings', person?.personId ?? null, people],
    queryFn: () => client.staff.makings(),
    enabled: person !== null,
    retry: false,
    staleTime: 0,
  });
  return {
    read,
    roles: read.data?.map(({ role }) => role) ?? null,
    confirmersOf: (role) => read.data?.find((one) => one.role === role)?.confirmers ?? [],
  };
}
