import { number, type PdfObjects } from './pdf-objects.ts';
import type { PrintFont } from './print-fonts.ts';

/** Writes a font and all that it needs; `characters` are those drawn, by glyph, so that the text can be searched and copied. */
export function fontObjects(objects: PdfObjects, { name, font }: PrintFont, characters: ReadonlyMap<number, number>): number {
  const baseName = `VIGILA+IBMPlexSans-${name}`;
  const thousandths = (units: number): string => number((units * 1000) / font.unitsPerEm, 0);
  const file = objects.addStream(`/Length1 ${font.file.length}`, font.file);
  const descriptor = objects.add(
    `<< /Type /FontDescriptor /FontName /${baseName} /Flags 4 /FontBBox [${font.box.map(thousandths).join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${thousandths(font.ascent)} /Descent ${thousandths(font.descent)} /CapHeight 698 /StemV 80 /FontFile2 ${file} 0 R >>`,
  );
  const glyphs = [...characters.keys()].toSorted((a, b) => a - b);
  const widths = glyphs.map((glyph) => `${glyph} [${thousandths(font.widths[glyph] ?? 0)}]`).join(' ');
  const descendant = objects.add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${baseName} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ` +
      `/FontDescriptor ${descriptor} 0 R /DW 0 /W [${widths}] /CIDToGIDMap /Identity >>`,
  );
  const unicode = objects.addStream('', Buffer.from(unicodeMap(glyphs, characters), 'latin1'));
  return objects.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${baseName} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R >>`,
  );
}

const mapBlock = 100;

function unicodeMap(glyphs: readonly number[], characters: ReadonlyMap<number, number>): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const utf16 = (codePoint: number): string =>
    Array.from(String.fromCodePoint(codePoint))
      .flatMap((text) => Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at))))
      .join('');
  const blocks: string[] = [];
  for (let at = 0; at < glyphs.length; at += mapBlock) {
    const block = glyphs.slice(at, at + mapBlock);
    const rows = block.map((glyph) => `<${hex(glyph)}> <${utf16(characters.get(glyph) ?? 0xfffd)}>`);
    blocks.push(`${block.length} beginbfchar\n${rows.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def',
    '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange',
    ...blocks,
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend',
  ].join('\n');
}
