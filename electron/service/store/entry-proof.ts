import type { RecordProof } from '../../../shared/contract/record-proof.ts';
import { isBesideRecord } from '../session/events/events-beside-record.ts';
import { firstOfSession, selectCheckpoints, type PlacedCheckpointRow } from './checkpoint.ts';
import type { Connection } from './connection.ts';
import { blobToId, idToBlob, type EventRow } from './event-row.ts';

interface ChainedRow extends EventRow {
  readonly room_id: Buffer;
  readonly epoch: Buffer;
  readonly prev: Buffer;
}

/**
 * What it takes to prove the entries of a session without Vigil: their columns as they were hashed, and the checkpoints of its
 * signatures. What stands beside the record is left out.
 *
 * @param withheld ids of events whose words nobody is given any more: only their place in the chain
 */
export function recordProof(connection: Connection, sessionId: string, withheld: ReadonlySet<string>): RecordProof {
  const session = idToBlob(sessionId, 'sessionId');
  const rows = connection
    .prepare<[Buffer, Buffer], ChainedRow>(`SELECT * FROM event WHERE seq >= (${firstOfSession}) AND session_id = ? ORDER BY seq`)
    .all(session, session)
    .filter(({ kind }) => !isBesideRecord(kind));
  const checkpoints = connection.prepare<[Buffer], PlacedCheckpointRow>(`${selectCheckpoints} WHERE session_id = ? ORDER BY number`);
  return {
    roomId: roomIdOf(connection),
    entries: rows.map((row) =>
      withheld.has(blobToId(row.event_id)) ? { seq: row.seq, hash: row.hash.toString('hex') } : provedEntry(row),
    ),
    checkpoints: checkpoints.all(session).map(({ seq, epoch, hash, at_ms, entries_hash, public_key, signature }) => ({
      seq,
      epoch: blobToId(epoch),
      hash: hash.toString('hex'),
      atMs: at_ms,
      entriesHash: entries_hash?.toString('hex') ?? '',
      publicKey: public_key.toString('hex'),
      signature: signature.toString('hex'),
    })),
  };
}

export function roomIdOf(connection: Connection): string {
  const roomId = connection.prepare<[], Buffer>('SELECT room_id FROM room').pluck().get();
  if (roomId === undefined) throw new Error('the room has no id');
  return blobToId(roomId);
}

function provedEntry(row: ChainedRow): RecordProof['entries'][number] {
  const id = (blob: Buffer | null): string | null => (blob === null ? null : blobToId(blob));
  return {
    seq: row.seq,
    hash: row.hash.toString('hex'),
    prev: row.prev.toString('hex'),
    epoch: blobToId(row.epoch),
    eventId: blobToId(row.event_id),
    sessionId: id(row.session_id),
    kind: row.kind,
    occurredMs: row.occurred_ms,
    occurredOffsetMin: row.occurred_offset_min,
    recordedMs: row.recorded_ms,
    recordedOffsetMin: row.recorded_offset_min,
    monoUs: row.mono_us,
    bootId: row.boot_id,
    actor: id(row.actor),
    commandId: id(row.command_id),
    supersedes: id(row.supersedes),
    body: row.body,
  };
}
