import type { StartStep } from '../../../shared/boot/boot-message.ts';
import type { Ids } from '../platform/platform.ts';
import { checkpointKeyOf, checkpointKeyOfFolder } from './checkpoint-key.ts';
import { Checkpoints } from './checkpoints.ts';
import { openDatabase, toStoreError, type Database } from './database.ts';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import { DerivedRows } from './derived-rows.ts';
import { EventLog } from './event-log.ts';
import { blobToId, idToBlob, noHash } from './event-row.ts';
import { LogHeadFile, readLogHead, refuseLostEnd, type KeptHead } from './log-head.ts';
import { migrate, newestVersion, type MigrateOutcome } from './migrate.ts';
import { ReadingLog } from './reading-log.ts';
import { settleRotation } from './new-key-folder.ts';
import { refuseLostRecord } from './room-exists.ts';
import { WaveLog } from './wave-log.ts';

export interface OpenStoreOptions {
  /** Path of the data folder. */
  readonly folder: string;
  readonly key: DataKey;
  /** Ids for a room that is set up here. */
  readonly ids: Ids;
  /** Of the key that signs checkpoints, unsealed by the desktop shell; left out: the file in the data folder. */
  readonly checkpointSeed?: Uint8Array | undefined;
  /** Of Vigil: what another version worked out from the log is not used. */
  readonly version?: string | undefined;
  /** Told how far the opening has come, and later whenever a page of events is read. */
  readonly onStep?: ((step: StartStep) => void) | undefined;
}

/** The open record of one room: the only handle through which anything is written. */
export interface Store {
  readonly folder: DataFolder;
  readonly database: Database;
  readonly events: EventLog;
  readonly readings: ReadingLog;
  readonly waves: WaveLog;
  readonly derived: DerivedRows;
  readonly migrated: MigrateOutcome;
  readonly checkpoints: Checkpoints;
  /** There were events and no kept head, which was made anew: nothing told whether the log still had its end. */
  readonly headWasMissing: boolean;
  close(): void;
}

/**
 * Opens the record of a room for this process alone, making it where the room was never set up.
 *
 *     folder checked ─► locked ─► opened ─► migrated ─► end compared with the kept head ─► event log, reading log, wave log
 *
 * Throws `StoreError`, one code for each thing that can be wrong; then nothing was lost and nothing is held.
 */
export function openStore({ folder: path, key, ids, checkpointSeed, version = '', onStep }: OpenStoreOptions): Store {
  const folder = openDataFolder(path);
  settleRotation(folder);
  refuseLostRecord(folder);
  const { databaseFile: file, lockFile, headFile, backupFolder } = folder;
  const database = openDatabase({ file, key, lockFile, headFile, newestVersion, connections: 'readers' });
  let kept: LogHeadFile | undefined;
  try {
    const migrated = migrate(database, { key, backupFolder, onUpdate: () => onStep?.('updating') });
    const place = placeOf(database, ids);
    const before = readLogHead(headFile);
    if (before !== null) refuseLostEnd(database.connection, file, before);
    const last = lastEvent(database, place.epoch, key);
    const head = new LogHeadFile(headFile, last);
    kept = head;
    const events = new EventLog(database, place, head, () => onStep?.('reading'));
    const readings = new ReadingLog(database);
    const waves = new WaveLog(database);
    const derived = new DerivedRows({ file: folder.derivedFile, key, version, hashOf: (seq) => events.hashOf(seq) });
    const checkpoints = new Checkpoints(database, () =>
      checkpointSeed === undefined ? checkpointKeyOfFolder(folder, (count) => ids.randomBytes(count)) : checkpointKeyOf(checkpointSeed),
    );
    const headWasMissing = before === null && last.seq > 0;
    return {
      folder,
      database,
      events,
      readings,
      waves,
      derived,
      checkpoints,
      migrated,
      headWasMissing,
      close: closing(database, head, derived),
    };
  } catch (error) {
    kept?.close();
    database.close();
    throw toStoreError(error, file);
  }
}

function closing(database: Database, head: LogHeadFile, derived: DerivedRows): () => void {
  let closed = false;
  return () => {
    if (closed) return;
    closed = true;
    try {
      // First the database: the kept head must never be ahead of it.
      database.close();
    } finally {
      head.close();
      derived.close();
    }
  };
}

/** Room and epoch of the log's end; a new room gets its own here. */
function placeOf(database: Database, ids: { uuid(): string }): { readonly roomId: Buffer; readonly epoch: Buffer } {
  const connection = database.connection;
  const roomId = connection.prepare<[], Buffer>('SELECT room_id FROM room').pluck().get();
  const epoch = connection.prepare<[], Buffer>('SELECT epoch FROM epoch ORDER BY first_seq DESC LIMIT 1').pluck().get();
  if (roomId !== undefined && epoch !== undefined) return { roomId, epoch };
  const place = { roomId: idToBlob(ids.uuid(), 'roomId'), epoch: idToBlob(ids.uuid(), 'epoch') };
  database.write(() => {
    connection.prepare('INSERT INTO room (only_one, room_id) VALUES (1, ?)').run(place.roomId);
    connection.prepare(`INSERT INTO epoch (first_seq, epoch, cause) VALUES (1, ?, 'created')`).run(place.epoch);
  });
  return place;
}

function lastEvent(database: Database, epoch: Buffer, key: DataKey): KeptHead {
  const sql = 'SELECT seq, hash FROM event_log ORDER BY seq DESC LIMIT 1';
  const last = database.connection.prepare<[], { seq: number; hash: Buffer }>(sql).get();
  return {
    epoch: blobToId(epoch),
    seq: last?.seq ?? 0,
    hash: (last?.hash ?? noHash).toString('hex'),
    keyFingerprint: keyFingerprint(key),
  };
}
