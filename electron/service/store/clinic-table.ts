import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { causeCode } from './store-error.ts';

/** The text of a table that clinic IT put beside the record; null where there is none. Throws where it is there and cannot be read. */
export function readClinicTable(folder: string, fileName: string): string | null {
  try {
    return readFileSync(join(folder, fileName), 'utf8');
  } catch (error) {
    if (causeCode(error) === 'ENOENT') return null;
    throw error;
  }
}
