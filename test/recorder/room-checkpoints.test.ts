import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { Verification } from '../../electron/service/store/verify-findings.ts';
import { openTestRoom, testRoomKey, type TestRoom } from '../support/test-room.ts';

let testRoom: TestRoom;
beforeEach(() => {
  testRoom = openTestRoom();
});
afterEach(() => testRoom.close());

const verify = (): Verification => verifyDatabase(testRoom.folder, testRoomKey);
const lastSeq = (): number => testRoom.room.recorder.storage.store.events.head.seq;

test('PROOF-4, PROOF-5 a room signs by itself five minutes after something was recorded, not before, and a second after a session ended', async () => {
  testRoom.openSession();
  await testRoom.pass(290_000);
  expect(verify()).toMatchObject({ ok: true, checkpoints: [] });
  await testRoom.pass(12_000);
  expect(verify()).toMatchObject({ ok: true, checkpoints: [{ because: 'first', checkpoints: 1 }] });
  testRoom.insist({ type: 'end-session', reason: 'the patient left' });
  const seq = lastSeq();
  await testRoom.pass(1100);
  expect(verify()).toMatchObject({ ok: true, checkpoints: [{ checkpoints: 2, through: seq }] });
});

test('PROOF-4 a room that is closed has signed all of it, and goes on with its key', async () => {
  testRoom.openSession();
  const seq = lastSeq();
  let found: Verification | undefined;
  await testRoom.restart(() => {
    found = verify();
  });
  expect(found?.checkpoints).toMatchObject([{ checkpoints: 1, through: seq }]);
  await testRoom.restart();
  expect(verify().checkpoints).toMatchObject([{ because: 'first', checkpoints: 2 }]);
});
