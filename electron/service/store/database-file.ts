import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createPrivateFile } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import { readLogHead } from './log-head.ts';
import { StoreError, causeCode, fromFileError } from './store-error.ts';
import { refuseDamagedLog } from './wal-frames.ts';

/** What is looked at of a database's files before SQLite opens them. */

interface DatabasePlace {
  readonly file: string;
  readonly headFile: string;
  readonly key: DataKey;
}

const plainHeader = 'SQLite format 3\0';

export function refuseReadOnly(file: string): void {
  for (const path of [dirname(file), file, `${file}-wal`, `${file}-shm`]) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      if (causeCode(error) === 'ENOENT' && path !== dirname(file)) continue;
      if (causeCode(error) !== 'ENOENT') {
        const words = `${path} cannot be written to (${causeCode(error)}): the disk or the file is read-only. Vigil cannot record here.`;
        throw new StoreError('STORE_READ_ONLY', words, path, error);
      }
      throw fromFileError(error, path, 'find the data folder');
    }
  }
}

/** Looks at the file before SQLite does, and makes an empty one for a room that never had any. */
export function prepareFile({ file, headFile, key }: DatabasePlace): void {
  const size = existsSync(file) ? statSync(file).size : null;
  const wal = `${file}-wal`;
  const walExists = existsSync(wal) && statSync(wal).size > 0;
  const head = readLogHead(headFile);
  const gone = 'It is not made anew: put it back from a backup.';
  if (head !== null && size === null)
    throw new StoreError('STORE_CORRUPT', `${file} is missing, but this room has been set up. ${gone}`, file);
  if (head !== null && size === 0 && !walExists) {
    throw new StoreError('STORE_CORRUPT', `${file} is empty, but this room has been set up. ${gone}`, file);
  }
  if (size === null && walExists) throw new StoreError('STORE_CORRUPT', `${file} is missing, but its log ${wal} is there. ${gone}`, file);
  if (size === null) return createPrivateFile(file, new Uint8Array());
  refusePlainFile(file, file);
  if (head !== null && head.keyFingerprint !== keyFingerprint(key)) throw wrongKey(file);
  if (walExists) refuseDamagedLog(wal);
}

/** @param told the name of the file in the message, where `file` is a copy of it */
export function refusePlainFile(file: string, told: string): void {
  if (readStart(file) !== plainHeader) return;
  throw new StoreError(
    'STORE_NOT_ENCRYPTED',
    `${told} is a plain, unencrypted SQLite file. Vigil did not write it and will not use it.`,
    told,
  );
}

function readStart(file: string): string {
  const start = Buffer.alloc(plainHeader.length);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, start, 0, start.length, 0);
  } finally {
    closeSync(handle);
  }
  return start.toString('latin1');
}

export function wrongKey(file: string, cause?: unknown): StoreError {
  const words = `The key does not open ${file}. It belongs to another room or was replaced; the recovery key brings the right one back.`;
  return new StoreError('STORE_WRONG_KEY', words, file, cause);
}
