import { lastOfRecord } from '../../session/events/events-beside-record.ts';
import type { SessionState } from '../../session/state/session-state.ts';

/** Whether what was signed is what the file holds, worked out anew. */
export interface RecordSealed {
  /** Of the record as it stands. */
  readonly recordHash: string;
  readonly throughSeq: number;
  readonly versions: readonly { readonly version: number; readonly recordHash: string; readonly holds: boolean }[];
}

/** @param hashThrough the record's hash up to an event, from the chain and the readings in the file; null where the event is gone */
export function proveRecord(state: SessionState, hashThrough: (seq: number) => string | null): RecordSealed {
  const throughSeq = lastOfRecord(state.log);
  return {
    recordHash: hashThrough(throughSeq) ?? '',
    throughSeq,
    versions: state.signing.versions.map(({ version, recordHash, throughSeq: signedThrough }) => ({
      version,
      recordHash,
      holds: hashThrough(signedThrough) === recordHash,
    })),
  };
}
