import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { metricIds } from '../../shared/clinical/metric.ts';
import type { Reading } from '../../shared/clinical/reading.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import { recordHashOf, recordSeal } from '../../electron/service/store/record-seal.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { EventBody, EventKind } from '../../electron/service/session/events/session-event.ts';
import { createRoomFixture, draft, memoryFolder, sessionDrafts, type RoomFixture } from './room-fixture.ts';

const PlainDatabase = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;

let room: RoomFixture;
let store: Store;
let sessionId: string;
let tick = 100;
beforeEach(() => {
  room = createRoomFixture(77, mkdtempSync(join(memoryFolder(), 'vigil-signatures-')));
  store = room.open();
  sessionId = room.ids.uuid();
  store.events.appendAll(sessionDrafts(room.ids, sessionId, 6));
  for (let second = 0; second < 8; second += 1) {
    const readings = [{ metric: 'spo2', value: 97, unit: '%', quality: 'good' } as const];
    const at = { utcMs: 1_795_446_000_000 + second * 1000, offsetMin: 0 };
    store.readings.appendSecond([{ sessionId, monitorId: room.ids.uuid(), at, monoMs: second, bootId: 'b', readings }]);
  }
});
afterEach(() => {
  store.close();
  room.close();
});

function append<K extends EventKind>(kind: K, body: EventBody<K>, session: string | null = sessionId): number {
  return store.events.appendAll([draft(room.ids, kind, body, { sessionId: session, tick: (tick += 1) })])[0]?.seq ?? 0;
}

type Signed = EventBody<'session-signed'>;

/** Signs the session as it stands, after `change` has had its way with the signature. */
function sign(version = 1, change: (body: Signed) => Signed = (body) => body): number {
  const last = store.events.readSession(sessionId).at(-1)?.seq ?? 0;
  const found = recordSeal(store, sessionId, last);
  if (found === null) throw new Error('nothing to sign');
  const { recordHash, ...seal } = found;
  return append(
    'session-signed',
    change({ version, personId: room.ids.uuid(), name: 'Ada', role: 'nurse', meaning: 'authored', recordHash, seal }),
  );
}

function problems(): readonly string[] {
  store.close();
  return verifyDatabase(room.folder, room.key).problems.map(({ seq, what }) => `${seq} ${what}`);
}

const observation = { text: 'calm', chips: [] };

describe('signatures in the file', () => {
  test('SIGNING-20 a record signed as it stands, co-signed, amended and signed again is whole', () => {
    append('service-started', { version: 't', bootId: room.ids.uuid() }, null);
    sign();
    const { recordHash } = { recordHash: lastHash() };
    append('session-cosigned', { version: 1, personId: room.ids.uuid(), name: 'Ben', role: 'prescriber', meaning: 'approved', recordHash });
    append('service-started', { version: 't', bootId: room.ids.uuid() }, null);
    append('amendment-begun', { ofVersion: 1, reason: 'a line was missing' });
    append('observation-recorded', observation);
    sign(2);
    append('amendment-begun', { ofVersion: 2, reason: 'looked again' });
    append('amendment-closed', { reason: 'nothing to change' });
    expect(problems()).toEqual([]);
  });

  test('SIGNING-19 an entry in a signed record without an amendment is found, also after an amendment was closed', () => {
    sign();
    const first = append('observation-recorded', observation);
    append('amendment-begun', { ofVersion: 1, reason: 'x' });
    append('amendment-closed', { reason: 'x' });
    const second = append('observation-recorded', observation);
    expect(problems()).toEqual([
      `${first} event ${first} changes a record that was signed as version 1, without an amendment`,
      `${second} event ${second} changes a record that was signed as version 1, without an amendment`,
    ]);
  });

  test('SIGNING-19 that a private note exists may be said beside a signed record', () => {
    sign();
    append('private-note-marked', { noteId: room.ids.uuid() });
    expect(problems()).toEqual([]);
  });

  test('SIGNING-24 a signature ends with the record, whatever is said of private notes before, between and after', () => {
    const shown = sealNow();
    append('private-note-marked', { noteId: room.ids.uuid() });
    append('text-moved-across', { direction: 'to-private', from: 'line', noteId: null });
    expect(sealNow()).toEqual(shown);
    sign();
    append('text-moved-across', { direction: 'to-shared', from: 'line', noteId: null });
    append('amendment-begun', { ofVersion: 1, reason: 'a line was missing' });
    append('observation-recorded', observation);
    const amended = sealNow();
    expect(amended).not.toEqual(shown);
    append('private-note-marked', { noteId: room.ids.uuid() });
    expect(sealNow()).toEqual(amended);
    sign(2);
    expect(problems()).toEqual([]);
  });

  test('SIGNING-24 the chain proves what the signature leaves out', () => {
    append('private-note-marked', { noteId: room.ids.uuid() });
    sign();
    const mark = store.events.readSession(sessionId).find(({ kind }) => kind === 'private-note-marked')?.seq ?? 0;
    store.close();
    const other = JSON.stringify({ noteId: room.ids.uuid() });
    tamper((connection) => {
      connection.exec('DROP TRIGGER IF EXISTS event_fixed; DROP TRIGGER IF EXISTS event_kept');
      connection.prepare('UPDATE event_log SET body = ? WHERE seq = ?').run(other, mark);
    });
    expect(verifyDatabase(room.folder, room.key).problems.map(({ seq }) => seq)).toContain(mark);
  });

  test('SIGNING-20 a signature that names another end of the record, another hash or another version is found', () => {
    const early = sign(1, (body) => ({ ...body, seal: { ...body.seal, throughSeq: body.seal.throughSeq - 1 } }));
    append('amendment-begun', { ofVersion: 1, reason: 'x' });
    const other = sign(2, (body) => ({ ...body, recordHash: 'ab'.repeat(32) }));
    append('amendment-begun', { ofVersion: 2, reason: 'x' });
    const skipped = sign(4);
    const stranger = append('session-cosigned', {
      version: 4,
      personId: room.ids.uuid(),
      name: 'Ben',
      role: 'nurse',
      meaning: 'reviewed',
      recordHash: 'cd'.repeat(32),
    });
    const found = problems();
    expect(found.map((problem) => Number(problem.split(' ')[0]))).toEqual([early, early, other, skipped, stranger]);
    expect(found[0]).toContain('signs a record that ends with event');
    expect(found[2]).toContain('signs another record than the one it names');
    expect(found[3]).toContain('where version 3 is next');
    expect(found[4]).toContain('co-signs a record that nobody signed');
  });

  test('SIGNING-20 a signature on another hash of the same end is found, and a first co-signature of what nobody signed', () => {
    const person = { personId: room.ids.uuid(), name: 'Ben', role: 'nurse', meaning: 'reviewed' } as const;
    const cosigned = append('session-cosigned', { version: 1, ...person, recordHash: 'cd'.repeat(32) });
    const early = sign(1, (body) => {
      const seal = { ...body.seal, eventHash: 'ab'.repeat(32) };
      return { ...body, seal, recordHash: recordHashOf(sessionId, seal) };
    });
    const found = problems();
    expect(found.map((problem) => Number(problem.split(' ')[0]))).toEqual([cosigned, early]);
    expect(found[1]).toContain('signs a record that ends with event');
  });

  test('SIGNING-20 nothing is sealed up to an event that is not there, or of a session without one', () => {
    const last = store.events.readSession(sessionId).at(-1)?.seq ?? 0;
    expect(recordSeal(store, sessionId, last)?.throughSeq).toBe(last);
    expect(recordSeal(store, sessionId, last + 1)).toBeNull();
    expect(recordSeal(store, room.ids.uuid(), last)).toBeNull();
  });

  test('SIGNING-20 the readings of another session in the same hour are not of this seal', () => {
    const before = sealNow();
    const other = room.ids.uuid();
    store.events.appendAll(sessionDrafts(room.ids, other, 6));
    const readings = [{ metric: 'spo2', value: 92, unit: '%', quality: 'good' } as const];
    const at = { utcMs: 1_795_446_004_000, offsetMin: 0 };
    store.readings.appendSecond([{ sessionId: other, monitorId: room.ids.uuid(), at, monoMs: 4, bootId: 'b', readings }]);
    expect(before?.readingRows).toBe(8);
    expect(sealNow()).toEqual(before);
  });

  test('SIGNING-20 one reading changed, added or taken away after the signature is found', () => {
    const seq = sign();
    store.close();
    for (const change of [
      'UPDATE reading SET spo2 = 92 WHERE part = 0 AND place = (SELECT max(place) FROM reading)',
      'DELETE FROM reading WHERE place = (SELECT max(place) FROM reading)',
    ]) {
      tamper((connection) => connection.exec(change));
      const found = verifyDatabase(room.folder, room.key).problems.map(({ what }) => what);
      expect(found).toEqual([`the readings of the session are not those that were signed with event ${seq}`]);
    }
  });

  test('SIGNING-20 the seal of the readings covers every column of every row, absence words and vendor values too', () => {
    const at = { utcMs: 1_795_446_100_000, offsetMin: -300 };
    const readings = [
      { metric: 'spo2', absent: 'sensor-off' },
      { metric: 'pulse-rate', value: 71, unit: '{beats}/min', quality: 'good', deviceTime: '2026-11-24T02:21:36' },
      { metric: 'x:maker:index', value: 12.5, unit: '1', quality: 'good' },
    ] satisfies Reading[];
    store.readings.appendSecond([{ sessionId, monitorId: room.ids.uuid(), at, monoMs: 4321, bootId: 'b', readings }]);
    const seq = sign();
    store.close();
    expect(verifyDatabase(room.folder, room.key).problems).toEqual([]);
    const whole = readFileSync(join(room.folder, 'vigil.db'));
    const row = '(SELECT max(place) FROM reading)';
    const valueColumns = metricIds.map((metric) => metric.replaceAll('-', '_'));
    const changes = [
      ...['offset_min', 'mono_ms', ...valueColumns].map(
        (column) => `UPDATE reading SET ${column} = coalesce(${column}, 40) + 1 WHERE place = ${row}`,
      ),
      `UPDATE reading SET device_lag_s = coalesce(device_lag_s, 0) + 1 WHERE place = ${row}`,
      `UPDATE reading SET part = part + 1 WHERE place = ${row}`,
      `UPDATE reading SET place = place + 65536 WHERE place = ${row}`,
      `UPDATE reading SET extra = '[13.5]' WHERE place = ${row}`,
      `UPDATE reading_notes SET text = replace(text, 'sensor-off', 'searching')`,
      `UPDATE reading_stream SET boot_id = 'c' WHERE stream = (SELECT stream FROM reading WHERE place = ${row})`,
      `UPDATE reading_stream SET monitor_id = randomblob(16) WHERE stream = (SELECT stream FROM reading WHERE place = ${row})`,
    ];
    for (const change of changes) {
      writeFileSync(join(room.folder, 'vigil.db'), whole);
      tamper((connection) => expect(connection.prepare(change).run().changes, change).toBe(1));
      const found = verifyDatabase(room.folder, room.key).problems.map(({ what }) => what);
      expect(found, change).toContain(`the readings of the session are not those that were signed with event ${seq}`);
    }
  });

  test('SIGNING-20 the hash of a record depends on every part of its seal', () => {
    const seal = { throughSeq: 7, eventHash: 'a'.repeat(64), readingRows: 3, readingsHash: 'b'.repeat(64) };
    const hashes = [
      recordHashOf('s', seal),
      recordHashOf('t', seal),
      recordHashOf('s', { ...seal, throughSeq: 8 }),
      recordHashOf('s', { ...seal, eventHash: 'c'.repeat(64) }),
      recordHashOf('s', { ...seal, readingRows: 4 }),
      recordHashOf('s', { ...seal, readingsHash: 'c'.repeat(64) }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

function sealNow(): ReturnType<typeof recordSeal> {
  return recordSeal(store, sessionId, store.events.readSession(sessionId).at(-1)?.seq ?? 0);
}

function lastHash(): string {
  const last = store.events.readSession(sessionId).at(-1);
  return last?.kind === 'session-signed' ? last.body.recordHash : '';
}

/** Changes the database as somebody would who has its key: past its triggers. */
function tamper(work: (connection: Connection) => void): void {
  const connection = new PlainDatabase(join(room.folder, 'vigil.db'));
  connection.pragma("cipher='sqlcipher'");
  connection.pragma('legacy=4');
  connection.pragma(`legacy_page_size=${pageLength}`);
  connection.key(Buffer.from(`x'${Buffer.from(room.key).toString('hex')}'`));
  for (const table of ['reading', 'reading_notes', 'reading_stream']) {
    connection.exec(`DROP TRIGGER IF EXISTS ${table}_kept; DROP TRIGGER IF EXISTS ${table}_fixed`);
  }
  work(connection);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
}
