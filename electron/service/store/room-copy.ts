import { Database, openCopy, refusePlainFile } from './database.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import { EventReader } from './event-reader.ts';
import { readLogHead } from './log-head.ts';
import { newestVersion, versionOf } from './migrate.ts';
import { ReadingLog } from './reading-log.ts';
import { recordSeal } from './record-seal.ts';
import { StoreError } from './store-error.ts';
import { withPrivateCopy } from './verify.ts';

/** A room's record as files hold it, to be read and never written. */
export interface RoomCopy {
  readonly events: EventReader;
  readonly readings: ReadingLog;
  /** The record hash of a session up to an event; null where that event is not there. */
  readonly recordHash: (sessionId: string, throughSeq: number) => string | null;
}

/** Reads a room from a private copy of its database. Throws `StoreError`: in use, wrong key, of another version, damaged. */
export function readRoomCopy<Result>(path: string, key: DataKey, work: (room: RoomCopy) => Result): Result {
  return withPrivateCopy(path, (folder, copy) => {
    const { databaseFile } = folder;
    refusePlainFile(copy, databaseFile);
    if (readLogHead(folder.headFile)?.keyFingerprint !== keyFingerprint(key)) {
      throw new StoreError('STORE_WRONG_KEY', `The key does not open ${databaseFile}: it belongs to another room.`, databaseFile);
    }
    const connection = openCopy(copy, key);
    const database = new Database(databaseFile, connection, { close: () => undefined });
    try {
      const version = versionOf(connection);
      if (version !== newestVersion) {
        const words = `${databaseFile} has version ${version}; this Vigil reads version ${newestVersion}. Open the room with this Vigil once.`;
        throw new StoreError(version > newestVersion ? 'STORE_NEWER' : 'STORE_FAILED', words, databaseFile);
      }
      return work({
        events: new EventReader(database),
        readings: new ReadingLog(database, () => undefined),
        recordHash: (sessionId, throughSeq) => recordSeal({ database }, sessionId, throughSeq)?.recordHash ?? null,
      });
    } finally {
      database.close();
    }
  });
}
