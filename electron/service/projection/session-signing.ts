import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { SigningView } from '../../../shared/contract/signing.ts';
import { sessionStatusOf } from '../session/questions/signed-state.ts';
import { completeness } from '../session/questions/completeness.ts';
import type { NameOf } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { SessionVitals } from '../session/questions/session-vitals.ts';

export interface SigningContext {
  readonly protocol: Protocol;
  readonly vitals: SessionVitals;
  readonly offsetMin: number;
  /** Of the record as it stands; null while there is none to sign. */
  readonly recordHash: string | null;
  readonly nameOf: NameOf;
}

/** What a person sees before they sign: what is open, what was signed already, and the hash of what is there. */
export function sessionSigning(state: SessionState, around: SigningContext): SigningView {
  const by = around.nameOf;
  const { amendment, versions } = state.signing;
  const status = sessionStatusOf(state);
  return {
    sessionId: state.sessionId,
    status,
    recordHash: status === 'open' ? null : around.recordHash,
    items: completeness(state, around.protocol, around.vitals, around.offsetMin).map(({ closed, ...item }) => ({
      ...item,
      closed: closed === null ? null : { reason: closed.reason, atMs: closed.atMs, by: by(closed.by) },
    })),
    versions: versions.map(({ version, recordHash, throughSeq, signatures, amendment: cause }) => ({
      version,
      recordHash,
      throughSeq,
      signatures: signatures.map(({ name, role, meaning, atMs }) => ({ name, role, meaning, atMs })),
      amendment: cause === null ? null : { reason: cause.reason, begunMs: cause.begunMs, by: by(cause.by) },
    })),
    amendment:
      amendment === null
        ? null
        : { reason: amendment.reason, begunMs: amendment.begunMs, by: by(amendment.by), changes: amendment.changes },
    endedEventId: state.ended?.eventId ?? null,
    privateNotes: state.privateMarks.length,
  };
}
