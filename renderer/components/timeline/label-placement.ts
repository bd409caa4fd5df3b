/** A word that belongs to a tick: where the tick is, how wide the word is, and which words go first. */
export interface LabelWish {
  readonly key: string;
  readonly x: number;
  readonly widthPx: number;
  /** Placed before the others: what changes the dose is always named first. */
  readonly first: boolean;
  /** The far end of a late entry's tail: the word goes to the other side where it can. */
  readonly tailX: number | null;
}

export interface PlacedLabel {
  readonly key: string;
  readonly row: number;
  readonly side: 'right' | 'left';
  /** Left and right edge of the word. */
  readonly from: number;
  readonly to: number;
}

export interface LabelRoom {
  readonly rows: number;
  readonly left: number;
  readonly right: number;
  /** A line that no word crosses; null where there is none. */
  readonly barrierX: number | null;
}

/** From the tick to its word, and the least quiet between two words. */
export const labelOffsetPx = 7;
const quietPx = 8;
const dotPx = 4;

interface Taken {
  readonly from: number;
  readonly to: number;
}

/**
 * Rows from the top, the first free one; to the left of its tick where the right side would cross the barrier or
 * the edge. A word without room is left out (its tick stays). The words placed never overlap, whatever is asked for.
 */
export function placeLabels(wishes: readonly LabelWish[], room: LabelRoom): ReadonlyMap<string, PlacedLabel> {
  const inTime = placeInOrder(wishes, room, 1);
  // Where words must be left out, the oldest are: what happened last is what people look for.
  return inTime.size === wishes.length ? inTime : placeInOrder(wishes, room, -1);
}

function placeInOrder(wishes: readonly LabelWish[], room: LabelRoom, direction: 1 | -1): Map<string, PlacedLabel> {
  const rows: Taken[][] = Array.from({ length: room.rows }, () => []);
  const placed = new Map<string, PlacedLabel>();
  const inOrder = [
    ...wishes.filter((wish) => wish.first).sort((a, b) => a.x - b.x),
    ...wishes.filter((wish) => !wish.first).sort((a, b) => direction * (a.x - b.x)),
  ];
  for (const wish of inOrder) {
    for (let row = 0; row < room.rows && !placed.has(wish.key); row += 1) {
      const taken = rows[row] ?? [];
      for (const side of sidesOf(wish)) {
        const span = spanOf(wish, side);
        if (!fitsRoom(span, wish.x, room) || !isFree(taken, span, wish)) continue;
        placed.set(wish.key, { key: wish.key, row, side, ...span });
        taken.push(withMark(span, wish));
        break;
      }
    }
  }
  return placed;
}

function spanOf(wish: LabelWish, side: 'right' | 'left'): Taken {
  const from = side === 'right' ? wish.x + labelOffsetPx : wish.x - labelOffsetPx - wish.widthPx;
  return { from, to: from + wish.widthPx };
}

function fitsRoom(span: Taken, x: number, room: LabelRoom): boolean {
  if (span.from < room.left || span.to > room.right) return false;
  if (room.barrierX === null) return true;
  return x <= room.barrierX ? span.to <= room.barrierX - 2 : span.from >= room.barrierX + 2;
}

function isFree(taken: readonly Taken[], span: Taken, wish: LabelWish): boolean {
  const { from, to } = withMark(span, wish);
  return taken.every((other) => to + quietPx <= other.from || from - quietPx >= other.to);
}

/** The dot on the tick and a late entry's tail belong to the word: another word must not cover them. */
function withMark(span: Taken, wish: LabelWish): Taken {
  const tailX = wish.tailX ?? wish.x;
  return { from: Math.min(span.from, wish.x - dotPx, tailX), to: Math.max(span.to, wish.x + dotPx, tailX) };
}

function sidesOf(wish: LabelWish): readonly ('right' | 'left')[] {
  return wish.tailX !== null && wish.tailX > wish.x ? ['left', 'right'] : ['right', 'left'];
}
