import type { OutgoingEpoch } from './outgoing-row.ts';

/** The log of the room, as far as a comparison asks. */
export interface RoomLog {
  /** Oldest first; at least one. */
  readonly epochs: readonly Pick<OutgoingEpoch, 'epoch' | 'firstSeq'>[];
  /** Its last event; 0 of an empty log. */
  readonly seq: number;
  /** Null where it has no such event. */
  hashAt(seq: number): string | null;
}

/** A stretch of the room's log as a target holds it. */
export interface HeldEpoch {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly lastHash: string;
}

export type Comparison =
  /** The target ends where the room does. */
  | { readonly is: 'equal' }
  /** `next` is the first that it lacks. `onlyThere`: entries of an earlier epoch that a restore took from the room. */
  | { readonly is: 'behind'; readonly next: number; readonly onlyThere: number }
  /** It holds entries of this very epoch that the room does not have: the data folder is an old copy. */
  | { readonly is: 'ahead'; readonly by: number }
  /** Under one number it holds another event, or the log went on elsewhere. */
  | { readonly is: 'fork' };

/**
 * Where a log goes on at a target. The newest epoch that both have decides: before it they are one by the chain.
 *
 * @param held in the order in which they began there
 */
export function compareHeads(room: RoomLog, held: readonly HeldEpoch[]): Comparison {
  if (held.length === 0) return room.seq === 0 ? { is: 'equal' } : { is: 'behind', next: 1, onlyThere: 0 };
  const index = room.epochs.findLastIndex(({ epoch }) => held.some((there) => there.epoch === epoch));
  const shared = held.find(({ epoch }) => epoch === room.epochs[index]?.epoch);
  if (shared === undefined) return { is: 'fork' };
  const following = room.epochs[index + 1];
  const last = following === undefined ? room.seq : following.firstSeq - 1;
  const isNewestThere = held.at(-1)?.epoch === shared.epoch;
  if (shared.lastSeq > last) {
    if (following === undefined) return isNewestThere ? { is: 'ahead', by: shared.lastSeq - last } : { is: 'fork' };
    return { is: 'behind', next: following.firstSeq, onlyThere: shared.lastSeq - last };
  }
  if (room.hashAt(shared.lastSeq) !== shared.lastHash) return { is: 'fork' };
  // Somebody restored this room elsewhere, and that one has sent since.
  if (following === undefined && !isNewestThere) return { is: 'fork' };
  if (shared.lastSeq === room.seq) return { is: 'equal' };
  return { is: 'behind', next: shared.lastSeq + 1, onlyThere: 0 };
}
