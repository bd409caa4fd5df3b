import { existsSync } from 'node:fs';
import { findBrokenPages } from '../cipher-pages.ts';
import type { Connection } from '../connection.ts';
import { openCopy, toStoreError } from '../database.ts';
import type { DataFolder } from '../data-folder.ts';
import type { DataKey } from '../data-key.ts';
import { blobToId } from '../event-row.ts';
import { logHeadProblem, type KeptHead } from '../log-head.ts';
import { newestVersion, versionOf } from '../migrate.ts';
import { withPrivateCopy, type OnBytes } from '../private-copy.ts';
import { privateNotesFiles } from '../private-notes.ts';
import { privateFileKey } from '../private-seal.ts';
import { headOpenedBy } from '../room-copy.ts';
import { namedLosses } from '../named-losses.ts';
import { StoreError } from '../store-error.ts';
import { ChainCheck } from '../verify-events.ts';
import { findWalDamage } from '../wal-frames.ts';

/** A room's files as one backup holds them: private copies, whole, each in one file. */
export interface BackupSource {
  readonly record: string;
  /** null: private notes were never begun. */
  readonly privateNotes: string | null;
  readonly content: RecordContent;
}

export interface RecordContent {
  readonly roomId: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly storeVersion: number;
  readonly lastRecordedMs: number | null;
  readonly checkpointKey?: string;
}

/**
 * Runs `work` on private copies of the record and of the private notes, each proved: the seal of every page; of the
 * record the whole chain of events, and that it reaches what was acknowledged before it was copied. What no backup
 * takes the time for (readings row by row, signatures, folds) `vigil verify` and a drill prove.
 *
 * The notes are copied after the record, so that every note that the record tells of is among them.
 *
 * Throws `StoreError` where anything of it is not whole.
 */
export function withBackupSource<Result>(
  folder: DataFolder,
  key: DataKey,
  work: (source: BackupSource) => Result,
  onBytes: OnBytes = () => undefined,
): Result {
  const { databaseFile } = folder;
  const head = headOpenedBy(folder, key);
  return withPrivateCopy(
    databaseFile,
    (record) => {
      const content = proved({ copy: record, told: databaseFile, key }, (connection) => recordContent(connection, databaseFile, head));
      const { databaseFile: notesFile, headFile } = privateNotesFiles(folder);
      if (!existsSync(notesFile)) {
        if (existsSync(headFile)) throw notWhole(notesFile, 'it is missing, but private notes were begun here.');
        return work({ record, privateNotes: null, content });
      }
      return withPrivateCopy(notesFile, (privateNotes) => {
        proved({ copy: privateNotes, told: notesFile, key: privateFileKey(key) }, () => undefined);
        return work({ record, privateNotes, content });
      });
    },
    onBytes,
  );
}

interface Copy {
  readonly copy: string;
  /** The file that a message names. */
  readonly told: string;
  readonly key: DataKey;
}

/** Brings the log of a private copy into its file, reads it and proves the seal of each page. */
function proved<Result>({ copy, told, key }: Copy, read: (connection: Connection) => Result): Result {
  const damage = existsSync(`${copy}-wal`) ? findWalDamage(`${copy}-wal`) : null;
  if (damage !== null) throw notWhole(told, damage.replaceAll(copy, told));
  let result: Result;
  try {
    const connection = openCopy(copy, key);
    try {
      result = read(connection);
    } finally {
      connection.close();
    }
  } catch (error) {
    const known = toStoreError(error, told);
    throw new StoreError(known.code, known.message.replaceAll(copy, told), told, error);
  }
  const { broken, wholePages } = findBrokenPages(copy, key, 1);
  if (broken[0] !== undefined) throw notWhole(told, `page ${broken[0]} has been changed.`);
  if (!wholePages) throw notWhole(told, 'the file ends inside a page.');
  return result;
}

function recordContent(connection: Connection, file: string, head: KeptHead): RecordContent {
  const storeVersion = versionOf(connection);
  if (storeVersion !== newestVersion) {
    const words = `${file} has version ${storeVersion}; this Vigil reads version ${newestVersion}. Open the room with this Vigil once.`;
    throw new StoreError(storeVersion > newestVersion ? 'STORE_NEWER' : 'STORE_FAILED', words, file);
  }
  const roomId = connection.prepare<[], Buffer>('SELECT room_id FROM room').pluck().get();
  const problems: string[] = [];
  const chain = new ChainCheck(
    connection,
    { roomId: roomId ?? null, named: namedLosses(connection) },
    (_seq, what) => void problems.push(what),
  );
  chain.run(() => undefined);
  const lost = logHeadProblem(connection, head);
  if (lost !== null) problems.push(lost.what);
  if (problems[0] !== undefined) throw notWhole(file, `${problems[0].replace(/\.?$/, '.')}`);
  if (roomId === undefined || chain.lastEpoch === null) throw notWhole(file, 'it does not say which room it is.');
  const last = connection.prepare<[], number>('SELECT recorded_ms FROM event_log ORDER BY seq DESC LIMIT 1').pluck().get();
  const signedBy = connection.prepare<[], Buffer>('SELECT public_key FROM checkpoint ORDER BY number DESC LIMIT 1').pluck().get();
  return {
    ...(signedBy === undefined ? {} : { checkpointKey: signedBy.toString('hex') }),
    roomId: blobToId(roomId),
    epoch: blobToId(chain.lastEpoch),
    seq: chain.seq,
    hash: chain.hash.toString('hex'),
    storeVersion,
    lastRecordedMs: last ?? null,
  };
}

function notWhole(file: string, what: string): StoreError {
  const words = `${file} is not whole, and was not backed up: ${what} Run "vigil verify"; the backups from before are kept.`;
  return new StoreError('STORE_CORRUPT', words, file);
}
