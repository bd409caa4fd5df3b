import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { pageLength } from './cipher-pages.ts';
import type { Connection, OpenConnection, Statement } from './connection.ts';
import { createPrivateFile } from './data-folder.ts';
import { assertDataKey, type DataKey } from './data-key.ts';
import { prepareFile, refuseReadOnly, wrongKey } from './database-file.ts';
import { readLogHead } from './log-head.ts';
import { refuseNetworkFolder } from './network-folder.ts';
import { StoreError, causeCode, fromFileError, recoverAdvice } from './store-error.ts';

/**
 * The encrypted database file and the only importer of SQLite.
 *
 *     lock file ──► header ──► key ──► version ──► pragmas set, read back ──► first write ──► read back again
 *
 * Nothing is trusted to a default: this build drops to `synchronous=NORMAL` in WAL mode unless told otherwise,
 * and NORMAL loses acknowledged events in a power loss.
 *
 * POSIX locks belong to a process, not to a handle: closing any other handle on the database file would drop
 * SQLite's lock. So the file is touched only before SQLite opens it, and a second file, which only SQLite ever
 * opens, is what keeps a second process out.
 */
export interface OpenDatabaseOptions {
  readonly file: string;
  /** Raw 256-bit key. */
  readonly key: DataKey;
  /** Held for as long as the database is open. */
  readonly lockFile: string;
  /** Outlives the database file: tells a new room from one whose database is gone, and a wrong key from damage. */
  readonly headFile: string;
  /** A higher `user_version` was written by a newer Vigil and is left alone. */
  readonly newestVersion: number;
  /** `one`, where it is left out: no other connection reads it, not even of this process. `readers`: those of `openReader` may. */
  readonly connections?: Connections;
}

/**
 * A connection of this process that only reads (`openReader`) may hold SQLite's lock for writing for a moment, where it began
 * to read in the middle of a commit. That moment is waited for and refuses nothing; no other process is ever waited for.
 */
const readerWaitMs = 1000;
/** 4 MB of pages: checkpoints keep the write-ahead log under 8 MB. */
const walAutocheckpointPages = 2000;
const walSizeLimitBytes = 8 * 1024 * 1024;
const unsyncedCachePages = 64;

type PragmaValue = string | number;
const macOs = process.platform === 'darwin';

interface RequiredPragma {
  readonly name: string;
  readonly value: PragmaValue;
  readonly set?: PragmaValue;
}

type Connections = 'one' | 'readers';

/** What must be in force, as SQLite states it when asked. `set` is what to say where that differs. */
const requiredPragmas: readonly RequiredPragma[] = [
  { name: 'page_size', value: pageLength },
  { name: 'journal_mode', value: 'wal' },
  { name: 'synchronous', value: 2, set: 'FULL' },
  { name: 'foreign_keys', value: 1 },
  { name: 'recursive_triggers', value: 1 },
  { name: 'trusted_schema', value: 0 },
  { name: 'cell_size_check', value: 1 },
  { name: 'temp_store', value: 2, set: 'MEMORY' },
  { name: 'wal_autocheckpoint', value: walAutocheckpointPages },
  { name: 'journal_size_limit', value: walSizeLimitBytes },
  // Elsewhere fsync reaches the disk by itself; on macOS only this does.
  ...(macOs
    ? [
        { name: 'fullfsync', value: 1 },
        { name: 'checkpoint_fullfsync', value: 1 },
      ]
    : []),
];

/** With readers the index of the log is a file of shared memory beside it; without, it is this connection's own. */
const byConnections: Readonly<Record<Connections, readonly RequiredPragma[]>> = {
  one: [
    { name: 'locking_mode', value: 'exclusive' },
    { name: 'busy_timeout', value: 0 },
  ],
  readers: [
    { name: 'locking_mode', value: 'normal' },
    { name: 'busy_timeout', value: readerWaitMs },
  ],
};

/** Loaded on first use, so that importing this file costs nothing and a wrong Node can be refused in words. */
let binding: OpenConnection | undefined;
function loadBinding(path: string): OpenConnection {
  if (binding !== undefined) return binding;
  const napi = Number(process.versions['napi'] ?? 0);
  if (!(napi >= 10)) {
    const words = `The database needs Node 22.14 or newer (Node-API 10); this is Node ${process.versions.node} (Node-API ${napi}).`;
    throw new StoreError('STORE_FAILED', words, path);
  }
  binding = createRequire(import.meta.url)('better-sqlite3') as OpenConnection;
  return binding;
}

/**
 * Opens a room's database for writing, or makes it where the room was never set up.
 * Throws `StoreError`; then nothing was changed, created anew or erased.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  assertDataKey(options.key);
  refuseReadOnly(options.file);
  refuseNetworkFolder(dirname(options.file));
  const lock = takeLock(options.lockFile);
  let connection: Connection | undefined;
  try {
    prepareFile(options);
    connection = connect(options.file, options.key);
    readVersion(connection, options);
    setPragmas(connection, options);
    proveDurable(connection, options);
    return new Database(options.file, connection, lock);
  } catch (error) {
    connection?.close();
    lock.close();
    throw toStoreError(error, options.file);
  }
}

/**
 * A second connection to the record of a room that this process has open, for another thread of it: nothing can be written
 * through it, and the one that records neither waits for it nor sees it. What is read is as of the first read of a
 * transaction. No read may stay open: the log grows for as long as one does.
 */
export function openReader(file: string, key: DataKey): Database {
  assertDataKey(key);
  const connection = connect(file, key, 'checked', { timeout: readerWaitMs, readonly: true });
  try {
    for (const pragma of ['query_only=1', 'trusted_schema=0', 'cell_size_check=1', 'temp_store=MEMORY']) connection.pragma(pragma);
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return new Database(file, connection, { close: () => undefined });
  } catch (error) {
    connection.close();
    throw toStoreError(error, file);
  }
}

/**
 * Opens a private copy of a database for inspection, checkpointed into one file. Takes no lock: nobody else knows the copy.
 *
 * @param pages `proved`: the seal of every page of this copy was found whole, so that SQLite need not check it at each reading
 */
export function openCopy(file: string, key: DataKey, pages: 'checked' | 'proved' = 'checked'): Connection {
  assertDataKey(key);
  const connection = connect(file, key, pages);
  try {
    connection.pragma('trusted_schema=0');
    connection.pragma('cell_size_check=1');
    connection.pragma('temp_store=MEMORY');
    connection.pragma('locking_mode=exclusive');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    connection.pragma('wal_checkpoint(TRUNCATE)');
    return connection;
  } catch (error) {
    connection.close();
    throw toStoreError(error, file);
  }
}

/**
 * Opens a file that may be lost at any time, or makes it: no write to it waits for the disk. A power loss in the middle of
 * one may damage it.
 */
export function openUnsynced(file: string, key: DataKey): Connection {
  assertDataKey(key);
  if (!existsSync(file)) createPrivateFile(file, new Uint8Array());
  const connection = connect(file, key);
  try {
    const pragmas = ['locking_mode=exclusive', 'journal_mode=MEMORY', 'synchronous=OFF', 'temp_store=MEMORY', 'trusted_schema=0'];
    for (const pragma of [...pragmas, 'cell_size_check=1', `cache_size=${unsyncedCachePages}`]) connection.pragma(pragma);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function connect(
  file: string,
  key: DataKey,
  pages: 'checked' | 'proved' = 'checked',
  as: { readonly timeout: number; readonly readonly?: true } = { timeout: 0 },
): Connection {
  const connection = new (loadBinding(file))(file, { ...as, fileMustExist: true });
  const rawKey = Buffer.from(`x'${Buffer.from(key).toString('hex')}'`, 'latin1');
  try {
    connection.pragma("cipher='sqlcipher'");
    connection.pragma('legacy=4');
    connection.pragma(`legacy_page_size=${pageLength}`);
    connection.pragma(`page_size=${pageLength}`);
    connection.pragma(`hmac_check=${pages === 'checked' ? 1 : 0}`);
    connection.key(rawKey);
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    rawKey.fill(0);
  }
  return connection;
}

/**
 * The right to write in this folder: SQLite's RESERVED lock on an empty file. It is taken at once or not at all, and
 * the operating system releases it when the process ends.
 */
export function takeLock(lockFile: string): { close(): void } {
  try {
    if (!existsSync(lockFile)) createPrivateFile(lockFile, new Uint8Array());
  } catch (error) {
    if (!(error instanceof StoreError && causeCode(error.cause) === 'EEXIST')) throw error;
  }
  let connection: Connection | undefined;
  try {
    connection = new (loadBinding(lockFile))(lockFile, { timeout: 0, fileMustExist: true });
    // Otherwise a journal beside it would outlive a killed process, and those who start next would all reach for it.
    connection.pragma('journal_mode=MEMORY');
    connection.exec('BEGIN IMMEDIATE');
    return connection;
  } catch (error) {
    connection?.close();
    throw toStoreError(error, lockFile);
  }
}

function readVersion(connection: Connection, options: OpenDatabaseOptions): void {
  // Before the first read: it is what decides where the index of the log lies.
  connection.pragma(`locking_mode=${options.connections === 'readers' ? 'normal' : 'exclusive'}`);
  let version: unknown;
  try {
    version = connection.pragma('user_version', { simple: true });
  } catch (error) {
    if (causeCode(error) !== 'SQLITE_NOTADB') throw error;
    // The kept head knows the key, where there is one; then it is the first page that is wrong.
    throw readLogHead(options.headFile) === null ? wrongKey(options.file, error) : damaged(options.file, error);
  }
  if (typeof version === 'number' && version <= options.newestVersion) return;
  throw new StoreError(
    'STORE_NEWER',
    `${options.file} was written by a newer Vigil (version ${String(version)}; this one knows ${options.newestVersion}). Update Vigil.`,
    options.file,
  );
}

function setPragmas(connection: Connection, { file, connections = 'one' }: OpenDatabaseOptions): void {
  const required = [...byConnections[connections], ...requiredPragmas];
  for (const { name, value, set } of required) connection.pragma(`${name}=${set ?? value}`);
  readBack(connection, { file, connections });
}

function readBack(connection: Connection, { file, connections = 'one' }: Pick<OpenDatabaseOptions, 'file' | 'connections'>): void {
  for (const { name, value } of [...byConnections[connections], ...requiredPragmas]) {
    const actual = connection.pragma(name, { simple: true });
    if (actual !== value) {
      const words = `SQLite runs with ${name}=${String(actual)} instead of ${value}; records would not be safe. Vigil does not run like this.`;
      throw new StoreError('STORE_FAILED', words, file);
    }
  }
}

/** One real write (the same version number again), because only a write shows which sync mode is in force and that the disk takes it. */
function proveDurable(connection: Connection, options: OpenDatabaseOptions): void {
  const version = Number(connection.pragma('user_version', { simple: true }));
  connection.pragma(`user_version=${version}`);
  readBack(connection, options);
}

function damaged(file: string, cause: unknown): StoreError {
  return new StoreError('STORE_CORRUPT', `${file} is damaged (${causeCode(cause)}). ${recoverAdvice}`, file, cause);
}

function full(file: string, cause: unknown): StoreError {
  const words = `The disk that holds ${file} is full. Nothing more is recorded until there is space.`;
  return new StoreError('STORE_FULL', words, file, cause);
}

/** Puts SQLite's error codes into ours. `isCommitting`: of the last step of a write, which may be on disk though the disk failed at it. */
export function toStoreError(error: unknown, file: string, isCommitting = false): StoreError {
  if (error instanceof StoreError) return error;
  const code = causeCode(error);
  if (code === '') throw error;
  const family = code.split('_', 2).join('_');
  switch (family) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new StoreError('STORE_LOCKED', `${file} is in use: Vigil is already running with this data folder.`, file, error);
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return damaged(file, error);
    case 'SQLITE_FULL':
      return full(file, error);
    case 'SQLITE_READONLY':
      return new StoreError('STORE_READ_ONLY', `${file} cannot be written to: the disk or the file is read-only.`, file, error);
    case 'SQLITE_IOERR':
    case 'SQLITE_CANTOPEN':
      // The index of the log, a file beside it, could not grow.
      if (code === 'SQLITE_IOERR_SHMSIZE') return full(file, error);
      return new StoreError('STORE_FAILED', `The disk failed at ${file} (${code}).`, file, error, isCommitting);
    default:
      return code.startsWith('SQLITE_')
        ? new StoreError('STORE_FAILED', `${file}: ${code} ${error instanceof Error ? error.message : ''}`.trimEnd(), file, error)
        : fromFileError(error, file, 'use the database');
  }
}

export class Database {
  readonly file: string;
  readonly #connection: Connection;
  readonly #lock: { close(): void };
  readonly #begin: Statement<[]>;
  readonly #commit: Statement<[]>;
  readonly #rollback: Statement<[]>;
  #failure: StoreError | null = null;

  constructor(file: string, connection: Connection, lock: { close(): void }) {
    this.file = file;
    this.#connection = connection;
    this.#lock = lock;
    this.#begin = connection.prepare('BEGIN IMMEDIATE');
    this.#commit = connection.prepare('COMMIT');
    this.#rollback = connection.prepare('ROLLBACK');
  }

  get connection(): Connection {
    if (!this.#connection.open) throw new StoreError('STORE_FAILED', `${this.file} has been closed.`, this.file);
    return this.#connection;
  }

  /** What `work` wrote is on disk when this returns; when it throws, nothing of it is. */
  write<Result>(work: () => Result): Result {
    if (this.#failure !== null) throw this.#failure;
    if (this.connection.inTransaction) throw new StoreError('STORE_FAILED', `${this.file}: a write was begun inside another.`, this.file);
    let isCommitting = false;
    try {
      this.#begin.run();
      const result = work();
      if (result instanceof Promise) throw new TypeError('a write cannot wait: its transaction would end before it');
      isCommitting = true;
      this.#commit.run();
      return result;
    } catch (error) {
      throw this.#abandon(error, isCommitting);
    }
  }

  /** Runs a read, with SQLite's errors in our words. */
  read<Result>(work: (connection: Connection) => Result): Result {
    try {
      return work(this.connection);
    } catch (error) {
      throw toStoreError(error, this.file);
    }
  }

  close(): void {
    if (!this.#connection.open) return;
    try {
      this.#connection.close();
    } finally {
      this.#lock.close();
    }
  }

  #abandon(error: unknown, isCommitting: boolean): unknown {
    try {
      if (this.#connection.inTransaction) this.#rollback.run();
    } catch {
      // The first error is the one to tell; a handle that cannot roll back is not used again.
      this.#failure = this.#mustReopen(error);
    }
    const family = causeCode(error);
    // After a failed sync the kernel may call lost pages clean: the handle is done, and only a fresh open tells what is on disk.
    if (family.startsWith('SQLITE_IOERR') || family.startsWith('SQLITE_CORRUPT')) this.#failure = this.#mustReopen(error);
    return family === '' ? error : toStoreError(error, this.file, isCommitting);
  }

  #mustReopen(error: unknown): StoreError {
    const told = toStoreError(error, this.file);
    return new StoreError(told.code, `${told.message} The database must be reopened before anything more is recorded.`, this.file, error);
  }
}
