import { existsSync } from 'node:fs';
import type { Ids } from '../../platform/platform.ts';
import type { DataFolder } from '../data-folder.ts';
import { openDatabase, type Database } from '../database.ts';
import type { DataKey } from '../data-key.ts';
import { blobToId } from '../event-row.ts';
import { openPrivateNotes, privateNotesFiles, privateStoreVersion } from '../private-notes.ts';
import { privateFileKey } from '../private-seal.ts';
import { DamagedFile, findSalt } from './damaged-file.ts';
import type { Value } from './page-cells.ts';
import { Survey } from './survey.ts';
import { fits, rowOf, tableShapes, type TableShape } from './table-shapes.ts';

export interface SavedNotes {
  readonly notes: number;
  readonly damagedPages: number;
  /** The notes that the record tells of and that are not there any more, by their ids. */
  readonly lost: readonly string[];
}

interface NotesTask {
  readonly damaged: DataFolder;
  readonly room: DataFolder;
  readonly key: DataKey;
  readonly ids: Ids;
  /** Of which the saved record tells. */
  readonly marked: readonly string[];
  /** With which the file began in a backup, if one is named. */
  readonly earlierSalt: Uint8Array | null;
}

/** Saves what is whole of the private notes, sealed as it is, into the new room's file. Null where the room had none. */
export function salvageNotes({ damaged, room, key, ids, marked, earlierSalt }: NotesTask): SavedNotes | null {
  const from = privateNotesFiles(damaged).databaseFile;
  if (!existsSync(from)) return marked.length === 0 ? null : { notes: 0, damagedPages: 0, lost: marked };
  const fileKey = privateFileKey(key);
  const salt = findSalt(from, fileKey, earlierSalt);
  openPrivateNotes(room.path, key, ids).close();
  const { databaseFile: file, lockFile, headFile } = privateNotesFiles(room);
  const database = openDatabase({ file, key: fileKey, lockFile, headFile, newestVersion: privateStoreVersion });
  const damagedFile = salt === null ? null : new DamagedFile(from, fileKey, salt);
  try {
    const damagedPages = damagedFile === null ? 0 : saveRows(damagedFile, database);
    const isThere = new Set(noteIds(database));
    markAgain(database, new Set(marked));
    return { notes: isThere.size, damagedPages, lost: marked.filter((id) => !isThere.has(id)) };
  } finally {
    damagedFile?.close();
    database.close();
  }
}

function saveRows(from: DamagedFile, database: Database): number {
  const shapes = tableShapes(database.connection);
  const survey = new Survey(from, shapes);
  const roots = database.connection.prepare<[], { name: string; rootpage: number }>(
    'SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0',
  );
  for (const { name, rootpage } of roots.all()) survey.assumeRoot(name, rootpage);
  // Authors first: a note without its author's key is opened by nobody.
  const inOrder = shapes.toSorted((a, b) => Number(b.name === 'author') - Number(a.name === 'author'));
  for (const shape of inOrder) saveTable(shape, survey, database);
  return survey.damaged.length + from.unplaced;
}

/** Notes are never removed, so that each page that has any counts; of all else only what the file still leads to. */
function saveTable(shape: TableShape, survey: Survey, database: Database): void {
  const { name, columns } = shape;
  const rows = name === 'note' ? survey.rows(name) : reachedRows(shape, survey);
  const authorAt = columns.findIndex((column) => column.name === 'author_id');
  const isAuthor = database.connection.prepare<[Value], number>('SELECT 1 FROM author WHERE author_id = ?').pluck();
  const names = columns.map((column) => column.name).join(', ');
  const insert = database.connection.prepare(`INSERT OR IGNORE INTO ${name} (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
  database.write(() => {
    for (const row of rows) {
      if (name === 'author' || authorAt === -1 || isAuthor.get(row[authorAt] ?? null) === 1) insert.run(...row);
    }
  });
}

function* reachedRows(shape: TableShape, survey: Survey): Generator<readonly Value[]> {
  for (const { rowid, values } of survey.reached(shape.name).cells) {
    if (values !== null && fits(shape, values)) yield rowOf(shape, rowid, values);
  }
}

function noteIds({ connection }: Database): string[] {
  return connection.prepare<[], Buffer>('SELECT note_id FROM note').pluck().all().map(blobToId);
}

/** As the record says: of a note that it does not tell of, the room tells at its next start. */
function markAgain(database: Database, marked: ReadonlySet<string>): void {
  const { connection } = database;
  const rows = connection.prepare<[], { note_id: Buffer; marked: number }>('SELECT note_id, marked FROM note').all();
  const set = connection.prepare<[number, Buffer]>('UPDATE note SET marked = ? WHERE note_id = ?');
  database.write(() => {
    for (const row of rows) {
      const told = marked.has(blobToId(row.note_id)) ? 1 : 0;
      if (told !== row.marked) set.run(told, row.note_id);
    }
  });
}
