import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { dataFolderAt, syncFolder } from './data-folder.ts';
import { takeLock } from './database.ts';
import { StoreError, fromFileError } from './store-error.ts';

/** What makes a room out of something else: `restore`, with its unfinished folder beside the new one. */
interface Making {
  readonly name: 'restore' | 'salvage';
  /** What the name of the unfinished folder ends in. */
  readonly unfinished: `.${string}`;
}

/**
 * Makes the data folder of a room, all or nothing: `fill` writes it beside the place where it is to be, and it gets its name
 * when all of it is proved. What is killed leaves no room, and its folder is removed by the next.
 *
 * Throws `StoreError`; then there is no new room.
 */
export function makeNewRoom<Result>(path: string, making: Making, fill: (room: string) => Result): Result {
  const target = resolve(path);
  refuseWhereSomethingIs(target, making);
  const place = makePlace(`${target}${making.unfinished}`, making);
  const room = join(place.path, 'room');
  try {
    refuseWhereSomethingIs(target, making);
    mkdirSync(room, { mode: 0o700 });
    const result = fill(room);
    if (existsSync(target)) rmdirSync(target);
    renameSync(room, target);
    syncFolder(dirname(target));
    return result;
  } catch (error) {
    throw fromFileError(error, target, `${making.name} the room`);
  } finally {
    place.close();
  }
}

/** A folder of somebody else's, a room and one that runs: nothing is ever written over. */
function refuseWhereSomethingIs(target: string, { name }: Making): void {
  let names: string[];
  try {
    names = existsSync(target) ? readdirSync(target) : [];
  } catch (error) {
    throw fromFileError(error, target, 'use the new data folder');
  }
  if (names.length === 0) return;
  const what = names.includes(basename(dataFolderAt(target).databaseFile)) ? 'holds a room' : 'is not empty';
  const words = `${target} ${what}. A ${name} never writes over anything: name a folder that is empty or does not exist yet.`;
  throw new StoreError('STORE_FOLDER_FORBIDDEN', words, target);
}

/**
 * A folder beside the new one, of one making at a time. What one that was killed left there is removed; what is anybody
 * else's is not.
 */
function makePlace(path: string, making: Making): { readonly path: string; close(): void } {
  const lockFile = join(path, 'lock');
  try {
    const left = existsSync(path) ? readdirSync(path).filter((name) => name !== 'room' && name !== 'lock') : [];
    if (left.length > 0) throw new StoreError('STORE_FOLDER_FORBIDDEN', `${path} is in the way: move it elsewhere.`, path);
    // With the folders around it, which a new account does not have.
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const lock = lockPlace(lockFile, making);
    rmSync(join(path, 'room'), { recursive: true, force: true });
    return { path, close: () => removePlace(path, lock) };
  } catch (error) {
    throw fromFileError(error, path, 'make the new data folder');
  }
}

function lockPlace(lockFile: string, { name }: Making): { close(): void } {
  try {
    return takeLock(lockFile);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_LOCKED') throw error;
    const words = `Another ${name} into this folder is being made. Look what came of it when it has ended.`;
    throw new StoreError('STORE_LOCKED', words, lockFile, error);
  }
}

function removePlace(path: string, lock: { close(): void }): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The next one removes it.
  } finally {
    lock.close();
  }
}
