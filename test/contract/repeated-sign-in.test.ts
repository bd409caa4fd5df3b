import { afterEach, expect, test } from 'vitest';
import { refusalOf } from '../../renderer/connection/failure.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { transports, type TestTransport } from './transports.ts';

let room: TestRoom;
let page: TestTransport;
afterEach(async () => {
  await page.close();
  await room.close();
});

async function open(): Promise<void> {
  room = openTestRoom();
  const connect = transports['MessagePort'];
  if (connect === undefined) throw new Error('there is no such transport');
  page = await connect(room.host);
}
const countOf = (kind: string): number =>
  [...room.room.recorder.storage.store.events.readAll()].filter((event) => event.kind === kind).length;

test('ANSWER-2 a sign-in that is made again while it is under way, or after, is one sign-in with one seat', async () => {
  await open();
  const signIn = () =>
    page.client.staff.signIn({ attemptId: '018f0000-0000-7000-8000-000000000001', personId: room.nurseId, pin: testPin });
  const [first, second] = await Promise.all([signIn(), signIn()]);
  const third = await signIn();
  expect([second.seat, third.seat]).toEqual([first.seat, first.seat]);
  expect(countOf('signed-in')).toBe(1);
});

test('ANSWER-2 a wrong PIN that is sent again counts once', async () => {
  await open();
  const attempt = (): Promise<string | undefined> =>
    page.client.staff.signIn({ attemptId: '018f0000-0000-7000-8000-000000000002', personId: room.nurseId, pin: '135792' }).then(
      () => 'accepted',
      (error: unknown) => refusalOf(error)?.code,
    );
  expect(await Promise.all([attempt(), attempt(), attempt()])).toEqual(Array(3).fill('STAFF_WRONG_PIN'));
  expect(countOf('sign-in-refused')).toBe(1);
});

test('ANSWER-2 what was signed in is not given to another person, and not again after signing out', async () => {
  await open();
  const attemptId = '018f0000-0000-7000-8000-000000000003';
  const first = await page.client.staff.signIn({ attemptId, personId: room.nurseId, pin: testPin });
  await page.client.staff.signOut();
  const again = await page.client.staff.signIn({ attemptId, personId: room.nurseId, pin: testPin });
  expect(again.seat).not.toBe(first.seat);
  const other = page.client.staff.signIn({ attemptId, personId: room.therapistId, pin: '135792' });
  expect(await other.catch((error: unknown) => refusalOf(error)?.code)).toBe('STAFF_WRONG_PIN');
});

test('ANSWER-4 a change of PIN that is made again while it is under way, or after, is one change, and the old PIN is not wrong for it', async () => {
  await open();
  await page.client.staff.signIn({ personId: room.nurseId, pin: testPin });
  const change = () =>
    page.client.staff.changePin({ attemptId: '018f0000-0000-7000-8000-000000000004', pin: testPin, newPin: '604813' }).then(
      () => 'accepted',
      (error: unknown) => refusalOf(error)?.code,
    );
  expect(await Promise.all([change(), change()])).toEqual(['accepted', 'accepted']);
  expect(await change()).toBe('accepted');
  expect([countOf('pin-changed'), countOf('sign-in-refused')]).toEqual([1, 0]);
});
