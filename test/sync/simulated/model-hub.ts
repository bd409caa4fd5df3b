import type { HeldEpoch } from '../../../electron/service/sync/compare-heads.ts';
import type { AppendAnswer } from '../../../electron/service/sync/engine.ts';

/** An event, as far as sending it goes. */
export interface ModelRow {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly prev: string;
  /** A hub takes it only without its body. */
  readonly odd: boolean;
}

export const noHash = 'none';

interface Stretch {
  readonly epoch: string;
  readonly firstSeq: number;
  readonly rows: ModelRow[];
}

/** A hub in memory: the rules of `append_events`, without a server. */
export class ModelHub {
  stretches: Stretch[] = [];
  readonly marked = new Set<string>();
  /** Takes whatever comes, as a table without the function would. */
  believesAll = false;
  /** How long each stretch was. */
  readonly #copies: (readonly number[])[] = [];

  epochs(): HeldEpoch[] {
    return this.stretches.flatMap(({ epoch, firstSeq, rows }) => {
      const last = rows.at(-1);
      return last === undefined ? [] : [{ epoch, firstSeq, lastSeq: last.seq, lastHash: last.hash }];
    });
  }

  /** Throws nothing: `row` is a row that it cannot take. */
  append(rows: readonly ModelRow[], marks: ReadonlySet<number>): AppendAnswer | 'row' {
    const [first] = rows;
    if (first === undefined) throw new Error('an empty batch');
    if (rows.some(({ odd, seq }) => odd && !marks.has(seq))) return 'row';
    if (this.believesAll) return this.#believe(rows);
    const newest = this.stretches.at(-1);
    const known = this.stretches.find(({ epoch }) => epoch === first.epoch);
    const last = newest?.rows.at(-1);
    if (known !== undefined && known === newest && first.seq === (last?.seq ?? 0) + 1) {
      if (first.prev !== last?.hash) return 'fork';
      this.#add(known, rows, marks);
      return 'appended';
    }
    if (known !== undefined) {
      const held = known.rows[first.seq - known.firstSeq];
      return (held !== undefined && held.hash !== first.hash) || (held === undefined && known !== newest) ? 'fork' : 'elsewhere';
    }
    const follows = newest === undefined ? first.seq === 1 && first.prev === noHash : this.#holds(first.seq - 1, first.prev);
    if (!follows) return 'unknown-past';
    const stretch = { epoch: first.epoch, firstSeq: first.seq, rows: [] };
    this.stretches.push(stretch);
    this.#add(stretch, rows, marks);
    return 'appended';
  }

  copy(): void {
    this.#copies.push(this.stretches.map(({ rows }) => rows.length));
  }

  /** Goes back to a copy; gives whether there was one. */
  restore(pick: number): boolean {
    const copy = this.#copies[Math.floor(pick * this.#copies.length)];
    if (copy === undefined) return false;
    // A later copy than one that was gone back to may be longer than what is there.
    this.stretches = this.stretches.slice(0, copy.length);
    for (const [index, { rows }] of this.stretches.entries()) rows.length = Math.min(rows.length, copy[index] ?? 0);
    return true;
  }

  #holds(seq: number, hash: string): boolean {
    return this.stretches.some(({ firstSeq, rows }) => rows[seq - firstSeq]?.hash === hash);
  }

  #add(stretch: Stretch, rows: readonly ModelRow[], marks: ReadonlySet<number>): void {
    for (const { seq, hash } of rows) if (marks.has(seq)) this.marked.add(hash);
    stretch.rows.push(...rows);
  }

  #believe(rows: readonly ModelRow[]): AppendAnswer {
    const [stretch = { epoch: rows[0]?.epoch ?? '', firstSeq: 1, rows: [] }] = this.stretches;
    const held = new Set(stretch.rows);
    stretch.rows.push(...rows.filter((row) => !held.has(row)));
    this.stretches = [stretch];
    return 'appended';
  }
}
