import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { existingFolder, readPrivateFile, syncFile, type DataFolder } from '../data-folder.ts';
import { takeLock } from '../database.ts';
import type { DataKey } from '../data-key.ts';
import { StoreError } from '../store-error.ts';
import {
  checkDestination,
  copySynced,
  fileProblem,
  isSameDisk,
  makeWholeFolder,
  namesIn,
  refuseWithoutSpace,
  removeBackup,
  removeUnfinished,
} from './backup-destination.ts';
import { backupFiles, decodeManifest, encodeManifest, manifestFile, type BackupFile, type BackupManifest } from './backup-manifest.ts';
import { backupName, backupsAmong, unfinishedAmong } from './backup-name.ts';
import { withBackupSource, type BackupSource } from './backup-source.ts';
import { backupsToRemove } from './kept-backups.ts';

/** What is being done, in this order. */
export const backupSteps = ['copy', 'write', 'compare', 'keep'] as const;
export type BackupStep = (typeof backupSteps)[number];

export interface BackupTask {
  /** The data folder. */
  readonly path: string;
  readonly key: DataKey;
  /** The folder of the backups, of one room or of many. */
  readonly to: string;
  readonly nowMs: number;
  /** Of Vigil. */
  readonly version: string;
  /** `share` of the step, 0 to 1; null where it is not known. */
  readonly onStep?: (step: BackupStep, share: number | null) => void;
}

export interface Backup {
  readonly name: string;
  readonly manifest: BackupManifest;
  /** Older ones that the rule no longer keeps, by name. */
  readonly removed: readonly string[];
  /** Why older ones are there still that the rule no longer keeps; null where none is. */
  readonly notRemoved: string | null;
  readonly sameDisk: boolean;
}

/**
 * Writes a backup of a room: its record and its private notes, encrypted as they are, and what opens them with the
 * printed recovery key. The room may be recording; it is neither locked nor waited for.
 *
 *     private copies, proved ─► written, synced ─► read back, compared ─► its own name ─► older ones by the rule
 *
 * Throws `StoreError`; then there is no new backup, and those from before are as they were.
 */
export function writeBackup({ path, key, to, nowMs, version, onStep = () => undefined }: BackupTask): Backup {
  const folder = existingFolder(path);
  checkDestination(to, folder.path);
  const sameDisk = isSameDisk(to, folder.path);
  const lock = lockBackups(folder);
  try {
    onStep('copy', null);
    return withBackupSource(
      folder,
      key,
      (source) => {
        const name = backupName(source.content.roomId, nowMs);
        const about = { ...source.content, version, takenMs: nowMs };
        const files = filesOf(folder, source);
        makeRoomFor(to, name, about.roomId, files);
        const manifest = makeWholeFolder(to, name, (unfinished) => writeFiles({ unfinished, files, about, key, onStep }));
        onStep('keep', null);
        return { name, manifest, ...removeOld({ to, name, manifest, key }), sameDisk };
      },
      (done, of) => onStep('copy', done / of),
    );
  } finally {
    lock.close();
  }
}

function lockBackups({ path }: DataFolder): { close(): void } {
  const lockFile = join(path, 'backup.lock');
  try {
    return takeLock(lockFile);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_LOCKED') throw error;
    throw new StoreError('STORE_LOCKED', 'Another backup of this room is being made. Try again when it has ended.', lockFile, error);
  }
}

interface SourceFile {
  readonly from: string;
  readonly name: BackupFile['name'];
}

function filesOf({ recoveryKeyFile }: DataFolder, { record, privateNotes }: BackupSource): readonly SourceFile[] {
  return [
    { from: record, name: backupFiles.record },
    ...(privateNotes === null ? [] : [{ from: privateNotes, name: backupFiles.privateNotes }]),
    ...(existsSync(recoveryKeyFile) ? [{ from: recoveryKeyFile, name: backupFiles.recoveryKey }] : []),
  ];
}

function makeRoomFor(to: string, name: string, roomId: string, files: readonly SourceFile[]): void {
  const names = namesIn(to);
  if (names.includes(name)) throw new StoreError('STORE_FAILED', `${join(to, name)} is there already.`, to);
  for (const left of unfinishedAmong(names, roomId)) removeUnfinished(join(to, left));
  refuseWithoutSpace(
    to,
    files.reduce((sum, { from }) => sum + statSync(from).size, 0),
  );
}

interface Writing extends Required<Pick<BackupTask, 'onStep' | 'key'>> {
  readonly unfinished: string;
  readonly files: readonly SourceFile[];
  readonly about: Omit<BackupManifest, 'files'>;
}

/** Writes all files, then their manifest, and reads both back. */
function writeFiles({ unfinished, files, about, key, onStep }: Writing): BackupManifest {
  const written: BackupFile[] = [];
  for (const { from, name } of files) {
    onStep('write', written.length / files.length);
    written.push({ name, ...copySynced(from, join(unfinished, name)) });
  }
  const manifest = { ...about, files: written };
  const file = join(unfinished, manifestFile);
  writeFileSync(file, encodeManifest(manifest, key), { mode: 0o600, flag: 'wx' });
  syncFile(file);
  onStep('compare', null);
  const problem = written.map((one) => fileProblem(unfinished, one)).find((found) => found !== null);
  if (problem !== undefined)
    throw new StoreError('STORE_FAILED', `${problem}: the disk did not keep it. There is no new backup.`, unfinished);
  const read = decodeManifest(readPrivateFile(file).toString('utf8'));
  if (typeof read === 'string' || !read.isSealedBy(key)) {
    throw new StoreError('STORE_FAILED', `${file} is not what was written: the disk did not keep it. There is no new backup.`, file);
  }
  return manifest;
}

interface Keeping {
  readonly to: string;
  /** The one that was just written: kept, whatever the clock said when others were. */
  readonly name: string;
  readonly manifest: BackupManifest;
  readonly key: DataKey;
}

/** Only what has a manifest that was sealed with this room's key was written by it. */
function removeOld({ to, name: newest, manifest, key }: Keeping): Pick<Backup, 'removed' | 'notRemoved'> {
  const removed: string[] = [];
  try {
    const own = backupsAmong(namesIn(to), manifest.roomId).filter(({ name }) => isReplaced(join(to, name, manifestFile), manifest, key));
    for (const { name } of backupsToRemove(own)) {
      if (name === newest) continue;
      removeBackup(to, name);
      removed.push(name);
    }
    return { removed, notRemoved: null };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { removed, notRemoved: error.message };
  }
}

/**
 * Whether a backup may make way for this one at all: of the same epoch, because that of a room before its restore holds
 * what the restored one lost, and not the last that the printed key opens.
 */
function isReplaced(file: string, by: BackupManifest, key: DataKey): boolean {
  if (!existsSync(file)) return false;
  const read = decodeManifest(readPrivateFile(file).toString('utf8'));
  if (typeof read === 'string' || !read.isSealedBy(key) || read.manifest.epoch !== by.epoch) return false;
  return hasRecoveryKey(by) || !hasRecoveryKey(read.manifest);
}

function hasRecoveryKey({ files }: BackupManifest): boolean {
  return files.some(({ name }) => name === backupFiles.recoveryKey);
}
