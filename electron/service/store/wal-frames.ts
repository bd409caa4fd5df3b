import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { pageLength } from './cipher-pages.ts';
import { StoreError, recoverAdvice } from './store-error.ts';

/**
 * A look at SQLite's write-ahead log before SQLite reads it.
 *
 * SQLite replays frames up to the first that does not check out and silently drops the rest, which is right for
 * the torn end that a power loss leaves, and wrong for a damaged byte in the middle. The two can be told apart
 * because every commit is synced before the next one begins: frames *after a later commit* prove that everything
 * up to that commit had reached the disk.
 *
 * Layout (https://sqlite.org/fileformat2.html#walformat): a header of 32 bytes (magic, version, page size,
 * checkpoint number, salt 8, checksum 8), then frames of 24 bytes (page number, database size after a commit or
 * 0, salt 8, checksum 8) and one page. A frame's checksum continues that of the frame before.
 */
const headerLength = 32;
const frameHeaderLength = 24;
const magic = 0x377f0682;

/** Damage in the middle of SQLite's log: opening it would drop what follows without a word. */
export function refuseDamagedLog(wal: string): void {
  const damage = existsSync(wal) ? findWalDamage(wal) : null;
  if (damage !== null) throw new StoreError('STORE_CORRUPT', `${damage} Opening it would drop what follows. ${recoverAdvice}`, wal);
}

/** A sentence about the damage, or null where the log is whole or merely ends in an unfinished commit. */
export function findWalDamage(path: string): string | null {
  const size = statSync(path).size;
  if (size < headerLength + frameHeaderLength) return null;
  const handle = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerLength);
    readSync(handle, header, 0, headerLength, 0);
    // The header is written and synced before the first frame; a log that starts otherwise has been damaged or never begun.
    const bigEndian = header.readUInt32BE(0) === magic + 1;
    if (!bigEndian && header.readUInt32BE(0) !== magic) return damagedHeader(path, handle, size);
    const sum = checksum(header.subarray(0, 24), [0, 0], bigEndian);
    if (sum[0] !== header.readUInt32BE(24) || sum[1] !== header.readUInt32BE(28)) return damagedHeader(path, handle, size);
    return findDamagedFrame(path, handle, size, header, bigEndian);
  } finally {
    closeSync(handle);
  }
}

/** Changes each time SQLite begins the log anew, having moved all of it into the file; empty where there is no log. */
export function walGeneration(path: string): string {
  if (!existsSync(path)) return '';
  const handle = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerLength);
    return header.toString('hex', 0, readSync(handle, header, 0, headerLength, 0));
  } finally {
    closeSync(handle);
  }
}

type Sum = readonly [number, number];

function findDamagedFrame(path: string, handle: number, size: number, header: Buffer, bigEndian: boolean): string | null {
  const frameLength = frameHeaderLength + header.readUInt32BE(8);
  const frame = Buffer.alloc(frameLength);
  const salt = header.subarray(16, 24);
  let before: Sum = [header.readUInt32BE(24), header.readUInt32BE(28)];
  let badFrame: number | null = null;
  let commitAfterBad = false;
  let index = 0;
  for (let at = headerLength; at + frameLength <= size; at += frameLength, index += 1) {
    readSync(handle, frame, 0, frameLength, at);
    const stated: Sum = [frame.readUInt32BE(16), frame.readUInt32BE(20)];
    const sum = checksum(frame.subarray(frameHeaderLength), checksum(frame.subarray(0, 8), before, bigEndian), bigEndian);
    const whole = salt.equals(frame.subarray(8, 16)) && sum[0] === stated[0] && sum[1] === stated[1];
    before = stated;
    if (!whole) {
      badFrame ??= index;
      continue;
    }
    if (badFrame === null) continue;
    if (commitAfterBad) return `${path} is damaged at frame ${badFrame + 1} (byte ${headerLength + badFrame * frameLength}).`;
    commitAfterBad = frame.readUInt32BE(4) !== 0;
  }
  return null;
}

/** A page of a commit, as it lies in the log. */
export interface CommittedPage {
  readonly number: number;
  /** Of its first byte in the log. */
  readonly offset: number;
  /** Whether the checksum of its frame fits: it is over the number, too. */
  readonly isWhole: boolean;
}

/**
 * The pages of all commits whose last frame is whole, oldest first, and how many pages the database had after the last of
 * them. Frames behind the last commit belong to none; those of an earlier life of the log have another salt.
 */
export function committedFrames(handle: number): { readonly frames: readonly CommittedPage[]; readonly pages: number } {
  const { size } = fstatSync(handle);
  const header = Buffer.alloc(headerLength);
  readSync(handle, header, 0, headerLength, 0);
  const bigEndian = header.readUInt32BE(0) === magic + 1;
  const stated: Sum = [header.readUInt32BE(24), header.readUInt32BE(28)];
  const sum = checksum(header.subarray(0, 24), [0, 0], bigEndian);
  const isWhole = sum[0] === stated[0] && sum[1] === stated[1];
  const frame = Buffer.alloc(frameHeaderLength + pageLength);
  const frames: CommittedPage[] = [];
  let before = stated;
  let [ofCommits, pages] = [0, 0];
  let salt = isWhole ? Buffer.from(header.subarray(16, 24)) : null;
  for (let at = headerLength; at + frame.length <= size; at += frame.length) {
    readSync(handle, frame, 0, frame.length, at);
    // Of a damaged header the first frame tells, which was written after it.
    salt ??= Buffer.from(frame.subarray(8, 16));
    const its: Sum = [frame.readUInt32BE(16), frame.readUInt32BE(20)];
    const found = checksum(frame.subarray(frameHeaderLength), checksum(frame.subarray(0, 8), before, bigEndian), bigEndian);
    const fits = salt.equals(frame.subarray(8, 16)) && found[0] === its[0] && found[1] === its[1];
    before = its;
    frames.push({ number: frame.readUInt32BE(0), offset: at + frameHeaderLength, isWhole: fits });
    const pagesAfter = frame.readUInt32BE(4);
    if (fits && pagesAfter !== 0) [ofCommits, pages] = [frames.length, pagesAfter];
  }
  return { frames: frames.slice(0, ofCommits), pages };
}

/** A log without a header counts as damaged only if it holds at least one commit. */
function damagedHeader(path: string, handle: number, size: number): string | null {
  const frame = Buffer.alloc(frameHeaderLength);
  for (let at = headerLength; at + frameHeaderLength <= size; at += frameHeaderLength + pageLength) {
    readSync(handle, frame, 0, frameHeaderLength, at);
    if (frame.readUInt32BE(4) !== 0 && frame.readUInt32BE(0) !== 0) return `${path} is damaged in its header.`;
  }
  return null;
}

function checksum(bytes: Buffer, start: Sum, bigEndian: boolean): Sum {
  let [a, b] = start;
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}
