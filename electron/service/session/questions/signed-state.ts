import type { SignedState } from '../../../../shared/contract/signing.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * What may still be said about a session that has ended.
 *
 *     open ─► ended, unsigned ─► signed ─► amended ─► signed again
 *                 late entries     nothing   late entries
 */
type SessionStatus = SignedState['status'];

export function sessionStatusOf(state: SessionState): SessionStatus {
  if (state.signing.amendment !== null) return 'amending';
  if (state.signing.versions.length > 0) return 'signed';
  return state.ended === null ? 'open' : 'ended';
}

export function signedState(state: SessionState): SignedState {
  const last = state.signing.versions.at(-1);
  const author = last?.signatures[0];
  return { status: sessionStatusOf(state), version: last?.version ?? 0, by: author?.name ?? null, atMs: author?.atMs ?? null };
}
