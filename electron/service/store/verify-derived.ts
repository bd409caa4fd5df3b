import { existsSync, statSync } from 'node:fs';
import { openCopy } from './database.ts';
import { dataFolderAt } from './data-folder.ts';
import type { DataKey } from './data-key.ts';
import type { DerivedRow } from './derived-rows.ts';
import { withPrivateCopy } from './private-copy.ts';
import { StoreError, causeCode } from './store-error.ts';

/** A row of `derived.db` as it stands there, whether it counts or not. */
export interface KeptRow {
  readonly subject: string;
  readonly throughSeq: number;
  readonly hash: Buffer;
  readonly body: string;
}

export interface KeptBesideLog {
  /** Of sessions, by session. */
  readonly facts: ReadonlyMap<string, KeptRow>;
  /** The settled part of the controlled-drug log. */
  readonly drugLog: KeptRow | null;
}

const nothingKept: KeptBesideLog = { facts: new Map(), drugLog: null };
const attemptsMax = 5;

/**
 * What a folder keeps beside its log. Nothing where the file is missing, was made by another version or cannot be read:
 * the room then makes it anew. Nothing either where the room writes to it all the time: it has no log, so that a copy made
 * meanwhile is of two ages.
 */
export function readKeptRows(path: string, key: DataKey, version: string): KeptBesideLog {
  const { derivedFile } = dataFolderAt(path);
  for (let attempt = 0; attempt < attemptsMax && existsSync(derivedFile); attempt += 1) {
    const before = changeOf(derivedFile);
    const kept = keptAt(derivedFile, key, version);
    if (changeOf(derivedFile) === before) return kept;
  }
  return nothingKept;
}

/** Nothing that stands in the place of the file, and no damage to it, is in the way of a verification. */
function keptAt(file: string, key: DataKey, version: string): KeptBesideLog {
  try {
    return withPrivateCopy(file, (copy) => keptIn(copy, key, version));
  } catch (error) {
    if (!(error instanceof StoreError) && causeCode(error) === '') throw error;
    return nothingKept;
  }
}

function keptIn(copy: string, key: DataKey, version: string): KeptBesideLog {
  const connection = openCopy(copy, key);
  try {
    const by = connection.prepare<[], string>('SELECT version FROM worked_out_by').pluck().get();
    if (by !== version) return nothingKept;
    const rows = connection.prepare<[DerivedRow['projection']], KeptRow>(
      'SELECT subject, through_seq AS throughSeq, hash, body FROM derived_row WHERE projection = ?',
    );
    const facts = new Map(rows.all('session-facts').map((row) => [row.subject, row]));
    return { facts, drugLog: rows.get('drug-log') ?? null };
  } finally {
    connection.close();
  }
}

function changeOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return `${stat?.ino} ${stat?.size} ${stat?.mtimeNs}`;
}
