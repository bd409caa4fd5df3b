import bidiFactory from 'bidi-js';
import { create, type Font } from 'fontkit';
import { eastAsianFiles, fontFiles } from './font-files.ts';
import { trueTypeOf } from './woff-file.ts';

export interface PrintFont {
  /** `latin-400`: the same name for the same file in every PDF. */
  readonly name: string;
  readonly font: Font;
  /** Its letters take their form from their neighbours. */
  readonly isShaped: boolean;
  /** A line round each letter, in ems, makes it bold where the face has one weight; null elsewhere. */
  readonly outline: number | null;
}

/** A stretch of text in one font and one direction, or one character that none of the fonts has. */
export interface TextRun {
  /** null: a box is drawn in its place. */
  readonly font: PrintFont | null;
  /** As the font is asked for it. */
  readonly text: string;
  /** Its forms stand in another order than its letters. From right to left every reader turns them back by itself. */
  readonly isReordered: boolean;
  /** As a share of the size; below 1 for the lowered figures of SpO₂ and CO₂, which the face has not. */
  readonly scale: number;
  readonly lowered: number;
  /** In ems of the full size. */
  readonly width: number;
}

interface RunDraft {
  readonly font: PrintFont | null;
  text: string;
  readonly scale: number;
  readonly lowered: number;
  /** Of the bidirectional algorithm: odd is from right to left. */
  readonly level: number;
}

const bidi = bidiFactory();
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** Joiners and marks of direction: they act on their neighbours and are never drawn themselves. */
const unseen = /[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const combining = /\p{M}/u;
const figure = /^\p{Nd}/u;

const subscriptZero = 0x2080;
const lowered = { scale: 0.68, lowered: 0.16 };
const plain = { scale: 1, lowered: 0 };
const boxWidth = 0.6;
const boldOutline = 0.03;
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

/** The TrueType files, by name. Unpacked once: it is most of what the fonts cost. */
const unpacked = new Map<string, Buffer>();

/**
 * The fonts of one print, and how text falls into them. Letters of a script that is not here become boxes, never other
 * letters. Each print takes its own: fontkit remembers a glyph with the characters for which it was first asked, which
 * for a part of another glyph are none, and the PDF tells readers what fontkit remembers. From fonts shared by two
 * prints, the point of `0.5` could not be copied out of the second.
 */
export class PrintFonts {
  readonly #regular: readonly PrintFont[];
  readonly #bold: readonly PrintFont[];
  #eastAsian: readonly PrintFont[] | undefined;
  readonly #thick = new Map<PrintFont, PrintFont>();
  readonly #runs = new Map<string, readonly TextRun[]>();

  constructor() {
    this.#regular = fontFiles.map(({ script, regular, isShaped }) => printFont(`${script}-400`, regular, isShaped));
    this.#bold = fontFiles.map(({ script, bold, isShaped }) => printFont(`${script}-600`, bold, isShaped));
  }

  /** From left to right on the paper, whichever way each is read. */
  runs(text: string, bold: boolean): readonly TextRun[] {
    const key = `${bold ? 'b' : 'r'}${text}`;
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    const runs = this.#split(text.normalize('NFC'), bold).map(measured);
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
    const characters = [...new Set(text.normalize('NFC'))];
    return characters.some((character) => this.#split(character, false).some((run) => run.font === null));
  }

  #split(text: string, bold: boolean): readonly RunDraft[] {
    const levels = rightToLeft.test(text) ? bidi.getEmbeddingLevels(text, 'ltr').levels : null;
    const fonts = this.#fontsFor(text, bold);
    const runs: RunDraft[] = [];
    let at = 0;
    for (const character of text) {
      const level = levels?.[at] ?? 0;
      at += character.length;
      if (unseen.test(character)) {
        const last = runs.at(-1);
        if (last?.font?.isShaped === true && has(last.font, character)) last.text += character;
        continue;
      }
      const drawn = level % 2 === 1 ? (bidi.getMirroredCharacter(character) ?? character) : character;
      for (const part of fontOf(drawn, fonts) === undefined ? Array.from(plainer[drawn] ?? drawn) : [drawn]) {
        addTo(runs, part, level, fonts);
      }
    }
    return levels === null ? runs : onPaper(runs);
  }

  /** In the order in which they are asked for a letter. */
  #fontsFor(text: string, bold: boolean): readonly PrintFont[] {
    const fonts = bold ? this.#bold : this.#regular;
    const others = Array.from(text).filter((character) => !unseen.test(character) && isDrawnByNone(character, fonts));
    if (others.length === 0) return fonts;
    this.#eastAsian ??= eastAsianFiles.map(({ script, regular }) => printFont(`${script}-400`, regular, false));
    const held = (font: PrintFont): number => others.filter((character) => has(font, character)).length;
    // Three of them have most Chinese characters, each in the forms of its country: a text is set in one, where one has it all.
    const eastAsian = this.#eastAsian.toSorted((one, other) => held(other) - held(one));
    return [...fonts, ...eastAsian.map((font) => (bold ? this.#thickened(font) : font))];
  }

  #thickened(font: PrintFont): PrintFont {
    const known = this.#thick.get(font) ?? { ...font, outline: boldOutline };
    this.#thick.set(font, known);
    return known;
  }
}

function isDrawnByNone(character: string, fonts: readonly PrintFont[]): boolean {
  return fontOf(character, fonts) === undefined && !(character in plainer);
}

function addTo(runs: RunDraft[], character: string, level: number, fonts: readonly PrintFont[]): void {
  const value = loweredFigure(character);
  const text = value === null ? character : String(value);
  const last = runs.at(-1);
  // A mark goes with the letter that it stands on.
  const carrier = last?.font ?? null;
  const font = carrier !== null && combining.test(text) && has(carrier, text) ? carrier : (fontOf(text, fonts) ?? null);
  const look = value === null ? plain : lowered;
  if (font === null || last?.font !== font || last.scale !== look.scale || last.level !== level) {
    runs.push({ font, text, ...look, level });
  } else if (level % 2 === 1 && !font.isShaped) last.text = text + last.text;
  else last.text += text;
}

function fontOf(character: string, fonts: readonly PrintFont[]): PrintFont | undefined {
  const drawn = String(loweredFigure(character) ?? character);
  return fonts.find((font) => has(font, drawn));
}

/** The figures of SpO₂ are drawn from the face's own; null for any other character. */
function loweredFigure(character: string): number | null {
  const value = (character.codePointAt(0) ?? 0) - subscriptZero;
  return value >= 0 && value <= 9 ? value : null;
}

function has({ font }: PrintFont, character: string): boolean {
  return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

function measured({ font, text, scale, lowered }: RunDraft): TextRun {
  const width = font === null ? boxWidth : (font.font.layout(text).advanceWidth / font.font.unitsPerEm) * scale;
  return { font, text, isReordered: font?.isShaped === true && !rightToLeft.test(text), scale, lowered, width };
}

/** Rule L2 of the bidirectional algorithm, for runs: from the highest level down, what lies at it or above is turned round. */
function onPaper(runs: readonly RunDraft[]): readonly RunDraft[] {
  let ordered = runs;
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level -= 1) {
    const next: RunDraft[] = [];
    let turned: RunDraft[] = [];
    for (const run of ordered) {
      if (run.level >= level) turned.unshift(run);
      else {
        next.push(...turned, run);
        turned = [];
      }
    }
    ordered = [...next, ...turned];
  }
  return ordered;
}

/** @param address a WOFF file as a data: address */
function printFont(name: string, address: string, isShaped: boolean): PrintFont {
  const file = unpacked.get(name) ?? trueTypeOf(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'));
  unpacked.set(name, file);
  const font = create(file);
  if (!('layout' in font)) throw new TypeError(`${name} is a collection of fonts`);
  return { name, font: isShaped ? shaped(font) : glyphByGlyph(font), isShaped, outline: null };
}

const withoutAnchors = { mark: false, mkmk: false };

/**
 * The same font, its figures read from left to right also where its letters are not. fontkit throws where the font
 * anchors a mark to a letter for which it gives no place (`ڢ`): there, marks follow their letters.
 */
function shaped(font: Font): Font {
  const layout = (text: string): ReturnType<Font['layout']> => {
    try {
      return font.layout(text, undefined, undefined, undefined, directionOf(text));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return font.layout(text, withoutAnchors, undefined, undefined, directionOf(text));
    }
  };
  return Object.create(font, { layout: { value: layout } }) as Font;
}

function directionOf(text: string): 'ltr' | undefined {
  return figure.test(text) ? 'ltr' : undefined;
}

/** The same font without pairs and ligatures: a line is as wide as its letters, wherever it is broken or clipped. */
function glyphByGlyph(font: Font): Font {
  const layout = (text: string): Pick<ReturnType<Font['layout']>, 'glyphs' | 'positions' | 'advanceWidth'> => {
    const glyphs = Array.from(text, (character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0));
    const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }));
    return { glyphs, positions, advanceWidth: glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) };
  };
  return Object.create(font, { layout: { value: layout } }) as Font;
}
