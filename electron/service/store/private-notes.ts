import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Connection } from './connection.ts';
import { openDatabase, toStoreError, type Database } from './database.ts';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { keyFingerprint, type DataKey } from './data-key.ts';
import { blobToId, idToBlob } from './event-row.ts';
import { LogHeadFile, readLogHead } from './log-head.ts';
import { migrate } from './migrate.ts';
import { privateNotesTables } from './migrations/private-0010-notes.ts';
import { privateNextKeys } from './migrations/private-0020-next-key.ts';
import { privatePeppers } from './migrations/private-0030-pepper.ts';
import { privateEarlierKeys } from './migrations/private-0040-earlier-keys.ts';
import { PrivateAuthors } from './private-authors.ts';
import { privateFileKey } from './private-seal.ts';

/**
 * The private notes of a room: an encrypted file of their own beside the record, with a lock of its own and a key of
 * its own, opened as strictly as the record is (`database.ts`: FULL syncs, read back). What it holds is sealed
 * already; this file never sees a word.
 */
export interface PrivateNotesFiles {
  readonly databaseFile: string;
  readonly lockFile: string;
  /** Outlives the file: a file that is gone is said to be gone and is not made anew. */
  readonly headFile: string;
}

export const privateStoreVersion = privateEarlierKeys.version;
const steps = [privateNotesTables, privateNextKeys, privatePeppers, privateEarlierKeys];

export function privateNotesFiles({ path }: DataFolder): PrivateNotesFiles {
  return {
    databaseFile: join(path, 'private-notes.db'),
    lockFile: join(path, 'private-notes.lock'),
    headFile: join(path, 'private-notes.head'),
  };
}

/** Whether private notes were ever begun here, also where their file has since gone missing. Opens nothing. */
export function privateNotesBegun(folder: DataFolder): boolean {
  const { databaseFile, headFile } = privateNotesFiles(folder);
  return existsSync(databaseFile) || existsSync(headFile);
}

export interface SealedNote {
  readonly noteId: string;
  readonly authorId: string;
  readonly sessionId: string;
  readonly atMs: number;
  readonly offsetMin: number;
  readonly recordedMs: number;
  readonly sealed: Uint8Array;
  /** Of its author's key that sealed it. */
  readonly keyNumber: number;
  /** When its words were moved to the shared side; null where they were not. */
  readonly movedMs: number | null;
}

export interface SealedDraft {
  readonly draftId: string;
  readonly authorId: string;
  readonly sessionId: string;
  readonly begunMs: number;
  readonly keptMs: number;
  readonly sealed: Uint8Array;
  readonly keyNumber: number;
}

interface NoteRow {
  readonly note_id: Buffer;
  readonly author_id: Buffer;
  readonly session_id: Buffer;
  readonly at_ms: number;
  readonly offset_min: number;
  readonly recorded_ms: number;
  readonly sealed: Buffer;
  readonly key_number: number;
  readonly moved_ms: number | null;
}

interface DraftRow {
  readonly draft_id: Buffer;
  readonly author_id: Buffer;
  readonly session_id: Buffer;
  readonly begun_ms: number;
  readonly kept_ms: number;
  readonly sealed: Buffer;
  readonly key_number: number;
}

/** Opens the private file for this process alone, making it where there never was one. Throws `StoreError`. */
export function openPrivateNotes(path: string, dataKey: DataKey, ids: { uuid(): string }): PrivateNotesStore {
  const folder = openDataFolder(path);
  const { databaseFile: file, lockFile, headFile } = privateNotesFiles(folder);
  const key = privateFileKey(dataKey);
  const database = openDatabase({ file, key, lockFile, headFile, newestVersion: privateStoreVersion });
  try {
    migrate(database, { key, backupFolder: folder.backupFolder, steps });
    if (readLogHead(headFile) === null) {
      const first = { epoch: ids.uuid(), seq: 0, hash: '0'.repeat(64), keyFingerprint: keyFingerprint(key) };
      new LogHeadFile(headFile, first).close();
    }
    return new PrivateNotesStore(database);
  } catch (error) {
    database.close();
    throw toStoreError(error, file);
  }
}

export class PrivateNotesStore {
  readonly authors: PrivateAuthors;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    this.authors = new PrivateAuthors(database);
  }

  get name(): string {
    return basename(this.#database.file);
  }

  findNote(noteId: string): SealedNote | null {
    const sql = 'SELECT * FROM note WHERE note_id = ?';
    const row = this.#read((connection) => connection.prepare<[Buffer], NoteRow>(sql).get(idToBlob(noteId, 'noteId')));
    return row === undefined ? null : noteOf(row);
  }

  /** How many notes of an author each of their keys has sealed, in whichever session. */
  countsByKey(authorId: string): ReadonlyMap<number, number> {
    const sql = 'SELECT key_number, count(*) AS count FROM note WHERE author_id = ? GROUP BY key_number';
    const rows = this.#read((connection) =>
      connection.prepare<[Buffer], { key_number: number; count: number }>(sql).all(idToBlob(authorId, 'authorId')),
    );
    return new Map(rows.map(({ key_number, count }) => [key_number, count]));
  }

  /** In order of time. */
  notesOf(authorId: string, sessionId: string): readonly SealedNote[] {
    const sql = 'SELECT * FROM note WHERE author_id = ? AND session_id = ? ORDER BY at_ms, note_id';
    const [author, session] = [idToBlob(authorId, 'authorId'), idToBlob(sessionId, 'sessionId')];
    return this.#read((connection) => connection.prepare<[Buffer, Buffer], NoteRow>(sql).all(author, session)).map(noteOf);
  }

  /** On disk when this returns, and the draft it was written from is gone. A note that is there already stays as it is. */
  addNote(note: Omit<SealedNote, 'movedMs'>, draftId: string | null): void {
    const sql = `INSERT OR IGNORE INTO note (note_id, author_id, session_id, at_ms, offset_min, recorded_ms, sealed, key_number)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
    const { atMs, offsetMin, recordedMs, sealed, keyNumber } = note;
    const blobs = [idToBlob(note.noteId, 'noteId'), idToBlob(note.authorId, 'authorId'), idToBlob(note.sessionId, 'sessionId')] as const;
    this.#write((connection) => {
      connection.prepare(sql).run(...blobs, atMs, offsetMin, recordedMs, sealed, keyNumber);
      if (draftId !== null) this.#deleteDraft(connection, note.authorId, draftId);
    });
  }

  /** Notes whose existence the shared log does not state yet: after a crash between the two, or with a full disk. */
  unmarked(): readonly SealedNote[] {
    return this.#read((connection) => connection.prepare<[], NoteRow>('SELECT * FROM note WHERE marked = 0').all()).map(noteOf);
  }

  setMarked(noteId: string): void {
    const id = idToBlob(noteId, 'noteId');
    this.#write((connection) => connection.prepare('UPDATE note SET marked = 1 WHERE note_id = ?').run(id));
  }

  /** Of a room that was restored: its record may lack what tells of the last notes. Returns how many those are. */
  unmarkAllBut(marked: ReadonlySet<string>): number {
    return this.#write((connection) => {
      const ids = connection.prepare<[], Buffer>('SELECT note_id FROM note WHERE marked = 1').pluck().all();
      const untold = ids.filter((id) => !marked.has(blobToId(id)));
      for (const id of untold) connection.prepare('UPDATE note SET marked = 0 WHERE note_id = ?').run(id);
      return untold.length;
    });
  }

  setMoved(noteId: string, movedMs: number): void {
    const id = idToBlob(noteId, 'noteId');
    this.#write((connection) => connection.prepare('UPDATE note SET moved_ms = ? WHERE note_id = ? AND moved_ms IS NULL').run(movedMs, id));
  }

  /** Newest first. */
  draftsOf(authorId: string, sessionId: string): readonly SealedDraft[] {
    const sql = 'SELECT * FROM draft WHERE author_id = ? AND session_id = ? ORDER BY kept_ms DESC';
    const [author, session] = [idToBlob(authorId, 'authorId'), idToBlob(sessionId, 'sessionId')];
    return this.#read((connection) => connection.prepare<[Buffer, Buffer], DraftRow>(sql).all(author, session)).map(draftOf);
  }

  keepDraft({ draftId, authorId, sessionId, begunMs, keptMs, sealed, keyNumber }: SealedDraft): void {
    const sql = `INSERT INTO draft (draft_id, author_id, session_id, begun_ms, kept_ms, sealed, key_number)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (draft_id)
      DO UPDATE SET begun_ms = excluded.begun_ms, kept_ms = excluded.kept_ms, sealed = excluded.sealed, key_number = excluded.key_number
      WHERE author_id = excluded.author_id AND session_id = excluded.session_id`;
    const blobs = [idToBlob(draftId, 'draftId'), idToBlob(authorId, 'authorId'), idToBlob(sessionId, 'sessionId')] as const;
    this.#write((connection) => connection.prepare(sql).run(...blobs, begunMs, keptMs, sealed, keyNumber));
  }

  dropDraft(authorId: string, draftId: string): void {
    this.#write((connection) => this.#deleteDraft(connection, authorId, draftId));
  }

  close(): void {
    this.#database.close();
  }

  #deleteDraft(connection: Connection, authorId: string, draftId: string): void {
    connection
      .prepare('DELETE FROM draft WHERE draft_id = ? AND author_id = ?')
      .run(idToBlob(draftId, 'draftId'), idToBlob(authorId, 'authorId'));
  }

  #read<Result>(work: (connection: Connection) => Result): Result {
    return this.#database.read(work);
  }

  #write<Result>(work: (connection: Connection) => Result): Result {
    return this.#database.write(() => work(this.#database.connection));
  }
}

function noteOf(row: NoteRow): SealedNote {
  return {
    noteId: blobToId(row.note_id),
    authorId: blobToId(row.author_id),
    sessionId: blobToId(row.session_id),
    atMs: row.at_ms,
    offsetMin: row.offset_min,
    recordedMs: row.recorded_ms,
    sealed: row.sealed,
    keyNumber: row.key_number,
    movedMs: row.moved_ms,
  };
}

function draftOf(row: DraftRow): SealedDraft {
  return {
    draftId: blobToId(row.draft_id),
    authorId: blobToId(row.author_id),
    sessionId: blobToId(row.session_id),
    begunMs: row.begun_ms,
    keptMs: row.kept_ms,
    sealed: row.sealed,
    keyNumber: row.key_number,
  };
}
