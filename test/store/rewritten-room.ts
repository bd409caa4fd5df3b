import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { keyFingerprint } from '../../electron/service/store/data-key.ts';
import { blobToId, hashOf, noHash, type EventRow } from '../../electron/service/store/event-row.ts';
import { encodeHead } from '../../electron/service/store/log-head.ts';
import type { RoomFixture } from './room-fixture.ts';

const PlainDatabase = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;

/** Changes a room's database as somebody would who has its key: past triggers and constraints. */
export function withKeyOf(room: Pick<RoomFixture, 'folder' | 'key'>, work: (connection: Connection) => void): void {
  const connection = new PlainDatabase(dataFolderAt(room.folder).databaseFile);
  connection.pragma("cipher='sqlcipher'");
  connection.pragma('legacy=4');
  connection.pragma(`legacy_page_size=${pageLength}`);
  connection.key(Buffer.from(`x'${Buffer.from(room.key).toString('hex')}'`));
  connection.pragma('ignore_check_constraints=1');
  connection.pragma('foreign_keys=0');
  const triggers = connection.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all();
  for (const name of triggers) connection.exec(`DROP TRIGGER ${name}`);
  work(connection);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
}

/**
 * Rewrites history: moves the event `from` by an hour, and hashes it and all that follow anew, the kept head as well. Nothing
 * inside the folder tells of it.
 */
export function rewriteFrom(room: Pick<RoomFixture, 'folder' | 'key'>, from: number, further?: (connection: Connection) => void): void {
  withKeyOf(room, (connection) => {
    connection.prepare('UPDATE event_log SET occurred_ms = occurred_ms + 3600000 WHERE seq = ?').run(from);
    hashAnewFrom(room, connection, from);
    further?.(connection);
  });
}

interface Chained extends EventRow {
  readonly room_id: Buffer;
  readonly epoch: Buffer;
}

function hashAnewFrom({ folder, key }: Pick<RoomFixture, 'folder' | 'key'>, connection: Connection, from: number): void {
  const hash = connection.prepare<[number], Buffer>('SELECT hash FROM event_log WHERE seq = ?').pluck();
  const keep = connection.prepare('UPDATE event_log SET hash = ? WHERE seq = ?');
  const rows = connection.prepare<[number], Chained>('SELECT * FROM event WHERE seq >= ? ORDER BY seq').all(from);
  let prev = hash.get(from - 1) ?? noHash;
  for (const row of rows) {
    prev = hashOf({ prev, roomId: row.room_id, epoch: row.epoch }, row);
    keep.run(prev, row.seq);
  }
  const last = rows.at(-1);
  if (last === undefined) throw new Error(`there is no event ${from}`);
  const head = { epoch: blobToId(last.epoch), seq: last.seq, hash: prev.toString('hex'), keyFingerprint: keyFingerprint(key) };
  writeFileSync(dataFolderAt(folder).headFile, encodeHead(head));
}
