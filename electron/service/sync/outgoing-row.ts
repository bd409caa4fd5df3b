import type { WithheldBecause } from '../session/events/leaves.ts';

/**
 * An event as a place outside the room is given it: every column that its hash is made of, and of its body only what leaves
 * (`session/events/leaves.ts`). Ids are UUIDs in lower case, hashes 64 hexadecimal digits, times as they stand in the log.
 */
export interface OutgoingRow {
  readonly epoch: string;
  /** Without gaps within a room, over all of its epochs. */
  readonly seq: number;
  readonly eventId: string;
  readonly sessionId: string | null;
  readonly kind: string;
  readonly occurredMs: number;
  readonly occurredOffsetMin: number;
  readonly recordedMs: number;
  readonly recordedOffsetMin: number;
  readonly monoUs: number;
  readonly bootId: string;
  /** null: the room service. */
  readonly actor: string | null;
  readonly commandId: string | null;
  readonly supersedes: string | null;
  /** Its JSON to the letter, as it was hashed; null where it is withheld. */
  readonly body: string | null;
  /** Why there is no body; null where there is one. */
  readonly withheld: WithheldBecause | null;
  /** JSON of what may be told of a withheld body; null where nothing may, and where the body itself is here. Under no hash. */
  readonly redacted: string | null;
  /** The hash of event `seq` − 1; zeros before the first. */
  readonly prev: string;
  readonly hash: string;
}

/** A row that left whole, of which words were taken back since: what is told of it from now on. */
export type TakenBack = Pick<OutgoingRow, 'epoch' | 'seq' | 'redacted'> & { readonly withheld: WithheldBecause };

/** Rows in their order, without a gap; none where there is nothing after the number that was asked for. */
export interface OutgoingBatch {
  readonly rows: readonly OutgoingRow[];
  /**
   * Rows before this batch that an event of it takes back, perhaps once more. A target holds them back before it takes these rows
   * in: where it breaks off between, the batch comes again with both.
   */
  readonly takenBack: readonly TakenBack[];
}

/** A stretch of the log under one epoch. The first event of a later one follows the last of the one before. */
export interface OutgoingEpoch {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly cause: 'created' | 'restored';
}
