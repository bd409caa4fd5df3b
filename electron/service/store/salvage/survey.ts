import type { DamagedFile } from './damaged-file.ts';
import { readBTreePage, type BTreePage, type Cell, type Value } from './page-cells.ts';
import { fits, rowOf, type CoveringIndex, type TableShape } from './table-shapes.ts';

/** A page with rows of one table, and the numbers of the first and the last of them. */
interface LeafPage {
  readonly number: number;
  readonly first: number;
  readonly last: number;
  /** The newest version of it is damaged, and this is one from before. */
  readonly isEarlier: boolean;
}

/** Numbers of rows, both ends included; of a table that has lost its end or its beginning, without one. */
export interface RowRange {
  readonly from: number;
  readonly through: number;
}

interface FoundTable {
  readonly shape: TableShape;
  readonly leaves: LeafPage[];
  /** Rows that go on in a page that is lost. */
  readonly cut: Set<number>;
}

/**
 * What there is in a damaged database, page by page. A page with rows says by itself what table they are of, so that none is
 * missed because the way to it is lost; the pages above it say where others are missing.
 */
export class Survey {
  /** Pages that are not whole, by number. */
  readonly damaged: number[] = [];
  readonly #file: DamagedFile;
  readonly #tables: ReadonlyMap<string, FoundTable>;
  readonly #shapes: readonly TableShape[];
  /** Where each table and index begins, as far as the schema is whole. */
  readonly #roots = new Map<string, number>();

  /** @param onShare told how much of the file was looked at, 0 to 1 */
  constructor(file: DamagedFile, shapes: readonly TableShape[], onShare: (share: number) => void = () => undefined) {
    this.#file = file;
    this.#shapes = shapes.filter(({ withoutRowid }) => !withoutRowid);
    this.#tables = new Map(this.#shapes.map((shape) => [shape.name, { shape, leaves: [], cut: new Set<number>() }]));
    for (let number = 1; number <= file.pages; number += 1) {
      if (!file.isUnused(number)) this.#look(number);
      if (number % pagesAtOnce === 0) onShare(number / file.pages);
    }
    for (const { leaves } of this.#tables.values()) leaves.sort((a, b) => a.first - b.first);
  }

  /** The rows of a table in their order, as they are written again; each once. */
  *rows(table: string): Generator<Value[]> {
    const { shape, leaves } = this.#found(table);
    for (const overlapping of clustersOf(leaves)) {
      const rows = new Map<number, readonly Value[]>();
      for (const leaf of overlapping) {
        for (const { rowid, values } of this.#cellsOf(leaf)) {
          if (rowid !== null && values !== null && isRowOf(shape, values)) rows.set(rowid, values);
        }
      }
      const inOrder = overlapping.length === 1 ? rows : [...rows].toSorted(([one], [other]) => one - other);
      for (const [rowid, values] of inOrder) yield rowOf(shape, rowid, values);
    }
  }

  /** Where rows of a table may be missing: what damaged pages held, by what stands on both sides of it. */
  lostRanges(table: string): RowRange[] {
    if (this.damaged.length === 0) return [];
    const { leaves, cut } = this.#found(table);
    const root = this.#roots.get(table);
    // A database from before there was such a table.
    if (root === undefined && leaves.length === 0 && this.#collect(1, [], new Set())) return [];
    const everything = { from: Number.NEGATIVE_INFINITY, through: Number.POSITIVE_INFINITY };
    const broken = root === undefined ? [everything] : [...this.#brokenIn(root, everything, cut)];
    const gaps = broken.flatMap((range) => gapsIn(range, leaves));
    return [...gaps, ...[...cut].map((rowid) => ({ from: rowid, through: rowid }))].toSorted((one, other) => one.from - other.from);
  }

  /** All entries of an index, or rows of a table, as the way to them leads, and whether none of their pages is lost. */
  reached(name: string): { readonly cells: readonly Cell[]; readonly isComplete: boolean } {
    const root = this.#roots.get(name);
    const cells: Cell[] = [];
    const isComplete = root !== undefined && this.#collect(root, cells, new Set());
    return { cells, isComplete: isComplete && this.#file.unplaced === 0 };
  }

  /** Where a table begins of which the schema is lost, as the same steps put it in another file. */
  assumeRoot(name: string, root: number): void {
    if (!this.#roots.has(name)) this.#roots.set(name, root);
  }

  /** The rows of a table, with those that only an index still has. */
  rowsWithIndex({ table, name, columns }: CoveringIndex): Value[][] {
    const rows = new Map([...this.rows(table.name)].map((row) => [numberOf(table, row), row]));
    for (const { values: entry } of this.reached(name).cells) {
      if (entry === null) continue;
      const row = table.columns.map((column) => entry[column.isRowid ? columns.length : columns.indexOf(column.name)] ?? null);
      const number = numberOf(table, row);
      if (!rows.has(number)) rows.set(number, row);
    }
    return [...rows].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, row]) => row);
  }

  #found(table: string): FoundTable {
    const found = this.#tables.get(table);
    if (found === undefined) throw new TypeError(`${table} is no table with row numbers`);
    return found;
  }

  #look(number: number): void {
    const newest = this.#file.read(number);
    if (newest === null) this.damaged.push(number);
    const page = newest ?? this.#file.readEarlier(number);
    const tree = page === null ? null : readBTreePage(page, number, this.#file.read);
    if (tree === null || tree.kind !== 'table-leaf') return;
    this.#noteRoots(tree.cells);
    const [first, last] = [tree.cells[0]?.rowid ?? null, tree.cells.at(-1)?.rowid ?? null];
    if (first === null || last === null) return;
    const values = tree.cells.find((cell) => cell.values !== null)?.values ?? null;
    const shape = values === null ? undefined : shapeOf(values, this.#shapes);
    if (shape === undefined) return;
    const { leaves, cut } = this.#found(shape.name);
    leaves.push({ number, first, last, isEarlier: newest === null });
    for (const cell of tree.cells) if (cell.values === null && cell.rowid !== null) cut.add(cell.rowid);
  }

  #noteRoots(cells: readonly Cell[]): void {
    for (const { values } of cells) {
      if (values?.length !== 5) return;
      const [type, name, , root] = values;
      if ((type === 'table' || type === 'index') && typeof name === 'string' && typeof root === 'number') this.#roots.set(name, root);
    }
  }

  #cellsOf({ number, isEarlier }: LeafPage): readonly Cell[] {
    const page = isEarlier ? this.#file.readEarlier(number) : this.#file.read(number);
    return page === null ? [] : (readBTreePage(page, number, this.#file.read)?.cells ?? []);
  }

  #tree(number: number): BTreePage | null {
    const page = this.#file.read(number);
    return page === null ? null : readBTreePage(page, number, this.#file.read);
  }

  *#brokenIn(number: number, range: RowRange, cut: Set<number>): Generator<RowRange> {
    const tree = this.#tree(number);
    if (tree === null) {
      yield range;
      return;
    }
    if (tree.kind === 'table-leaf') for (const { rowid, values } of tree.cells) if (rowid !== null && values === null) cut.add(rowid);
    if (tree.kind !== 'table-interior') return;
    let { from } = range;
    for (const { child, rowid } of tree.cells) {
      if (child === null || rowid === null) continue;
      yield* this.#brokenIn(child, { from, through: rowid }, cut);
      from = rowid + 1;
    }
    if (tree.last !== null) yield* this.#brokenIn(tree.last, { from, through: range.through }, cut);
  }

  #collect(number: number, into: Cell[], seen: Set<number>): boolean {
    const tree = seen.has(number) ? null : this.#tree(number);
    seen.add(number);
    if (tree === null) return false;
    let isComplete = true;
    for (const cell of tree.cells) {
      if (cell.child !== null && !this.#collect(cell.child, into, seen)) isComplete = false;
      if (tree.kind === 'table-interior') continue;
      if (cell.values === null) isComplete = false;
      else into.push(cell);
    }
    if (tree.last !== null && !this.#collect(tree.last, into, seen)) isComplete = false;
    return isComplete;
  }
}

const pagesAtOnce = 1024;

/** The table that a row is of: one with as many columns before one that may have got more of them since. */
function shapeOf(values: readonly Value[], shapes: readonly TableShape[]): TableShape | undefined {
  const fitting = shapes.filter((shape) => isRowOf(shape, values));
  return fitting.find(({ columns }) => columns.length === values.length) ?? fitting[0];
}

/** Two tables have rows of one form: the notes of readings are JSON objects, which no id of a boot is. */
function isRowOf(shape: TableShape, values: readonly Value[]): boolean {
  if (!fits(shape, values)) return false;
  if (shape.name !== 'boot' && shape.name !== 'reading_notes') return true;
  return String(values[1]).startsWith('{') === (shape.name === 'reading_notes');
}

function numberOf({ columns }: TableShape, row: readonly Value[]): Value {
  return row[columns.findIndex(({ isRowid }) => isRowid)] ?? null;
}

/** Pages whose rows overlap: of two versions of one page, before and after rows of it moved to another. */
function* clustersOf(leaves: readonly LeafPage[]): Generator<readonly LeafPage[]> {
  let cluster: LeafPage[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const leaf of leaves) {
    if (cluster.length > 0 && leaf.first > last) {
      yield cluster;
      cluster = [];
    }
    cluster.push(leaf);
    last = Math.max(last, leaf.last);
  }
  if (cluster.length > 0) yield cluster;
}

/** What of a range no page of the table covers. */
function gapsIn({ from, through }: RowRange, leaves: readonly LeafPage[]): RowRange[] {
  const gaps: RowRange[] = [];
  let next = from;
  const before = leaves.findLast(({ last }) => last < from);
  const after = leaves.find(({ first }) => first > through);
  if (before !== undefined) next = before.last + 1;
  const end = after === undefined ? Number.POSITIVE_INFINITY : after.first - 1;
  for (const leaf of leaves) {
    if (leaf.last < next || leaf.first > end) continue;
    if (leaf.first > next) gaps.push({ from: next, through: leaf.first - 1 });
    next = Math.max(next, leaf.last + 1);
  }
  if (next <= end) gaps.push({ from: next, through: end });
  return gaps;
}
