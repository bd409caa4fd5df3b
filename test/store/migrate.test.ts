import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../electron/service/store/connection.ts';
import { openCopy, openDatabase, type Database } from '../../electron/service/store/database.ts';
import { dataFolderAt, openDataFolder } from '../../electron/service/store/data-folder.ts';
import { migrate, migrations, newestVersion, versionOf, type MigrateOutcome } from '../../electron/service/store/migrate.ts';
import type { Migration } from '../../electron/service/store/migrations/migration.ts';
import type { StartStep } from '../../shared/boot/boot-message.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { createRoomFixture, storeErrorOf, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture;
let database: Database | undefined;
beforeEach(() => {
  room = createRoomFixture(151);
});
afterEach(() => {
  database?.close();
  database = undefined;
  room.close();
});

/** A release writes its steps' hashes here; a step that changes afterwards fails, and a new one is added below. */
const released: Readonly<Record<string, string>> = {
  '0010-event-log.ts': '0ed388bfe11da4e50cc70491f328ae4ba5ebb487ed0fa2f153fc244edc197ae0',
  '0020-reading-log.ts': '18f4f8bea56bfbf7164f79d51f4a1fefea702f69cb098f66dd8ea25b781b38f9',
  '0030-wave-log.ts': 'd04621eca7a6ac5d69713786f893a3ecc364193d8fcf73780e5113685a55eb17',
  '0040-command.ts': '4ecc4d013fb382de2f161c685169ba1be546eeef48e0ade59d765a77b8631912',
  '0050-lookup.ts': '15464f1500524e307283c55b0e24bf074f92def9acea324e51960c567666496c',
  '0060-checkpoint.ts': '2e0be290bf0477c34f3d093cecca84b158a230c44405aa5a3fe2a3bbc6095cd4',
  '0070-looks.ts': '1b55baa3ee8cfb417ba0b53c3af3206dc13cc607a052465e465f4e483f2d0739',
};

test('STORE-15 every step is as it was when it was pinned', () => {
  const folder = new URL('../../electron/service/store/migrations/', import.meta.url);
  const files = readdirSync(folder).filter((name) => /^\d/.test(name));
  const hashes = files.map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(new URL(name, folder)))
      .digest('hex'),
  ]);
  expect(Object.fromEntries(hashes)).toStrictEqual(released);
});

test('STORE-15 files are numbered in tens, in order, and each is used', () => {
  expect(migrations.map((step) => `${String(step.version).padStart(4, '0')}-${step.name}.ts`)).toStrictEqual(Object.keys(released));
  for (const { version } of migrations) expect(version % 10).toBe(0);
});

function openRaw(): Database {
  const { databaseFile: file, lockFile, headFile } = openDataFolder(room.folder);
  database = openDatabase({ file, key: room.key, lockFile, headFile, newestVersion: 9990 });
  return database;
}
function run(steps: readonly Migration[]): MigrateOutcome {
  if (database === undefined) throw new Error('no database');
  return migrate(database, { key: room.key, backupFolder: dataFolderAt(room.folder).backupFolder, steps });
}
const upTo = (version: number): Migration[] => migrations.filter((step) => step.version <= version);
function tablesOf(connection: Connection): string[] {
  return connection.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();
}

test('STORE-15 step 10 makes the event log in an empty file, without a backup of nothing', () => {
  const { connection } = openRaw();
  expect(run(upTo(10))).toStrictEqual({ from: 0, to: 10, backupFile: null });
  expect(tablesOf(connection)).toStrictEqual(['boot', 'epoch', 'event_log', 'room']);
  expect(existsSync(dataFolderAt(room.folder).backupFolder)).toBe(false);
});

test('STORE-15 step 20 adds the reading log and leaves every row of the event log as it was, with a backup beside it', () => {
  const { connection } = openRaw();
  run(upTo(10));
  connection.exec(`
    INSERT INTO room VALUES (1, zeroblob(16));
    INSERT INTO epoch VALUES (1, randomblob(16), 'created');
    INSERT INTO boot VALUES (1, 'boot');
    INSERT INTO event_log VALUES (1, randomblob(16), NULL, 'stop-requested', 1, 2, 3, 4, 5, 1, NULL, NULL, NULL, '{}', 1, 0, randomblob(32))`);
  const rows = (from: Connection): unknown =>
    ['room', 'epoch', 'boot', 'event_log'].map((table) => from.prepare(`SELECT * FROM ${table}`).all());
  const before = rows(connection);
  const outcome = run(upTo(20));
  expect(outcome).toMatchObject({ from: 10, to: 20 });
  expect(rows(connection)).toStrictEqual(before);
  expect(tablesOf(connection)).toStrictEqual([
    'boot',
    'epoch',
    'event_log',
    'reading',
    'reading_hour',
    'reading_notes',
    'reading_stream',
    'room',
  ]);
  const backupFile = outcome.backupFile ?? '';
  expect(backupFile).toMatch(/backup\/vigil-0010-before-0020\.db$/);
  expect(statSync(backupFile).mode & 0o777).toBe(0o600);
  expect(readFileSync(backupFile).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  const backup = openCopy(backupFile, room.key);
  expect(versionOf(backup)).toBe(10);
  expect(rows(backup)).toStrictEqual(before);
  backup.close();
  expect(run(upTo(20))).toStrictEqual({ from: 20, to: 20, backupFile: null });
});

test('STORE-15, WAVE-9 step 30 adds the wave log and leaves every reading as it was', () => {
  const { connection } = openRaw();
  run(upTo(20));
  connection.exec(`
    INSERT INTO reading_stream VALUES (1, randomblob(16), randomblob(16), 'boot');
    INSERT INTO reading_hour VALUES (1, 2);
    INSERT INTO reading (place, stream, part, offset_min, mono_ms, spo2) VALUES (655360000, 1, 0, -300, 7, 97)`);
  const rows = (): unknown =>
    ['reading_stream', 'reading_hour', 'reading'].map((table) => connection.prepare(`SELECT * FROM ${table}`).all());
  const before = rows();
  expect(run(upTo(30))).toMatchObject({ from: 20, to: 30 });
  expect(rows()).toStrictEqual(before);
  expect(tablesOf(connection)).toEqual(expect.arrayContaining(['wave_block', 'wave_stream']));
});

test('STORE-15 a step that fails leaves the version before, and its backup is not overwritten by the next attempt', () => {
  const { connection } = openRaw();
  const newest = String(newestVersion).padStart(4, '0');
  run(migrations);
  connection.exec('INSERT INTO room VALUES (1, zeroblob(16))');
  const broken: Migration = {
    version: 9000,
    name: 'broken',
    sql: 'CREATE TABLE kept (a INTEGER) STRICT; INSERT INTO no_such_table VALUES (1);',
  };
  for (const _attempt of [1, 2]) expect(storeErrorOf(() => run([...migrations, broken])).code).toBe('STORE_FAILED');
  expect(versionOf(connection)).toBe(newestVersion);
  expect(tablesOf(connection)).not.toContain('kept');
  expect(readdirSync(dataFolderAt(room.folder).backupFolder).toSorted()).toStrictEqual([
    `vigil-${newest}-before-9000-2.db`,
    `vigil-${newest}-before-9000.db`,
  ]);
});

test('STORE-15 steps out of order and a database from the future are refused', () => {
  openRaw();
  const step = (version: number): Migration => ({ version, name: 'test', sql: '' });
  expect(() => run([step(10), step(10)])).toThrow(/out of order/);
  expect(() => run([step(20), step(10)])).toThrow(/out of order/);
  run([step(10), step(20)]);
  expect(storeErrorOf(() => run([step(10)])).code).toBe('STORE_NEWER');
});

const stored = new URL('../fixtures/databases/', import.meta.url);
test.each(readdirSync(stored).toSorted())(
  'STORE-15, SHELL-21 the stored database of version %s opens, says so on its way, is whole, and holds what it held',
  (version) => {
    const from = new URL(`${version}/`, stored);
    mkdirSync(room.folder, { mode: 0o700 });
    for (const name of ['vigil.db', 'head']) {
      copyFileSync(new URL(name, from), join(room.folder, name));
      chmodSync(join(room.folder, name), 0o600);
    }
    const { key, events, readings, waves } = JSON.parse(readFileSync(new URL('content.json', from), 'utf8')) as Record<string, unknown>;
    const steps: StartStep[] = [];
    const onStep = (step: StartStep): void => void steps.push(step);
    const store = openStore({ folder: room.folder, key: new Uint8Array(Buffer.from(String(key), 'hex')), ids: room.ids, onStep });
    expect(steps).toEqual(Number(version) === newestVersion ? [] : ['updating']);
    expect(store.migrated).toMatchObject({ from: Number(version), to: newestVersion });
    expect(JSON.parse(JSON.stringify([...store.events.readAll()]))).toStrictEqual(events);
    expect(steps.at(-1)).toBe('reading');
    const read = store.events.newestSessions(1000).flatMap(({ sessionId }) => [...store.readings.readSession(sessionId)]);
    expect(JSON.parse(JSON.stringify(read))).toStrictEqual(readings);
    if (waves !== undefined) {
      const blocks = store.events.newestSessions(1000).flatMap(({ sessionId }) => store.waves.readWindow(sessionId, 0, 4_000_000_000_000));
      expect(JSON.parse(JSON.stringify(blocks))).toStrictEqual(waves);
    }
    store.close();
    expect(verifyDatabase(room.folder, new Uint8Array(Buffer.from(String(key), 'hex'))).problems).toStrictEqual([]);
  },
);

test('STORE-15 there is a stored database of the newest version', () => {
  expect(readdirSync(stored)).toContain(String(newestVersion).padStart(4, '0'));
});
