import { lstatSync, readdirSync } from 'node:fs';
import { dataFolderAt } from './data-folder.ts';
import { causeCode } from './store-error.ts';

/**
 * Whether a record was ever begun in this folder, also where its database has since gone missing: a backup, an
 * unfinished log and a sealed recovery key are traces of one too. Opens nothing and makes nothing.
 */
export function roomExists(path: string): boolean {
  const { databaseFile, headFile, recoveryKeyFile, backupFolder } = dataFolderAt(path);
  const traces = [databaseFile, `${databaseFile}-wal`, headFile, recoveryKeyFile];
  return traces.some((file) => lstatSync(file, { throwIfNoEntry: false }) !== undefined) || holdsAnything(backupFolder);
}

function holdsAnything(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    // What cannot be looked into may hold a record.
    return causeCode(error) !== 'ENOENT';
  }
}
