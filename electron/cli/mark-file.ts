import { existsSync, readFileSync } from 'node:fs';
import { fromFileError, StoreError } from '../service/store/store-error.ts';
import type { DataKey } from '../service/store/data-key.ts';
import { decodeMark, encodeMark, type VerifiedMark } from '../service/store/verified-mark.ts';
import { writeWholeFile } from '../service/store/whole-file.ts';

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
  try {
    writeWholeFile(file, encodeMark(mark, key));
  } catch (error) {
    throw fromFileError(error, file, 'write what was verified');
  }
}
