import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { causeCode } from './store-error.ts';

/** Beside the record; clinic IT puts it there. */
export const hl7TableName = 'hl7-codes.json';

/** The text of a clinic's own table of HL7 codes; null where there is none. Throws where it is there and cannot be read. */
export function readHl7Table(folder: string): string | null {
  try {
    return readFileSync(join(folder, hl7TableName), 'utf8');
  } catch (error) {
    if (causeCode(error) === 'ENOENT') return null;
    throw error;
  }
}
