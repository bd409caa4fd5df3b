import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
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
const saltLength = 16;
const hmacLength = 64;

/** Where SQLite's locks lie in every database file, however small (https://www.sqlite.org/fileformat2.html#the_lock_byte_page). */
const lockByteOffset = 2 ** 30;

/**
 * The number of the page in which the locks lie. SQLite never writes it and never reads it, so that it carries no seal:
 * in a file beyond 1 GiB it is a hole, and no change of it can touch the record.
 */
export function pageNumberOfLockByte(pageSize: number): number {
  return Math.floor(lockByteOffset / pageSize) + 1;
}

/**
 * Numbers (from 1) of the pages whose seal is broken, at most `limit`, and whether the file has a whole number of pages.
 *
 * @param from the first page that is looked at
 */
export function findBrokenPages(
  file: string,
  key: DataKey,
  limit: number,
  from = 1,
): { readonly broken: number[]; readonly wholePages: boolean } {
  const size = statSync(file).size;
  const handle = openSync(file, 'r');
  try {
    const page = Buffer.alloc(pageLength);
    readSync(handle, page, 0, saltLength, 0);
    const hmacKey = pbkdf2Sync(
      key,
      page.subarray(0, saltLength).map((byte) => byte ^ 0x3a),
      2,
      32,
      'sha512',
    );
    const broken: number[] = [];
    const unsealed = pageNumberOfLockByte(pageLength);
    for (let number = from; number * pageLength <= size && broken.length < limit; number += 1) {
      if (number === unsealed) continue;
      readSync(handle, page, 0, pageLength, (number - 1) * pageLength);
      if (!isSealed(page, number, hmacKey)) broken.push(number);
    }
    return { broken, wholePages: size % pageLength === 0 };
  } finally {
    closeSync(handle);
  }
}

function isSealed(page: Buffer, number: number, hmacKey: Buffer): boolean {
  const pageNumber = Buffer.alloc(4);
  pageNumber.writeUInt32LE(number);
  const sealed = page.subarray(number === 1 ? saltLength : 0, pageLength - hmacLength);
  const seal = createHmac('sha512', hmacKey).update(sealed).update(pageNumber).digest();
  return timingSafeEqual(seal, page.subarray(pageLength - hmacLength));
}
