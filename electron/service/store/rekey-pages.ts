import { createCipheriv, createDecipheriv } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { hmacLength, pageLength, pageNumberOfLockByte, pageSealOf, saltLength, vectorLength } from './cipher-pages.ts';
import type { DataKey, RandomBytes } from './data-key.ts';
import { StoreError, recoverAdvice } from './store-error.ts';

/** Read and written at once: half a megabyte. */
const pagesAtOnce = 256;
const sealedLength = vectorLength + hmacLength;

export interface Rekeying {
  readonly from: string;
  /** Must not be there yet. */
  readonly to: string;
  readonly key: DataKey;
  readonly newKey: DataKey;
  readonly randomBytes: RandomBytes;
  /** Told how many bytes are done. */
  readonly onBytes: (done: number) => void;
}

/**
 * A copy of an encrypted database under another key, page by page and each as it is: SQLite's own ways (`PRAGMA rekey`,
 * `VACUUM INTO`) say nothing for as long as they take, and the one of them rewrites the only copy. The seal of every page is
 * proved on the way. The format is that of `cipher-pages.ts`; nobody may be writing to the file, and its log is empty.
 *
 * Throws `StoreError` where a page was changed. The copy is on disk when this returns.
 */
export function rekeyPages({ from, to, key, newKey, randomBytes, onBytes }: Rekeying): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx', 0o600);
    try {
      const { size } = fstatSync(source);
      const pages = Buffer.alloc(pagesAtOnce * pageLength);
      const salt = Buffer.alloc(saltLength);
      readSync(source, salt, 0, saltLength, 0);
      const rekeyPage = pageRekeyer({ key, newKey, salt, newSalt: randomBytes(saltLength), randomBytes });
      for (let at = 0; at < size;) {
        const length = readSync(source, pages, 0, pages.length, at);
        if (length % pageLength !== 0) throw changed(from, 'it ends inside a page');
        for (let offset = 0; offset < length; offset += pageLength) {
          const number = (at + offset) / pageLength + 1;
          if (!rekeyPage(pages.subarray(offset, offset + pageLength), number)) throw changed(from, `page ${number} has been changed`);
        }
        for (let done = 0; done < length;) done += writeSync(target, pages, done, length - done, at + done);
        at += length;
        onBytes(at);
      }
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

interface PageKeys extends Pick<Rekeying, 'key' | 'newKey' | 'randomBytes'> {
  readonly salt: Uint8Array;
  readonly newSalt: Uint8Array;
}

/** Puts a page under the new key, in its place; false where its seal is broken. */
function pageRekeyer({ key, newKey, salt, newSalt, randomBytes }: PageKeys): (page: Buffer, number: number) => boolean {
  const seal = pageSealOf(key, salt);
  const newSeal = pageSealOf(newKey, newSalt);
  const vectorAt = pageLength - sealedLength;
  const locks = pageNumberOfLockByte(pageLength);
  return (page, number) => {
    if (number === locks) return true;
    if (!seal.fits(page, number)) return false;
    const begin = number === 1 ? saltLength : 0;
    const content = page.subarray(begin, vectorAt);
    const decipher = createDecipheriv('aes-256-cbc', key, page.subarray(vectorAt, vectorAt + vectorLength)).setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(content), decipher.final()]);
    const vector = randomBytes(vectorLength);
    const cipher = createCipheriv('aes-256-cbc', newKey, vector).setAutoPadding(false);
    content.set(cipher.update(plain));
    plain.fill(0);
    page.set(vector, vectorAt);
    if (number === 1) page.set(newSalt);
    page.write(newSeal.of(page, number), pageLength - hmacLength, 'hex');
    return true;
  };
}

function changed(file: string, what: string): StoreError {
  return new StoreError('STORE_CORRUPT', `${file} is not whole: ${what}. The key was not changed. ${recoverAdvice}`, file);
}
