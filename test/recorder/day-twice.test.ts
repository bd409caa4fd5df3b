import { afterEach, expect, test } from 'vitest';
import { recordFile } from '../../electron/service/export/record-file.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { atOnce } from '../../electron/service/platform/in-turns.ts';
import { decideReceipt } from '../../electron/service/session/room/drug-log.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { Stock } from '../../shared/clinical/controlled-drug.ts';
import { openTestRoom, plugMonitorsIn, startDose, testRoomKey, type TestRoom } from '../support/test-room.ts';

const dayMs = 86_400_000;
const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };

let room: TestRoom;
afterEach(() => room.close());

/** A vial drawn and its rest wasted in a session of a quarter of an hour. */
async function playSession(): Promise<string> {
  const sessionId = room.openSession();
  room.execute({ type: 'draw-controlled-drug', stock: vial, mg: 500 });
  await room.pass(3000);
  startDose(room);
  await room.pass(15 * 60_000);
  room.execute({ type: 'stop-dose-early', reason: 'other', detail: 'test' });
  room.insist({ type: 'waste-controlled-drug', stock: vial, parts: [{ from: 'vial', mg: 460 }] });
  room.insist({ type: 'end-session', reason: 'played' });
  return sessionId;
}

/** Everything that is shown and written of it, read from the disk. */
function shownOf(sessionId: string) {
  atOnce(room.room.gatherRecord(sessionId));
  const source = room.room.sessionSource(sessionId);
  return { file: recordFile(recordDocument(source)), hash: source.recordHash, vitals: source.vitals };
}

test('CLOCK-11 a day that the computer counted twice changes no record, no order and no balance, and the room verifies', async () => {
  room = openTestRoom();
  plugMonitorsIn(room);
  const { recorder } = room.room;
  const witness = { personId: room.therapistId, name: 'Therapist' };
  recorder.recordRoom(decideReceipt({ stock: vial, units: 3 }, witness), room.nurseId);
  const first = await playSession();
  room.clock.stepWall(-dayMs);
  const second = await playSession();
  room.clock.advance(60_000);
  room.clock.stepWall(dayMs);
  const third = await playSession();
  const sessions = [third, second, first];
  const before = sessions.map(shownOf);
  await room.restart();
  const { drugLog, records } = room.room;
  expect(room.room.recorder.sessions.newest(3).map(({ sessionId }) => sessionId)).toEqual(sessions);
  expect(records.list().map(({ sessionId }) => sessionId)).toEqual(sessions);
  expect(sessions.map(shownOf)).toEqual(before);
  // Each of its lines was measured in its own session: the second one lies, by the clock, before the first.
  for (const { vitals } of before) expect(vitals.trend.columns.spo2.filter((value) => value !== null).length).toBeGreaterThan(890);
  atOnce(drugLog.gather());
  expect(drugLog.view()).toMatchObject({ balances: [{ balanceUg: 0 }] });
  await room.room.close();
  expect(verifyDatabase(room.folder, testRoomKey).problems).toEqual([]);
});
