import { fontFiles } from './font-files.ts';
import { readWoff, type TrueTypeFont } from './woff-font.ts';

export interface PrintFont {
  /** `latin-400`: the same name for the same file in every PDF. */
  readonly name: string;
  readonly font: TrueTypeFont;
}

/** A stretch of text in one font, or one character that none of the fonts has. */
export interface TextRun {
  /** null: a box is drawn in its place. */
  readonly font: PrintFont | null;
  readonly glyphs: readonly { readonly glyph: number; readonly codePoint: number }[];
  /** As a share of the size; below 1 for the lowered figures of SpO₂ and CO₂, which the face has not. */
  readonly scale: number;
  readonly lowered: number;
  /** In ems of the full size. */
  readonly width: number;
}

type RunDraft = { -readonly [K in keyof TextRun]: TextRun[K] } & { glyphs: { glyph: number; codePoint: number }[] };

const subscriptZero = 0x2080;
const lowered = { scale: 0.68, lowered: 0.16 };
const boxWidth = 0.6;
/** Characters that mean what a plainer one means, where the face has only that. */
const plainer: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '→': '->',
  '←': '<-',
  '\u202f': ' ',
  '\t': ' ',
  '\n': ' ',
  '\r': ' ',
  ǀ: '|',
};

let loaded: PrintFonts | undefined;

/** Loaded once, on the first print. */
export function printFonts(): PrintFonts {
  loaded ??= new PrintFonts();
  return loaded;
}

/** The fonts of a print, and how text falls into them. Letters of a script that is not here become boxes, never other letters. */
export class PrintFonts {
  readonly #regular: readonly PrintFont[];
  readonly #bold: readonly PrintFont[];
  readonly #runs = new Map<string, readonly TextRun[]>();

  constructor() {
    const read = (address: string): TrueTypeFont => readWoff(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'));
    this.#regular = fontFiles.map(({ script, regular }) => ({ name: `${script}-400`, font: read(regular) }));
    this.#bold = fontFiles.map(({ script, bold }) => ({ name: `${script}-600`, font: read(bold) }));
  }

  runs(text: string, bold: boolean): readonly TextRun[] {
    const key = `${bold ? 'b' : 'r'}${text}`;
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    const runs = this.#split(text, bold);
    if (this.#runs.size > 5000) this.#runs.clear();
    this.#runs.set(key, runs);
    return runs;
  }

  /** In the unit of `size`. */
  width(text: string, size: number, bold: boolean): number {
    return this.runs(text, bold).reduce((sum, run) => sum + run.width, 0) * size;
  }

  /** Whether any character would be a box. */
  lacks(text: string): boolean {
    // Each character once: a whole record is one of these texts.
    return this.#split([...new Set(text)].join(''), false).some((run) => run.font === null);
  }

  #split(text: string, bold: boolean): readonly TextRun[] {
    const runs: RunDraft[] = [];
    for (const character of text.normalize('NFC')) {
      for (const part of this.#has(character, bold) ? [character] : Array.from(plainer[character] ?? character)) {
        this.#add(runs, part.codePointAt(0) ?? 0, bold);
      }
    }
    return runs;
  }

  #has(character: string, bold: boolean): boolean {
    return this.#fontOf(character.codePointAt(0) ?? 0, bold) !== undefined;
  }

  #add(runs: RunDraft[], codePoint: number, bold: boolean): void {
    const figure = codePoint - subscriptZero;
    const isLowered = figure >= 0 && figure <= 9;
    const drawn = isLowered ? 0x30 + figure : codePoint;
    const font = this.#fontOf(drawn, bold);
    const last = runs.at(-1);
    if (font === undefined) {
      runs.push({ font: null, glyphs: [{ glyph: 0, codePoint }], scale: 1, lowered: 0, width: boxWidth });
      return;
    }
    const glyph = font.font.glyphs.get(drawn) ?? 0;
    const look = isLowered ? lowered : { scale: 1, lowered: 0 };
    const width = ((font.font.widths[glyph] ?? 0) / font.font.unitsPerEm) * look.scale;
    const added = { glyph, codePoint };
    if (last?.font === font && last.scale === look.scale) {
      last.glyphs.push(added);
      last.width += width;
    } else runs.push({ font, glyphs: [added], ...look, width });
  }

  #fontOf(codePoint: number, bold: boolean): PrintFont | undefined {
    return (bold ? this.#bold : this.#regular).find(({ font }) => font.glyphs.has(codePoint));
  }
}
