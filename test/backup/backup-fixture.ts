import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { writeBackup, type Backup, type BackupTask } from '../../electron/service/store/backup/write-backup.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { createRecoveryKey, writeKeyFile } from '../../electron/service/store/data-key.ts';
import { openPrivateNotes, type PrivateNotesStore } from '../../electron/service/store/private-notes.ts';
import { createRoomFixture, memoryFolder, sessionDrafts, type RoomFixture } from '../store/room-fixture.ts';

export const takenMs = 1_795_446_000_000;

/** A room with a session, a private note, key and recovery key; a place for its backups; and a folder for temporary files of its own. */
export interface BackedUpRoom extends RoomFixture {
  readonly to: string;
  readonly temporary: string;
  readonly printedKey: string;
  readonly sessionId: string;
  readonly noteId: string;
  backUp(options?: Partial<BackupTask>): Backup;
  backups(): string[];
}

export function createBackedUpRoom(seed = 431): BackedUpRoom {
  const room = createRoomFixture(seed, mkdtempSync(join(memoryFolder(), 'vigil-backup-')));
  const { ids, key, folder } = room;
  const [to, temporary] = ['backups', 'temporary'].map((name) => join(room.place, name)) as [string, string];
  for (const made of [to, temporary]) mkdirSync(made);
  vi.stubEnv('TMPDIR', temporary);
  vi.stubEnv('TEMP', temporary);
  const sessionId = ids.uuid();
  const noteId = ids.uuid();
  using(room.open(), (store) => store.events.appendAll(sessionDrafts(ids, sessionId, 20)));
  using(openPrivateNotes(folder, key, ids), (notes) => writeNote(notes, { noteId, sessionId, authorId: ids.uuid() }));
  writeKeyFile(dataFolderAt(folder), key);
  const printedKey = createRecoveryKey(dataFolderAt(folder), key, (count) => ids.randomBytes(count));
  return {
    ...room,
    to,
    temporary,
    printedKey,
    sessionId,
    noteId,
    backUp: (options) => writeBackup({ path: folder, key, to, nowMs: takenMs, version: '0.0.0', ...options }),
    backups: () => readdirSync(to).toSorted(),
    close: () => {
      vi.unstubAllEnvs();
      room.close();
    },
  };
}

export function using<Closing extends { close(): void }, Result>(opened: Closing, work: (opened: Closing) => Result): Result {
  try {
    return work(opened);
  } finally {
    opened.close();
  }
}

interface WrittenNote {
  readonly noteId: string;
  readonly sessionId: string;
  readonly authorId: string;
}

function writeNote(notes: PrivateNotesStore, { noteId, sessionId, authorId }: WrittenNote): void {
  const sealed = new Uint8Array(48);
  notes.authors.add(authorId, { salt: new Uint8Array(32), cost: 'scrypt$N=2,r=1,p=1', withPhrase: false, sealed, pepper: null });
  notes.addNote({ noteId, authorId, sessionId, atMs: takenMs, offsetMin: 0, recordedMs: takenMs, sealed, keyNumber: 1 }, null);
}
