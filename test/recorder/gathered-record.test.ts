import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordFile } from '../../electron/service/export/record-file.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { loadWriter } from '../../electron/service/export/formats.ts';
import { atOnce } from '../../electron/service/platform/in-turns.ts';
import { recordSeal } from '../../electron/service/store/record-seal.ts';
import { openTestRoom, plugMonitorsIn, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
beforeEach(() => {
  room = openTestRoom();
  plugMonitorsIn(room);
});
afterEach(() => room.close());

async function playSession(minutes: number): Promise<string> {
  const sessionId = room.openSession();
  await room.pass(minutes * 60_000);
  room.insist({ type: 'end-session', reason: 'played' });
  return sessionId;
}

const readingsOf = (sessionId: string): number => [...room.room.recorder.storage.store.readings.readSession(sessionId)].length;

/** The hash of the record, read as a whole. */
function hashOnDisk(sessionId: string): string | undefined {
  const { recorder } = room.room;
  const throughSeq = recorder.sessions.find(sessionId)?.log.at(-1)?.seq ?? 0;
  return recordSeal(recorder.storage.store, sessionId, throughSeq)?.recordHash;
}

/** Everything that is shown and written of a session, from what stands on disk and not from what is held. */
async function shownOf(sessionId: string) {
  const { records } = room.room;
  const source = room.room.sessionSource(sessionId);
  const written = (await loadWriter('csv'))(source);
  return {
    ...records.record(sessionId).read.vitals,
    signing: records.signing(sessionId),
    file: recordFile(recordDocument(source)),
    written,
  };
}

test('REC-20 the readings of a session that is over are read ten minutes at a step, and the room records in between', async () => {
  const over = await playSession(11);
  const running = room.openSession();
  const seconds: number[] = [];
  for (const _step of room.room.gatherRecord(over)) {
    await room.pass(1000);
    seconds.push(readingsOf(running));
  }
  // Two or three parts of ten minutes to read, and the steps of an hour to seal.
  expect(seconds.length).toBeGreaterThanOrEqual(8);
  expect(seconds.at(-1)).toBeGreaterThan(seconds[0] ?? 0);
  const gathered = await shownOf(over);
  expect(gathered.trend.length).toBeGreaterThan(640);
  expect([...room.room.gatherRecord(over)]).toEqual([]);
  await room.restart();
  expect(await shownOf(over)).toEqual(gathered);
});

test('REC-20 a session that goes on is not gathered, and one that went on is read again', async () => {
  const sessionId = room.openSession();
  await room.pass(60_000);
  expect([...room.room.gatherRecord(sessionId)]).toEqual([]);
  const { recordHash } = room.room.sessionSource(sessionId);
  await room.pass(5000);
  expect(room.room.sessionSource(sessionId).recordHash).not.toBe(recordHash);
  const end = room.insist({ type: 'end-session', reason: 'too early' }).eventIds.at(-1) ?? '';
  atOnce(room.room.gatherRecord(sessionId));
  const before = room.room.records.signing(sessionId).recordHash;
  const length = room.room.records.record(sessionId).read.vitals.trend.length;
  const act = { commandId: room.room.ids.uuid(), personId: room.nurseId };
  room.room.recorder.execute(act, sessionId, { type: 'undo', eventId: end });
  await room.pass(60_000);
  room.insist({ type: 'end-session', reason: 'now' });
  atOnce(room.room.gatherRecord(sessionId));
  expect(room.room.records.record(sessionId).read.vitals.trend.length).toBeGreaterThan(length + 50);
  const after = room.room.records.signing(sessionId).recordHash;
  expect(after).not.toBe(before);
  await room.restart();
  expect(room.room.records.signing(sessionId).recordHash).toBe(after);
});

test('REC-25 of a session that goes on the readings are hashed ten minutes at a step, and once, with what is written into an earlier second', async () => {
  const sessionId = room.openSession();
  const steps = (): number => [...room.room.gatherRecord(sessionId)].length;
  await room.pass(22 * 60_000);
  expect(steps()).toBeGreaterThanOrEqual(1);
  expect(steps()).toBe(0);
  const { recordHash } = room.room.sessionSource(sessionId);
  expect(recordHash).toBe(hashOnDisk(sessionId));
  await room.pass(10 * 60_000);
  expect(steps()).toBe(1);
  expect(room.room.sessionSource(sessionId).recordHash).not.toBe(recordHash);
  expect(room.room.sessionSource(sessionId).recordHash).toBe(hashOnDisk(sessionId));
  // The clock was set back: more is written into a second of before.
  const { store } = room.room.recorder.storage;
  const row = [...store.readings.readSession(sessionId)][30];
  if (row === undefined) throw new Error('no readings');
  const before = hashOnDisk(sessionId);
  store.readings.appendSecond([row]);
  expect(room.room.sessionSource(sessionId).recordHash).not.toBe(before);
  expect(room.room.sessionSource(sessionId).recordHash).toBe(hashOnDisk(sessionId));
});

test('REC-25 a session that goes on reads in its record as it does on the screen, and as it stands on the disk', async () => {
  const sessionId = room.openSession();
  await room.pass(3 * 60_000);
  const held = room.room.sessionSource(sessionId).vitals;
  await room.restart();
  const read = room.room.sessionSource(sessionId).vitals;
  expect(held.cuffs).toEqual(read.cuffs);
  for (const [metric, column] of Object.entries(read.trend.columns))
    expect(held.trend.columns[metric as keyof typeof held.trend.columns].slice(0, column.length), metric).toEqual(column);
});

test('REC-20 of many sessions that are looked at the readings of two are held, and each reads as itself', async () => {
  const sessions = [await playSession(0.2), await playSession(0.3), await playSession(0.4)];
  const hashes = sessions.map((sessionId) => {
    atOnce(room.room.gatherRecord(sessionId));
    return room.room.records.signing(sessionId).recordHash;
  });
  expect(new Set(hashes).size).toBe(3);
  expect(sessions.map((sessionId) => room.room.records.signing(sessionId).recordHash)).toEqual(hashes);
  expect(sessions.map((sessionId) => [...room.room.gatherRecord(sessionId)].length > 0)).toEqual([true, true, true]);
});
