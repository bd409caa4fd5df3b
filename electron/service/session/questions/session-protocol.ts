import type { ProtocolLibrary } from '../../../../shared/clinical/protocol-library.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { RefusedError } from '../../../../shared/contract/contract-errors.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * The version the session was opened with. If it is gone there is no record, because limits and schedule are judged by
 * it. Throws `RefusedError`.
 */
export function protocolOf({ opened }: SessionState, library: ProtocolLibrary): Protocol {
  const { protocolId, protocolVersion } = opened;
  const protocol = library.find(protocolId, protocolVersion);
  if (protocol === null) {
    const message = `Version ${protocolVersion} of protocol ${protocolId} is not installed here; this session cannot be shown.`;
    throw new RefusedError({ code: 'PROTOCOL_NOT_FOUND', message });
  }
  return protocol;
}
