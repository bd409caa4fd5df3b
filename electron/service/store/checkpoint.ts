import { createHash } from 'node:crypto';
import { besideRecord } from '../session/events/events-beside-record.ts';
import type { Connection } from './connection.ts';
import { blobToId } from './event-row.ts';

/** A row of the table. */
export interface CheckpointRow {
  readonly number: number;
  readonly seq: number;
  readonly hash: Buffer;
  readonly at_ms: number;
  readonly session_id: Buffer | null;
  /** `entriesHash` up to this event. */
  readonly entries_hash: Buffer | null;
  readonly public_key: Buffer;
  readonly signature: Buffer;
}

export interface CheckpointPlace {
  readonly roomId: string;
  /** Of the event. */
  readonly epoch: string;
}

/**
 * What is signed with Ed25519, in UTF-8: these lines, each ended by a line feed. Bytes are in lower-case hexadecimal, and a
 * checkpoint without a session has `-` twice.
 *
 *     vigil-checkpoint-1, room's id, epoch, seq, hash of the event, time in ms from 1970, session's id, hash of its entries
 */
export function checkpointText(
  { roomId, epoch }: CheckpointPlace,
  row: Pick<CheckpointRow, 'seq' | 'hash' | 'at_ms' | 'session_id' | 'entries_hash'>,
): string {
  const session = row.session_id === null ? '-' : blobToId(row.session_id);
  const entries = row.entries_hash === null ? '-' : row.entries_hash.toString('hex');
  const lines = ['vigil-checkpoint-1', roomId, epoch, row.seq, row.hash.toString('hex'), row.at_ms, session, entries];
  return lines.map((line) => `${line}\n`).join('');
}

/** The number of a session's first event, from which on its events are read: there is no index of all that belong to it. */
export const firstOfSession = 'SELECT min(seq) FROM event_log INDEXED BY event_run WHERE run_start = 1 AND session_id = ?';

/** Checkpoints with the epoch of their event, which is signed with it. */
export const selectCheckpoints =
  'SELECT checkpoint.*, (SELECT epoch FROM epoch WHERE first_seq <= seq ORDER BY first_seq DESC LIMIT 1) AS epoch FROM checkpoint';

export interface PlacedCheckpointRow extends CheckpointRow {
  readonly epoch: Buffer;
}

/**
 * SHA-256 over the hashes of the events of a session's record up to one, in their order, 32 bytes each: none of them can be left
 * out or put in. What stands beside the record is passed over, as by a signature: whoever is given the record is not told of it.
 */
export function entriesHash(connection: Connection, sessionId: Buffer, throughSeq: number): Buffer {
  const kinds = besideRecord.map((kind) => `'${kind}'`).join(', ');
  const hashes = connection.prepare<[Buffer, Buffer, number], Buffer>(
    `SELECT hash FROM event_log WHERE seq >= (${firstOfSession}) AND session_id = ? AND seq <= ? AND kind NOT IN (${kinds}) ORDER BY seq`,
  );
  const digest = createHash('sha256');
  for (const hash of hashes.pluck().iterate(sessionId, sessionId, throughSeq)) digest.update(hash);
  return digest.digest();
}
