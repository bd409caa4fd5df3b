import { createContext, useContext, type ReactNode } from 'react';
import type { SessionId } from '../../shared/values/ids.ts';
import type { UtcMs } from '../../shared/values/instant.ts';

const CommandSession = createContext<SessionId | null>(null);
const SessionEnd = createContext<UtcMs | null>(null);

/** Commands sent from within are about this session, which need not be the one that runs in the room. */
export function CommandSessionProvider({ sessionId, endedMs = null, children }: CommandSessionProviderProps) {
  return (
    <CommandSession value={sessionId}>
      <SessionEnd value={endedMs}>{children}</SessionEnd>
    </CommandSession>
  );
}

interface CommandSessionProviderProps {
  readonly sessionId: SessionId;
  /** When it ended; null where it runs, or that is not known yet. */
  readonly endedMs?: UtcMs | null;
  readonly children: ReactNode;
}

/** When the session that commands are about ended; null for the one that runs in this room. */
export function useCommandSessionEnd(): UtcMs | null {
  return useContext(SessionEnd);
}

/** null where commands are about the session in this room. */
export function useCommandSession(): SessionId | null {
  return useContext(CommandSession);
}
