import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { backupFiles } from '../backup/backup-manifest.ts';
import type { BackupOnDisk } from '../backup/read-backup.ts';
import { saltLength } from '../cipher-pages.ts';
import type { DataKey } from '../data-key.ts';
import { StoreError } from '../store-error.ts';

/** What a backup tells of its room, where the pages that say it are lost. */
export interface ToldByBackup {
  readonly roomId: string;
  readonly epoch: string;
  /** With which the room's files begin. */
  readonly recordSalt: Uint8Array | null;
  readonly notesSalt: Uint8Array | null;
}

/** Throws `StoreError` where the backup is another room's. Its files need not be whole: what they tell is proved by what it opens. */
export function toldByBackup(backup: BackupOnDisk, key: DataKey): ToldByBackup {
  const { folder, manifest } = backup;
  if (!backup.isSealedBy(key)) {
    throw new StoreError('STORE_WRONG_KEY', `${folder} is a backup of another room, or its manifest was changed. Name another.`, folder);
  }
  const { roomId, epoch } = manifest;
  return {
    roomId,
    epoch,
    recordSalt: startOf(join(folder, backupFiles.record)),
    notesSalt: startOf(join(folder, backupFiles.privateNotes)),
  };
}

function startOf(file: string): Uint8Array | null {
  if (!existsSync(file)) return null;
  const handle = openSync(file, 'r');
  try {
    const start = Buffer.alloc(saltLength);
    return readSync(handle, start, 0, saltLength, 0) === saltLength ? start : null;
  } finally {
    closeSync(handle);
  }
}
