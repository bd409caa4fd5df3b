import { checkpointText, entriesHash, type CheckpointRow } from './checkpoint.ts';
import { checkpointFingerprint, createSignatureProof } from './checkpoint-key.ts';
import { checkpointEveryMs } from './checkpoints.ts';
import type { Connection } from './connection.ts';
import { blobToId } from './event-row.ts';
import type { EarlierHead } from './earlier-heads.ts';

/** A start of the service, and the key with which it said that it signs; null: a Vigil from before there were any. */
export interface SigningStart {
  readonly seq: number;
  readonly publicKey: string | null;
}

/** A stretch of the log that one key vouches for. */
export interface SignedStretch {
  /** As people compare it. */
  readonly key: string;
  readonly publicKey: string;
  /** The start that named the key first. */
  readonly namedAt: number;
  /** `first`: there was none before. `restored`: on the computer of a restore. `lost`: the one before was no longer there. */
  readonly because: 'first' | 'restored' | 'lost';
  readonly checkpoints: number;
  /** The last event with which a checkpoint of this key ends, and when it was signed. */
  readonly through: number;
  readonly lastMs: number;
}

export interface CheckpointsFound {
  readonly stretches: readonly SignedStretch[];
  /** What each checkpoint that is rightly signed tells of the log. */
  readonly heads: readonly EarlierHead[];
}

interface Row extends CheckpointRow {
  readonly epoch: Buffer;
}

interface CheckpointsToProve {
  readonly roomId: string;
  readonly starts: readonly SigningStart[];
  readonly add: (seq: number | null, what: string) => void;
}

/** Longer than any checkpoint may be due and not signed: the service signs within a second. */
const overdueMs = 2 * checkpointEveryMs;

/**
 * Proves the signature of each checkpoint, that the record named its key before, the entries of the sessions that were signed,
 * and that none is missing that was due. Whether the log is still what they tell is for `compareHeads`.
 */
export function verifyCheckpoints(connection: Connection, { roomId, starts, add }: CheckpointsToProve): CheckpointsFound {
  const isSigned = createSignatureProof();
  const heads: EarlierHead[] = [];
  const stretches = new Map<string, SignedStretch>();
  const rows = connection.prepare<[], Row>(
    `SELECT checkpoint.*, (SELECT epoch FROM epoch WHERE first_seq <= seq ORDER BY first_seq DESC LIMIT 1) AS epoch
     FROM checkpoint ORDER BY number`,
  );
  for (const row of rows.iterate()) {
    const { seq, number } = row;
    const publicKey = row.public_key.toString('hex');
    const key = checkpointFingerprint(publicKey);
    if (!isSigned(row.public_key, checkpointText({ roomId, epoch: blobToId(row.epoch) }, row), row.signature)) {
      add(seq, `checkpoint ${number}, of event ${seq}, was not signed with key ${key}, or was changed since`);
      continue;
    }
    const named = starts.find((start) => start.publicKey === publicKey);
    if (named === undefined) {
      add(seq, `checkpoint ${number}, of event ${seq}, is signed with key ${key}, of which the record says nothing`);
      continue;
    }
    heads.push({
      roomId,
      epoch: blobToId(row.epoch),
      seq,
      hash: row.hash.toString('hex'),
      toldBy: `a checkpoint by key ${key}`,
      lies: 'beside',
      atMs: row.at_ms,
    });
    stretches.set(publicKey, extended(stretches.get(publicKey) ?? begun(connection, starts, { key, publicKey, namedAt: named.seq }), row));
    if (row.session_id !== null && row.entries_hash?.equals(entriesHash(connection, row.session_id, seq)) === false)
      add(seq, `the entries of the session up to event ${seq} are not those that key ${key} signed`);
  }
  nameUnsigned(connection, starts, heads.at(-1)?.seq ?? 0, add);
  return { stretches: [...stretches.values()], heads };
}

function extended(stretch: SignedStretch, { seq, at_ms }: Row): SignedStretch {
  return { ...stretch, checkpoints: stretch.checkpoints + 1, through: Math.max(stretch.through, seq), lastMs: at_ms };
}

function begun(
  connection: Connection,
  starts: readonly SigningStart[],
  named: Pick<SignedStretch, 'key' | 'publicKey' | 'namedAt'>,
): SignedStretch {
  const before = starts.findLast(({ seq, publicKey }) => seq < named.namedAt && publicKey !== null);
  const restoredSince = connection
    .prepare<[number, number], number>(`SELECT 1 FROM epoch WHERE cause = 'restored' AND first_seq > ? AND first_seq <= ?`)
    .pluck();
  const because =
    before === undefined ? 'first' : restoredSince.get(before.seq, named.namedAt) === undefined ? ('lost' as const) : ('restored' as const);
  return { ...named, because, checkpoints: 0, through: 0, lastMs: 0 };
}

interface Unsigned {
  readonly from_seq: number;
  readonly span_us: number;
}

/** Whoever rewrites the end without the key has to take the checkpoints of it out, or to leave them: neither goes unseen. */
function nameUnsigned(connection: Connection, starts: readonly SigningStart[], through: number, add: CheckpointsToProve['add']): void {
  const firstNamed = starts.find(({ publicKey }) => publicKey !== null)?.seq;
  if (firstNamed === undefined) return;
  for (const { seq, publicKey } of starts) {
    if (seq > firstNamed && publicKey === null) add(seq, `event ${seq} is a start that names no key, where the one before named one`);
  }
  const boots = connection.prepare<[number], Unsigned>(
    `SELECT min(seq) AS from_seq, max(mono_us) - min(mono_us) AS span_us FROM event_log WHERE seq > ? GROUP BY boot ORDER BY 1`,
  );
  const overdue = boots.all(through).find(({ from_seq, span_us }) => from_seq >= firstNamed && span_us > overdueMs * 1000);
  if (overdue !== undefined)
    add(overdue.from_seq, `no checkpoint covers event ${overdue.from_seq} and what follows, though one was due: they were taken out`);
}
