import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { syncFolder, type DataFolder } from './data-folder.ts';
import { takeLock } from './database.ts';
import { fromFileError } from './store-error.ts';

/**
 * How a room comes under a new data key all at once, though it has many files:
 *
 *     new-key.begun/   the files under the new key are being written       the old key opens; a start removes it
 *     new-key/         all of them are there and proved                    the new key opens, once they have moved
 *
 * The name is what tells, and it is given by one rename. From then on each file moves over the one that it replaces: cut
 * short there, the rest is moved by whoever opens the room next, before anything is read.
 */
export function begunFolder({ newKeyFolder }: DataFolder): string {
  return `${newKeyFolder}.begun`;
}

/** Told before each of what is done in turn. */
export type OnMove = (done: number, of: number) => void;

/** Everything in the begun folder is on disk and proved: from now on the new key is that of the room. */
export function giveName(folder: DataFolder): void {
  const begun = begunFolder(folder);
  for (const name of readdirSync(begun)) if (statSync(join(begun, name)).isDirectory()) syncFolder(join(begun, name));
  syncFolder(begun);
  renameSync(begun, folder.newKeyFolder);
  syncFolder(folder.path);
}

/** For whoever opens the room to write: ends a rotation that was cut short, one way or the other. Throws `StoreError`. */
export function settleRotation(folder: DataFolder): void {
  if (!existsSync(folder.newKeyFolder) && !existsSync(begunFolder(folder))) return;
  // Whoever rotates holds it.
  const lock = takeLock(folder.lockFile);
  try {
    endRotation(folder);
  } finally {
    lock.close();
  }
}

/** As `settleRotation`, for whoever holds the lock. */
export function endRotation(folder: DataFolder, onMove: OnMove = () => undefined): void {
  try {
    rmSync(begunFolder(folder), { recursive: true, force: true });
    if (!existsSync(folder.newKeyFolder)) return;
    moveIntoPlace(folder, folder.newKeyFolder, onMove);
    rmSync(folder.newKeyFolder, { recursive: true, force: true });
    syncFolder(folder.path);
  } catch (error) {
    throw fromFileError(error, folder.newKeyFolder, 'put the files of the new key in their places');
  }
}

/** Moves every file to its name in the data folder, and takes away what is under the old key and made anew by itself. */
export function moveIntoPlace(folder: DataFolder, from: string, onMove: OnMove = () => undefined): void {
  const files = filesIn(from);
  // First: with it the shells find the room's key, whatever is moved yet.
  files.sort((a, b) => Number(basename(b) === 'key') - Number(basename(a) === 'key') || a.localeCompare(b));
  const touched = new Set([folder.path]);
  for (const [index, file] of files.entries()) {
    onMove(index, files.length + 1);
    const to = join(folder.path, relative(from, file));
    // Of the file that goes. It was brought into that file before it was copied.
    for (const log of ['-wal', '-shm']) rmSync(to + log, { force: true });
    renameSync(file, to);
    touched.add(dirname(to));
  }
  onMove(files.length, files.length + 1);
  for (const path of touched) syncFolder(path);
  // What a key store sealed is the old key. No backup opens with the new one yet: the room makes one as soon as it may.
  const { derivedFile, keyFile, backupNoteFile } = folder;
  for (const file of [derivedFile, `${derivedFile}-journal`, `${keyFile}.sealed`, backupNoteFile]) rmSync(file, { force: true });
}

function filesIn(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const file = join(path, name);
    return statSync(file).isDirectory() ? filesIn(file) : [file];
  });
}
