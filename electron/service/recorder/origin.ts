import type { SessionId } from '../../../shared/values/ids.ts';
import type { Actor } from '../session/events/session-event.ts';
import type { Command } from './command.ts';

/** Where events come from, as each of them keeps it. */
export interface Origin {
  readonly sessionId: SessionId | null;
  readonly actor: Actor;
  readonly command: Command | null;
}

/** What the room service itself records, in this session or in none. */
export function byService(session: { readonly sessionId: SessionId } | null): Origin {
  return { sessionId: session?.sessionId ?? null, actor: 'service', command: null };
}
