import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordFile } from '../../electron/service/export/record-file.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { loadWriter } from '../../electron/service/export/formats.ts';
import { atOnce } from '../../electron/service/platform/in-turns.ts';
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
