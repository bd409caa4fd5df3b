import { afterEach, beforeEach, expect, test } from 'vitest';
import { afterRefusal } from '../../renderer/sheets/sign-in/pin-entry.tsx';
import { pinAgeUnchosen } from '../../shared/contract/pin-age.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { codeOf, pageOf } from '../support/page.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

const newPin = '604813';
const day = 86_400_000;
let room: TestRoom;
let itId: string;
beforeEach(() => {
  room = openTestRoom();
  itId = addKnownPerson(room.room, { name: 'Technician', role: 'it', pin: '580213' }).personId;
});
afterEach(() => room.close());

const later = (days: number): Promise<void> => room.restart(() => room.clock.stepWall(days * day));
const choose = (days: number | null, as = itId): Promise<string> => codeOf(pageOf(room.host, as).setup.pinAge({ days }));
const signIn = (pin: string, own?: string, personId = room.nurseId): Promise<string> =>
  codeOf(pageOf(room.host).staff.signIn({ personId, pin, ...(own === undefined ? {} : { newPin: own }) }));
const chosen = (): number => [...room.room.recorder.storage.store.events.readAll()].filter(({ kind }) => kind === 'pin-age-chosen').length;

test('PIN-12 no PIN ages until the clinic has chosen, which a prescriber or IT does, once', async () => {
  await later(2000);
  expect(await signIn(testPin)).toBe('accepted');
  expect(await choose(90, room.nurseId)).toBe('STAFF_NOT_ALLOWED');
  expect(await codeOf(pageOf(room.host, itId).setup.pinAge({ days: 7 }))).not.toBe('accepted');
  expect([await choose(90), await choose(90), chosen()]).toEqual(['accepted', 'accepted', 1]);
  expect([await choose(pinAgeUnchosen.days), await signIn(testPin)]).toEqual(['accepted', 'accepted']);
});

test('PIN-13 at a sign-in an aged PIN opens the choice of another, and is young again then', async () => {
  await choose(90);
  await later(89);
  expect(await signIn(testPin)).toBe('accepted');
  await later(1);
  expect(await signIn('314159')).toBe('STAFF_WRONG_PIN');
  expect(await signIn(testPin)).toBe('STAFF_PIN_AGED');
  expect(await signIn(testPin, testPin)).toBe('STAFF_PIN_SAME');
  expect(await signIn(testPin, '123456')).toBe('STAFF_PIN_WEAK');
  expect(await signIn(testPin, newPin)).toBe('accepted');
  expect([await signIn(testPin), await signIn(newPin)]).toEqual(['STAFF_WRONG_PIN', 'accepted']);
  await later(89);
  expect(await signIn(newPin)).toBe('accepted');
});

test('PIN-13 it is asked for neither while a session is open nor of a second person', async () => {
  await choose(90);
  await later(100);
  const page = pageOf(room.host, itId);
  expect(await codeOf(page.staff.signIn({ personId: room.nurseId, pin: testPin, beside: true }))).toBe('accepted');
  room.openSession();
  expect(await signIn(testPin)).toBe('accepted');
});

test('PIN-13 private notes open with the new PIN; whoever keeps them with a phrase is not asked', async () => {
  const sessionId = room.openSession();
  const open = (pin: string, phrase: string | null) => codeOf(pageOf(room.host, room.therapistId).private.open({ sessionId, pin, phrase }));
  expect(await open(testPin, null)).toBe('accepted');
  const { personId } = addKnownPerson(room.room, { name: 'Second Therapist', role: 'therapist', pin: '580213' });
  const phrased = pageOf(room.host, personId);
  expect(await codeOf(phrased.private.open({ sessionId, pin: '580213', phrase: 'seven herons stand there' }))).toBe('accepted');
  room.execute({ type: 'end-session', reason: 'of the test' });
  await choose(90);
  await later(100);
  expect(await signIn('580213', undefined, personId)).toBe('accepted');
  expect(await signIn(testPin, undefined, room.therapistId)).toBe('STAFF_PIN_AGED');
  expect(await signIn(testPin, newPin, room.therapistId)).toBe('accepted');
  expect([await open(testPin, null), await open(newPin, null)]).toEqual(['STAFF_WRONG_PIN', 'accepted']);
});

test('PIN-13 the pad asks for the new PIN where the old one was typed, and says why', () => {
  const refusal = { code: 'STAFF_PIN_AGED', subject: 'newPin' } as const;
  expect(afterRefusal(refusal, testPin, 'the words')).toEqual({ step: { at: 'own', first: testPin, isAged: true }, why: 'the words' });
});
