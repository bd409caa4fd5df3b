import { existsSync } from 'node:fs';
import { findBrokenPages } from './cipher-pages.ts';
import { openCopy, refusePlainFile } from './database.ts';
import { dataFolderAt } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
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

/** Null where private notes were never begun. Reads a private copy; the original is left as it is. */
export function verifyPrivateNotes(path: string, dataKey: DataKey): PrivateVerification | null {
  const folder = dataFolderAt(path);
  if (!privateNotesBegun(folder)) return null;
  const { databaseFile, headFile } = privateNotesFiles(folder);
  const gone = `${databaseFile} is missing, but private notes were begun here: put it back from a backup`;
  if (!existsSync(databaseFile)) return { notes: 0, authors: 0, problems: [gone] };
  const key = privateFileKey(dataKey);
  const kept = readLogHead(headFile);
  if (kept !== null && kept.keyFingerprint !== keyFingerprint(key)) {
    return { notes: 0, authors: 0, problems: [`${databaseFile} belongs to another room`] };
  }
  return withPrivateCopy(databaseFile, (copy) => verifyCopy(copy, databaseFile, key));
}

const problemsMax = 20;

function verifyCopy(copy: string, told: string, key: DataKey): PrivateVerification {
  try {
    refusePlainFile(copy, told);
    const connection = openCopy(copy, key);
    try {
      const problems = findBrokenPages(copy, key, problemsMax).broken.map((page) => `${told}: page ${page} has been changed`);
      if (versionOf(connection) > privateStoreVersion) problems.push(`${told} was written by a newer Vigil`);
      if (connection.pragma('integrity_check', { simple: true }) !== 'ok') problems.push(`SQLite finds ${told} inconsistent`);
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
