import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PinTries } from '../../electron/service/staff/pin-tries.ts';
import { lockedOutMs } from '../../electron/service/staff/lockout.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { codeOf, openPage, pageOf } from '../support/page.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

const wrongPin = '314159';
const minute = 60_000;
let room: TestRoom;
beforeEach(() => {
  room = openTestRoom();
});
afterEach(() => room.close());

const guess = (page: RoomClient, personId: string): Promise<string> => codeOf(page.staff.signIn({ personId, pin: wrongPin }));
const refusals = (): number =>
  [...room.room.recorder.storage.store.events.readAll()].filter(({ kind }) => kind === 'sign-in-refused').length;
const lockedOut = (people: readonly string[]): number => {
  const { staff, lockoutClock } = room.room.recorder;
  return people.filter((personId) => lockedOutMs(staff.signIns, personId, lockoutClock) > 0).length;
};
const staffOf = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => addKnownPerson(room.room, { name: `Person ${index}`, role: 'nurse', pin: '580213' }).personId,
  );

describe('a page that guesses', () => {
  test('SIGN-12 waits after ten wrong PINs, whosever they were to be; then nothing is compared and nothing counted', async () => {
    const people = staffOf(4);
    const page = openPage(room.host, room.nurseId);
    const codes: string[] = [];
    for (let tries = 0; tries < 12; tries += 1) codes.push(await guess(page.client, people[tries % 4] ?? ''));
    expect(codes).toEqual([...Array<string>(9).fill('STAFF_WRONG_PIN'), ...Array<string>(3).fill('STAFF_PAGE_WAITS')]);
    expect(refusals()).toBe(10);
    expect(await codeOf(page.client.staff.signIn({ personId: room.nurseId, pin: testPin }))).toBe('STAFF_PAGE_WAITS');
    // Another page with a seat takes the PIN, and so does this one afterwards.
    expect(await codeOf(pageOf(room.host, room.therapistId).staff.signIn({ personId: room.nurseId, pin: testPin }))).toBe('accepted');
    await room.pass(minute);
    expect(await codeOf(page.client.staff.signIn({ personId: room.nurseId, pin: testPin }))).toBe('accepted');
  });

  test('SIGN-12 counts on over a reload, and is one with all others that have no seat', async () => {
    const people = staffOf(6);
    const page = openPage(room.host, room.nurseId);
    const { seat } = page.connection;
    for (let tries = 0; tries < 9; tries += 1) await guess(page.client, people[tries % 3] ?? '');
    const reloaded = pageOf(room.host);
    await reloaded.staff.resume({ seat: seat ?? '' });
    expect(await guess(reloaded, people[3] ?? '')).toBe('STAFF_PAGE_WAITS');
    for (let tries = 0; tries < 9; tries += 1)
      expect(await guess(pageOf(room.host), people[3 + (tries % 3)] ?? '')).not.toBe('STAFF_PAGE_WAITS');
    expect(await guess(pageOf(room.host), people[0] ?? '')).toBe('STAFF_PAGE_WAITS');
    expect(await guess(pageOf(room.host), people[0] ?? '')).toBe('STAFF_PAGE_WAITS');
  });

  test('SIGN-12 without a seat it locks no more than two people out at once, in whatever haste', async () => {
    const people = staffOf(6);
    for (let turns = 0; turns < 3; turns += 1) {
      for (let tries = 0; tries < 30; tries += 1) await guess(pageOf(room.host), people[Math.floor(tries / 5) % 6] ?? '');
      expect(lockedOut(people)).toBeLessThanOrEqual(2);
      await room.pass(minute);
    }
    expect(refusals()).toBe(20);
  });

  test('SIGN-13 with all patience it locks nobody out of the page where they sit, nor where it was covered', async () => {
    const page = openPage(room.host, room.nurseId);
    // One wrong PIN is missing of each, and then it comes for all at once.
    for (const personId of [room.nurseId, room.therapistId])
      for (let tries = 0; tries < 5; tries += 1) await guess(pageOf(room.host), personId);
    expect(lockedOut([room.nurseId, room.therapistId])).toBe(2);
    await page.client.staff.cover();
    expect(await codeOf(page.client.staff.signIn({ personId: room.therapistId, pin: testPin }))).toBe('STAFF_LOCKED_OUT');
    expect(await codeOf(page.client.staff.signIn({ personId: room.nurseId, pin: testPin }))).toBe('accepted');
  });

  test('SIGN-13 five wrong PINs of their own lock them out of it all the same', async () => {
    const page = openPage(room.host, room.nurseId);
    await page.client.staff.cover();
    for (let tries = 0; tries < 4; tries += 1) expect(await guess(page.client, room.nurseId)).toBe('STAFF_WRONG_PIN');
    expect(await guess(page.client, room.nurseId)).toBe('STAFF_LOCKED_OUT');
    expect(await codeOf(page.client.staff.signIn({ personId: room.nurseId, pin: testPin }))).toBe('STAFF_LOCKED_OUT');
    await room.pass(minute);
    expect(await codeOf(page.client.staff.signIn({ personId: room.nurseId, pin: testPin }))).toBe('accepted');
  });
});

test('SIGN-14 the fifth wrong PIN is told as the one that locks, with how long', async () => {
  const page = pageOf(room.host);
  const told: string[] = [];
  for (let tries = 0; tries < 5; tries += 1) {
    await page.staff
      .signIn({ personId: room.nurseId, pin: wrongPin })
      .catch((error: unknown) => told.push(refusalOf(error)?.message ?? ''));
  }
  expect(told[3]).toBe('That is not the PIN of this person. Type it again.');
  expect(told[4]).toBe('Too many wrong PINs. Try again in 60 s, or let someone else sign in.');
});

test('SIGN-12 each wait is longer, up to fifteen minutes; a right PIN and an hour begin anew', () => {
  const tries = new PinTries(10);
  const waits = [0, 100, 1000, 2000].map((afterS) => {
    for (let wrong = 0; wrong < 10; wrong += 1) tries.noteWrong(afterS * 1000);
    return tries.waitMs(afterS * 1000) / minute;
  });
  expect(waits).toEqual([1, 5, 15, 15]);
  tries.noteWrong(2000 * 1000 + 60 * minute + 1);
  for (let wrong = 0; wrong < 9; wrong += 1) tries.noteWrong(2000 * 1000 + 60 * minute + 1);
  expect(tries.waitMs(2000 * 1000 + 60 * minute + 1)).toBe(minute);
  tries.noteRight();
  expect(tries.waitMs(2000 * 1000 + 60 * minute + 1)).toBe(0);
});
