import { useQuery } from '@tanstack/react-query';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { useCommandSession } from './command-session.tsx';
import { useBoard, useRoom } from './room-context.tsx';

/**
 * How the dose would stand after this command, by the room service's own rules, or why it is refused; undefined while
 * it is not known. Asked again as soon as something else was recorded.
 */
export function usePreview(command: SessionCommandInput | null) {
  const { client } = useRoom();
  const about = useCommandSession();
  const running = useBoard((board) => board.session?.sessionId ?? null);
  const lastSeq = useBoard((board) => (board.recording.state === 'recording' ? board.recording.lastSeq : null));
  const sessionId = about ?? running;
  const isAsked = command !== null && sessionId !== null;
  return useQuery({
    queryKey: ['preview', sessionId, JSON.stringify(command), lastSeq],
    queryFn: () => (isAsked ? client.session.preview({ sessionId, command }) : null),
    enabled: isAsked,
    retry: false,
  }).data;
}
