import type { Connection } from './connection.ts';
import { blobToId } from './event-row.ts';
import { isInHole, type NamedLosses } from './named-losses.ts';

/**
 * Where the log of a room stood, as something tells that whoever rewrites the log does not reach. The chain alone proves nothing against
 * whoever has the key: they can rewrite an event and hash all that follow anew. A head that left before does not fit then.
 */
export interface EarlierHead {
  /** Null where whoever noted the head did not note these. */
  readonly roomId: string | null;
  readonly epoch: string | null;
  readonly seq: number;
  /** Hexadecimal; its beginning will do. */
  readonly hash: string;
  /** What tells of it, as it stands in the middle of a sentence: `the backup vigil-…`. */
  readonly toldBy: string;
  /** `beside`: a checkpoint, which lies in the same file and cannot be made without its key. */
  readonly lies: 'elsewhere' | 'beside';
  /** When it was noted; null where that is not known. */
  readonly atMs: number | null;
}

/**
 * `same`: the log held this event then, and so all before it. `other`, `missing`: it does not hold it now. `lost-end`: of what the
 * room recorded after the backup that it was restored from, which no copy of it holds. `hole`: of an event that a salvage named as lost.
 */
export type HeadResult = 'same' | 'other' | 'missing' | 'lost-end' | 'hole';
export interface ComparedHead extends EarlierHead {
  readonly result: HeadResult;
}

export interface HeadComparison {
  /** Those of this room, by number. */
  readonly heads: readonly ComparedHead[];
  /** Of the first head that the log does not fit, with the number of its event, or of the first that is missing. */
  readonly problem: { readonly seq: number; readonly what: string } | null;
}

interface Epoch {
  readonly first_seq: number;
  readonly epoch: Buffer;
  readonly cause: string;
}

/** @param roomId null: the room has none, and no head is passed over as another room's */
export function compareHeads(
  connection: Connection,
  roomId: string | null,
  heads: readonly EarlierHead[],
  named: Pick<NamedLosses, 'holes'> = { holes: new Map() },
): HeadComparison {
  const last = connection.prepare<[], number | null>('SELECT max(seq) FROM event_log').pluck().get() ?? 0;
  const hashOf = connection.prepare<[number], Buffer>('SELECT hash FROM event_log WHERE seq = ?').pluck();
  const epochs = connection.prepare<[], Epoch>('SELECT first_seq, epoch, cause FROM epoch ORDER BY first_seq').all();
  const resultOf = (head: EarlierHead): HeadResult => {
    const ends = head.epoch === null ? Infinity : endOf(head.epoch, epochs);
    if (ends === null) return 'other';
    if (head.seq > ends) return 'lost-end';
    if (head.seq === 0) return 'same';
    if (isInHole(named, head.seq)) return 'hole';
    if (head.seq <= last && hashOf.get(head.seq)?.toString('hex').startsWith(head.hash) === true) return 'same';
    // A head that does not say of which epoch it is may be of what a restore lost.
    if (head.epoch === null && epochs.some(({ cause, first_seq }) => cause === 'restored' && first_seq <= head.seq)) return 'lost-end';
    return head.seq > last ? 'missing' : 'other';
  };
  const ofRoom = heads.filter((head) => head.roomId === null || roomId === null || head.roomId === roomId);
  const compared = ofRoom.toSorted((a, b) => a.seq - b.seq).map((head) => ({ ...head, result: resultOf(head) }));
  const first = compared.find(({ result }) => result === 'other' || result === 'missing');
  return { heads: compared, problem: first === undefined ? null : problemOf(first, { last, sameUpTo: sameBefore(compared, first.seq) }) };
}

/** The last number that belongs to an epoch; null where the log knows no such epoch. */
function endOf(epoch: string, epochs: readonly Epoch[]): number | null {
  const index = epochs.findIndex((known) => blobToId(known.epoch) === epoch);
  return index < 0 ? null : (epochs[index + 1]?.first_seq ?? Infinity) - 1;
}

function sameBefore(compared: readonly ComparedHead[], seq: number): number {
  return compared.findLast((head) => head.result === 'same' && head.seq < seq)?.seq ?? 0;
}

function problemOf(
  head: ComparedHead,
  { last, sameUpTo }: { readonly last: number; readonly sameUpTo: number },
): HeadComparison['problem'] {
  const { seq, toldBy, result, lies } = head;
  if (result === 'missing') {
    const what = `${range(last + 1, seq)} ${last + 1 === seq ? 'is' : 'are'} missing: ${toldBy} tells of event ${seq}: an older copy of the folder was put in its place, or the end was taken out`;
    return { seq: last + 1, what };
  }
  const from = sameUpTo + 1 === seq ? 'there' : `one of the ${range(sameUpTo + 1, seq)}`;
  return {
    seq,
    what: `event ${seq} is not the one that ${toldBy} tells of: the record was rewritten from ${from} on${lies === 'elsewhere' ? ', or an older copy of the folder was put in its place and recorded on' : ''}`,
  };
}

function range(from: number, to: number): string {
  return from === to ? `event ${from}` : `events ${from} to ${to}`;
}
