import { createContext, useContext, type ReactNode } from 'react';
import type { SessionId } from '../../shared/values/ids.ts';

const CommandSession = createContext<SessionId | null>(null);

/** Commands sent from within are about this session, which need not be the one that runs in the room. */
export function CommandSessionProvider({ sessionId, children }: { readonly sessionId: SessionId; readonly children: ReactNode }) {
  return <CommandSession value={sessionId}>{children}</CommandSession>;
}

/** null where commands are about the session in this room. */
export function useCommandSession(): SessionId | null {
  return useContext(CommandSession);
}
