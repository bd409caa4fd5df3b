import {
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  readdirSync,
  rmSync,
  statSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pageLength, pageNumberOfLockByte } from './cipher-pages.ts';
import { toStoreError } from './database.ts';
import { StoreError, causeCode, fromFileError } from './store-error.ts';
import { findWalDamage, walGeneration } from './wal-frames.ts';

/**
 * A private copy of a database: encrypted like it, in the folder for temporary files, removed when the work is done.
 *
 * SQLite cannot open a database without writing beside it or locking it, and neither may happen to a record that is
 * examined, least of all while a room records into it. The copy needs no lock: SQLite changes the file only where it
 * moves pages there from its log, and until the log is begun anew each of those pages stands in the log as well. So a
 * copy of the file and then of the log is the record as of the last commit in that log, if the log was not begun anew
 * in between. Where it was, the copy is made again.
 */
const prefix = 'vigil-copy-';
const attemptsMax = 20;
const chunkLength = 512 * pageLength;

/** Told how many bytes of the file are copied, and of how many. */
export type OnBytes = (done: number, of: number) => void;

/**
 * Runs `work` on a private copy of a database file. Throws `StoreError` for what SQLite finds wrong there, and where there
 * is no space for one, or the room writes faster than it can be copied.
 */
export function withPrivateCopy<Result>(file: string, work: (copy: string) => Result, onBytes: OnBytes = () => undefined): Result {
  const { copy, remove } = makePrivateCopy(file, onBytes);
  try {
    return work(copy);
  } catch (error) {
    throw aboutOriginal(error, copy, file);
  } finally {
    remove();
  }
}

export interface PrivateCopy {
  readonly copy: string;
  remove(): void;
}

/** The same copy for work that waits for something outside: whoever makes it removes it. */
export function makePrivateCopy(file: string, onBytes: OnBytes = () => undefined): PrivateCopy {
  const place = makePrivateFolder();
  const remove = (): void => rmSync(place, { recursive: true, force: true });
  try {
    refuseWithoutSpace(file);
    const copy = join(place, basename(file));
    copyConsistently(file, copy, onBytes);
    return { copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs `work` with a folder for its owner alone that is removed when the work is done, or by the next if the process is killed. */
export function withPrivateFolder<Result>(work: (place: string) => Result): Result {
  const place = makePrivateFolder();
  try {
    return work(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function makePrivateFolder(): string {
  removeLeftCopies();
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** What is wrong with a copy is said of the file that it was made of: the copy is gone when somebody reads it. */
export function aboutOriginal(error: unknown, copy: string, file: string): unknown {
  if (!(error instanceof StoreError) && !causeCode(error).startsWith('SQLITE_')) return error;
  const { code, message, path, cause } = toStoreError(error, file);
  return new StoreError(code, message.replaceAll(copy, file), path.replace(copy, file), cause);
}

/** Removes what processes left that were killed: a copy is named after its process. */
export function removeLeftCopies(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another account's.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return causeCode(error) !== 'ESRCH';
  }
}

function refuseWithoutSpace(file: string): void {
  const needed = sizeOf(file) + sizeOf(`${file}-wal`);
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize >= needed) return;
  const [needs, has] = [needed, bavail * bsize].map((bytes) => `${Math.ceil(bytes / 1_000_000)} MB`);
  const words = `A copy of ${file} is needed, and there is no space for it: it takes ${needs}, and ${tmpdir()} has ${has}. Name a folder with more space in the variable TMPDIR (on Windows TEMP).`;
  throw new StoreError('STORE_FULL', words, tmpdir());
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function copyConsistently(file: string, copy: string, onBytes: OnBytes): void {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    try {
      const before = walGeneration(`${file}-wal`);
      copyFile(file, copy, onBytes);
      if (existsSync(`${file}-wal`)) copyLog(`${file}-wal`, `${copy}-wal`);
      else rmSync(`${copy}-wal`, { force: true });
      if (walGeneration(`${file}-wal`) === before) return;
    } catch (error) {
      // The log of a room that was just ended.
      if (causeCode(error) !== 'ENOENT' || !existsSync(file)) throw fromFileError(error, file, 'copy the database');
    }
  }
  throw new StoreError('STORE_LOCKED', `${file} is being written to faster than it can be copied. Try again at a quieter moment.`, file);
}

/**
 * A room may write to its log while it is copied: of a frame that is written just then a part may be missing, with whole
 * ones after it, which looks like damage. A copy that nobody wrote beside is as the log is.
 */
function copyLog(log: string, copy: string): void {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const before = changeOf(log);
    copyFile(log, copy, () => undefined);
    if (changeOf(log) === before || findWalDamage(copy) === null) return;
  }
}

function changeOf(file: string): string {
  const { size, mtimeNs } = statSync(file, { bigint: true });
  return `${size} ${mtimeNs}`;
}

function copyFile(from: string, to: string, onBytes: OnBytes): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'w', 0o600);
    try {
      const chunk = Buffer.alloc(chunkLength);
      const { size } = fstatSync(source);
      for (const { at, length } of chunksOf(size)) {
        writeAll(target, chunk.subarray(0, readSync(source, chunk, 0, length, at)), at);
        onBytes(at + length, size);
      }
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

/** A file in pieces, without the page of the locks: nothing stands there, and on Windows a running room lets nobody read it. */
export function* chunksOf(size: number): Generator<{ readonly at: number; readonly length: number }> {
  const locks = (pageNumberOfLockByte(pageLength) - 1) * pageLength;
  for (let at = 0; at < size;) {
    if (at === locks) at += pageLength;
    const end = Math.min(at + chunkLength, size, at < locks ? locks : Infinity);
    if (end > at) yield { at, length: end - at };
    at = Math.max(end, at);
  }
}

function writeAll(handle: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done, bytes.length - done, at + done);
}
