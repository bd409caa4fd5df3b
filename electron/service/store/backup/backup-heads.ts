import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile } from '../data-folder.ts';
import type { DataKey } from '../data-key.ts';
import type { EarlierHead } from '../earlier-heads.ts';
import { namesIn } from './backup-destination.ts';
import { decodeManifest, manifestFile } from './backup-manifest.ts';
import { takenMsOf } from './backup-name.ts';

export interface BackupHeads {
  readonly heads: readonly EarlierHead[];
  /** The backups whose manifest could not be read, or was not sealed with this key as it stands: another room's, or a changed one. */
  readonly unread: readonly string[];
}

/** Where the log stood at each backup in a folder, of whichever rooms. Throws `StoreError` where there is no such folder. */
export function readBackupHeads(folder: string, key: DataKey): BackupHeads {
  const heads: EarlierHead[] = [];
  const unread: string[] = [];
  for (const name of namesIn(folder).toSorted()) {
    const file = join(folder, name, manifestFile);
    if (takenMsOf(name) === null || !existsSync(file)) continue;
    const read = decodeManifest(readPrivateFile(file).toString('utf8'));
    if (typeof read === 'string' || !read.isSealedBy(key)) {
      unread.push(name);
      continue;
    }
    const { roomId, epoch, seq, hash, takenMs } = read.manifest;
    heads.push({ roomId, epoch, seq, hash, toldBy: `the backup ${name}`, lies: 'elsewhere', atMs: takenMs });
  }
  return { heads, unread };
}
