import { Database, openCopy } from './database.ts';
import { refusePlainFile } from './database-file.ts';
import { existingFolder, type DataFolder } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import type { Connection } from './connection.ts';
import type { RecordProof } from '../../../shared/contract/record-proof.ts';
import { recordProof, roomIdOf } from './entry-proof.ts';
import { EventReader } from './event-reader.ts';
import { readLogHead, type KeptHead, refuseLostEnd } from './log-head.ts';
import { newestVersion, versionOf } from './migrate.ts';
import { aboutOriginal, makePrivateCopy, withPrivateCopy } from './private-copy.ts';
import { ReadingLog } from './reading-log.ts';
import { recordSeal } from './record-seal.ts';
import { StoreError, recoverAdvice } from './store-error.ts';
import { refuseDamagedLog } from './wal-frames.ts';

/** A room's record as files hold it, to be read and never written. */
export interface RoomCopy {
  readonly roomId: string;
  readonly events: EventReader;
  readonly readings: ReadingLog;
  /** The record hash of a session up to an event; null where that event is not there. */
  readonly recordHash: (sessionId: string, throughSeq: number) => string | null;
  /** As `recordProof`. */
  readonly proof: (sessionId: string, withheld: ReadonlySet<string>) => RecordProof;
}

/** Reads a room from a private copy of its database, also beside a running room. Throws `StoreError`: wrong key, of another version, damaged. */
export function readRoomCopy<Result>(path: string, key: DataKey, work: (room: RoomCopy) => Result): Result {
  const folder = existingFolder(path);
  // Read before the copy is made: what is acknowledged meanwhile may not be in it.
  const head = headOpenedBy(folder, key);
  return withPrivateCopy(folder.databaseFile, (copy) => {
    const connection = openWhole(copy, key, folder, head);
    try {
      return work(roomIn(folder.databaseFile, connection));
    } finally {
      connection.close();
    }
  });
}

/** The same copy, for work that waits for something outside the room: to close the database removes it. */
export function openRoomCopy(path: string, key: DataKey): Database {
  const folder = existingFolder(path);
  const { databaseFile } = folder;
  const head = headOpenedBy(folder, key);
  const { copy, remove } = makePrivateCopy(databaseFile);
  try {
    return new Database(databaseFile, openWhole(copy, key, folder, head), { close: remove });
  } catch (error) {
    remove();
    throw aboutOriginal(error, copy, databaseFile);
  }
}

/** Opens a copy that has all that the room acknowledged before it was made, and is of this version. */
function openWhole(copy: string, key: DataKey, { databaseFile }: DataFolder, head: KeptHead): Connection {
  refuseDamagedLog(`${copy}-wal`);
  const connection = openCopy(copy, key);
  try {
    const version = versionOf(connection);
    if (version === 0) {
      const words = `${databaseFile} holds nothing of the record that this room had. ${recoverAdvice}`;
      throw new StoreError('STORE_CORRUPT', words, databaseFile);
    }
    if (version !== newestVersion) {
      const words = `${databaseFile} has version ${version}; this Vigil reads version ${newestVersion}. Open the room with this Vigil once.`;
      throw new StoreError(version > newestVersion ? 'STORE_NEWER' : 'STORE_FAILED', words, databaseFile);
    }
    refuseLostEnd(connection, databaseFile, head);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** What the room acknowledged last. Throws `StoreError` where the key is of another room, or nothing tells. */
export function headOpenedBy({ databaseFile, headFile }: DataFolder, key: DataKey): KeptHead {
  refusePlainFile(databaseFile, databaseFile);
  const head = readLogHead(headFile);
  if (head === null) {
    const words = `${headFile} is missing: nothing tells whether ${databaseFile} still has the end of its log. Put it back, or run "vigil verify" and open the room once, which makes it anew and says so in the record.`;
    throw new StoreError('STORE_FAILED', words, headFile);
  }
  if (head.keyFingerprint === keyFingerprint(key)) return head;
  throw new StoreError('STORE_WRONG_KEY', `The key does not open ${databaseFile}: it belongs to another room.`, databaseFile);
}

/** @param file what a message names: the database that was copied */
export function roomIn(file: string, connection: Connection): RoomCopy {
  const database = new Database(file, connection, { close: () => undefined });
  return {
    roomId: roomIdOf(connection),
    events: new EventReader(database),
    readings: new ReadingLog(database),
    recordHash: (sessionId, throughSeq) => recordSeal({ database }, sessionId, throughSeq)?.recordHash ?? null,
    proof: (sessionId, withheld) => database.read((opened) => recordProof(opened, sessionId, withheld)),
  };
}
