import { existsSync } from 'node:fs';
import { opensFirstPage } from './cipher-pages.ts';
import type { DataFolder } from './data-folder.ts';
import { keyFingerprint, unsealDataKey, writeKeyFile, type DataKey } from './data-key.ts';
import { readLogHead, type KeptHead } from './log-head.ts';
import { StoreError } from './store-error.ts';

/**
 * Puts a lost key file back. Refuses where one exists: move it aside first if it is the wrong one; and where the key is not
 * that of the record, because the sealed file of another room lies there.
 */
export function restoreKeyFile(folder: DataFolder, typed: string): DataKey {
  const key = unsealDataKey(folder, typed);
  if (isKeyOfRecord(folder, key) === false) {
    const { path, recoveryKeyFile } = folder;
    const words = `${recoveryKeyFile} is of another room: the key in it does not open the record in ${path}. No key file was written. Put this room's own file back, from a copy of the folder or a backup.`;
    throw new StoreError('STORE_WRONG_KEY', words, recoveryKeyFile);
  }
  writeKeyFile(folder, key);
  return key;
}

/** By the kept head, or by the database where that is missing or damaged; null where neither tells. */
function isKeyOfRecord({ headFile, databaseFile }: DataFolder, key: DataKey): boolean | null {
  const head = readableHead(headFile);
  if (head !== null) return head.keyFingerprint === keyFingerprint(key);
  return existsSync(databaseFile) ? opensFirstPage(databaseFile, key) : null;
}

function readableHead(path: string): KeptHead | null {
  try {
    return readLogHead(path);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return null;
    throw error;
  }
}
