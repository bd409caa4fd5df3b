import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import type { Ids } from '../platform/platform.ts';
import { withBackupSource } from './backup/backup-source.ts';
import { opensFirstPage } from './cipher-pages.ts';
import { resealLooks } from './command-looks.ts';
import { createPrivateFile, dataFolderAt, existingFolder, type DataFolder } from './data-folder.ts';
import { plainRecoveryKey, writeKeyFile, type DataKey } from './data-key.ts';
import { takeLock } from './database.ts';
import type { LogHead } from './event-log.ts';
import { begunFolder, endRotation, giveName, type OnMove } from './new-key-folder.ts';
import { openPrivateNotes, privateNotesBegun, privateNotesFiles } from './private-notes.ts';
import { privateFileKey, repeppered } from './private-seal.ts';
import { readRecoveryKeyFile, replaceRecoveryKeyFile, sealUnder, unsealUnder, type SealedRecoveryKey } from './recovery-key-file.ts';
import { rekeyPages } from './rekey-pages.ts';
import { openStore, type Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** What is being done, in this order. */
export const rotateSteps = ['copy', 'prove', 'switch'] as const;
export type RotateStep = (typeof rotateSteps)[number];

/** A printed recovery key as somebody typed it, and which of the room's it is. */
export interface TypedPaper {
  readonly typed: string;
  readonly sealed: SealedRecoveryKey;
}

export interface RotateTask {
  /** The data folder of a room that is stopped. */
  readonly path: string;
  readonly key: DataKey;
  readonly newKey: DataKey;
  /** Those that open the room from then on; at least one. */
  readonly papers: readonly TypedPaper[];
  /** As the record names them: `firstRecoveryKey` for that of set-up. */
  readonly keyIds: readonly string[];
  readonly by: PersonId;
  readonly ids: Ids;
  readonly now: Instant;
  /** A capture under the new key; null where it does not open whole, or is plain: it stays as it is. */
  readonly resealCapture: (file: Uint8Array) => Uint8Array | null;
  /** `share` of the step, 0 to 1; null where it is not known. */
  readonly onStep?: (step: RotateStep, share: number | null) => void;
}

export interface Rotation {
  /** The event that tells of it. */
  readonly seq: number;
  readonly bytes: number;
  /** Of the data folder: what stays as it was, because it is plain or does not open whole. */
  readonly leftAsTheyWere: readonly string[];
}

/** Which of the room's recovery keys was typed, and the data key that it opens. Throws `StoreError`, with which mistake it is. */
export function openPaper(folder: DataFolder, typed: string): TypedPaper & { readonly key: DataKey } {
  const plain = plainRecoveryKey(typed, folder);
  for (const sealed of readRecoveryKeyFile(folder.recoveryKeyFile)) {
    try {
      return { typed, sealed, key: unsealUnder(plain, sealed) };
    } catch {
      // Another one of the room's.
    }
  }
  const words = `This recovery key is not one of ${folder.recoveryKeyFile}: it may be the sheet of another room, or was taken away.`;
  throw new StoreError('STORE_WRONG_KEY', words, folder.recoveryKeyFile);
}

/**
 * Puts a stopped room under another data key: record, private notes, what an update left beside them, captures, the sealed
 * recovery keys and the key file. All of it is written anew beside the old, proved, and takes its place at once
 * (`new-key-folder.ts`): killed at any moment, the room opens with the one key or with the other, whole.
 *
 *     log brought into the file ─► copies under the new key ─► told in the record ─► proved ─► switched
 *
 * Throws `StoreError`; then, unless it fails in the middle of the switch, which the next start ends, nothing was changed.
 */
export function rotateKey(task: RotateTask): Rotation {
  const { path, key, ids, onStep = () => undefined } = task;
  const folder = existingFolder(path);
  const head = bringLogsIn(folder, key, ids);
  const held = holdRoom(folder);
  try {
    endRotation(folder);
    const sources = sourcesOf(folder);
    const bytes = sources.reduce((sum, { size }) => sum + size, 0);
    refuseWithoutSpace(folder, bytes);
    const begun = prepareRotation({ ...task, folder, head, sources, bytes, onStep });
    giveName(folder);
    endRotation(folder, (done, of) => onStep('switch', done / of));
    return { ...begun, bytes };
  } catch (error) {
    // Where it has its name already, this is for the next start to end.
    rmSync(begunFolder(folder), { recursive: true, force: true });
    throw error;
  } finally {
    held.close();
  }
}

/** Opened and closed in order, each file has all of it and its log is empty. Refuses a room that runs, and one whose end is lost. */
function bringLogsIn(folder: DataFolder, key: DataKey, ids: Ids): LogHead {
  const { databaseFile, headFile } = privateNotesFiles(folder);
  if (existsSync(headFile) && !existsSync(databaseFile)) {
    throw new StoreError(
      'STORE_CORRUPT',
      `${databaseFile} is missing, but private notes were begun here. Put it back first.`,
      databaseFile,
    );
  }
  const head = closing(openStore({ folder: folder.path, key, ids }), ({ events }) => events.head);
  if (privateNotesBegun(folder)) openPrivateNotes(folder.path, key, ids).close();
  return head;
}

/** Nobody opens the room, its private notes, or makes a backup of it meanwhile. */
function holdRoom(folder: DataFolder): { close(): void } {
  const held: { close(): void }[] = [];
  const close = (): void => {
    for (const lock of held.toReversed()) lock.close();
  };
  try {
    for (const file of [folder.lockFile, privateNotesFiles(folder).lockFile, join(folder.path, 'backup.lock')]) held.push(takeLock(file));
    return { close };
  } catch (error) {
    close();
    throw error;
  }
}

interface Source {
  /** Below the data folder. */
  readonly name: string;
  readonly size: number;
}

/** The files that lie under the data key, but for the small ones that are made anew. */
function sourcesOf(folder: DataFolder): readonly Source[] {
  const notes = privateNotesFiles(folder).databaseFile;
  const below = (name: string): string[] =>
    existsSync(join(folder.path, name)) ? readdirSync(join(folder.path, name)).map((file) => join(name, file)) : [];
  const databases = [folder.databaseFile, ...(existsSync(notes) ? [notes] : [])].map((file) => basename(file));
  const names = [...databases, ...below(basename(folder.backupFolder)), ...below('captures')];
  return names
    .map((name) => ({ name, stats: statSync(join(folder.path, name)) }))
    .filter(({ stats }) => stats.isFile())
    .map(({ name, stats }) => ({ name, size: stats.size }));
}

/** Of what the sealed copies are longer by, and the small files. */
const besidesBytes = 16 * 1024 * 1024;

function refuseWithoutSpace({ path, databaseFile }: DataFolder, bytes: number): void {
  const proving = statSync(databaseFile).size;
  const isOneDisk = statSync(tmpdir()).dev === statSync(path).dev;
  const needed = bytes + besidesBytes + (isOneDisk ? proving : 0);
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize >= needed) return;
  const [needs, has] = [needed, bavail * bsize].map((count) => `${Math.ceil(count / 1_000_000)} MB`);
  throw new StoreError(
    'STORE_FULL',
    `The files under the new key take ${needs}, and the disk of ${path} has ${has}. Free some space there.`,
    path,
  );
}

interface Preparing extends Omit<RotateTask, 'onStep'> {
  readonly folder: DataFolder;
  readonly head: LogHead;
  readonly sources: readonly Source[];
  readonly bytes: number;
  readonly onStep: NonNullable<RotateTask['onStep']>;
}

/** Everything under the new key, on disk and proved, in the begun folder. */
export function prepareRotation(task: Preparing): Pick<Rotation, 'seq' | 'leftAsTheyWere'> {
  const { folder, newKey, onStep } = task;
  const begun = dataFolderAt(begunFolder(folder));
  mkdirSync(begun.path, { mode: 0o700 });
  const leftAsTheyWere = copyAll(task, begun);
  writeKeyFile(begun, newKey);
  const seals = task.papers.map(({ typed, sealed }) =>
    sealUnder(plainRecoveryKey(typed, folder), newKey, sealed.about, (count) => task.ids.randomBytes(count)),
  );
  replaceRecoveryKeyFile(begun.recoveryKeyFile, seals);
  resealLooks({ path: folder.path, key: task.key }, { path: begun.path, key: newKey });
  const seq = tellOfIt(task, begun);
  const hasNotes = existsSync(privateNotesFiles(begun).databaseFile);
  if (hasNotes) repepper(task, begun);
  prove(begun, newKey, (share) => onStep('prove', share));
  // What opening it made, and a room has already.
  for (const file of [begun.lockFile, privateNotesFiles(begun).lockFile, begun.derivedFile]) rmSync(file, { force: true });
  rmSync(begun.logFolder, { recursive: true, force: true });
  return { seq, leftAsTheyWere };
}

function copyAll(task: Preparing, begun: DataFolder): readonly string[] {
  const { folder, key, newKey, ids, sources, bytes, onStep } = task;
  const left: string[] = [];
  let before = 0;
  for (const { name, size } of sources) {
    const [from, to] = [join(folder.path, name), join(begun.path, name)];
    mkdirSync(join(to, '..'), { recursive: true, mode: 0o700 });
    const onBytes = (done: number): void => onStep('copy', bytes === 0 ? null : (before + done) / bytes);
    onBytes(0);
    const pair = [
      { key, newKey },
      { key: privateFileKey(key), newKey: privateFileKey(newKey) },
    ].find((keys) => name.endsWith('.db') && opensFirstPage(from, keys.key) === true);
    if (pair !== undefined) rekeyPages({ from, to, ...pair, randomBytes: (count) => ids.randomBytes(count), onBytes });
    else {
      const resealed = name.endsWith('.db') ? null : task.resealCapture(readFileSync(from));
      if (resealed === null) left.push(name);
      else createPrivateFile(to, resealed);
    }
    before += size;
  }
  return left;
}

/** In the record, as its first event under the new key. Returns its number. */
function tellOfIt({ head, newKey, ids, now, by, keyIds, folder }: Preparing, begun: DataFolder): number {
  const open = (): Store => openStore({ folder: begun.path, key: newKey, ids });
  return closing(open(), ({ events }) => {
    if (events.head.seq !== head.seq || !Buffer.from(events.head.hash).equals(head.hash)) {
      throw new StoreError(
        'STORE_CORRUPT',
        `${folder.databaseFile} changed while it was copied. The key was not changed.`,
        folder.databaseFile,
      );
    }
    const body = { recoveryKeys: [...keyIds] };
    const times = { occurred: now, recorded: now, monoMs: 0, bootId: ids.uuid() };
    const origin = { sessionId: null, actor: { personId: by }, commandId: null, supersedes: null } as const;
    events.appendAll([{ eventId: ids.uuid(), kind: 'data-key-rotated', body, ...times, ...origin }]);
    return events.head.seq;
  });
}

function repepper({ key, newKey, ids }: Preparing, begun: DataFolder): void {
  const keys = { key, newKey, randomBytes: (count: number) => ids.randomBytes(count) };
  closing(openPrivateNotes(begun.path, newKey, ids), (notes) => {
    notes.authors.repepper((authorId, pepper) => repeppered(keys, authorId, pepper));
  });
}

/** As a backup is before it counts: every page, the whole chain of events, and its end; by SQLite, not by what wrote it. */
function prove(begun: DataFolder, newKey: DataKey, onShare: (share: number) => void): void {
  onShare(0);
  try {
    withBackupSource(
      begun,
      newKey,
      () => undefined,
      (done, of) => onShare(done / of),
    );
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_CORRUPT') throw error;
    const words = 'What was written under the new key is not whole, and the key was not changed. Run "vigil verify" on the room first.';
    throw new StoreError('STORE_CORRUPT', words, begun.path, error);
  }
}

/** Ends a rotation that was cut short in its switch, with progress; false where there is none. Throws `StoreError`. */
export function finishRotation(path: string, onMove: OnMove = () => undefined): boolean {
  const folder = dataFolderAt(path);
  if (!existsSync(folder.newKeyFolder)) return false;
  const held = holdRoom(folder);
  try {
    endRotation(folder, onMove);
    return true;
  } finally {
    held.close();
  }
}

function closing<Opened extends { close(): void }, Result>(opened: Opened, work: (opened: Opened) => Result): Result {
  try {
    return work(opened);
  } finally {
    opened.close();
  }
}
