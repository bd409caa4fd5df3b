import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { syncFolder } from '../data-folder.ts';
import { StoreError, causeCode, fromFileError } from '../store-error.ts';
import { backupFiles, manifestFile, type BackupFile } from './backup-manifest.ts';
import { unfinishedSuffix } from './backup-name.ts';

const doing = 'write the backup';
const chunkLength = 1_048_576;

/**
 * The folder that backups are written to, which somebody made: one that Vigil made itself where a disk should be would
 * take every backup onto the disk that the record is on. Throws `StoreError`.
 */
export function checkDestination(to: string, dataFolder: string): void {
  let stats;
  try {
    stats = statSync(to);
  } catch (error) {
    if (causeCode(error) !== 'ENOENT' && causeCode(error) !== 'ENOTDIR') throw fromFileError(error, to, 'use the folder for backups');
    const words = `${to}: there is no such folder. Connect the disk or the share it lies on, or make the folder.`;
    throw new StoreError('STORE_FAILED', words, to, error);
  }
  if (!stats.isDirectory()) throw new StoreError('STORE_FAILED', `${to} is not a folder. Name one for the backups.`, to);
  const fromRoom = relative(realpathSync(dataFolder), realpathSync(to));
  if (fromRoom === '' || (fromRoom !== '..' && !fromRoom.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(fromRoom))) {
    const words = `${to} lies in the data folder, with which it would be lost. Name a folder on another disk.`;
    throw new StoreError('STORE_FOLDER_FORBIDDEN', words, to);
  }
  try {
    accessSync(to, constants.W_OK);
  } catch (error) {
    throw fromFileError(error, to, doing);
  }
}

/** Whether both lie on one disk, as far as the system tells: then a backup does not outlive it. */
export function isSameDisk(to: string, dataFolder: string): boolean {
  return statSync(to).dev === statSync(dataFolder).dev;
}

export function refuseWithoutSpace(to: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(to);
  if (bavail * bsize >= bytes) return;
  const [needs, has] = [bytes, bavail * bsize].map((count) => `${Math.ceil(count / 1_000_000)} MB`);
  throw new StoreError('STORE_FULL', `The backup takes ${needs}, and ${to} has ${has}. Free some space there.`, to);
}

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw fromFileError(error, folder, 'read the folder of the backups');
  }
}

/**
 * Makes the folder `name` in `to`, all or nothing: `fill` writes into one of another name, which gets its own when all
 * of it is on disk. What is left of one that fails is removed at once, where the disk still lets it be.
 */
export function makeWholeFolder<Result>(to: string, name: string, fill: (unfinished: string) => Result): Result {
  const unfinished = join(to, name + unfinishedSuffix);
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    const result = fill(unfinished);
    syncFolderIfItCan(unfinished);
    renameSync(unfinished, join(to, name));
    syncFolderIfItCan(to);
    return result;
  } catch (error) {
    removeUnfinished(unfinished);
    throw fromFileError(error, unfinished, doing);
  }
}

/** A share on the network knows no sync of a folder. */
function syncFolderIfItCan(path: string): void {
  try {
    syncFolder(path);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EISDIR'].includes(causeCode(error))) throw error;
  }
}

/** Copies a file and syncs it. Returns what was read. */
export function copySynced(from: string, to: string): { readonly bytes: number; readonly sha256: string } {
  const target = openSync(to, 'wx', 0o600);
  try {
    const found = readThrough(from, (chunk, at) => {
      for (let done = 0; done < chunk.length;) done += writeSync(target, chunk, done, chunk.length - done, at + done);
    });
    fsyncSync(target);
    return found;
  } finally {
    closeSync(target);
  }
}

/** Reads a file to its end, in pieces. Throws what the disk says. */
export function readThrough(
  file: string,
  take: (chunk: Uint8Array, at: number) => void = () => undefined,
): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256');
  const source = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(chunkLength);
    let bytes = 0;
    for (;;) {
      const length = readSync(source, chunk, 0, chunk.length, bytes);
      if (length === 0) return { bytes, sha256: hash.digest('hex') };
      hash.update(chunk.subarray(0, length));
      take(chunk.subarray(0, length), bytes);
      bytes += length;
    }
  } finally {
    closeSync(source);
  }
}

/** What is wrong with a file of a backup, in words; null: it is as it was written. */
export function fileProblem(folder: string, { name, bytes, sha256 }: BackupFile): string | null {
  const file = join(folder, name);
  try {
    const found = readThrough(file);
    if (found.bytes !== bytes) return `${file} is cut: it has ${found.bytes} bytes, and had ${bytes}`;
    return found.sha256 === sha256 ? null : `${file} is not what was written`;
  } catch (error) {
    return causeCode(error) === 'ENOENT' ? `${file} is missing` : `${file} cannot be read (${causeCode(error)})`;
  }
}

/** Takes a backup away whole: it loses its name first, so that a kill leaves none that looks like one. */
export function removeBackup(to: string, name: string): void {
  try {
    renameSync(join(to, name), join(to, name + unfinishedSuffix));
    removeFolder(join(to, name + unfinishedSuffix));
  } catch (error) {
    throw fromFileError(error, join(to, name), 'remove an old backup');
  }
}

/** What was begun and not ended. Where it cannot be removed, because of the disk or of what somebody put there, it stays. */
export function removeUnfinished(folder: string): void {
  try {
    removeFolder(folder);
  } catch {
    // No reader takes it for a backup; the next one tries again.
  }
}

/** Removes what Vigil writes into a backup, and the folder where nothing else is in it. */
function removeFolder(folder: string): void {
  for (const name of [...Object.values(backupFiles), manifestFile]) rmSync(join(folder, name), { force: true });
  rmdirSync(folder);
}
