import { lstatSync } from 'node:fs';
import { dataFolderAt } from './data-folder.ts';

/** Whether a record was ever begun in this folder, also where its database has since gone missing. Opens nothing. */
export function roomExists(path: string): boolean {
  const { databaseFile, headFile } = dataFolderAt(path);
  return [databaseFile, `${databaseFile}-wal`, headFile].some((file) => lstatSync(file, { throwIfNoEntry: false }) !== undefined);
}
