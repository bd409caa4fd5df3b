import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../electron/service/store/connection.ts';
import { blobToId, idToBlob } from '../../electron/service/store/event-row.ts';
import { createNotesReader, rowReadings, selectReadings, type StoredRow } from '../../electron/service/store/reading-log.ts';
import { valueColumns } from '../../electron/service/store/reading-row.ts';
import { atOnce } from '../../electron/service/platform/in-turns.ts';
import { readingsSeal } from '../../electron/service/store/record-seal.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { Findings, nothingFound } from '../../electron/service/store/verify-findings.ts';
import { verifyReadings } from '../../electron/service/store/verify-readings.ts';
import type { Reading } from '../../shared/clinical/reading.ts';
import { createRoomFixture, memoryFolder, type RoomFixture } from './room-fixture.ts';

const startMs = 1_795_446_000_000;
const seconds = 30;

let room: RoomFixture;
let store: Store;
let connection: Connection;
let sessionId: string;
beforeEach(() => {
  room = createRoomFixture(371, mkdtempSync(join(memoryFolder(), 'vigil-readings-')));
  store = room.open();
  connection = store.database.connection;
  sessionId = room.ids.uuid();
  const [oximeter, cuff] = [room.ids.uuid(), room.ids.uuid()];
  for (let second = 0; second < seconds; second += 1) {
    const at = { utcMs: startMs + second * 1000, offsetMin: 60 };
    const row = { sessionId, at, monoMs: second, bootId: 'b' };
    const deviceTime = `2026-11-23T10:00:${String(second).padStart(2, '0')}`;
    store.readings.appendSecond([
      { ...row, monitorId: oximeter, readings: ofOximeter(second).map((reading) => ({ ...reading, deviceTime })) },
      { ...row, monitorId: cuff, readings: [{ metric: 'temp', absent: 'sensor-off' }] },
    ]);
  }
});
afterEach(() => {
  store.close();
  room.close();
});

function ofOximeter(second: number): Reading[] {
  return [
    { metric: 'spo2', value: 97 + second / 7, unit: '%', quality: second % 5 === 0 ? 'questionable' : 'good' },
    { metric: 'x:masimo:PVI', value: 14 + (second % 3), unit: '%', quality: 'good' },
    { metric: 'x:masimo:SpHb', value: 0.1 + 0.2, unit: 'g/dL', quality: 'good' },
  ];
}

/** What a reading of each row finds, one after the other: what the verification is held against. */
function invalidOnes(): string[] {
  const notesOf = createNotesReader();
  const found: string[] = [];
  for (const row of connection.prepare<[], StoredRow>(`${selectReadings} ORDER BY place`).iterate()) {
    try {
      rowReadings(row, notesOf);
    } catch {
      found.push(`the reading of stream ${row.stream} at second ${row.at_s} (part ${row.part}) is not valid`);
    }
  }
  return found;
}

function verified(typesProved: boolean): {
  readonly rows: number;
  readonly problems: readonly string[];
  readonly shares: readonly number[];
} {
  const findings = new Findings();
  const shares: number[] = [];
  const rows = verifyReadings(connection, { typesProved }, findings, (share) => shares.push(share));
  const { problems } = findings.result(nothingFound);
  return { rows, problems: problems.map(({ what }) => what), shares };
}

/** Past triggers and constraints, as somebody would who has the key. */
function plant(sql: string): void {
  connection.pragma('ignore_check_constraints=1');
  connection.pragma('foreign_keys=0');
  for (const table of ['reading', 'reading_hour', 'reading_notes']) {
    connection.exec(`DROP TRIGGER IF EXISTS ${table}_kept; DROP TRIGGER IF EXISTS ${table}_fixed`);
  }
  connection.exec(sql);
}

const second = (number: number): string => `at_s = ${startMs / 1000 + number}`;

test('STORE-37 of whole readings all are counted and none is named, however they are looked at', () => {
  expect(invalidOnes()).toEqual([]);
  expect(verified(true)).toEqual({ rows: 2 * seconds, problems: [], shares: [1] });
  expect(verified(false)).toEqual({ rows: 2 * seconds, problems: [], shares: [1] });
});

test.each([
  ['notes that say what is not known', `UPDATE reading_notes SET text = '{"a":{"temp":"gone"}}' WHERE text LIKE '%sensor-off%'`],
  ['notes that are no JSON', `UPDATE reading_notes SET text = '{' WHERE notes = 1`],
  ['notes that are missing', 'DELETE FROM reading_notes WHERE notes = 2'],
  ['notes of another row', `UPDATE reading SET notes = 1 WHERE ${second(4)}`],
  ['notes without their numbers', `UPDATE reading SET extra = NULL WHERE ${second(5)}`],
  ['numbers without notes', `UPDATE reading SET notes = NULL WHERE ${second(6)}`],
  ['too few numbers', `UPDATE reading SET extra = '[14]' WHERE ${second(7)} AND extra IS NOT NULL`],
  ['too many numbers', `UPDATE reading SET extra = '[14,1,2]' WHERE ${second(7)} AND extra IS NOT NULL`],
  ['numbers that are text', `UPDATE reading SET extra = '["14","1"]' WHERE ${second(8)}`],
  ['numbers in a list of their own', `UPDATE reading SET extra = '[[14],1]' WHERE ${second(8)}`],
  ['numbers beyond all numbers', `UPDATE reading SET extra = '[1e999,1]' WHERE ${second(8)}`],
  ['numbers that are no list', `UPDATE reading SET extra = '14' WHERE ${second(8)}`],
  ['numbers that are cut', `UPDATE reading SET extra = '[14,1' WHERE ${second(9)}`],
  ['a device time without a date', `UPDATE reading SET device_lag_s = 9000000000000000 WHERE ${second(10)}`],
  ['a device time long before', `UPDATE reading SET device_lag_s = -9000000000000000 WHERE ${second(11)}`],
])('STORE-37 %s: the rows are those that a reading of each row finds', (_, sql) => {
  plant(sql);
  const invalid = invalidOnes();
  expect(invalid).not.toEqual([]);
  expect(verified(true)).toMatchObject({ rows: 2 * seconds, problems: invalid });
  expect(verified(false)).toMatchObject({ problems: invalid });
});

test('STORE-37 a row before all time and one after it are looked at too', () => {
  plant(`UPDATE reading SET place = -7, notes = 99 WHERE ${second(1)} AND stream = 1;
    UPDATE reading SET place = 9223372036854775000, notes = 99 WHERE ${second(2)} AND stream = 1`);
  const invalid = invalidOnes();
  expect(invalid).toHaveLength(2);
  const lost = verified(true).problems.filter((what) => !invalid.includes(what));
  expect(verified(true).problems).toEqual([...invalid, ...lost]);
  expect(lost.every((what) => what.endsWith('belong to no session'))).toBe(true);
  expect(lost).toHaveLength(2);
});

test('STORE-37 a value that is text is found: by the types of a strict table, and row by row where the table is none', () => {
  const create = connection.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'reading'`).pluck().get() ?? '';
  const rows = `place, stream, part, offset_min, mono_ms, device_lag_s, ${valueColumns.join(', ')}, notes, extra`;
  plant(`ALTER TABLE reading RENAME TO before; ${create.replace(/STRICT\s*$/, '')}; INSERT INTO reading (${rows}) SELECT ${rows} FROM before;
    DROP TABLE before; UPDATE reading SET spo2 = 'high' WHERE ${second(3)} AND stream = 1`);
  const invalid = invalidOnes();
  expect(invalid).toHaveLength(1);
  // SQLite has nothing against text in a table that is not strict.
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(verified(true).problems).toEqual(invalid);
  (connection as Connection & { unsafeMode(on: boolean): void }).unsafeMode(true);
  connection.pragma('writable_schema=1');
  connection.prepare(`UPDATE sqlite_schema SET sql = ? WHERE name = 'reading'`).run(create);
  connection.pragma('writable_schema=RESET');
  expect(connection.pragma('integrity_check', { simple: true })).toMatch(/non-REAL value in reading.spo2/);
  expect(verified(false).problems).toEqual(invalid);
});

test('STORE-37 readings of an hour that no stream names are named by stream and hour', () => {
  plant('DELETE FROM reading_hour WHERE stream = 2');
  expect(verified(true).problems).toEqual([`the readings of stream 2 in hour ${startMs / 3_600_000} belong to no session`]);
});

test('SIGNING-32 the hash of the readings is that of its description, of every minute of every hour', () => {
  // The same half minute again 20, 50 and 130 minutes later.
  const rows = `stream, part, offset_min, mono_ms, device_lag_s, ${valueColumns.join(', ')}, notes, extra`;
  plant(
    [20, 50, 130]
      .map(
        (minutes) =>
          `INSERT INTO reading (place, ${rows}) SELECT place + ${minutes * 60 * 65_536}, ${rows} FROM reading WHERE at_s < ${startMs / 1000 + seconds}`,
      )
      .join(';') + '; INSERT INTO reading_hour (stream, hour) SELECT stream, hour + 2 FROM reading_hour',
  );
  const streams = new Map(
    connection
      .prepare<[], { stream: number; monitor_id: Buffer; boot_id: string }>('SELECT * FROM reading_stream')
      .all()
      .map(({ stream, monitor_id, boot_id }) => [stream, [blobToId(monitor_id), boot_id]] as const),
  );
  const described = ['at_s', 'part', 'offset_min', 'mono_ms', 'device_lag_s', ...valueColumns, 'text', 'extra'];
  const lines = connection
    .prepare<[], StoredRow>(`${selectReadings} ORDER BY place`)
    .all()
    .map((row) => `${JSON.stringify([...(streams.get(row.stream) ?? []), ...described.map((column) => row[column] ?? null)])}\n`);
  expect(atOnce(readingsSeal(connection, idToBlob(sessionId, 'sessionId')))).toEqual({
    readingRows: 4 * 2 * seconds,
    readingsHash: createHash('sha256').update(lines.join('')).digest('hex'),
  });
  expect(atOnce(readingsSeal(connection, idToBlob(room.ids.uuid(), 'sessionId'))).readingRows).toBe(0);
});
