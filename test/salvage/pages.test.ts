import { createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageLength, saltLength } from '../../electron/service/store/cipher-pages.ts';
import { openCopy, openDatabase } from '../../electron/service/store/database.ts';
import { withPrivateCopy } from '../../electron/service/store/private-copy.ts';
import { DamagedFile, findSalt } from '../../electron/service/store/salvage/damaged-file.ts';
import { readBTreePage } from '../../electron/service/store/salvage/page-cells.ts';
import { Survey } from '../../electron/service/store/salvage/survey.ts';
import { coveringIndexes, fits, rowOf, tableShapes } from '../../electron/service/store/salvage/table-shapes.ts';
import { using } from '../backup/backup-fixture.ts';
import { createRoomToDamage, keyOf, type RoomToDamage } from './salvaged-room.ts';

let room: RoomToDamage;
let file: string;
beforeAll(() => {
  room = createRoomToDamage();
  file = join(room.copy('intact'), 'vigil.db');
});
afterAll(() => room.close());

test('SALVAGE-1 every row of every table and of every index that holds all of one, as SQLite reads it', () => {
  expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(20 * pageLength);
  const salt = findSalt(file, room.key, null) ?? new Uint8Array();
  withPrivateCopy(file, (copy) =>
    using(openCopy(copy, room.key), (connection) =>
      using(new DamagedFile(file, room.key, salt), (pages) => {
        const shapes = tableShapes(connection);
        const survey = new Survey(pages, shapes);
        expect([survey.damaged, pages.unplaced, pages.startOrLogIsDamaged]).toEqual([[], 0, false]);
        for (const { name, columns, withoutRowid } of shapes) {
          const names = columns.map((column) => column.name).join(', ');
          const expected = connection.prepare<[], unknown[]>(`SELECT ${names} FROM ${name} ORDER BY 1, 2`).raw().all();
          const found = withoutRowid ? survey.reached(name).cells.map(({ values }) => values ?? []) : [...survey.rows(name)];
          expect(found.map(keyOf)).toEqual(expected.map(keyOf));
          if (!withoutRowid) expect(survey.lostRanges(name)).toEqual([]);
        }
        const indexes = coveringIndexes(connection, shapes);
        expect(indexes.map(({ table }) => table.name).toSorted()).toEqual(['boot', 'reading_notes', 'reading_stream', 'wave_stream']);
        for (const index of indexes) expect(survey.reached(index.name).cells).toHaveLength([...survey.rows(index.table.name)].length);
      }),
    ),
  );
});

test('SALVAGE-1 a row from before a column was added says what SQLite says of it', () => {
  const at = (name: string): string => join(room.copy('added'), name);
  const options = { file: at('grown.db'), key: room.key, lockFile: at('grown.lock'), headFile: at('grown.head'), newestVersion: 0 };
  const rows = using(openDatabase(options), ({ connection }) => {
    connection.exec(`CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
      CREATE TABLE author (author BLOB PRIMARY KEY, salt BLOB NOT NULL) STRICT, WITHOUT ROWID;
      INSERT INTO note VALUES (1, 'before'); INSERT INTO author VALUES (x'01', x'02');
      ALTER TABLE note ADD COLUMN key INTEGER NOT NULL DEFAULT 1; ALTER TABLE note ADD COLUMN pepper BLOB;
      ALTER TABLE author ADD COLUMN number INTEGER NOT NULL DEFAULT 7;
      INSERT INTO note VALUES (2, 'after', 3, x'ff'); INSERT INTO author VALUES (x'05', x'06', 8)`);
    const shapes = tableShapes(connection);
    const inSqlite = shapes.map(({ name }) => connection.prepare<[], unknown[]>(`SELECT * FROM ${name} ORDER BY 1`).raw().all());
    return { shapes, inSqlite };
  });
  const salt = findSalt(options.file, room.key, null) ?? new Uint8Array();
  using(new DamagedFile(options.file, room.key, salt), (pages) => {
    const survey = new Survey(pages, rows.shapes);
    const found = rows.shapes.map((shape) =>
      shape.withoutRowid
        ? survey.reached(shape.name).cells.map(({ values }) => (fits(shape, values ?? []) ? rowOf(shape, null, values ?? []) : []))
        : [...survey.rows(shape.name)],
    );
    expect(found.map((table) => table.map(keyOf))).toEqual(rows.inSqlite.map((table) => table.map(keyOf)));
  });
});

test('SALVAGE-1 pages of any bytes are read as rows or as nothing, and never throw', () => {
  for (let run = 0; run < 500; run += 1) {
    const page = Buffer.from(room.ids.randomBytes(pageLength));
    page[0] = [13, 5, 10, 2][run % 4] ?? 0;
    if (run % 2 === 0) page.writeUInt16BE(run % 50, 3);
    const tree = readBTreePage(page, 2, () => null);
    expect(tree === null || tree.cells.length >= 0).toBe(true);
  }
});

test('SALVAGE-2 negative control: without the seals of the pages, wrong values are read', () => {
  const bytes = readFileSync(file);
  const rowsOf = (page: Buffer): string => {
    const end = pageLength - 80;
    const decipher = createDecipheriv('aes-256-cbc', room.key, page.subarray(end, end + 16)).setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(page.subarray(0, end)), decipher.final()]);
    const tree = readBTreePage(plain, 2, () => null);
    return tree?.kind === 'table-leaf' ? tree.cells.map(({ values }) => keyOf(values ?? [])).join('\n') : '';
  };
  let wrong = 0;
  for (let number = 2; number <= bytes.length / pageLength; number += 1) {
    const page = bytes.subarray((number - 1) * pageLength, number * pageLength);
    const before = rowsOf(page);
    const flipped = Buffer.from(page);
    flipped[1900] = (flipped[1900] ?? 0) ^ 1;
    if (before !== '' && rowsOf(flipped) !== before && rowsOf(flipped) !== '') wrong += 1;
  }
  expect(wrong).toBeGreaterThan(50);
  expect(saltLength).toBe(16);
});
