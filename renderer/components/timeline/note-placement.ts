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

export interface PlacedNote {
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
 * Every mark has a place before any word: a mark takes the first row in which it does not lie on another one.
 * Then words, in order of time, right of their mark, else left, else in another row that is free there. Words
 * never lie on a mark or on other words.
 */
export function placeNotes(wishes: readonly NoteWish[], room: LabelRoom): ReadonlyMap<string, PlacedNote> {
  const marks = placeMarks(wishes, room.rows);
  const words: Taken[][] = Array.from({ length: room.rows }, () => []);
  const placed = new Map<string, PlacedNote>();
  for (const wish of [...wishes].sort((a, b) => a.x - b.x)) {
    const own = marks.rowOf.get(wish.key) ?? 0;
    const found = wish.wordless ? null : findWords(wish, own, { marks: marks.rows, words, room });
    if (found === null) {
      placed.set(wish.key, { key: wish.key, row: own, side: null });
      continue;
    }
    if (found.row !== own) moveMark(marks.rows, wish, own, found.row);
    words[found.row]?.push(found.span);
    placed.set(wish.key, { key: wish.key, row: found.row, side: found.side });
  }
  return placed;
}

interface MarkRows {
  readonly rows: Map<string, Taken>[];
  readonly rowOf: Map<string, number>;
}

function placeMarks(wishes: readonly NoteWish[], rowCount: number): MarkRows {
  const rows: Map<string, Taken>[] = Array.from({ length: rowCount }, () => new Map<string, Taken>());
  const rowOf = new Map<string, number>();
  for (const wish of [...wishes].sort((a, b) => a.x - b.x)) {
    const span = markSpan(wish);
    const order = rows.map((_, row) => (wish.wordless ? rowCount - 1 - row : row));
    const free = order.find((row) => [...(rows[row]?.values() ?? [])].every((other) => apart(other, span, 2)));
    const row = free ?? order[0] ?? 0;
    rows[row]?.set(wish.key, span);
    rowOf.set(wish.key, row);
  }
  return { rows, rowOf };
}

function moveMark(rows: readonly Map<string, Taken>[], wish: NoteWish, from: number, to: number): void {
  rows[from]?.delete(wish.key);
  rows[to]?.set(wish.key, markSpan(wish));
}

interface NoteRows {
  readonly marks: readonly Map<string, Taken>[];
  readonly words: readonly (readonly Taken[])[];
  readonly room: LabelRoom;
}

function findWords(wish: NoteWish, own: number, rows: NoteRows): { row: number; side: 'right' | 'left'; span: Taken } | null {
  const order = [own, ...rows.marks.map((_, row) => row).filter((row) => row !== own)];
  for (const row of order) {
    const others = [...(rows.marks[row]?.entries() ?? [])].filter(([key]) => key !== wish.key).map(([, span]) => span);
    const taken = [...others, ...(rows.words[row] ?? [])];
    if (row !== own && !taken.every((other) => apart(other, markSpan(wish), 2))) continue;
    for (const side of ['right', 'left'] as const) {
      const span = wordSpan(wish, side);
      if (fits(span, wish.x, rows.room) && taken.every((other) => apart(other, span, quietPx))) return { row, side, span };
    }
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
