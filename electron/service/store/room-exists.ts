import { lstatSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { dataFolderAt, type DataFolder } from './data-folder.ts';
import { StoreError } from './store-error.ts';

/** Whether a record was ever begun in this folder, also where its database has since gone missing. Opens nothing. */
export function roomExists(path: string): boolean {
  const folder = dataFolderAt(path);
  return recordIsThere(folder) || traceOf(folder) !== null;
}

/**
 * Refuses a folder whose record is gone as a whole, database and kept head. What else is left tells that there was one:
 * begun anew beside it, the room would get another recovery key, and the printed one would open nothing any more.
 */
export function refuseLostRecord(folder: DataFolder): void {
  // In this order: another process may be making the room just now, and makes what tells of it last.
  const trace = traceOf(folder);
  if (trace === null || recordIsThere(folder)) return;
  const { path, databaseFile, headFile } = folder;
  const gone = `${basename(databaseFile)} and ${basename(headFile)}`;
  throw new StoreError(
    'STORE_CORRUPT',
    `${path} has lost its record: ${gone} are missing, but ${trace} is there, so that a room was set up here. Nothing was made anew. Put the missing files back, from a copy of the whole folder; a new room belongs into an empty folder.`,
    databaseFile,
  );
}

function recordIsThere({ databaseFile, headFile }: DataFolder): boolean {
  return [databaseFile, `${databaseFile}-wal`, headFile].some(isThere);
}

/**
 * What is only made where a record is there already. A key is none: it is made first, and serves again after a start that
 * was broken off.
 */
function traceOf({ recoveryKeyFile, derivedFile, backupFolder }: DataFolder): string | null {
  const file = [recoveryKeyFile, derivedFile].find(isThere) ?? (isEmptyOrMissing(backupFolder) ? undefined : backupFolder);
  return file === undefined ? null : basename(file);
}

function isEmptyOrMissing(folder: string): boolean {
  return !isThere(folder) || readdirSync(folder).length === 0;
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
