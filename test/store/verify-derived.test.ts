import { createRequire } from 'node:module';
import { mkdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { foldProblems } from '../../electron/cli/fold-problems.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { readKeptRows } from '../../electron/service/store/verify-derived.ts';
import { draft } from './room-fixture.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';

const PlainDatabase = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection;
const key = new Uint8Array(32).map((_, index) => index + 1);

let room: TestRoom;
const derived = (): string => join(room.folder, 'derived.db');
beforeEach(async () => {
  room = openTestRoom();
  for (let played = 0; played < 2; played += 1) {
    room.openSession();
    startDose(room);
    room.insist({ type: 'complete-dose' });
    room.insist({ type: 'end-session', reason: 'played' });
    room.clock.advance(3_600_000);
  }
  room.room.records.list();
  await room.pass(1000);
});
afterEach(() => room.close());

function tamper(sql: string): void {
  const connection = new PlainDatabase(derived());
  connection.pragma("cipher='sqlcipher'");
  connection.pragma('legacy=4');
  connection.pragma(`legacy_page_size=${pageLength}`);
  connection.key(Buffer.from(`x'${Buffer.from(key).toString('hex')}'`));
  connection.exec(sql);
  connection.close();
}

function problems(version = 'test'): string[] {
  const kept = readKeptRows(room.folder, key, version);
  const found = verifyDatabase(room.folder, key, { furtherProblems: (copy, onShare) => foldProblems(copy, kept, onShare) });
  return found.problems.map(({ what }) => what);
}

test('STORE-42 facts of sessions that are kept as their log says are no finding, also beside a running room', async () => {
  expect(readKeptRows(room.folder, key, 'test').facts.size).toBe(2);
  expect(problems()).toEqual([]);
  await room.room.close();
  expect(problems()).toEqual([]);
});

test('STORE-42 kept facts that are not what the log says are named with their session, and how they are made anew', async () => {
  await room.room.close();
  const [sessionId] = readKeptRows(room.folder, key, 'test').facts.keys();
  const change = `UPDATE derived_row SET body = replace(body, 'Demo Patient', 'Another One') WHERE subject = '${sessionId}'`;
  tamper(change);
  expect(problems()).toEqual([expect.stringMatching(new RegExp(`lists of session ${sessionId} .*delete derived.db`))]);
  // Of another version it is not used, and neither is a row of another life of the room, or a file that cannot be read.
  expect(problems('another')).toEqual([]);
  tamper('UPDATE derived_row SET hash = zeroblob(32)');
  expect(problems()).toEqual([]);
  truncateSync(derived(), 3000);
  expect(problems()).toEqual([]);
  rmSync(derived());
  expect(problems()).toEqual([]);
  mkdirSync(derived(), { mode: 0o700 });
  expect(problems()).toEqual([]);
});

test('STORE-42 facts that an entry made later has overtaken are no finding', async () => {
  const { recorder } = room.room;
  const [last] = recorder.sessions.newest(1);
  const end = recorder.sessions.require(last?.sessionId ?? '').log.findLast(({ kind }) => kind === 'session-ended');
  const act = { commandId: room.room.ids.uuid(), personId: room.nurseId };
  recorder.execute(act, last?.sessionId ?? '', { type: 'undo', eventId: end?.eventId ?? '' });
  await room.room.close();
  expect(readKeptRows(room.folder, key, 'test').facts.size).toBe(2);
  expect(problems()).toEqual([]);
});

test('STORE-42 what is kept of a long controlled-drug log is held against the log, whatever was corrected in it since', async () => {
  const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
  const witness = { personId: room.therapistId, name: 'Therapist' };
  const { ids, drugLog, recorder } = room.room;
  const sessionId = ids.uuid();
  // All within a moment, so that no checkpoint is due between them.
  const recorded = { utcMs: 1_795_446_000_000, offsetMin: -300 };
  const body = { stock, ug: 1000, forDose: true, witness } as const;
  const drawn = (tick: number) => draft(ids, 'controlled-drug-drawn', body, { tick, sessionId, recorded });
  const drafts = Array.from({ length: 700 }, (_, tick) => drawn(tick));
  drugLog.view();
  drugLog.take(recorder.storage.store.events.appendAll(drafts));
  await room.pass(1000);
  expect(readKeptRows(room.folder, key, 'test').drugLog?.throughSeq).toBeGreaterThan(400);
  const ofDrugs = (): string[] => problems().filter((what) => what.includes('controlled-drug log'));
  expect(ofDrugs()).toEqual([]);
  const eventId = drafts[3]?.eventId ?? '';
  recorder.storage.store.events.appendAll([draft(ids, 'event-undone', { eventId }, { sessionId, supersedes: eventId })]);
  await room.room.close();
  expect(ofDrugs()).toEqual([]);
  tamper(`UPDATE derived_row SET body = replace(body, '"balanceUg":-4', '"balanceUg":-5') WHERE projection = 'drug-log'`);
  expect(ofDrugs()).toEqual([expect.stringContaining('delete derived.db')]);
});
