import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { copySynced } from '../backup/backup-destination.ts';
import type { DataFolder } from '../data-folder.ts';
import { privateNotesFiles } from '../private-notes.ts';
import { causeCode } from '../store-error.ts';

/**
 * Copies what else lies in a data folder: the sealed recovery key, captures, copies from before an update, the clinic's codes.
 * Not what the new room makes itself, and no secret of another start: a salvaged room has a key file, as a restored one has.
 * Returns the files that could not be read.
 */
export function copyOtherFiles(damaged: DataFolder, room: DataFolder): string[] {
  const databases = [damaged.databaseFile, damaged.derivedFile, privateNotesFiles(damaged).databaseFile].map((file) => basename(file));
  const own = new Set([
    basename(damaged.headFile),
    basename(damaged.keyFile),
    'key.sealed',
    'checkpoint-key',
    'checkpoint-key.sealed',
    'page-token',
  ]);
  const isMadeAnew = (name: string): boolean =>
    own.has(name) ||
    /(?:^|\.)lock$|\.head$/.test(name) ||
    databases.some((database) => name === database || name.startsWith(`${database}-`));
  return copyFolder(damaged.path, room.path, isMadeAnew);
}

function copyFolder(from: string, to: string, isLeftOut: (name: string) => boolean): string[] {
  return readdirSync(from, { withFileTypes: true }).flatMap((entry) => {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (isLeftOut(entry.name)) return [];
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true, mode: 0o700 });
      return copyFolder(source, target, () => false);
    }
    if (!entry.isFile()) return [];
    return copied(source, target) ? [] : [source];
  });
}

/** What a failing disk does not give is named, and keeps nothing else from being saved. */
function copied(source: string, target: string): boolean {
  try {
    copySynced(source, target);
    return true;
  } catch (error) {
    if (['ENOSPC', 'EDQUOT', 'EROFS'].includes(causeCode(error))) throw error;
    return false;
  }
}
