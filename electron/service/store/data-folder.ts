import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StoreError, causeCode, fromFileError } from './store-error.ts';

/** The files of one room. Only the account that runs Vigil may look inside. */
export interface DataFolder {
  readonly path: string;
  readonly databaseFile: string;
  /** Held locked by the one process that writes. Only SQLite may open it: a second handle would drop the lock. */
  readonly lockFile: string;
  /** The last acknowledged event, outside the database; see `log-head.ts`. */
  readonly headFile: string;
  /** What can be worked out again; see `derived-rows.ts`. */
  readonly derivedFile: string;
  readonly keyFile: string;
  readonly recoveryKeyFile: string;
  readonly backupFolder: string;
  /** When the room itself last made a backup, and where. */
  readonly backupNoteFile: string;
  readonly logFolder: string;
  /** There while files under a new data key take their places; see `new-key-folder.ts`. */
  readonly newKeyFolder: string;
}

const windows = process.platform === 'win32';
const othersMayNot = 0o077;

export function dataFolderAt(path: string): DataFolder {
  const folder = resolve(path);
  return {
    path: folder,
    databaseFile: join(folder, 'vigil.db'),
    lockFile: join(folder, 'lock'),
    headFile: join(folder, 'head'),
    derivedFile: join(folder, 'derived.db'),
    keyFile: join(folder, 'key'),
    recoveryKeyFile: join(folder, 'recovery-key.sealed'),
    backupFolder: join(folder, 'backup'),
    backupNoteFile: join(folder, 'backups.json'),
    logFolder: join(folder, 'log'),
    newKeyFolder: join(folder, 'new-key'),
  };
}

/** Makes the folder where it is missing, and refuses one that somebody else could read, change or redirect. */
export function openDataFolder(path: string): DataFolder {
  const folder = dataFolderAt(path);
  // Files are made 0600 one by one; this covers those that SQLite makes itself. (Workers may not set it.)
  process.umask(othersMayNot);
  makeDataFolder(folder);
  makePrivateFolder(folder.logFolder);
  checkDataFolder(folder);
  return folder;
}

/** The folder of a room whose database is there. Throws `StoreError`; makes nothing. */
export function existingFolder(path: string): DataFolder {
  const folder = dataFolderAt(path);
  checkDataFolder(folder);
  refuseUnfinishedRotation(folder);
  if (!existsSync(folder.databaseFile)) {
    const words = `${folder.path} holds no database: there is no file ${folder.databaseFile}. Put it back, or name the data folder of a room.`;
    throw new StoreError('STORE_FAILED', words, folder.databaseFile);
  }
  return folder;
}

/** While a rotation of the data key is not ended, some files of the room are under the one key and some under the other. */
export function refuseUnfinishedRotation({ path, newKeyFolder }: DataFolder): void {
  if (!existsSync(newKeyFolder)) return;
  const words = `${path} is between two data keys: a change of the key was cut short, or is under way. Run "vigil rotate-key" again, which ends it, or start Vigil, which does so, too.`;
  throw new StoreError('STORE_LOCKED', words, newKeyFolder);
}

/** The same refusals for a folder that must exist; makes nothing. */
export function checkDataFolder(folder: DataFolder): void {
  if (!nameExists(folder.path)) {
    throw new StoreError('STORE_FAILED', `${folder.path}: there is no such folder. Name the data folder of a room.`, folder.path);
  }
  checkIsOurs(folder);
  for (const name of namesIn(folder.path)) {
    const file = join(folder.path, name);
    const stats = lstatSync(file, { throwIfNoEntry: false });
    // SQLite may remove its own files while we look.
    if (stats === undefined) continue;
    if (stats.isDirectory()) checkPrivateFolder(file);
    else checkPrivateFile(file, stats);
  }
}

function makeDataFolder(folder: DataFolder): void {
  if (!nameExists(folder.path)) makeFolders(folder.path);
  checkIsOurs(folder);
}

/** What stands in every room that was ever begun: one of them is enough, the others may have gone missing. */
function marksOfRoom({ databaseFile, headFile, keyFile, recoveryKeyFile }: DataFolder): readonly string[] {
  return [databaseFile, `${databaseFile}-wal`, headFile, keyFile, `${keyFile}.sealed`, recoveryKeyFile].map((file) => basename(file));
}

/**
 * A folder with a room in it may be told how to become private again. Any other is only taken where it is empty and
 * private: to change the rights of somebody else's folder, `/etc` for example, would break the computer.
 */
function checkIsOurs(folder: DataFolder): void {
  const { path, lockFile, logFolder, backupFolder } = folder;
  checkFolderItself(path);
  const names = namesIn(path);
  if (marksOfRoom(folder).some((mark) => names.includes(mark))) return checkOwner(path, statOf(path), 'chmod 700');
  const own = [lockFile, logFolder, backupFolder].map((file) => basename(file));
  const foreign = names.find((name) => !own.includes(name) && name !== clinicCodesName);
  if (foreign !== undefined) {
    throw forbidden(path, `is no data folder of Vigil: no room is in it, but other things are (${foreign}). ${anotherFolder}`);
  }
  checkOwner(path, statOf(path), null);
}

/** The clinic's own codes may be put there before the first start. */
const clinicCodesName = 'hl7-codes.json';
const anotherFolder = 'Name a folder that does not exist yet: Vigil makes it, for this account alone';

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    throw fromFileError(error, path, 'read the data folder');
  }
}

function makePrivateFolder(path: string): void {
  // A link or a file in its place is told apart, in its own words, by the check.
  if (!nameExists(path)) makeFolders(path);
  checkPrivateFolder(path);
}

/** By hand, because the recursive `mkdir` calls a read-only disk a missing folder. */
function makeFolders(path: string): void {
  const around = dirname(path);
  if (!nameExists(around) && around !== path) makeFolders(around);
  try {
    mkdirSync(path, { mode: 0o700 });
    // Its name is on disk only once the folder around it is.
    syncFolder(around);
  } catch (error) {
    // Another start was quicker.
    if (causeCode(error) !== 'EEXIST') throw fromFileError(error, path, 'make the data folder');
  }
}

function nameExists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A file where a folder should be further up.
    return false;
  }
}

function checkPrivateFolder(path: string): void {
  checkFolderItself(path);
  checkOwner(path, statOf(path), 'chmod 700');
}

function checkFolderItself(path: string): void {
  const stats = statOf(path);
  if (stats.isSymbolicLink()) throw linkRefused(path);
  if (!stats.isDirectory()) throw forbidden(path, 'is not a folder');
}

function checkPrivateFile(path: string, stats: Stats): void {
  if (stats.isSymbolicLink()) throw linkRefused(path);
  if (!stats.isFile()) throw forbidden(path, 'is not a plain file');
  if (!windows && stats.nlink > 1 && !isBeingMade(path, stats)) throw forbidden(path, 'has a second name (hard link) elsewhere');
  checkOwner(path, stats, 'chmod 600');
}

/** A power loss while a file is made may leave both its names. */
function isBeingMade(path: string, stats: Stats): boolean {
  const other = path.endsWith(unfinishedSuffix) ? path.slice(0, -unfinishedSuffix.length) : path + unfinishedSuffix;
  return stats.nlink === 2 && lstatSync(other, { throwIfNoEntry: false })?.ino === stats.ino;
}

/** `remedy` is null where the folder holds nothing of Vigil's: then we do not advise about its rights. */
function checkOwner(path: string, stats: Stats, remedy: string | null): void {
  if (windows) return;
  if (stats.uid !== process.geteuid?.()) {
    const asThem = remedy === null || stats.uid === 0 ? '' : 'Start Vigil as that user, or name another folder. ';
    throw forbidden(path, `belongs to another account (user id ${stats.uid}). ${asThem}${anotherFolder}`);
  }
  if ((stats.mode & othersMayNot) !== 0) {
    const mode = (stats.mode & 0o777).toString(8).padStart(3, '0');
    if (remedy === null) throw forbidden(path, `can be used by others (mode ${mode}). ${anotherFolder}`);
    throw forbidden(path, `can be used by others (mode ${mode}); check who could have read it, then run: ${remedy} "${path}"`);
  }
}

function statOf(path: string): Stats {
  try {
    return lstatSync(path);
  } catch (error) {
    throw fromFileError(error, path, 'look at the data folder');
  }
}

function linkRefused(path: string): StoreError {
  return new StoreError(
    'STORE_FOLDER_LINK',
    `${path} is a symbolic link; patient data is kept only in a real folder. Name that folder.`,
    path,
  );
}

function forbidden(path: string, why: string): StoreError {
  return new StoreError('STORE_FOLDER_FORBIDDEN', `${path} ${why}.`, path);
}

/**
 * Writes a file that must not exist yet, readable by its owner only, and returns once file and name are on disk.
 * It appears under its name whole or not at all, also in a power loss; of two that make the same file at once one
 * throws with the cause `EEXIST`, and so does everybody who finds it there.
 */
export function createPrivateFile(path: string, content: Uint8Array): void {
  const unfinished = path + unfinishedSuffix;
  try {
    if (content.length === 0) closeSync(openSync(path, 'wx', 0o600));
    else {
      // What an earlier attempt left behind.
      rmSync(unfinished, { force: true });
      writeSynced(unfinished, content);
      // Unlike a rename, a link never replaces what is there.
      linkSync(unfinished, path);
      unlinkSync(unfinished);
    }
    syncFolder(dirname(path));
  } catch (error) {
    throw fromFileError(error, path, 'create a file');
  }
}

const unfinishedSuffix = '.new';

function writeSynced(path: string, content: Uint8Array): void {
  const handle = openSync(path, 'wx', 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Nothing where it is not there. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw fromFileError(error, path, 'remove a file');
  }
}

/** Reads a small file without following a link. */
export function readPrivateFile(path: string): Buffer {
  try {
    const handle = openSync(path, constants.O_RDONLY | (windows ? 0 : constants.O_NOFOLLOW));
    try {
      return readFileSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw fromFileError(error, path, 'read a file');
  }
}

/** Puts the names in a folder on disk. Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (windows) return;
  const handle = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function makePrivate(path: string): void {
  if (!windows) chmodSync(path, 0o600);
}
