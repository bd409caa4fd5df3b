import { inflateSync } from 'node:zlib';

/** A TrueType face as a PDF embeds it: its file, which glyph stands for which character, and how wide each is. */
export interface TrueTypeFont {
  readonly file: Buffer;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  /** By code point. */
  readonly glyphs: ReadonlyMap<number, number>;
  /** By glyph, in font units. */
  readonly widths: readonly number[];
}

interface Table {
  readonly tag: string;
  readonly checksum: number;
  readonly data: Buffer;
}

/** Reads a WOFF file (version 1: the tables of a TrueType file, each deflated). Throws a `TypeError` for any other. */
export function readWoff(woff: Buffer): TrueTypeFont {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new TypeError('not a WOFF file of version 1');
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index): Table => {
    const at = 44 + index * 20;
    const [offset, packed, full] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)];
    const stored = woff.subarray(offset, offset + packed);
    const data = packed < full ? inflateSync(stored) : stored;
    return { tag: woff.toString('latin1', at, at + 4), checksum: woff.readUInt32BE(at + 16), data };
  });
  const table = (tag: string): Buffer => {
    const found = tables.find((candidate) => candidate.tag === tag);
    if (found === undefined) throw new TypeError(`the font has no table ${tag}`);
    return found.data;
  };
  const [head, hhea] = [table('head'), table('hhea')];
  return {
    file: trueTypeFile(woff.readUInt32BE(4), tables),
    unitsPerEm: head.readUInt16BE(18),
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    box: [head.readInt16BE(36), head.readInt16BE(38), head.readInt16BE(40), head.readInt16BE(42)],
    glyphs: readCharacterMap(table('cmap')),
    widths: readWidths(table('hmtx'), hhea.readUInt16BE(34), table('maxp').readUInt16BE(4)),
  };
}

function trueTypeFile(flavor: number, tables: readonly Table[]): Buffer {
  const power = Math.floor(Math.log2(tables.length));
  const header = Buffer.alloc(12 + tables.length * 16);
  header.writeUInt32BE(flavor, 0);
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(2 ** power * 16, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE((tables.length - 2 ** power) * 16, 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const at = 12 + index * 16;
    header.write(tag, at, 'latin1');
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(data.length, at + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    offset += data.length + padding.length;
  }
  return Buffer.concat(parts);
}

/** Formats 4 and 12: all that fonts of today use for Unicode. */
function readCharacterMap(cmap: Buffer): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const at = cmap.readUInt32BE(4 + index * 8 + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 4) readSegments(cmap.subarray(at), glyphs);
    else if (format === 12) readGroups(cmap.subarray(at), glyphs);
  }
  return glyphs;
}

function readSegments(table: Buffer, glyphs: Map<number, number>): void {
  const count = table.readUInt16BE(6) / 2;
  for (let segment = 0; segment < count; segment += 1) {
    const end = table.readUInt16BE(14 + segment * 2);
    const start = table.readUInt16BE(16 + (count + segment) * 2);
    const delta = table.readUInt16BE(16 + (2 * count + segment) * 2);
    const rangeAt = 16 + (3 * count + segment) * 2;
    const range = table.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const raw = range === 0 ? code : table.readUInt16BE(rangeAt + range + (code - start) * 2);
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function readGroups(table: Buffer, glyphs: Map<number, number>): void {
  for (let group = 0; group < table.readUInt32BE(12); group += 1) {
    const at = 16 + group * 12;
    const [start, end, glyph] = [table.readUInt32BE(at), table.readUInt32BE(at + 4), table.readUInt32BE(at + 8)];
    for (let code = start; code <= end; code += 1) glyphs.set(code, glyph + code - start);
  }
}

function readWidths(hmtx: Buffer, longCount: number, glyphCount: number): number[] {
  return Array.from({ length: glyphCount }, (_, glyph) => hmtx.readUInt16BE(Math.min(glyph, longCount - 1) * 4));
}
