import type { PrintPage } from '../../../../shared/contract/print-page.ts';
import type { WrittenIso } from '../../../../shared/values/clock-time.ts';
import { paperPt, type Formats } from '../../../../shared/values/formats.ts';
import { ink, Sheet, type PrintLook } from './sheet.ts';

/** From the edges of the paper, in points. */
const margins = { side: 42, top: 72, bottom: 56 } as const;
const size = 8.6;
const lineHeight = 11.2;

export interface Column {
  readonly head: string;
  /** Shares of the width of the page. */
  readonly share: number;
  readonly isFigure?: boolean;
}

/** Pages that fill from top to bottom; a table that breaks says its head again. */
export class Flow {
  readonly #look: PrintLook;
  /** Where lines begin and end; a paper of another size has other lines. */
  readonly #edge: Edge;
  readonly #sheets: Sheet[] = [];
  #sheet: Sheet;
  #y: number = margins.top;

  constructor(look: PrintLook) {
    const { widthPt, heightPt } = paperPt[look.formats.paper];
    this.#look = look;
    this.#edge = { left: margins.side, right: widthPt - margins.side, bottom: heightPt - margins.bottom };
    this.#sheet = this.#newSheet();
  }

  /** Draws what stands on every page, now that it is known how many there are. */
  pages(frame: (sheet: Sheet, index: number) => void): PrintPage[] {
    return this.#sheets.map((sheet, index) => {
      frame(sheet, index);
      return sheet.page;
    });
  }

  get formats(): Formats {
    return this.#look.formats;
  }

  get written(): WrittenIso {
    return this.#look.written;
  }

  get count(): number {
    return this.#sheets.length;
  }

  heading(words: string): void {
    // A heading never stands alone at the foot of a page.
    this.#need(54);
    this.#y += 12;
    this.#sheet.text(this.#edge.left, this.#y, 11.5, words, { bold: true });
    this.#sheet.rule(this.#y + 4, this.#edge.left, this.#edge.right, 0.7, ink.rule);
    this.#y += 17;
  }

  paragraph(words: string, look: { readonly bold?: boolean } = {}): void {
    for (const line of this.#sheet.wrapped(words, size, this.#edge.right - this.#edge.left, look.bold ?? false)) {
      this.#need(lineHeight);
      this.#sheet.text(this.#edge.left, this.#y, size, line, look);
      this.#y += lineHeight;
    }
    this.#y += 3;
  }

  /** Terms with their words, two beside each other. */
  facts(facts: readonly (readonly [term: string, words: string])[]): void {
    const half = (this.#edge.right - this.#edge.left) / 2;
    for (let index = 0; index < facts.length; index += 2) {
      const pair = facts.slice(index, index + 2).map(([term, words]) => ({ term, lines: this.#sheet.wrapped(words, size, half - 118) }));
      const height = Math.max(1, ...pair.map(({ lines }) => lines.length)) * lineHeight;
      this.#need(height);
      for (const [column, { term, lines }] of pair.entries()) {
        const x = this.#edge.left + column * half;
        this.#sheet.text(x, this.#y, size, this.#sheet.clipped(term, size, 104), { gray: ink.lesser });
        for (const [row, line] of lines.entries()) this.#sheet.text(x + 108, this.#y + row * lineHeight, size, line);
      }
      this.#y += height;
    }
    this.#y += 3;
  }

  table(columns: readonly Column[], rows: readonly (readonly string[])[], none: string): void {
    if (rows.length === 0) {
      this.paragraph(none);
      return;
    }
    this.#need(lineHeight * 3);
    this.#tableHead(columns);
    for (const row of rows) this.#tableRow(columns, row);
    this.#y += 4;
  }

  #tableHead(columns: readonly Column[]): void {
    for (const [place, column] of placesOf(columns, this.#edge)) this.#cell(place, column, column.head, this.#y, { bold: true });
    this.#sheet.rule(this.#y + 3.4, this.#edge.left, this.#edge.right, 0.5, ink.rule);
    this.#y += lineHeight + 3;
  }

  #tableRow(columns: readonly Column[], row: readonly string[]): void {
    const cells = placesOf(columns, this.#edge).map(([place, column], index) => ({
      place,
      column,
      lines: this.#sheet.wrapped(row[index] ?? '', size, place.width - 6),
    }));
    const count = Math.max(1, ...cells.map(({ lines }) => lines.length));
    // A row longer than half a page is broken; any other is kept whole.
    for (let from = 0; from < count; from += linesMax) {
      const height = Math.min(linesMax, count - from) * lineHeight;
      if (this.#need(height)) this.#tableHead(columns);
      for (const { place, column, lines } of cells) {
        for (const [index, line] of lines.slice(from, from + linesMax).entries())
          this.#cell(place, column, line, this.#y + index * lineHeight);
      }
      this.#y += height;
    }
    this.#sheet.rule(this.#y - lineHeight + 3.6, this.#edge.left, this.#edge.right, 0.3, ink.grid);
    this.#y += 1;
  }

  #cell({ x, width }: Place, { isFigure = false }: Column, words: string, y: number, look: { readonly bold?: boolean } = {}): void {
    if (isFigure) this.#sheet.text(x + width - 8, y, size, words, { ...look, anchor: 'end' });
    else this.#sheet.text(x, y, size, words, look);
  }

  /** Whether a new page was begun for it. */
  #need(height: number): boolean {
    if (this.#y + height <= this.#edge.bottom) return false;
    this.#sheet = this.#newSheet();
    this.#y = margins.top;
    return true;
  }

  #newSheet(): Sheet {
    const paper = paperPt[this.#look.formats.paper];
    const sheet = new Sheet(paper, paper.widthPt, this.#look);
    this.#sheets.push(sheet);
    return sheet;
  }
}

const linesMax = 28;

interface Edge {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

interface Place {
  readonly x: number;
  readonly width: number;
}

function placesOf(columns: readonly Column[], edge: Edge): readonly (readonly [Place, Column])[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  let x: number = edge.left;
  return columns.map((column) => {
    const width = (column.share / whole) * (edge.right - edge.left);
    const place = { x, width };
    x += width;
    return [place, column];
  });
}
