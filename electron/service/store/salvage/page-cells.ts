import { pageLength, reservedLength } from '../cipher-pages.ts';

/**
 * What stands in one page of SQLite's b-trees (https://www.sqlite.org/fileformat2.html#b_tree_pages), read by itself: no
 * other page has to be whole for it, but those that a long row goes on in.
 */
export type PageKind = 'table-leaf' | 'table-interior' | 'index-leaf' | 'index-interior';
export type Value = number | string | Buffer | null;

export interface Cell {
  /** Of a table. */
  readonly rowid: number | null;
  /** Of an interior page: the page with what comes before this cell. */
  readonly child: number | null;
  /** Null in an interior page of a table, and where the row goes on in a page that is not whole. */
  readonly values: readonly Value[] | null;
}

export interface BTreePage {
  readonly kind: PageKind;
  readonly cells: readonly Cell[];
  /** Of an interior page: the page with what comes after all cells. */
  readonly last: number | null;
}

/** Gives a page as SQLite sees it; null where it is not whole. */
export type ReadPage = (number: number) => Buffer | null;

const usable = pageLength - reservedLength;
/** Far more than any row has: a chain of pages that never ends is none. */
const longestRow = 16 * 1024 * 1024;
const headerOfFile = 100;
const kinds = new Map<number | undefined, PageKind>([
  [13, 'table-leaf'],
  [5, 'table-interior'],
  [10, 'index-leaf'],
  [2, 'index-interior'],
]);

/** Null where the page is none of a b-tree, or not formed like one. */
export function readBTreePage(page: Buffer, number: number, read: ReadPage): BTreePage | null {
  const at = number === 1 ? headerOfFile : 0;
  const kind = kinds.get(page[at]);
  if (kind === undefined) return null;
  try {
    const isInterior = kind === 'table-interior' || kind === 'index-interior';
    const count = page.readUInt16BE(at + 3);
    const pointers = at + (isInterior ? 12 : 8);
    const cells = Array.from({ length: count }, (_, index) => readCell(page, page.readUInt16BE(pointers + 2 * index), kind, read));
    return { kind, cells, last: isInterior ? page.readUInt32BE(at + 8) : null };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readCell(page: Buffer, start: number, kind: PageKind, read: ReadPage): Cell {
  let at = start;
  let child: number | null = null;
  if (kind === 'table-interior' || kind === 'index-interior') {
    child = page.readUInt32BE(at);
    at += 4;
  }
  if (kind === 'table-interior') return { rowid: readVarint(page, at).value, child, values: null };
  const length = readVarint(page, at);
  at += length.bytes;
  let rowid: number | null = null;
  if (kind === 'table-leaf') {
    const id = readVarint(page, at);
    rowid = id.value;
    at += id.bytes;
  }
  const payload = readPayload(page, at, { length: length.value, isTable: kind === 'table-leaf' }, read);
  return { rowid, child, values: payload === null ? null : readRecord(payload) };
}

function readPayload(
  page: Buffer,
  at: number,
  { length, isTable }: { readonly length: number; readonly isTable: boolean },
  read: ReadPage,
): Buffer | null {
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (length > longestRow) throw new RangeError('a row that Vigil does not write');
  if (length <= most) return whole(page, at, length);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const rest = least + ((length - least) % (usable - 4));
  const here = rest <= most ? rest : least;
  const parts = [whole(page, at, here)];
  let left = length - here;
  for (let next = page.readUInt32BE(at + here); left > 0;) {
    const more = next === 0 ? null : read(next);
    if (more === null) return null;
    const taken = Math.min(left, usable - 4);
    parts.push(whole(more, 4, taken));
    left -= taken;
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function whole(page: Buffer, at: number, length: number): Buffer {
  if (at + length > page.length) throw new RangeError('a cell ends outside of its page');
  return page.subarray(at, at + length);
}

function readRecord(payload: Buffer): Value[] {
  const header = readVarint(payload, 0);
  const values: Value[] = [];
  let at = header.value;
  for (let headerAt = header.bytes; headerAt < header.value;) {
    const type = readVarint(payload, headerAt);
    headerAt += type.bytes;
    const length = lengthOf(type.value);
    values.push(valueAt(whole(payload, at, length), type.value));
    at += length;
  }
  return values;
}

const fixedLengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function lengthOf(type: number): number {
  return fixedLengths[type] ?? Math.floor((type - 12) / 2);
}

function valueAt(bytes: Buffer, type: number): Value {
  if (type === 0) return null;
  if (type <= 5) return bytes.readIntBE(0, bytes.length);
  if (type === 6) return safeInteger(bytes.readBigInt64BE(0));
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 8 || type === 9) return type - 8;
  return type % 2 === 0 ? Buffer.from(bytes) : bytes.toString('utf8');
}

/** One to nine bytes, seven bits in each of the first eight. */
function readVarint(bytes: Buffer, at: number): { readonly value: number; readonly bytes: number } {
  let value = 0n;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes.readUInt8(at + index);
    value = value * 128n + BigInt(byte % 128);
    if (byte < 128) return { value: safeInteger(value), bytes: index + 1 };
  }
  return { value: safeInteger(BigInt.asIntN(64, value * 256n + BigInt(bytes.readUInt8(at + 8)))), bytes: 9 };
}

/** The store writes none that a number does not hold. */
function safeInteger(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('an integer that Vigil does not write');
  return number;
}
