import { checkpointText, entriesHash, selectCheckpoints, type PlacedCheckpointRow } from './checkpoint.ts';
import { checkpointFingerprint, createSignatureProof } from './checkpoint-key.ts';
import { checkpointEveryMs } from './checkpoints.ts';
import type { Connection } from './connection.ts';
import { blobToId } from './event-row.ts';
import type { EarlierHead } from './earlier-heads.ts';
import type { NamedLosses } from './named-losses.ts';

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

interface CheckpointsToProve {
  readonly roomId: string;
  readonly starts: readonly SigningStart[];
  readonly named: NamedLosses;
  readonly add: (seq: number | null, what: string) => void;
}

/** Longer than any checkpoint may be due and not signed: the service signs within a second. */
const overdueMs = 2 * checkpointEveryMs;

/**
 * Proves the signature of each checkpoint, that the record named its key before, the entries of the sessions that were signed,
 * and that none is missing that was due. Whether the log is still what they tell is for `compareHeads`.
 */
export function verifyCheckpoints(connection: Connection, { roomId, starts, named: losses, add }: CheckpointsToProve): CheckpointsFound {
  const isSigned = createSignatureProof();
  const heads: EarlierHead[] = [];
  const stretches = new Map<string, SignedStretch>();
  /** The signatures of records that have a checkpoint of their own. */
  const signedRecords = new Set<number>();
  const rows = connection.prepare<[], PlacedCheckpointRow>(`${selectCheckpoints} ORDER BY number`);
  for (const row of rows.iterate()) {
    const { seq, number } = row;
    const publicKey = row.public_key.toString('hex');
    const key = checkpointFingerprint(publicKey);
    if (row.session_id !== null) signedRecords.add(seq);
    if (!isSigned(row.public_key, checkpointText({ roomId, epoch: blobToId(row.epoch) }, row), row.signature)) {
      add(seq, `checkpoint ${number}, of event ${seq}, was not signed with key ${key}, or was changed since`);
      continue;
    }
    const named = starts.find((start) => start.publicKey === publicKey);
    if (named === undefined) {
      // The start that named the key may be in the hole.
      if ([...losses.holes.keys()].some((from) => from < seq)) continue;
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
    const isSetAside = row.session_id !== null && losses.setAside.has(blobToId(row.session_id));
    if (row.session_id !== null && !isSetAside && row.entries_hash?.equals(entriesHash(connection, row.session_id, seq)) === false)
      add(seq, `the entries of the session up to event ${seq} are not those that key ${key} signed`);
  }
  const ends = heads.map(({ seq }) => seq);
  nameUnsigned(connection, starts, { ends, signed: signedRecords, after: losses.checkpointsLostUpTo }, add);
  return { stretches: [...stretches.values()], heads };
}

function extended(stretch: SignedStretch, { seq, at_ms }: PlacedCheckpointRow): SignedStretch {
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

interface TimedEvent {
  readonly seq: number;
  readonly kind: string;
  readonly boot: number;
  readonly mono_us: number;
  readonly recorded_ms: number;
}

/** What one run recorded of a stretch that one checkpoint covers, or that none covers yet. */
interface RunOfStretch {
  readonly firstSeq: number;
  readonly firstUs: number;
  lastSeq: number;
  lastUs: number;
  lastMs: number;
  /** By the clock on the wall, without the steps of a clock that was set: what it shows cannot be changed without changing the record. */
  wallMs: number;
}

/**
 * Whoever rewrites without the key has to take checkpoints out, or to leave them: neither goes unseen, not even where the room
 * signs the end anew at its next start. It signs at least every `checkpointEveryMs` of a run, so that no checkpoint covers more.
 */
function nameUnsigned(
  connection: Connection,
  starts: readonly SigningStart[],
  { ends, signed, after }: { readonly ends: readonly number[]; readonly signed: ReadonlySet<number>; readonly after: number },
  add: CheckpointsToProve['add'],
): void {
  const firstNamed = starts.find(({ publicKey }) => publicKey !== null)?.seq;
  if (firstNamed === undefined) return;
  for (const { seq, publicKey } of starts) {
    if (seq > firstNamed && publicKey === null) add(seq, `event ${seq} is a start that names no key, where the one before named one`);
  }
  const boundaries = [...ends.toSorted((a, b) => a - b), Number.POSITIVE_INFINITY];
  let runs = new Map<number, RunOfStretch>();
  let next = 0;
  const events = connection.prepare<[number], TimedEvent>(
    'SELECT seq, kind, boot, mono_us, recorded_ms FROM event_log WHERE seq >= ? ORDER BY seq',
  );
  for (const event of events.iterate(Math.max(firstNamed, after))) {
    while (event.seq > (boundaries[next] ?? Number.POSITIVE_INFINITY)) {
      nameOverdue(runs, boundaries[next] ?? 0, add);
      runs = new Map();
      next += 1;
    }
    runs.set(event.boot, longer(runs.get(event.boot), event));
    if (event.kind === 'session-signed' && event.seq <= (ends.at(-1) ?? 0) && !signed.has(event.seq))
      add(event.seq, `the signature of a record, event ${event.seq}, has no checkpoint of its own: it was taken out`);
  }
  nameOverdue(runs, boundaries[next] ?? Number.POSITIVE_INFINITY, add);
}

function longer(run: RunOfStretch | undefined, { seq, mono_us, recorded_ms }: TimedEvent): RunOfStretch {
  if (run === undefined) return { firstSeq: seq, firstUs: mono_us, lastSeq: seq, lastUs: mono_us, lastMs: recorded_ms, wallMs: 0 };
  const passedMs = recorded_ms - run.lastMs;
  if (passedMs > 0 && passedMs <= checkpointEveryMs) run.wallMs += passedMs;
  run.lastSeq = seq;
  run.lastUs = Math.max(run.lastUs, mono_us);
  run.lastMs = recorded_ms;
  return run;
}

function nameOverdue(runs: ReadonlyMap<number, RunOfStretch>, end: number, add: CheckpointsToProve['add']): void {
  for (const { firstSeq, firstUs, lastSeq, lastUs, wallMs } of runs.values()) {
    if (lastUs - firstUs <= overdueMs * 1000 && wallMs <= overdueMs) continue;
    const what = `events ${firstSeq} to ${lastSeq} were recorded over more than ten minutes`;
    const none = Number.isFinite(end)
      ? `without a checkpoint between them, though one was due`
      : `and no checkpoint covers them, though one was due`;
    add(firstSeq, `${what}, ${none}: it was taken out`);
  }
}
