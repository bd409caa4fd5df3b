import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { PageCipher, pageLength, pageNumberOfLockByte, saltLength } from '../cipher-pages.ts';
import type { DataKey } from '../data-key.ts';
import { committedFrames, type CommittedPage } from '../wal-frames.ts';
import type { ReadPage } from './page-cells.ts';

/** Where one version of a page lies. */
interface Place {
  readonly handle: number;
  readonly offset: number;
}

/**
 * The pages of a damaged database, read without SQLite and never written: of each the newest version of a whole commit, from
 * the log or from the file. What no seal fits is not there.
 */
export class DamagedFile {
  /** As many pages as the database had: some of them may be missing. */
  readonly pages: number;
  /** A frame of a commit in the log does not fit its checksum, or the file does not begin as it did: SQLite reads past neither. */
  readonly startOrLogIsDamaged: boolean;
  /** Pages in the log of which not even the number is known. */
  readonly unplaced: number;
  readonly #handles: readonly number[];
  readonly #cipher: PageCipher;
  readonly #file: number;
  readonly #filePages: number;
  readonly #versions = new Map<number, Place[]>();
  #kept: { readonly number: number; readonly page: Buffer | null } | null = null;
  readonly #log: { readonly handle: number; readonly frames: readonly CommittedPage[] } | null;

  /** @param salt with which the file once began */
  constructor(file: string, key: DataKey, salt: Uint8Array) {
    this.#file = openSync(file, 'r');
    const log = existsSync(`${file}-wal`) ? openSync(`${file}-wal`, 'r') : null;
    this.#handles = log === null ? [this.#file] : [this.#file, log];
    this.#cipher = new PageCipher(salt, key);
    this.#filePages = Math.floor(fstatSync(this.#file).size / pageLength);
    const committed = log === null ? { frames: [], pages: 0 } : committedFrames(log);
    this.#log = log === null ? null : { handle: log, frames: committed.frames };
    const known = Math.max(this.#filePages, committed.pages);
    const start = bytesAt({ handle: this.#file, offset: 0 }).subarray(0, saltLength);
    this.startOrLogIsDamaged = !start.equals(salt) || committed.frames.some(({ isWhole }) => !isWhole);
    this.unplaced = this.#placeFrames(known);
    this.pages = Math.max(known, this.#statedPages(), ...this.#versions.keys());
  }

  /** The newest version of a page; null where it is not whole, and then nothing tells what came to it last. */
  readonly read: ReadPage = (number) => {
    if (this.#kept?.number === number) return this.#kept.page;
    const page = this.#open(number, this.#placesOf(number)[0]);
    this.#kept = { number, page };
    return page;
  };

  /** An older version of a page of which the newest is damaged. Rows of tables that only grow are true in it. */
  readEarlier(number: number): Buffer | null {
    for (const place of this.#placesOf(number).slice(1)) {
      const page = this.#open(number, place);
      if (page !== null) return page;
    }
    return null;
  }

  /** In it SQLite keeps its locks, and nothing else. */
  isUnused(number: number): boolean {
    return number === pageNumberOfLockByte(pageLength);
  }

  close(): void {
    for (const handle of this.#handles) closeSync(handle);
  }

  #placesOf(number: number): readonly Place[] {
    const inFile = number <= this.#filePages ? [{ handle: this.#file, offset: (number - 1) * pageLength }] : [];
    return [...(this.#versions.get(number) ?? []), ...inFile];
  }

  #open(number: number, place: Place | undefined): Buffer | null {
    if (place === undefined || this.isUnused(number)) return null;
    return this.#cipher.open(bytesAt(place), number);
  }

  /** A frame whose number was damaged is told by its seal, which is over the number as well. Returns how many are not. */
  #placeFrames(known: number): number {
    if (this.#log === null) return 0;
    const { handle, frames } = this.#log;
    let unplaced = 0;
    for (const { number, offset, isWhole } of frames) {
      const place = { handle, offset };
      const page = isWhole ? null : bytesAt(place);
      const found = page === null || this.#cipher.fits(page, number) ? number : this.#numberOf(page, known);
      if (found === null) unplaced += 1;
      // Where the frame is damaged, its number is most likely right: what was newest of that page is then not known.
      const at = found ?? number;
      if (at >= 1 && at <= known) this.#versions.set(at, [place, ...(this.#versions.get(at) ?? [])]);
    }
    return unplaced;
  }

  #numberOf(page: Buffer, known: number): number | null {
    for (let number = 1; number <= known; number += 1) if (this.#cipher.fits(page, number)) return number;
    return null;
  }

  /** Page 1 says how many there are, and tells of a file that was cut. */
  #statedPages(): number {
    return this.#open(1, this.#placesOf(1)[0])?.readUInt32BE(28) ?? 0;
  }
}

function bytesAt({ handle, offset }: Place): Buffer {
  const page = Buffer.alloc(pageLength);
  // What is not there any more stays zeros, which no seal fits.
  readSync(handle, page, 0, pageLength, offset);
  return page;
}

/**
 * The salt of a damaged file, with which the seals of all its pages are made: as the file has it, or a page 1 in its log, or as
 * the file would have it but for one byte, or as `earlier` tells. Null where no page fits any of them.
 */
export function findSalt(file: string, key: DataKey, earlier: Uint8Array | null): Uint8Array | null {
  const handle = openSync(file, 'r');
  const log = existsSync(`${file}-wal`) ? openSync(`${file}-wal`, 'r') : null;
  try {
    const start = Buffer.alloc(saltLength);
    readSync(handle, start, 0, saltLength, 0);
    const inLog = log === null ? [] : committedFrames(log).frames.filter(({ number }) => number === 1);
    const others = inLog.map(({ offset }) => bytesAt({ handle: log ?? handle, offset }).subarray(0, saltLength));
    const samples = samplesOf(handle);
    for (const salt of [start, ...others, ...(earlier === null ? [] : [earlier]), ...withOneByteChanged(start)]) {
      const cipher = new PageCipher(salt, key);
      if (samples.some(({ page, number }) => cipher.fits(page, number))) return Uint8Array.from(salt);
    }
    return null;
  } finally {
    closeSync(handle);
    if (log !== null) closeSync(log);
  }
}

const samplesMax = 4;

/** A few pages from all over the file: one of them is whole, unless nearly nothing is. */
function samplesOf(handle: number): { readonly page: Buffer; readonly number: number }[] {
  const count = Math.floor(fstatSync(handle).size / pageLength);
  const numbers = new Set(Array.from({ length: samplesMax }, (_, index) => 1 + Math.floor((index * count) / samplesMax)));
  numbers.add(2);
  return [...numbers]
    .filter((number) => number <= count)
    .map((number) => ({ number, page: bytesAt({ handle, offset: (number - 1) * pageLength }) }));
}

function* withOneByteChanged(salt: Buffer): Generator<Buffer> {
  for (let at = 0; at < salt.length; at += 1) {
    for (let change = 1; change < 256; change += 1) {
      const changed = Buffer.from(salt);
      changed[at] = (changed[at] ?? 0) ^ change;
      yield changed;
    }
  }
}
