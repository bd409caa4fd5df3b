import type { PrintMark, PrintPage } from '../../../../shared/contract/print-page.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { fontObjects } from './pdf-font.ts';
import { PdfObjects, number, pdfText } from './pdf-objects.ts';
import type { PrintFont, PrintFonts } from './print-fonts.ts';

/**
 * A PDF 1.7 file of drawn pages, its fonts within it. Nothing of the moment of writing goes in, so that the same
 * record gives the same file, byte by byte.
 */
export function pdfFile(pages: readonly PrintPage[], title: string, fonts: PrintFonts): Uint8Array {
  const objects = new PdfObjects();
  const used = new UsedFonts();
  const catalog = objects.reserve();
  const tree = objects.reserve();
  const resources = objects.reserve();
  const kids = pages.map((page) => {
    const content = objects.addStream('', Buffer.from(pageContent(page, fonts, used), 'latin1'));
    const box = `[0 0 ${number(page.widthPt)} ${number(page.heightPt)}]`;
    return objects.add(`<< /Type /Page /Parent ${tree} 0 R /MediaBox ${box} /Resources ${resources} 0 R /Contents ${content} 0 R >>`);
  });
  objects.set(tree, `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`);
  objects.set(catalog, `<< /Type /Catalog /Pages ${tree} 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>`);
  const dictionary = used.fonts.map(({ font, key, characters }) => `/${key} ${fontObjects(objects, font, characters)} 0 R`);
  objects.set(resources, `<< /Font << ${dictionary.join(' ')} >> >>`);
  const info = objects.add(`<< /Title ${pdfText(title)} /Producer ${pdfText('Vigil')} >>`);
  return objects.file(catalog, info);
}

/** Those that a file draws with, and which characters of each. */
class UsedFonts {
  readonly #used = new Map<PrintFont, { readonly key: string; readonly characters: Map<number, number> }>();

  get fonts(): readonly { readonly font: PrintFont; readonly key: string; readonly characters: ReadonlyMap<number, number> }[] {
    return [...this.#used].map(([font, used]) => ({ font, ...used }));
  }

  keyOf(font: PrintFont, glyphs: readonly { readonly glyph: number; readonly codePoint: number }[]): string {
    let used = this.#used.get(font);
    if (used === undefined) {
      used = { key: `F${this.#used.size + 1}`, characters: new Map() };
      this.#used.set(font, used);
    }
    for (const { glyph, codePoint } of glyphs) used.characters.set(glyph, codePoint);
    return used.key;
  }
}

function pageContent(page: PrintPage, fonts: PrintFonts, used: UsedFonts): string {
  const scale = 1 / page.unitsPerPoint;
  const lines = [`${number(scale, 6)} 0 0 ${number(-scale, 6)} 0 ${number(page.heightPt)} cm`];
  for (const mark of page.marks) lines.push(...markContent(mark, fonts, used));
  return lines.join('\n');
}

function markContent(mark: PrintMark, fonts: PrintFonts, used: UsedFonts): string[] {
  switch (mark.mark) {
    case 'text':
      return textContent(mark, fonts, used);
    case 'path': {
      const [[x, y] = [0, 0], ...rest] = mark.points;
      const dash = `[${mark.dash.map((length) => number(length)).join(' ')}] 0 d`;
      const corners = rest.map(([toX, toY]) => `${number(toX)} ${number(toY)} l`);
      const cap = mark.round ? 1 : 0;
      return [`${number(mark.gray)} G ${number(mark.width)} w ${cap} J 1 j ${dash}`, `${number(x)} ${number(y)} m`, ...corners, 'S'];
    }
    case 'rect': {
      const area = `${number(mark.x)} ${number(mark.y)} ${number(mark.width)} ${number(mark.height)} re`;
      const fill = mark.fill === null ? [] : [`${number(mark.fill)} g ${area} f`];
      const line = mark.line === null ? [] : [`${number(mark.line.gray)} G ${number(mark.line.width)} w [] 0 d ${area} S`];
      return [...fill, ...line];
    }
    case 'circle':
      return [`${number(mark.fill)} g 0 G ${number(mark.line)} w [] 0 d`, ...circle(mark.x, mark.y, mark.radius), 'B'];
    default:
      return assertNever(mark);
  }
}

/** How far a curve's control points stand from its ends, for a quarter of a circle. */
const quarter = 0.5523;

function circle(x: number, y: number, r: number): string[] {
  const c = r * quarter;
  const point = (dx: number, dy: number): string => `${number(x + dx)} ${number(y + dy)}`;
  return [
    `${point(r, 0)} m`,
    `${point(r, c)} ${point(c, r)} ${point(0, r)} c`,
    `${point(-c, r)} ${point(-r, c)} ${point(-r, 0)} c`,
    `${point(-r, -c)} ${point(-c, -r)} ${point(0, -r)} c`,
    `${point(c, -r)} ${point(r, -c)} ${point(r, 0)} c`,
  ];
}

function textContent(mark: Extract<PrintMark, { mark: 'text' }>, fonts: PrintFonts, used: UsedFonts): string[] {
  const { size, bold, anchor, y } = mark;
  const width = fonts.width(mark.text, size, bold);
  let x = mark.x - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
  return fonts.runs(mark.text, bold).map((run) => {
    const at = x;
    x += run.width * size;
    if (run.font === null) {
      return `0 G ${number(size * 0.06)} w [] 0 d ${number(at + size * 0.08)} ${number(y - size * 0.68)} ${number(size * 0.44)} ${number(size * 0.68)} re S`;
    }
    const key = used.keyOf(run.font, run.glyphs);
    const codes = run.glyphs.map(({ glyph }) => glyph.toString(16).padStart(4, '0')).join('');
    // The page runs downwards, letters do not.
    const place = `1 0 0 -1 ${number(at)} ${number(y + run.lowered * size)} Tm`;
    return `BT ${number(mark.gray)} g /${key} ${number(size * run.scale)} Tf ${place} <${codes}> Tj ET`;
  });
}
