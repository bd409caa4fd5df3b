import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { causeCode, fromFileError, StoreError } from '../service/store/store-error.ts';
import type { DataKey } from '../service/store/data-key.ts';
import { decodeMark, encodeMark, type VerifiedMark } from '../service/store/verified-mark.ts';

/** The mark of an earlier verification; null where there is none yet. Throws `StoreError` for a file that is no mark of this room. */
export function readMark(file: string, key: DataKey): VerifiedMark | null {
  if (!existsSync(file)) return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw fromFileError(error, file, 'read what was verified');
  }
  const mark = decodeMark(text, key);
  if (mark !== null) return mark;
  const words = `${file} does not tell of a verification of this room, or was changed since. Without --since everything is read.`;
  throw new StoreError('STORE_CORRUPT', words, file);
}

/** Whole or not at all. */
export function writeMark(file: string, mark: VerifiedMark, key: DataKey): void {
  const begun = `${file}.part`;
  try {
    writeFileSync(begun, encodeMark(mark, key), { mode: 0o600 });
    renameSync(begun, file);
  } catch (error) {
    if (causeCode(error) !== 'EISDIR') rmSync(begun, { force: true });
    throw fromFileError(error, file, 'write what was verified');
  }
}
