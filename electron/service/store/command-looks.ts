import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { idSchema } from '../../../shared/values/ids.ts';
import { instantSchema } from '../../../shared/values/instant.ts';
import { roomEventBodies } from '../session/events/session-event.ts';
import { checkDataFolder, createPrivateFile, dataFolderAt, readPrivateFile, removeFile, syncFolder } from './data-folder.ts';
import type { DataKey } from './data-key.ts';
import { keyedSeal } from './keyed-seal.ts';
import { fromFileError, StoreError } from './store-error.ts';

/**
 * What a command read of a room, until the room takes it into its log. Only the room writes there, and a command may
 * run beside it; so each look lies in a file of its own in the data folder, whole or not at all, and sealed with a key
 * that comes from the room's, so that nobody makes one without it.
 */
const commandLookSchema = z.object({
  /** The log has it once, however often the file is read. */
  lookId: idSchema,
  occurred: instantSchema,
  look: roomEventBodies['looked-at'],
});
export type CommandLook = z.output<typeof commandLookSchema>;

const sealedSchema = z.object({ told: commandLookSchema, seal: z.string() });

/** A room that is never started again keeps so many; then it has to be started before more is read of it. */
const waitingMax = 10_000;
const lookSuffix = '.look';
const unreadableSuffix = '.unreadable';

/** Has it on disk when it returns. Throws `StoreError`; then nothing of the room may be read. */
export function tellLook(path: string, told: CommandLook, key: DataKey): void {
  const room = dataFolderAt(path);
  checkDataFolder(room);
  const folder = looksFolder(room.path);
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { mode: 0o700 });
      syncFolder(dirname(folder));
    }
    if (readdirSync(folder).length >= waitingMax) throw tooMany(folder);
  } catch (error) {
    throw fromFileError(error, folder, 'tell the room that its record is read');
  }
  const sealed = { told, seal: sealOf(told, key) };
  createPrivateFile(fileOf(folder, told.lookId), Buffer.from(`${JSON.stringify(sealed)}\n`));
}

/** What waits for the log, the oldest first. What was not sealed with this key, or was changed since, is set aside and counted. */
export function waitingLooks(
  path: string,
  key: DataKey,
  max: number,
): { readonly looks: readonly CommandLook[]; readonly unreadable: number } {
  const folder = looksFolder(path);
  if (!existsSync(folder)) return { looks: [], unreadable: 0 };
  const names = readdirSync(folder).filter((name) => name.endsWith(lookSuffix));
  const files = names
    .toSorted()
    .slice(0, max)
    .map((name) => join(folder, name));
  const looks = files.flatMap((file) => {
    const told = readLook(file, key);
    if (told === null) renameSync(file, `${file}${unreadableSuffix}`);
    return told ?? [];
  });
  return { looks, unreadable: files.length - looks.length };
}

/** What waits, once more in another folder under another key. */
export function resealLooks(
  from: { readonly path: string; readonly key: DataKey },
  to: { readonly path: string; readonly key: DataKey },
): void {
  for (const told of waitingLooks(from.path, from.key, waitingMax).looks) tellLook(to.path, told, to.key);
}

/** The log has it. */
export function lookTaken(path: string, { lookId }: CommandLook): void {
  removeFile(fileOf(looksFolder(path), lookId));
}

function looksFolder(path: string): string {
  return join(path, 'looks');
}

function fileOf(folder: string, lookId: string): string {
  return join(folder, `${lookId}${lookSuffix}`);
}

function readLook(file: string, key: DataKey): CommandLook | null {
  const bytes = readPrivateFile(file);
  try {
    const { told, seal } = sealedSchema.parse(JSON.parse(bytes.toString('utf8')));
    return seal === sealOf(told, key) && file.endsWith(`${told.lookId}${lookSuffix}`) ? told : null;
  } catch {
    return null;
  }
}

function sealOf(told: CommandLook, key: DataKey): string {
  // By the schema, so that the order of the fields is always the same.
  return keyedSeal(key, 'vigil look of a command 1', JSON.stringify(commandLookSchema.parse(told)));
}

function tooMany(folder: string): StoreError {
  const words = `${folder} holds ${waitingMax} looks at this room that its log has not taken in. Start Vigil with this folder once, and try again.`;
  return new StoreError('STORE_FULL', words, folder);
}
