import { existsSync, statSync } from 'node:fs';
import { openCopy } from './database.ts';
import { dataFolderAt } from './data-folder.ts';
import type { DataKey } from './data-key.ts';
import { withPrivateCopy } from './private-copy.ts';
import { StoreError, causeCode } from './store-error.ts';

/** A row of `derived.db` as it stands there, whether it counts or not. */
export interface KeptRow {
  readonly subject: string;
  readonly throughSeq: number;
  readonly hash: Buffer;
  readonly body: string;
}

const attemptsMax = 5;

/**
 * The facts of sessions that a folder keeps beside its log, by session. None where the file is missing, was made by
 * another version or cannot be read: the room then makes it anew. None either where the room writes to it all the time:
 * it has no log, so that a copy made meanwhile is of two ages.
 */
export function readKeptFacts(path: string, key: DataKey, version: string): ReadonlyMap<string, KeptRow> {
  const { derivedFile } = dataFolderAt(path);
  for (let attempt = 0; attempt < attemptsMax && existsSync(derivedFile); attempt += 1) {
    const before = changeOf(derivedFile);
    const rows = withPrivateCopy(derivedFile, (copy) => rowsIn(copy, key, version));
    if (changeOf(derivedFile) === before) return new Map(rows.map((row) => [row.subject, row]));
  }
  return new Map();
}

function rowsIn(copy: string, key: DataKey, version: string): KeptRow[] {
  try {
    const connection = openCopy(copy, key);
    try {
      const by = connection.prepare<[], string>('SELECT version FROM worked_out_by').pluck().get();
      const sql = `SELECT subject, through_seq AS throughSeq, hash, body FROM derived_row WHERE projection = 'session-facts'`;
      return by === version ? connection.prepare<[], KeptRow>(sql).all() : [];
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError) && !causeCode(error).startsWith('SQLITE_')) throw error;
    return [];
  }
}

function changeOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return `${stat?.ino} ${stat?.size} ${stat?.mtimeNs}`;
}
