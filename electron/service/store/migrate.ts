import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { openCopy, type Database } from './database.ts';
import { makePrivate, syncFile, syncFolder } from './data-folder.ts';
import type { DataKey } from './data-key.ts';
import { eventLog } from './migrations/0010-event-log.ts';
import { readingLog } from './migrations/0020-reading-log.ts';
import { waveLog } from './migrations/0030-wave-log.ts';
import { command } from './migrations/0040-command.ts';
import { lookup } from './migrations/0050-lookup.ts';
import { checkpoint } from './migrations/0060-checkpoint.ts';
import { looks } from './migrations/0070-looks.ts';
import type { Migration } from './migrations/migration.ts';
import { StoreError } from './store-error.ts';

export const migrations: readonly Migration[] = [eventLog, readingLog, waveLog, command, lookup, checkpoint, looks];
export const newestVersion = migrations.at(-1)?.version ?? 0;

export interface MigrateOptions {
  readonly key: DataKey;
  readonly backupFolder: string;
  readonly steps?: readonly Migration[];
  /** Told before the database is copied and changed, which takes as long as its file is large. */
  readonly onUpdate?: () => void;
}

export interface MigrateOutcome {
  readonly from: number;
  readonly to: number;
  /** The verified copy of the database as it was, where there was one. */
  readonly backupFile: string | null;
}

/** Brings the database to the newest version in one transaction, after a verified backup of one that holds anything. */
export function migrate(database: Database, { key, backupFolder, steps = migrations, onUpdate }: MigrateOptions): MigrateOutcome {
  assertInOrder(steps);
  const from = versionOf(database.connection);
  const to = steps.at(-1)?.version ?? 0;
  if (from > to) {
    throw new StoreError(
      'STORE_NEWER',
      `${database.file} was written by a newer Vigil (version ${from}; this one knows ${to}).`,
      database.file,
    );
  }
  const pending = steps.filter((step) => step.version > from);
  if (pending.length === 0) return { from, to, backupFile: null };
  onUpdate?.();
  const backupFile = from === 0 ? null : backUp(database, key, backupFolder, `vigil-${padded(from)}-before-${padded(to)}`);
  database.write(() => {
    for (const step of pending) database.connection.exec(step.sql);
    database.connection.pragma(`user_version=${to}`);
  });
  return { from, to, backupFile };
}

function assertInOrder(steps: readonly Migration[]): void {
  let before = 0;
  for (const step of steps) {
    if (step.version <= before || !Number.isInteger(step.version))
      throw new Error(`migration ${step.version} ${step.name} is out of order`);
    before = step.version;
  }
}

/** A copy in one file under the same key, compared with the original table by table before it counts. */
export function backUp(database: Database, key: DataKey, backupFolder: string, name: string): string {
  mkdirSync(backupFolder, { recursive: true, mode: 0o700 });
  let file = join(backupFolder, `${name}.db`);
  // An earlier attempt's backup is kept: it may be the better one.
  for (let attempt = 2; existsSync(file); attempt += 1) file = join(backupFolder, `${name}-${attempt}.db`);
  database.read((connection) => connection.prepare('VACUUM INTO ?').run(file));
  makePrivate(file);
  // SQLite does not sync what VACUUM INTO writes.
  syncFile(file);
  syncFolder(backupFolder);
  const copy = openCopy(file, key);
  try {
    const damage = copy.pragma('integrity_check', { simple: true });
    const same = JSON.stringify(rowCounts(copy)) === JSON.stringify(database.read(rowCounts));
    if (damage !== 'ok' || !same) {
      throw new StoreError('STORE_FAILED', `The backup ${file} differs from the database; nothing was changed.`, file);
    }
  } finally {
    copy.close();
  }
  return file;
}

function rowCounts(connection: Connection): readonly unknown[] {
  const tables = connection.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();
  const counts = tables.map((table) => [table, connection.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get()]);
  return [versionOf(connection), ...counts];
}

export function versionOf(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

function padded(version: number): string {
  return String(version).padStart(4, '0');
}
