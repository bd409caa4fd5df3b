import { existsSync, statSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { toIso, type Instant } from '../../../../shared/values/instant.ts';
import type { Ids } from '../../platform/platform.ts';
import type { EventBody } from '../../session/events/session-event.ts';
import { readThrough } from '../backup/backup-destination.ts';
import { createPrivateFile, dataFolderAt, existingFolder, openDataFolder, type DataFolder } from '../data-folder.ts';
import { keyFingerprint, writeKeyFile, type DataKey } from '../data-key.ts';
import { refusePlainFile } from '../database-file.ts';
import { openDatabase, takeLock } from '../database.ts';
import { idToBlob } from '../event-row.ts';
import { readLogHead, type KeptHead } from '../log-head.ts';
import { migrate, newestVersion } from '../migrate.ts';
import { makeNewRoom } from '../new-room.ts';
import { openStore, type Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { verifyDatabase } from '../verify.ts';
import { verifyPrivateNotes } from '../verify-private-notes.ts';
import type { Verification } from '../verify-findings.ts';
import { DamagedFile, findSalt } from './damaged-file.ts';
import { roomIdentity } from './identity.ts';
import { lossesOf, runsOf, type Losses } from './losses.ts';
import { copyOtherFiles } from './other-files.ts';
import { salvageNotes, type SavedNotes } from './salvage-notes.ts';
import { SavedRoomWriter, type SavedRows } from './saved-room.ts';
import { Survey } from './survey.ts';
import { tableShapes, type TableShape } from './table-shapes.ts';
import type { ToldByBackup } from './told-by-backup.ts';
import { withPrivateFolder } from '../private-copy.ts';

/** What is being done, in this order. */
export const salvageSteps = ['sum', 'pages', 'write', 'notes', 'prove'] as const;
export type SalvageStep = (typeof salvageSteps)[number];

export interface SalvageTask {
  /** The data folder with the damaged file: only read. */
  readonly path: string;
  readonly key: DataKey;
  /** The new data folder: empty, or not there yet. */
  readonly to: string;
  readonly backup: ToldByBackup | null;
  readonly ids: Ids;
  readonly now: Instant;
  /** Of the operating system. */
  readonly account: string;
  readonly onProgress: (step: SalvageStep, share: number | null) => void;
}

export interface Salvage {
  readonly saved: SavedRows;
  readonly notes: SavedNotes | null;
  readonly losses: Losses;
  readonly damagedPages: number;
  readonly pages: number;
  readonly damagedFile: string;
  readonly reportFile: string;
  readonly filesNotCopied: readonly string[];
  readonly acknowledged: number | null;
  readonly verification: Verification;
  readonly notesProblems: readonly string[];
}

/**
 * Saves what is whole of a damaged room into a new data folder, which begins a new epoch. Nothing of the damaged folder is
 * changed.
 *
 *     pages whose seals are whole ─► rows ─► new database, chain as it was ─► what is lost, in its first event ─► proved
 *
 * Throws `StoreError`; then there is no new room.
 */
export function salvageRoom(task: SalvageTask): Salvage {
  const damaged = existingFolder(task.path);
  refusePlainFile(damaged.databaseFile, damaged.databaseFile);
  const lock = refuseRunning(damaged);
  try {
    const kept = keptHeadOf(damaged);
    if (kept !== null && kept.keyFingerprint !== keyFingerprint(task.key)) throw keyRefused(damaged);
    refuseWithoutSpace(damaged, resolve(task.to));
    const before = changeOf(damaged);
    task.onProgress('sum', null);
    const damagedFile = readThrough(damaged.databaseFile).sha256;
    const salt = findSalt(damaged.databaseFile, task.key, task.backup?.recordSalt ?? null);
    if (salt === null) throw unreadable(damaged, kept);
    const file = new DamagedFile(damaged.databaseFile, task.key, salt);
    try {
      task.onProgress('pages', 0);
      const survey = new Survey(file, shapesOfNewRoom(task), (share) => task.onProgress('pages', share));
      const found = { damaged, kept, damagedFile, survey, unplaced: file.unplaced, pages: file.pages };
      if (!file.startOrLogIsDamaged) refuseWhole(task, found);
      return makeNewRoom(task.to, { name: 'salvage', unfinished: '.salvaging' }, (room) => {
        const salvage = writeRoom(task, room, found);
        if (changeOf(damaged) !== before) throw changedMeanwhile(damaged);
        return salvage;
      });
    } finally {
      file.close();
    }
  } finally {
    lock?.close();
  }
}

interface Found {
  readonly damaged: DataFolder;
  readonly kept: KeptHead | null;
  readonly damagedFile: string;
  readonly survey: Survey;
  readonly unplaced: number;
  readonly pages: number;
}

function writeRoom(task: SalvageTask, path: string, found: Found): Salvage {
  const { key, ids, onProgress } = task;
  const { damaged, survey, kept } = found;
  onProgress('write', null);
  const room = openDataFolder(path);
  writeKeyFile(room, key);
  const filesNotCopied = copyOtherFiles(damaged, room);
  const identity = roomIdentity(survey, { kept, backup: task.backup, file: damaged.databaseFile });
  const { databaseFile: file, lockFile, headFile, backupFolder } = room;
  const database = openDatabase({ file, key, lockFile, headFile, newestVersion });
  let saved: SavedRows;
  try {
    migrate(database, { key, backupFolder });
    const writer = new SavedRoomWriter(survey, database, tableShapes(database.connection));
    saved = writer.write(identity, (share) => onProgress('write', share));
    if (saved.events === 0) throw nothingLeft(damaged);
    const insert = database.connection.prepare(`INSERT INTO epoch (first_seq, epoch, cause) VALUES (?, ?, 'restored')`);
    database.write(() => insert.run(saved.lastSeq + 1, idToBlob(ids.uuid(), 'epoch')));
  } finally {
    database.close();
  }
  onProgress('notes', null);
  const store = openStore({ folder: path, key, ids });
  let told: Pick<Salvage, 'losses' | 'notes' | 'reportFile'>;
  try {
    const losses = lossesOf(store.database, { saved, survey, runs: runsOf(survey), kept });
    const notes = salvageNotes({ damaged, room, key, ids, marked: markedNotes(store), earlierSalt: task.backup?.notesSalt ?? null });
    const name = tell(store, task, { saved, losses, notes, found, filesNotCopied });
    const reportFile = join(resolve(task.to), name);
    told = { losses, notes, reportFile };
  } finally {
    store.close();
  }
  onProgress('prove', null);
  const verification = verifyDatabase(path, key, { onProgress: () => onProgress('prove', null) });
  const notesProblems = verifyPrivateNotes(path, key, verification.markedNotes)?.problems ?? [];
  const { damagedFile, pages } = found;
  const damagedPages = survey.damaged.length + found.unplaced;
  return { ...told, saved, damagedPages, pages, damagedFile, filesNotCopied, acknowledged: kept?.seq ?? null, verification, notesProblems };
}

interface ToTell extends Pick<Salvage, 'saved' | 'losses' | 'notes' | 'filesNotCopied'> {
  readonly found: Found;
}

/** Writes the report, and the event that begins the epoch and is bound to it. Returns the report's name. */
function tell(store: Store, { now, account, ids }: SalvageTask, { saved, losses, notes, found, filesNotCopied }: ToTell): string {
  const at = toIso({ utcMs: now.utcMs, offsetMin: 0 });
  const name = `salvage-${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z.json`;
  const reportFile = join(store.folder.path, name);
  const { holes, ...counts } = saved;
  const report = {
    format: 'vigil-salvage-1',
    at,
    account,
    damaged: { file: found.damaged.databaseFile, sha256: found.damagedFile, pages: found.pages, damagedPages: found.survey.damaged },
    unplacedLogPages: found.unplaced,
    saved: {
      events: counts.events,
      lastSeq: counts.lastSeq,
      readings: counts.readings,
      waves: counts.waves,
      checkpoints: counts.checkpoints,
    },
    acknowledged: found.kept?.seq ?? null,
    holes,
    ...losses,
    privateNotes: notes,
    filesNotCopied,
  };
  createPrivateFile(reportFile, Buffer.from(`${JSON.stringify(report, null, 2)}\n`));
  const body: EventBody<'room-salvaged'> = {
    damagedFile: found.damagedFile,
    report: readThrough(reportFile).sha256,
    account: account.slice(0, 120),
    acknowledged: found.kept?.seq ?? null,
    holes: [...holes],
    ...losses,
    lostNotes: [...(notes?.lost ?? [])],
  };
  const times = { occurred: now, recorded: now, monoMs: 0, bootId: ids.uuid() };
  const origin = { sessionId: null, actor: 'service', commandId: null, supersedes: null } as const;
  store.events.appendAll([{ eventId: ids.uuid(), kind: 'room-salvaged', body, ...times, ...origin }]);
  return name;
}

function markedNotes({ database }: Store): string[] {
  const sql = `SELECT json_extract(body, '$.noteId') FROM event_log WHERE kind = 'private-note-marked'`;
  return database.read((connection) => connection.prepare<[], string>(sql).pluck().all());
}

/** The tables as they are made today: a database of an older Vigil has some of them, of the same form. */
function shapesOfNewRoom({ key, ids }: SalvageTask): TableShape[] {
  return withPrivateFolder((place) => {
    const folder = dataFolderAt(join(place, 'shapes'));
    const store = openStore({ folder: folder.path, key, ids });
    try {
      return tableShapes(store.database.connection);
    } finally {
      store.close();
    }
  });
}

/** A room that runs holds this file; where it is not there, none does. */
function refuseRunning({ lockFile, path }: DataFolder): { close(): void } | null {
  if (!existsSync(lockFile)) return null;
  try {
    return takeLock(lockFile);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // Nobody records on a disk that takes no writes.
    if (error.code === 'STORE_READ_ONLY') return null;
    if (error.code !== 'STORE_LOCKED') throw error;
    throw new StoreError(
      'STORE_LOCKED',
      `Vigil runs with ${path}. End it first: a room is salvaged while nobody records into it.`,
      lockFile,
      error,
    );
  }
}

function keptHeadOf({ headFile }: DataFolder): KeptHead | null {
  try {
    return readLogHead(headFile);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_CORRUPT') return null;
    throw error;
  }
}

function keyRefused({ databaseFile }: DataFolder): StoreError {
  return new StoreError('STORE_WRONG_KEY', `The key does not open ${databaseFile}: it belongs to another room.`, databaseFile);
}

function unreadable({ databaseFile }: DataFolder, kept: KeptHead | null): StoreError {
  if (kept === null)
    return new StoreError(
      'STORE_WRONG_KEY',
      `No page of ${databaseFile} opens with this key: it is of another room, or all of the file is damaged.`,
      databaseFile,
    );
  const words = `${databaseFile} has lost its beginning, from which the seals of all its pages are made. Name a backup of the room with --backup: its copy begins with the same bytes.`;
  return new StoreError('STORE_CORRUPT', words, databaseFile);
}

function nothingLeft({ databaseFile }: DataFolder): StoreError {
  return new StoreError('STORE_CORRUPT', `No event is left in ${databaseFile}. Restore the newest backup.`, databaseFile);
}

function changedMeanwhile({ databaseFile }: DataFolder): StoreError {
  return new StoreError('STORE_CORRUPT', `${databaseFile} changed while it was read. Nothing was salvaged.`, databaseFile);
}

/** What tells that a folder is as it was: sizes and times of the files that are read. */
function changeOf({ databaseFile }: DataFolder): string {
  return [databaseFile, `${databaseFile}-wal`]
    .map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }))
    .map((stats) => `${stats?.ino} ${stats?.size} ${stats?.mtimeNs}`)
    .join();
}

function refuseWithoutSpace({ databaseFile }: DataFolder, to: string): void {
  let around = dirname(to);
  while (!existsSync(around) && around !== dirname(around)) around = dirname(around);
  const { bavail, bsize } = statfsSync(around);
  const needed = statSync(databaseFile).size + (statSync(`${databaseFile}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  if (bavail * bsize >= needed) return;
  const [needs, has] = [needed, bavail * bsize].map((bytes) => `${Math.ceil(bytes / 1_000_000)} MB`);
  throw new StoreError(
    'STORE_FULL',
    `What is saved takes up to ${needs}, and ${around} has ${has}. Free some space there, or name a folder on another disk.`,
    around,
  );
}

/** A room that lost nothing keeps its folder: a new epoch would say that something is missing. */
function refuseWhole({ path, key }: SalvageTask, { damaged, kept, survey, unplaced }: Found): void {
  if (survey.damaged.length > 0 || unplaced > 0) return;
  if (kept !== null && lastSeqIn(survey) < kept.seq) return;
  if ((verifyPrivateNotes(path, key, [])?.problems ?? []).length > 0) return;
  const words = `${damaged.databaseFile} is whole: there is nothing to salvage. "vigil verify" says what else may be wrong with it.`;
  throw new StoreError('STORE_FAILED', words, damaged.databaseFile);
}

function lastSeqIn(survey: Survey): number {
  let last = 0;
  for (const [seq] of survey.rows('event_log')) last = Number(seq);
  return last;
}
