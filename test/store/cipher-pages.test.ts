import { createHmac, pbkdf2Sync } from 'node:crypto';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrokenPages, pageNumberOfLockByte } from '../../electron/service/store/cipher-pages.ts';

test.each([
  [512, 2_097_153],
  [1024, 1_048_577],
  [2048, 524_289],
  [4096, 262_145],
  [65_536, 16_385],
])('STORE-30 with pages of %i bytes the page at 1 GiB is number %i', (pageSize, number) => {
  expect(pageNumberOfLockByte(pageSize)).toBe(number);
});

const page = 2048;
const key = new Uint8Array(32).map((_, index) => index + 1);

/** A page as SQLCipher 4 leaves it: content and vector, and the seal over them and the number. */
function sealedPage(number: number): Buffer {
  const content = Buffer.alloc(page, number % 251);
  const salt = Buffer.alloc(16).map((byte) => byte ^ 0x3a);
  const hmacKey = pbkdf2Sync(key, salt, 2, 32, 'sha512');
  const counted = Buffer.alloc(4);
  counted.writeUInt32LE(number);
  createHmac('sha512', hmacKey)
    .update(content.subarray(0, page - 64))
    .update(counted)
    .digest()
    .copy(content, page - 64);
  return content;
}

test('STORE-30 beyond 1 GiB the page that SQLite never writes is no finding, and its neighbours are looked at', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-pages-'));
  const file = join(folder, 'sparse.db');
  try {
    const handle = openSync(file, 'w');
    // Holes on the disk: the file is as long as a room of half a year, and takes three pages of it.
    ftruncateSync(handle, 524_292 * page);
    for (const number of [524_288, 524_290, 524_292]) writeSync(handle, sealedPage(number), 0, page, (number - 1) * page);
    closeSync(handle);
    expect(statSync(file).size).toBeGreaterThan(2 ** 30);
    // 524,289 is the locks' page; 524,291 was never written either, and has no such excuse.
    expect(findBrokenPages(file, key, 10, { from: 524_288 })).toEqual({ broken: [524_291], wholePages: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
