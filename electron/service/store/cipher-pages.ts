import { createDecipheriv, hash as digest, pbkdf2Sync } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { DataKey } from './data-key.ts';

/**
 * Checks every page of an encrypted database against its own seal, without SQLite, which only looks at the pages
 * it happens to need.
 *
 * SQLCipher 4 format (https://www.zetetic.net/sqlcipher/design/): pages; the last 80 bytes of each
 * are an initialisation vector (16) and HMAC-SHA512 (64) over the encrypted content, the vector and the page number
 * (little-endian). Page 1 begins with the 16-byte salt, which is not under the HMAC but makes its key.
 */

/**
 * Half of what SQLCipher 4 takes by default (its tools open the file after `PRAGMA cipher_page_size = 2048`): a commit
 * encrypts and seals every page it touches, and one event touches three.
 */
export const pageLength = 2048;
export const saltLength = 16;
export const vectorLength = 16;
export const hmacLength = 64;
/** At the end of each page, and of no use to SQLite. */
export const reservedLength = vectorLength + hmacLength;

/** Where SQLite's locks lie in every database file, however small (https://www.sqlite.org/fileformat2.html#the_lock_byte_page). */
const lockByteOffset = 2 ** 30;

/**
 * The number of the page in which the locks lie. SQLite never writes it and never reads it, so that it carries no seal:
 * in a file beyond 1 GiB it is a hole, and no change of it can touch the record.
 */
export function pageNumberOfLockByte(pageSize: number): number {
  return Math.floor(lockByteOffset / pageSize) + 1;
}

/** Pages that are read from the disk at once: half a megabyte. */
const pagesAtOnce = 256;

/**
 * Numbers (from 1) of the pages whose seal is broken, at most `limit`, and whether the file has a whole number of pages.
 *
 * @param from the first page that is looked at
 * @param onPages told how many pages were looked at, and of how many
 */
export function findBrokenPages(
  file: string,
  key: DataKey,
  limit: number,
  { from = 1, onPages = () => undefined }: { readonly from?: number; readonly onPages?: (done: number, of: number) => void } = {},
): { readonly broken: number[]; readonly wholePages: boolean } {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const count = Math.floor(size / pageLength);
    const seal = sealOf(handle, key);
    const broken: number[] = [];
    const unsealed = pageNumberOfLockByte(pageLength);
    const pages = Buffer.alloc(pagesAtOnce * pageLength);
    for (let first = from; first <= count && broken.length < limit; first += pagesAtOnce) {
      const length = Math.min(pagesAtOnce, count - first + 1);
      // What is shorter than it was a moment ago leaves zeros, which no seal fits.
      pages.fill(0, readSync(handle, pages, 0, length * pageLength, (first - 1) * pageLength));
      for (let index = 0; index < length && broken.length < limit; index += 1) {
        const number = first + index;
        if (number === unsealed) continue;
        if (!seal.fits(pages.subarray(index * pageLength, (index + 1) * pageLength), number)) broken.push(number);
      }
      onPages(first + length - 1, count);
    }
    return { broken, wholePages: size % pageLength === 0 };
  } finally {
    closeSync(handle);
  }
}

/** Whether a key is that of an encrypted database, by the seal of its first page alone; null where it has no whole page yet. */
export function opensFirstPage(file: string, key: DataKey): boolean | null {
  const handle = openSync(file, 'r');
  try {
    const page = Buffer.alloc(pageLength);
    if (readSync(handle, page, 0, pageLength, 0) < pageLength) return null;
    return sealOf(handle, key).fits(page, 1);
  } finally {
    closeSync(handle);
  }
}

function sealOf(handle: number, key: DataKey): PageSeal {
  const salt = Buffer.alloc(saltLength);
  readSync(handle, salt, 0, saltLength, 0);
  return pageSealOf(key, salt);
}

/** @param salt the first 16 bytes of the file */
export function pageSealOf(key: DataKey, salt: Uint8Array): PageSeal {
  const maskedSalt = salt.map((byte) => byte ^ 0x3a);
  return new PageSeal(pbkdf2Sync(key, maskedSalt, 2, 32, 'sha512'));
}

/** What the pages of one file say, read without SQLite: AES-256-CBC with the room's key, where the seal is whole. */
export class PageCipher {
  readonly #seal: PageSeal;
  readonly #key: DataKey;

  /** @param salt with which the file begins */
  constructor(salt: Uint8Array, key: DataKey) {
    this.#seal = pageSealOf(key, salt);
    this.#key = key;
  }

  fits(page: Buffer, number: number): boolean {
    return this.#seal.fits(page, number);
  }

  /** As SQLite sees the page, its reserved end as it stands; null where the seal is broken. */
  open(page: Buffer, number: number): Buffer | null {
    if (!this.fits(page, number)) return null;
    const end = page.length - reservedLength;
    const decipher = createDecipheriv('aes-256-cbc', this.#key, page.subarray(end, end + vectorLength)).setAutoPadding(false);
    const from = number === 1 ? saltLength : 0;
    const plain = Buffer.concat([decipher.update(page.subarray(from, end)), decipher.final()]);
    return number === 1 ? Buffer.concat([Buffer.from('SQLite format 3\0', 'latin1'), plain]) : plain;
  }
}

/** Of SHA-512, in which HMAC pads its key. */
const blockLength = 128;

/**
 * HMAC-SHA512 as RFC 2104 writes it down, in two buffers that are used for every page: for so few bytes, what Node makes
 * for each HMAC costs three times as much as the hashing.
 */
export class PageSeal {
  readonly #inner = Buffer.alloc(blockLength + pageLength, 0x36);
  readonly #outer = Buffer.alloc(blockLength + hmacLength, 0x5c);

  /** @param key not longer than a block */
  constructor(key: Uint8Array) {
    for (const [index, byte] of key.entries()) {
      this.#inner[index] = byte ^ 0x36;
      this.#outer[index] = byte ^ 0x5c;
    }
  }

  fits(page: Buffer, number: number): boolean {
    return this.of(page, number) === page.toString('hex', pageLength - hmacLength);
  }

  /** In hexadecimal, for the last 64 bytes of the page. */
  of(page: Buffer, number: number): string {
    let at = blockLength + page.copy(this.#inner, blockLength, number === 1 ? saltLength : 0, pageLength - hmacLength);
    at = this.#inner.writeUInt32LE(number, at);
    this.#outer.write(digest('sha512', this.#inner.subarray(0, at), 'hex'), blockLength, 'hex');
    return digest('sha512', this.#outer, 'hex');
  }
}
