import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFolderAt, readPrivateFile } from '../data-folder.ts';
import { readKeyFile, unsealDataKey, type DataKey } from '../data-key.ts';
import { newestVersion } from '../migrate.ts';
import { StoreError, fromFileError } from '../store-error.ts';
import { fileProblem, namesIn } from './backup-destination.ts';
import { backupFiles, decodeManifest, manifestFile, type BackupManifest, type ReadManifest } from './backup-manifest.ts';
import { takenMsOf } from './backup-name.ts';

/** A backup on a disk. What its manifest says is proved only by `keyOfBackup`. */
export interface BackupOnDisk extends ReadManifest {
  readonly folder: string;
  readonly manifest: BackupManifest;
}

/**
 * The backup in a folder, or the newest one among the backups in it. Throws `StoreError` where there is none, where they
 * are of several rooms, or where its manifest cannot be read.
 */
export function findBackup(from: string): BackupOnDisk {
  const folder = existsSync(join(from, manifestFile)) ? from : newestIn(from);
  const file = join(folder, manifestFile);
  const read = decodeManifest(readPrivateFile(file).toString('utf8'));
  if (read === 'damaged')
    throw new StoreError('STORE_CORRUPT', `${file} is damaged: it does not say what the backup holds. ${another}`, file);
  const version = read === 'newer' ? null : read.manifest.storeVersion;
  if (read === 'newer' || read.manifest.storeVersion > newestVersion) {
    const words = `${folder} was written by a newer Vigil${version === null ? '' : ` (version ${version}; this one knows ${newestVersion})`}. Update Vigil.`;
    throw new StoreError('STORE_NEWER', words, folder);
  }
  return { folder, ...read };
}

const another = 'Take the backup before it.';

function newestIn(from: string): string {
  let isFolder: boolean;
  try {
    isFolder = statSync(from).isDirectory();
  } catch (error) {
    throw fromFileError(error, from, 'find the backup');
  }
  const names = isFolder ? namesIn(from).filter((name) => takenMsOf(name) !== null) : [];
  const newest = names.toSorted().at(-1);
  if (newest === undefined) throw new StoreError('STORE_FAILED', `${from} is no backup, and holds none.`, from);
  const rooms = new Set(names.map((name) => name.slice(0, name.lastIndexOf('-'))));
  if (rooms.size === 1) return join(from, furthest(from, names, newest));
  throw new StoreError(
    'STORE_FAILED',
    `${from} holds backups of ${rooms.size} rooms. Name one of them, for example ${join(from, newest)}.`,
    from,
  );
}

/**
 * Of the same epoch the one that holds most: a name says what the clock said when it was given, and that may have been
 * wrong. A backup that cannot be read is not passed over: whoever restores is told of it.
 */
function furthest(from: string, names: readonly string[], newest: string): string {
  const manifests = new Map(names.map((name) => [name, manifestIn(join(from, name))]));
  const last = manifests.get(newest);
  if (last === undefined || last === null) return newest;
  const seqOf = (name: string): number => {
    const manifest = manifests.get(name);
    return manifest?.epoch === last.epoch ? manifest.seq : -1;
  };
  return names.reduce((best, name) => (seqOf(name) > seqOf(best) ? name : best), newest);
}

function manifestIn(folder: string): BackupManifest | null {
  const file = join(folder, manifestFile);
  if (!existsSync(file)) return null;
  const read = decodeManifest(readPrivateFile(file).toString('utf8'));
  return typeof read === 'string' ? null : read.manifest;
}

/** Throws `StoreError`, which names the file, where one is missing, cut or not what was written. */
export function proveFiles({ folder, manifest }: BackupOnDisk): void {
  for (const file of manifest.files) {
    const problem = fileProblem(folder, file);
    if (problem !== null) throw new StoreError('STORE_CORRUPT', `${problem}. Nothing was restored. ${another}`, join(folder, file.name));
  }
}

/** What opens a backup: the printed recovery key as it was typed, or the key file of the room. */
export type BackupKey = { readonly typed: string } | { readonly keyFile: string };

/** The data key, where it is that of this backup and the manifest is as it was sealed. Throws `StoreError`. */
export function keyOfBackup(backup: BackupOnDisk, from: BackupKey): DataKey {
  const { folder } = backup;
  const key =
    'typed' in from
      ? unsealDataKey({ ...dataFolderAt(folder), recoveryKeyFile: recoveryKeyIn(backup) }, from.typed)
      : readKeyFile({ ...dataFolderAt(folder), keyFile: from.keyFile });
  if (backup.isSealedBy(key)) return key;
  if ('typed' in from) {
    const file = join(folder, manifestFile);
    throw new StoreError('STORE_CORRUPT', `${file} was changed since it was written. Nothing was restored. ${another}`, file);
  }
  const words = `${from.keyFile} does not open ${folder}: it is the key of another room, or ${manifestFile} there was changed.`;
  throw new StoreError('STORE_WRONG_KEY', words, from.keyFile);
}

function recoveryKeyIn({ folder, manifest }: BackupOnDisk): string {
  if (manifest.files.some(({ name }) => name === backupFiles.recoveryKey)) return join(folder, backupFiles.recoveryKey);
  const words = `The room of ${basename(folder)} had no recovery key. Its key file opens the backup.`;
  throw new StoreError('STORE_WRONG_KEY', words, folder);
}
