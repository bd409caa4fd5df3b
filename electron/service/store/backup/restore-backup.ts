import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Instant } from '../../../../shared/values/instant.ts';
import type { Ids } from '../../platform/platform.ts';
import { dataFolderAt, syncFolder } from '../data-folder.ts';
import { writeKeyFile, type DataKey } from '../data-key.ts';
import { takeLock } from '../database.ts';
import { idToBlob } from '../event-row.ts';
import { openPrivateNotes, privateNotesFiles } from '../private-notes.ts';
import { openStore, type Store } from '../store.ts';
import { StoreError, fromFileError } from '../store-error.ts';
import { verifyDatabase, type VerifyOptions } from '../verify.ts';
import { verifyPrivateNotes } from '../verify-private-notes.ts';
import type { Verification } from '../verify-findings.ts';
import { copySynced } from './backup-destination.ts';
import { backupFiles, type BackupFile, type BackupManifest } from './backup-manifest.ts';
import type { BackupOnDisk } from './read-backup.ts';

export interface RestoreTask extends Pick<VerifyOptions, 'furtherProblems' | 'onProgress'> {
  readonly backup: BackupOnDisk;
  readonly key: DataKey;
  /** The new data folder: empty, or not there yet. */
  readonly path: string;
  readonly ids: Ids;
  readonly now: Instant;
}

/**
 * Makes a room from a backup whose files are proved, in a folder that holds nothing. It begins a new epoch: the room of
 * the backup went on under the same numbers, with other events. Its first event says which backup it came from.
 *
 *     beside the new folder: files under their names ─► new epoch ─► verified whole ─► the folder gets its name
 *
 * Throws `StoreError`; then there is no new room.
 */
export function restoreBackup({ path, ...task }: RestoreTask): Verification {
  const target = resolve(path);
  refuseWhereSomethingIs(target);
  const place = makePlace(`${target}.restoring`);
  const room = join(place.path, 'room');
  try {
    refuseWhereSomethingIs(target);
    mkdirSync(room, { mode: 0o700 });
    writeRoom(room, task);
    const verification = proveRoom(room, task);
    if (existsSync(target)) rmdirSync(target);
    renameSync(room, target);
    syncFolder(dirname(target));
    return verification;
  } catch (error) {
    throw fromFileError(error, target, 'restore the room');
  } finally {
    place.close();
  }
}

/** A folder of somebody else's, a room and one that runs: nothing is ever written over. */
function refuseWhereSomethingIs(target: string): void {
  let names: string[];
  try {
    names = existsSync(target) ? readdirSync(target) : [];
  } catch (error) {
    throw fromFileError(error, target, 'use the new data folder');
  }
  if (names.length === 0) return;
  const what = names.includes(basename(dataFolderAt(target).databaseFile)) ? 'holds a room' : 'is not empty';
  const words = `${target} ${what}. A restore never writes over anything: name a folder that is empty or does not exist yet.`;
  throw new StoreError('STORE_FOLDER_FORBIDDEN', words, target);
}

/**
 * A folder beside the new one, of one restore at a time. What one that was killed left there is removed; what is anybody
 * else's is not.
 */
function makePlace(path: string): { readonly path: string; close(): void } {
  const lockFile = join(path, 'lock');
  try {
    const left = existsSync(path) ? readdirSync(path).filter((name) => name !== 'room' && name !== 'lock') : [];
    if (left.length > 0) throw new StoreError('STORE_FOLDER_FORBIDDEN', `${path} is in the way: move it elsewhere.`, path);
    // With the folders around it, which a new account does not have.
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const lock = lockPlace(lockFile);
    rmSync(join(path, 'room'), { recursive: true, force: true });
    return { path, close: () => removePlace(path, lock) };
  } catch (error) {
    throw fromFileError(error, path, 'make the new data folder');
  }
}

function lockPlace(lockFile: string): { close(): void } {
  try {
    return takeLock(lockFile);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_LOCKED') throw error;
    throw new StoreError(
      'STORE_LOCKED',
      'Another restore into this folder is being made. Look what came of it when it has ended.',
      lockFile,
      error,
    );
  }
}

function removePlace(path: string, lock: { close(): void }): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The next restore removes it.
  } finally {
    lock.close();
  }
}

type Writing = Omit<RestoreTask, 'path'>;

function writeRoom(room: string, { backup, key, ids, now }: Writing): void {
  const folder = dataFolderAt(room);
  const nameInRoom: Readonly<Record<BackupFile['name'], string>> = {
    [backupFiles.record]: folder.databaseFile,
    [backupFiles.privateNotes]: privateNotesFiles(folder).databaseFile,
    [backupFiles.recoveryKey]: folder.recoveryKeyFile,
  };
  for (const { name, sha256 } of backup.manifest.files) {
    const file = join(backup.folder, name);
    // Once more: it may lie on a disk that is just failing.
    if (copySynced(file, nameInRoom[name]).sha256 !== sha256) {
      throw new StoreError('STORE_CORRUPT', `${file} changed while it was read. Nothing was restored.`, file);
    }
  }
  writeKeyFile(folder, key);
  const open = (): Store => openStore({ folder: room, key, ids });
  closing(open(), (store) => beginEpoch(store, backup.manifest, ids));
  closing(open(), ({ events }) => {
    const body = { takenMs: backup.manifest.takenMs, throughSeq: backup.manifest.seq };
    const times = { occurred: now, recorded: now, monoMs: 0, bootId: ids.uuid() };
    const origin = { sessionId: null, actor: 'service', commandId: null, supersedes: null } as const;
    events.appendAll([{ eventId: ids.uuid(), kind: 'room-restored', body, ...times, ...origin }]);
  });
  if (backup.manifest.files.some(({ name }) => name === backupFiles.privateNotes)) {
    const marked = closing(open(), markedNotes);
    closing(openPrivateNotes(room, key, ids), (notes) => notes.unmarkAllBut(marked));
  }
}

function beginEpoch({ database, events }: Store, { seq, hash }: BackupManifest, ids: Ids): void {
  const { head } = events;
  if (head.seq !== seq || Buffer.from(head.hash).toString('hex') !== hash) {
    throw new StoreError(
      'STORE_CORRUPT',
      `The record does not end where its backup says, at event ${seq}. Nothing was restored.`,
      database.file,
    );
  }
  const insert = database.connection.prepare(`INSERT INTO epoch (first_seq, epoch, cause) VALUES (?, ?, 'restored')`);
  database.write(() => insert.run(seq + 1, idToBlob(ids.uuid(), 'epoch')));
}

/** The notes of which the record tells. Of any other that came between the copies of the two, the room tells at its next start. */
function markedNotes({ database }: Store): ReadonlySet<string> {
  const sql = `SELECT json_extract(body, '$.noteId') FROM event_log WHERE kind = 'private-note-marked'`;
  return new Set(database.read((connection) => connection.prepare<[], string>(sql).pluck().all()));
}

/** A note that was lost before the backup keeps no room from being restored; `vigil verify` names it afterwards. */
const noNotes: readonly string[] = [];

function proveRoom(room: string, { key, furtherProblems, onProgress }: Writing): Verification {
  const verification = verifyDatabase(room, key, { ...(furtherProblems && { furtherProblems }), ...(onProgress && { onProgress }) });
  const problem = verification.problems[0]?.what ?? verifyPrivateNotes(room, key, noNotes)?.problems[0];
  if (problem === undefined) return verification;
  throw new StoreError('STORE_CORRUPT', `What the backup holds is not whole: ${problem}. Nothing was restored.`, room);
}

function closing<Opened extends { close(): void }, Result>(opened: Opened, work: (opened: Opened) => Result): Result {
  try {
    return work(opened);
  } finally {
    opened.close();
  }
}
