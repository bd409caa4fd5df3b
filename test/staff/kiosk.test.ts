import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RoomHost } from '../../electron/service/api/call-context.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { codeOf, pageOf } from '../support/page.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

vi.setConfig({ testTimeout: 120_000 });

let room: TestRoom;
let itId: string;
let left: number;
let kiosk: RoomHost;
beforeEach(() => {
  room = openTestRoom();
  itId = addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: testPin }).personId;
  left = 0;
  kiosk = { ...room.host, room: room.room, log: room.room.log, leaveKiosk: () => (left += 1) };
});
afterEach(() => room.close());

const leave = (host: RoomHost, personId: string | undefined, pin = testPin): Promise<string> =>
  codeOf(pageOf(host, personId).setup.leaveKiosk({ pin }));
const told = (): unknown[] =>
  [...room.room.recorder.storage.store.events.readAll()].filter(({ kind }) => kind === 'kiosk-left').map(({ actor }) => actor);

test('SHELL-18 a kiosk is left by clinic IT with their own PIN, which is counted as ever, and it stands in the log', async () => {
  for (const personId of [room.nurseId, room.therapistId]) expect(await leave(kiosk, personId)).toBe('STAFF_NOT_ALLOWED');
  expect(await leave(kiosk, undefined)).toBe('STAFF_NOT_SIGNED_IN');
  expect(await leave(kiosk, itId, '918273')).toBe('STAFF_WRONG_PIN');
  expect([left, told()]).toEqual([0, []]);
  await pageOf(kiosk, itId).setup.leaveKiosk({ pin: testPin });
  expect([left, told()]).toEqual([1, [{ personId: itId }]]);
  const page = pageOf(kiosk, itId);
  for (let wrong = 0; wrong < 5; wrong += 1) await codeOf(page.setup.leaveKiosk({ pin: '918273' }));
  expect(await codeOf(page.setup.leaveKiosk({ pin: testPin }))).toBe('STAFF_LOCKED_OUT');
  expect(left).toBe(1);
});

test('SHELL-18 where Vigil was not started as a kiosk there is none to leave, and no PIN is compared', async () => {
  expect(await leave(room.host, itId, '918273')).toBe('ROOM_NO_KIOSK');
  expect([...room.room.recorder.storage.store.events.readAll()].some(({ kind }) => kind === 'sign-in-refused')).toBe(false);
});
