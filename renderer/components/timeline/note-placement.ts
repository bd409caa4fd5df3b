import type { LabelRoom } from './label-placement.ts';

/** A note on the observations lane: a square that is always drawn, and words where they fit. */
export interface NoteWish {
  readonly key: string;
  readonly x: number;
  readonly widthPx: number;
  /** Marks without words (a private note's lock) are wider and prefer the last row. */
  readonly markPx: number;
  readonly wordless: boolean;
}

interface PlacedNote {
  readonly key: string;
  readonly row: number;
  /** null: no room for the words; the mark alone. */
  readonly side: 'right' | 'left' | null;
}

interface Taken {
  readonly from: number;
  readonly to: number;
}

const quietPx = 6;
export const noteOffsetPx = 7;

/**
 * In order of time: a mark takes the first row in which it lies on no mark and no words, then its words go to its
 * right, else to its left. Words lie on nothing that is there already; where every row is covered by words, a mark
 * takes the words away, because a mark is a record and its words can be read by pointing at it. Marks without
 * words (locks) stand first.
 */
export function placeNotes(wishes: readonly NoteWish[], room: LabelRoom): ReadonlyMap<string, PlacedNote> {
  const rows: Row[] = Array.from({ length: room.rows }, () => ({ marks: [], words: new Map() }));
  const placed = new Map<string, PlacedNote>();
  const inOrder = [...wishes].sort((a, b) => Number(b.wordless) - Number(a.wordless) || a.x - b.x);
  for (const wish of inOrder) {
    const row = rowForMark(rows, wish);
    const taking = rows[row];
    if (taking === undefined) continue;
    const mark = markSpan(wish);
    for (const [key, words] of taking.words) {
      if (apart(words, mark, 2)) continue;
      taking.words.delete(key);
      placed.set(key, { key, row, side: null });
    }
    taking.marks.push(mark);
    const found = wish.wordless ? null : findWords(taking, wish, room);
    if (found !== null) taking.words.set(wish.key, found.span);
    placed.set(wish.key, { key: wish.key, row, side: found?.side ?? null });
  }
  return placed;
}

interface Row {
  readonly marks: Taken[];
  readonly words: Map<string, Taken>;
}

function rowForMark(rows: readonly Row[], wish: NoteWish): number {
  const order = rows.map((_, row) => (wish.wordless ? rows.length - 1 - row : row));
  const mark = markSpan(wish);
  const clearOfMarks = order.filter((row) => rows[row]?.marks.every((other) => apart(other, mark, 2)));
  const clear = clearOfMarks.find((row) => [...(rows[row]?.words.values() ?? [])].every((words) => apart(words, mark, 2)));
  return clear ?? clearOfMarks[0] ?? order[0] ?? 0;
}

function findWords(row: Row, wish: NoteWish, room: LabelRoom): { side: 'right' | 'left'; span: Taken } | null {
  const own = markSpan(wish);
  const others = row.marks.filter((mark) => mark.from !== own.from || mark.to !== own.to);
  const taken = [...others, ...row.words.values()];
  for (const side of ['right', 'left'] as const) {
    const span = wordSpan(wish, side);
    if (fits(span, wish.x, room) && taken.every((other) => apart(other, span, quietPx))) return { side, span };
  }
  return null;
}

function markSpan(wish: NoteWish): Taken {
  return { from: wish.x - wish.markPx / 2, to: wish.x + wish.markPx / 2 };
}

function wordSpan(wish: NoteWish, side: 'right' | 'left'): Taken {
  const from = side === 'right' ? wish.x + noteOffsetPx : wish.x - noteOffsetPx - wish.widthPx;
  return { from, to: from + wish.widthPx };
}

function fits(span: Taken, x: number, room: LabelRoom): boolean {
  if (span.from < room.left || span.to > room.right) return false;
  if (room.barrierX === null) return true;
  return x <= room.barrierX ? span.to <= room.barrierX - 2 : span.from >= room.barrierX + 2;
}

function apart(a: Taken, b: Taken, quiet: number): boolean {
  return a.to + quiet <= b.from || b.to + quiet <= a.from;
}
