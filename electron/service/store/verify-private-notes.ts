import { existsSync } from 'node:fs';
import { findBrokenPages } from './cipher-pages.ts';
import { openCopy } from './database.ts';
import { refusePlainFile } from './database-file.ts';
import { dataFolderAt } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import { idToBlob } from './event-row.ts';
import { readLogHead } from './log-head.ts';
import { versionOf } from './migrate.ts';
import { withPrivateCopy } from './private-copy.ts';
import { privateFileKey } from './private-seal.ts';
import { privateNotesBegun, privateNotesFiles, privateStoreVersion } from './private-notes.ts';
import { StoreError, causeCode } from './store-error.ts';

/** How many notes there are, and whether the file is whole. The text of the notes stays sealed. */
export interface PrivateVerification {
  readonly notes: number;
  readonly authors: number;
  readonly problems: readonly string[];
}

/**
 * Null where private notes were never begun. Reads a private copy; the original is left as it is.
 *
 * @param markedNotes the ids of those that the record says exist, from a copy that was made before: a note is kept
 *   first and marked then, so that each of them has to be in the file
 */
export function verifyPrivateNotes(path: string, dataKey: DataKey, markedNotes: readonly string[]): PrivateVerification | null {
  const folder = dataFolderAt(path);
  if (!privateNotesBegun(folder) && markedNotes.length === 0) return null;
  const { databaseFile, headFile } = privateNotesFiles(folder);
  if (!existsSync(databaseFile)) {
    const because = markedNotes.length === 0 ? 'private notes were begun here' : `the record tells of ${privateNotes(markedNotes.length)}`;
    return { notes: 0, authors: 0, problems: [`${databaseFile} is missing, but ${because}: put it back from a backup`] };
  }
  const key = privateFileKey(dataKey);
  const kept = readLogHead(headFile);
  if (kept !== null && kept.keyFingerprint !== keyFingerprint(key)) {
    return { notes: 0, authors: 0, problems: [`${databaseFile} belongs to another room`] };
  }
  return withPrivateCopy(databaseFile, (copy) => verifyCopy(copy, databaseFile, key, markedNotes));
}

function privateNotes(count: number): string {
  return count === 1 ? '1 private note' : `${count} private notes`;
}

const problemsMax = 20;

function verifyCopy(copy: string, told: string, key: DataKey, markedNotes: readonly string[]): PrivateVerification {
  try {
    refusePlainFile(copy, told);
    const connection = openCopy(copy, key);
    try {
      const problems = findBrokenPages(copy, key, problemsMax).broken.map((page) => `${told}: page ${page} has been changed`);
      if (versionOf(connection) > privateStoreVersion) problems.push(`${told} was written by a newer Vigil`);
      if (connection.pragma('integrity_check', { simple: true }) !== 'ok') problems.push(`SQLite finds ${told} inconsistent`);
      const isThere = connection.prepare<[Buffer], number>('SELECT 1 FROM note WHERE note_id = ?').pluck();
      const lost = markedNotes.filter((id) => isThere.get(idToBlob(id, 'noteId')) === undefined).length;
      if (lost > 0)
        problems.push(
          `${told} lacks ${privateNotes(lost)} that the record tells of: an older copy was put back, or the file was begun anew`,
        );
      const count = (table: string): number => connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
      return { notes: count('note'), authors: count('author'), problems };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError) && !causeCode(error).startsWith('SQLITE_')) throw error;
    const why = error instanceof StoreError ? error.message.replaceAll(copy, told) : `${told} could not be read to the end`;
    return { notes: 0, authors: 0, problems: [why] };
  }
}
