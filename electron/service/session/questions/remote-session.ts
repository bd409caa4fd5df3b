import type { ProtocolLibrary } from '../../../../shared/clinical/protocol-library.ts';
import { isWatchedFromAfar } from '../../../../shared/clinical/remote.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * Whether this session's patient is elsewhere. What the room's monitors say meanwhile is of whoever sits beside them: it
 * is neither shown nor recorded as the patient's.
 */
export function isRemoteSession(state: Pick<SessionState, 'opened'> | null, protocols: ProtocolLibrary): boolean {
  if (state === null) return false;
  const protocol = protocols.find(state.opened.protocolId, state.opened.protocolVersion);
  return protocol !== null && isWatchedFromAfar(protocol);
}
