import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { roomRoles } from '../../shared/contract/role-table.ts';
import type { SessionId } from '../../shared/values/ids.ts';
import { useBoard, useRoom } from './room-context.tsx';
import { useSeat } from './use-seat.ts';

/** A record, read again whenever something is recorded in the room: a correction made here has to stand in it. */
export function useRecord(sessionId: SessionId) {
  const { client } = useRoom();
  const query = useQuery({
    queryKey: ['record', sessionId, useReader()],
    queryFn: () => client.session.record({ sessionId }),
    retry: false,
    gcTime: 0,
  });
  useReadAgain(query.refetch);
  return query;
}

/** Every entry with its versions, and what was asked and signed. */
export function useRecordHistory(sessionId: SessionId) {
  const { client } = useRoom();
  const query = useQuery({
    queryKey: ['record-history', sessionId, useReader()],
    queryFn: async () => {
      const [history, signing] = await Promise.all([client.signing.history({ sessionId }), client.signing.read({ sessionId })]);
      return { history, signing };
    },
    retry: false,
    gcTime: 0,
  });
  useReadAgain(query.refetch);
  return query;
}

/** The monitoring form, with what was answered a moment ago; null for a session by another route. */
export function useRems(sessionId: SessionId) {
  const { client } = useRoom();
  const query = useQuery({
    queryKey: ['rems', sessionId, useReader()],
    queryFn: () => client.print.rems({ sessionId }),
    retry: false,
    gcTime: 0,
  });
  useReadAgain(query.refetch);
  return query;
}

function useReadAgain(refetch: () => Promise<unknown>): void {
  const lastSeq = useBoard((board) => (board.recording.state === 'recording' ? board.recording.lastSeq : null));
  useEffect(() => {
    void refetch();
  }, [lastSeq, refetch]);
}

/** What one who may read records was shown stays for the next who may, and is out of sight for everybody else. */
function useReader(): 'reader' | 'nobody' {
  const { person } = useSeat();
  return person !== null && roomRoles['read-records'].includes(person.role) ? 'reader' : 'nobody';
}
