import type { PrintMark, PrintPage } from '../../../../shared/contract/print-page.ts';
import type { WrittenIso } from '../../../../shared/values/clock-time.ts';
import type { Formats } from '../../../../shared/values/formats.ts';
import type { PrintFonts } from '../pdf/print-fonts.ts';

export interface Paper {
  readonly widthPt: number;
  readonly heightPt: number;
}

/** What every page of a print is made with: its letters, its paper, and how the clinic writes times. */
export interface PrintLook {
  readonly fonts: PrintFonts;
  readonly formats: Formats;
  readonly written: WrittenIso;
}

export interface TextLook {
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly gray?: number;
}

export interface PathLook {
  readonly gray?: number;
  readonly dash?: readonly number[];
  readonly round?: boolean;
}

/** Greys of a print: text, lesser text, grid lines, fills. */
export const ink = { text: 0, lesser: 0.35, grid: 0.82, rule: 0.62, pale: 0.9, dose: 0.82 } as const;

/** A page being drawn. Lengths in units; `width` of them go across the paper. */
export class Sheet {
  readonly width: number;
  readonly height: number;
  readonly fonts: PrintFonts;
  readonly written: WrittenIso;
  readonly #marks: PrintMark[] = [];
  readonly #paper: Paper;

  constructor(paper: Paper, width: number, { fonts, written }: PrintLook) {
    this.#paper = paper;
    this.width = width;
    this.height = (width * paper.heightPt) / paper.widthPt;
    this.fonts = fonts;
    this.written = written;
  }

  get page(): PrintPage {
    return { ...this.#paper, unitsPerPoint: this.width / this.#paper.widthPt, marks: this.#marks };
  }

  /** Draws one line of text and tells its width. */
  text(x: number, y: number, size: number, text: string, look: TextLook = {}): number {
    const { bold = false, anchor = 'start', gray = ink.text } = look;
    if (text !== '') this.#marks.push({ mark: 'text', x, y, size, bold, anchor, gray, text: text.slice(0, 2000) });
    return this.fonts.width(text, size, bold);
  }

  path(points: readonly (readonly [number, number])[], width: number, look: PathLook = {}): void {
    const { gray = ink.text, dash = [], round = false } = look;
    this.#marks.push({ mark: 'path', points: points.map(([x, y]) => [x, y]), width, gray, dash: [...dash], round });
  }

  line(x1: number, y1: number, x2: number, y2: number, width: number, look: PathLook = {}): void {
    this.path([[x1, y1], [x2, y2]], width, look); // prettier-ignore
  }

  rule(y: number, x1: number, x2: number, width = 0.8, gray: number = ink.text): void {
    this.line(x1, y, x2, y, width, { gray });
  }

  rect(
    x: number,
    y: number,
    width: number,
    height: number,
    fill: number | null,
    line: { width: number; gray: number } | null = null,
  ): void {
    this.#marks.push({ mark: 'rect', x, y, width, height, fill, line });
  }

  circle(x: number, y: number, radius: number, fill: number, line: number): void {
    this.#marks.push({ mark: 'circle', x, y, radius, fill, line });
  }

  /** Slanting lines within an area: what was paused, or not there. */
  hatch(x: number, y: number, width: number, height: number, step = 5): void {
    for (let from = -height; from < width; from += step) {
      const start = Math.max(0, from);
      const end = Math.min(width, from + height);
      if (end > start) this.line(x + start, y + height - (start - from), x + end, y + height - (end - from), 0.6, { gray: 0.45 });
    }
  }

  /** As much of the text as fits, with dots where it does not. */
  clipped(text: string, size: number, width: number, bold = false): string {
    if (this.fonts.width(text, size, bold) <= width) return text;
    const letters = Array.from(text);
    while (letters.length > 0 && this.fonts.width(`${letters.join('').trimEnd()}…`, size, bold) > width) letters.pop();
    return `${letters.join('').trimEnd()}…`;
  }

  /** Broken between words to lines no wider than `width`; a word that is wider is broken within. */
  wrapped(text: string, size: number, width: number, bold = false): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/\s+/).filter((part) => part !== '')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.fonts.width(longer, size, bold) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = word;
      let letters = Array.from(line);
      while (this.fonts.width(line, size, bold) > width && letters.length > 1) {
        let cut = letters.length - 1;
        while (cut > 1 && this.fonts.width(letters.slice(0, cut).join(''), size, bold) > width) cut -= 1;
        lines.push(letters.slice(0, cut).join(''));
        letters = letters.slice(cut);
        line = letters.join('');
      }
    }
    if (line !== '') lines.push(line);
    return lines;
  }
}
