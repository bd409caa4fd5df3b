import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyProblems } from '../../electron/cli/signed-stretches.ts';
import { checkpointFingerprint, checkpointKeyFile, checkpointKeyOf } from '../../electron/service/store/checkpoint-key.ts';
import { checkpointText } from '../../electron/service/store/checkpoint.ts';
import type { Connection } from '../../electron/service/store/connection.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import { blobToId, idToBlob } from '../../electron/service/store/event-row.ts';
import { recordProof } from '../../electron/service/store/entry-proof.ts';
import { recordSeal } from '../../electron/service/store/record-seal.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import type { SignedStretch } from '../../electron/service/store/verify-checkpoints.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { Verification } from '../../electron/service/store/verify-findings.ts';
import type { RecordProof } from '../../shared/contract/record-proof.ts';
import { rewriteFrom, withKeyOf } from './rewritten-room.ts';
import { createRoomFixture, draft, memoryFolder, sessionDrafts, type RoomFixture } from './room-fixture.ts';

let room: RoomFixture;
beforeEach(() => {
  room = createRoomFixture(531, mkdtempSync(join(memoryFolder(), 'vigil-checkpoints-')));
});
afterEach(() => room.close());

const nowMs = 1_795_447_000_000;

/** As the recorder uses the store: what was appended is taken, and signed when it is due, or before more follows. */
class Recording {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
    this.append([
      draft(room.ids, 'service-started', { version: 't', bootId: room.ids.uuid(), checkpointKey: store.checkpoints.publicKey }),
    ]);
  }

  append(drafts: readonly RecordedEventDraft[]): void {
    if (this.store.checkpoints.isOverdue(drafts[0]?.monoMs ?? 0)) this.sign();
    this.store.checkpoints.take(this.store.events.appendAll(drafts));
  }

  sign(): void {
    this.store.checkpoints.sign(nowMs);
  }
}

function recorded(work: (recording: Recording) => void, store = room.open()): void {
  try {
    work(new Recording(store));
  } finally {
    store.close();
  }
}

/** A start and a session of 29 events, a checkpoint, 30 more, a checkpoint. */
function signedTwice(): void {
  recorded((recording) => {
    for (let round = 0; round < 2; round += 1) {
      recording.append(sessionDrafts(room.ids, room.ids.uuid(), 28 + round));
      recording.sign();
    }
  });
}

const verify = (): Verification => verifyDatabase(room.folder, room.key);
const rows = (connection: Connection): number => connection.prepare<[], number>('SELECT count(*) FROM checkpoint').pluck().get() ?? 0;
const countIn = ({ database }: Store): number => rows(database.connection);

test('PROOF-4 a checkpoint is due after a hundred events, after five minutes with anything new, and at the end of a session', () => {
  const sessionId = room.ids.uuid();
  const store = room.open();
  const recording = new Recording(store);
  const { checkpoints } = store;
  const startMs = 1000.125;
  expect(checkpoints.isDue(startMs + 299_999)).toBe(false);
  expect(checkpoints.isDue(startMs + 300_000)).toBe(true);
  recording.sign();
  expect(checkpoints.isDue(startMs + 9e9)).toBe(false);
  recording.append(sessionDrafts(room.ids, sessionId, 98));
  expect(checkpoints.isDue(startMs)).toBe(false);
  recording.append([draft(room.ids, 'observation-recorded', { text: 'calm', chips: [] }, { sessionId })]);
  expect(checkpoints.isDue(startMs)).toBe(true);
  recording.sign();
  recording.append([draft(room.ids, 'session-ended', {}, { sessionId })]);
  expect(checkpoints.isDue(startMs)).toBe(true);
  recording.sign();
  expect(countIn(store)).toBe(3);
  recording.append([draft(room.ids, 'observation-recorded', { text: 'calm', chips: [] }, { sessionId })]);
  store.close();
  // What the start before left unsigned is due at once.
  const again = room.open();
  expect(again.checkpoints.isDue(0)).toBe(true);
  again.close();
});

test('PROOF-4 a signature of a record is signed at its own event, with the hashes of all entries of its session', () => {
  const sessionId = room.ids.uuid();
  recorded((recording) => {
    const { store } = recording;
    recording.append(sessionDrafts(room.ids, sessionId, 5));
    recording.append(sessionDrafts(room.ids, room.ids.uuid(), 3));
    const found = recordSeal(store, sessionId, store.events.head.seq);
    if (found === null) throw new Error('nothing to sign');
    const { recordHash, ...seal } = found;
    const body = { version: 1, personId: room.ids.uuid(), name: 'Ada', role: 'nurse', meaning: 'authored', recordHash, seal } as const;
    recording.append([draft(room.ids, 'session-signed', body, { sessionId })]);
    const { seq } = store.events.head;
    recording.append(sessionDrafts(room.ids, room.ids.uuid(), 3));
    expect(store.checkpoints.isDue(0)).toBe(true);
    recording.sign();
    const signed = store.database.connection.prepare<[], Record<string, unknown>>('SELECT * FROM checkpoint ORDER BY number').all();
    const hashes = store.events.readSession(sessionId).map((event) => store.events.hashOf(event.seq) ?? Buffer.alloc(0));
    const entries = createHash('sha256').update(Buffer.concat(hashes)).digest();
    expect(signed).toMatchObject([
      { seq, session_id: idToBlob(sessionId, 'sessionId'), entries_hash: entries },
      { seq: store.events.head.seq, session_id: null },
    ]);
  });
  expect(verify().problems).toEqual([]);
  withKeyOf(room, (connection) => connection.exec('UPDATE checkpoint SET entries_hash = zeroblob(32) WHERE session_id IS NOT NULL'));
  expect(verify().problems).toMatchObject([{ what: expect.stringMatching(/^checkpoint 1, of event \d+, was not signed with key/) }]);
});

test('PROOF-5 a record that was signed is whole, and verify says which key vouches up to which event', () => {
  signedTwice();
  recorded(() => undefined);
  const found = verify();
  expect(found.problems).toEqual([]);
  expect(found.checkpoints).toMatchObject([{ because: 'first', namedAt: 1, checkpoints: 2, through: 60, lastMs: nowMs }]);
  expect(found.checkpoints[0]?.key).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){3}$/);
});

const named = (text: string): object => expect.stringContaining(text);

test('PROOF-5 history rewritten with the data key, all hashes and the kept head, is named by the first checkpoint behind it', () => {
  signedTwice();
  rewriteFrom(room, 40);
  const what = named('tells of: the record was rewritten from one of the events 31 to 60 on');
  expect(verify()).toMatchObject({ ok: false, problems: [{ seq: 60, what }] });
});

test('PROOF-5 with the checkpoints taken out that do not fit any more, what they had covered is named', () => {
  signedTwice();
  rewriteFrom(room, 40, (connection) => connection.exec('DELETE FROM checkpoint WHERE seq >= 40'));
  // 29 events that were recorded within half a minute: no checkpoint need be due yet.
  expect(verify()).toMatchObject({ ok: true, checkpoints: [{ through: 30 }] });
  recorded((recording) => {
    const sessionId = room.ids.uuid();
    recording.sign();
    recording.append(sessionDrafts(room.ids, sessionId, 20));
    for (let minutes = 2; minutes <= 14; minutes += 2) {
      const times = { tick: minutes * 60_000, recorded: { utcMs: 1_795_446_000_000 + minutes * 60_000, offsetMin: -300 } };
      recording.append([draft(room.ids, 'observation-recorded', { text: 'calm', chips: [] }, { sessionId, ...times })]);
    }
    recording.sign();
  });
  expect(verify().problems).toEqual([]);
  rewriteFrom(room, 65, (connection) => connection.exec('DELETE FROM checkpoint WHERE seq >= 65'));
  const overdue = { seq: 62, what: named('were recorded over more than ten minutes') };
  expect(verify()).toMatchObject({ ok: false, problems: [overdue] });
  // The room signs where its record ends at its next start, and what was overdue is found still.
  recorded((recording) => recording.sign());
  expect(verify()).toMatchObject({ ok: false, problems: [overdue] });
  expect(verify().problems[0]?.what).toContain('without a checkpoint between them');
  // Nor does it help to say that all was recorded within a moment: the clock on the wall says otherwise.
  rewriteFrom(room, 62, (connection) => connection.exec('UPDATE event_log SET mono_us = seq * 1000 WHERE seq >= 62'));
  expect(verify().problems).toContainEqual(expect.objectContaining(overdue));
});

test('PROOF-5 a key that is named and signed nothing of the record is a problem, also where no other did', () => {
  signedTwice();
  const [stretch] = verify().checkpoints;
  expect(keyProblems(verify().checkpoints, [stretch?.key ?? ''])).toEqual([]);
  expect(keyProblems([], [stretch?.key ?? ''])).toEqual([{ seq: null, what: named('vouches for nothing in this record') }]);
});

test('PROOF-4 what waits longer than it may, as after the computer slept, is signed before more follows', () => {
  recorded((recording) => {
    const sessionId = room.ids.uuid();
    recording.append(sessionDrafts(room.ids, sessionId, 3));
    recording.append([draft(room.ids, 'observation-recorded', { text: 'awake again', chips: [] }, { sessionId, tick: 4_000_000 })]);
    recording.sign();
    expect(countIn(recording.store)).toBe(2);
  });
  expect(verify().problems).toEqual([]);
});

test('PROOF-5 signed anew with a key that the record does not know, or that it was made to know, is named', () => {
  signedTwice();
  const forged = checkpointKeyOf(room.ids.randomBytes(32));
  const publicKey = Buffer.from(forged.publicKey, 'hex');
  const signAnew = (connection: Connection): void => {
    const place = connection
      .prepare<[], { room_id: Buffer; epoch: Buffer; hash: Buffer }>('SELECT room_id, epoch, hash FROM event WHERE seq = 60')
      .get();
    if (place === undefined) throw new Error('no event 60');
    const row = { seq: 60, hash: place.hash, at_ms: nowMs, session_id: null, entries_hash: null };
    const signature = forged.sign(checkpointText({ roomId: blobToId(place.room_id), epoch: blobToId(place.epoch) }, row));
    connection
      .prepare('UPDATE checkpoint SET hash = ?, public_key = ?, signature = ? WHERE seq = 60')
      .run(place.hash, publicKey, signature);
  };
  rewriteFrom(room, 40, signAnew);
  expect(verify()).toMatchObject({ ok: false, problems: [{ seq: 60, what: named('of which the record says nothing') }] });
  const body = JSON.stringify({ version: 't', bootId: room.ids.uuid(), checkpointKey: forged.publicKey });
  withKeyOf(room, (connection) =>
    connection
      .prepare(`UPDATE event_log SET kind = 'service-started', session_id = NULL, command_id = NULL, actor = NULL, body = ? WHERE seq = 40`)
      .run(body),
  );
  withKeyOf(room, (connection) =>
    connection.exec('UPDATE event_log SET run_start = 1 WHERE seq IN (40, 41); UPDATE event_log SET command_start = 0 WHERE seq = 40'),
  );
  rewriteFrom(room, 40, signAnew);
  const { ok, checkpoints } = verify();
  expect(ok).toBe(true);
  const [first, second] = checkpoints;
  expect([first, second]).toMatchObject([
    { because: 'first', through: 30 },
    { because: 'lost', namedAt: 40 },
  ]);
  expect(keyProblems(checkpoints, [])).toMatchObject([
    { seq: 40, what: named('either the one before was lost then, or somebody else signs') },
  ]);
  expect(keyProblems(checkpoints, [first?.key ?? ''])).toMatchObject([{ seq: 40, what: named('which was not named') }]);
  expect(keyProblems(checkpoints, [first?.key ?? '', second?.key ?? ''])).toEqual([]);
});

test('PROOF-5 a start that names no key after one that did is named', () => {
  signedTwice();
  const store = room.open();
  store.events.appendAll([draft(room.ids, 'service-started', { version: 't', bootId: room.ids.uuid() })]);
  store.close();
  expect(verify()).toMatchObject({ problems: [{ seq: 61, what: named('a start that names no key') }] });
});

test('PROOF-6 a key that is gone or damaged is made anew, never silently: the record says so, and verify until somebody names it', () => {
  signedTwice();
  const file = checkpointKeyFile(dataFolderAt(room.folder));
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^[0-9a-f]{64}\n$/);
  writeFileSync(file, text.slice(2));
  recorded(({ store }) => {
    expect(store.checkpoints.isNewKey).toBe(true);
    store.checkpoints.sign(nowMs);
    expect(store.checkpoints.isNewKey).toBe(false);
  });
  expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text.slice(2));
  rmSync(file);
  recorded((recording) => recording.sign());
  const stretches: readonly SignedStretch[] = verify().checkpoints;
  expect(stretches.map(({ because, namedAt }) => [because, namedAt])).toEqual([
    ['first', 1],
    ['lost', 61],
    ['lost', 62],
  ]);
  expect(keyProblems(stretches, [])).toHaveLength(2);
});

test('PROOF-6 the shell’s key is used where it gives one, no file is made, and reading a room or making one from a backup makes none', () => {
  const checkpointSeed = room.ids.randomBytes(32);
  const { folder, key, ids } = room;
  recorded((recording) => recording.sign(), openStore({ folder, key, ids, checkpointSeed }));
  expect(() => readFileSync(checkpointKeyFile(dataFolderAt(folder)))).toThrow(/ENOENT/);
  expect(verify().checkpoints).toMatchObject([{ key: checkpointFingerprint(checkpointKeyOf(checkpointSeed).publicKey) }]);
  room.open().close();
  expect(() => readFileSync(checkpointKeyFile(dataFolderAt(folder)))).toThrow(/ENOENT/);
});

test('PROOF-8 of an entry that is withheld the proof has its place alone', () => {
  const sessionId = room.ids.uuid();
  recorded((recording) => {
    const { store } = recording;
    const words = draft(room.ids, 'observation-recorded', { text: 'Zyxwvut', chips: [] }, { sessionId });
    recording.append([...sessionDrafts(room.ids, sessionId, 2), words]);
    const proofWithout = (ids: readonly string[]): RecordProof => recordProof(store.database.connection, sessionId, new Set(ids));
    expect(JSON.stringify(proofWithout([]))).toContain('Zyxwvut');
    const { entries } = proofWithout([words.eventId]);
    expect(JSON.stringify(entries)).not.toContain('Zyxwvut');
    expect(entries.at(-1)).toEqual({ seq: 5, hash: store.events.hashOf(5)?.toString('hex') });
  });
});
