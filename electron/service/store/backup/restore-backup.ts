import { join } from 'node:path';
import type { Instant } from '../../../../shared/values/instant.ts';
import type { Ids } from '../../platform/platform.ts';
import { dataFolderAt } from '../data-folder.ts';
import { writeKeyFile, type DataKey } from '../data-key.ts';
import { idToBlob } from '../event-row.ts';
import { makeNewRoom } from '../new-room.ts';
import { openPrivateNotes, privateNotesFiles } from '../private-notes.ts';
import { openStore, type Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
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
  return makeNewRoom(path, { name: 'restore', unfinished: '.restoring' }, (room) => {
    writeRoom(room, task);
    return proveRoom(room, task);
  });
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
