import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { leaves, nothingHeld } from '../../electron/service/session/events/leaves.ts';
import type { EventBody, RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { codeOf, openPage, pageOf } from '../support/page.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

// A badge is hashed as slowly as a PIN.
vi.setConfig({ testTimeout: 120_000 });

let room: TestRoom;
let itId: string;
const badge = 'STAFF-0042';
/** A code that could be a PIN. */
const digits = '40718235';
const minute = 60_000;

beforeEach(() => {
  room = openTestRoom();
  itId = addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: testPin }).personId;
});
afterEach(() => room.close());

const staff = () => room.room.recorder.staff;
const give = (code: string, personId = room.nurseId): Promise<unknown> => pageOf(room.host, itId).staff.giveBadge({ personId, code });
const read = (code: string): Promise<{ personId: string }> => openPage(room.host, null).client.staff.readBadge({ code });
const signIn = (pin: string, personId = room.nurseId, more: object = {}): Promise<string> =>
  codeOf(openPage(room.host, null).client.staff.signIn({ personId, pin, ...more }));
const kinds = (): string[] => [...room.room.recorder.storage.store.events.readAll()].map(({ kind }) => kind);
const wrongPins = (): number => kinds().filter((kind) => kind === 'sign-in-refused').length;
/** As somebody else set it, without the hours of hashing. */
const restart = (): Promise<void> => room.restart();

describe('a badge', () => {
  test('BADGE-1 says whose it is and signs nobody in; the PIN is asked for, and a wrong one counts', async () => {
    await give(badge);
    expect(await read(` ${badge} `)).toEqual({ personId: room.nurseId });
    expect(staff().present).toEqual([]);
    expect(kinds()).not.toContain('signed-in');
    expect(await signIn('918273')).toBe('STAFF_WRONG_PIN');
    expect(wrongPins()).toBe(1);
    for (let wrong = 0; wrong < 4; wrong += 1) await signIn('918273');
    expect((await read(badge)).personId).toBe(room.nurseId);
    expect(await signIn(testPin)).toBe('STAFF_LOCKED_OUT');
  });

  test('BADGE-1 is known after a restart, and not once it was taken away or another came in its place', async () => {
    await give(badge);
    await give('THERAPIST-7', room.therapistId);
    await restart();
    expect((await read(badge)).personId).toBe(room.nurseId);
    await give('STAFF-0043');
    expect(await codeOf(read(badge))).toBe('STAFF_BADGE_UNKNOWN');
    expect((await read('STAFF-0043')).personId).toBe(room.nurseId);
    await pageOf(room.host, itId).staff.removeBadge({ personId: room.nurseId });
    expect(await codeOf(read('STAFF-0043'))).toBe('STAFF_BADGE_UNKNOWN');
    expect(await codeOf(pageOf(room.host, itId).staff.removeBadge({ personId: room.nurseId }))).toBe('STAFF_BADGE_UNKNOWN');
    expect((await read('THERAPIST-7')).personId).toBe(room.therapistId);
  });

  test('BADGE-2 stands in the log as a hash, and leaves the room as nothing', async () => {
    await give(badge);
    const log = [...room.room.recorder.storage.store.events.readAll()];
    expect(JSON.stringify(log)).not.toContain(badge);
    const given = log.find((event): event is RecordedEvent<'badge-given'> => event.kind === 'badge-given');
    const body = given?.body as EventBody<'badge-given'>;
    expect(body.badgeHash).toMatch(/^scrypt\$/);
    expect(given?.actor).toEqual({ personId: itId });
    expect(leaves(given as RecordedEvent<'badge-given'>, nothingHeld)).toMatchObject({
      as: 'redacted',
      because: 'credential',
      body: { personId: room.nurseId },
    });
    expect(JSON.stringify(leaves(given as RecordedEvent<'badge-given'>, nothingHeld))).not.toContain(body.badgeHash);
  });

  test('BADGE-2 is given by whoever may change that person, and confirmed as that is', async () => {
    const { personId } = addKnownPerson(room.room, { name: 'Paula', role: 'prescriber', pin: testPin });
    const therapist = pageOf(room.host, room.therapistId);
    expect(await codeOf(therapist.staff.giveBadge({ personId: room.nurseId, code: badge }))).toBe('STAFF_NOT_ALLOWED');
    expect(await codeOf(openPage(room.host, null).client.staff.giveBadge({ personId: room.nurseId, code: badge }))).toBe(
      'STAFF_NOT_SIGNED_IN',
    );
    const it = pageOf(room.host, itId);
    expect(await codeOf(it.staff.giveBadge({ personId, code: badge }))).toBe('STAFF_WITNESS_REQUIRED');
    const members = await it.staff.list();
    expect(members.some((member) => member.badge)).toBe(false);
    await it.staff.giveBadge({ personId: room.nurseId, code: badge });
    expect((await it.staff.list()).filter((member) => member.badge).map(({ name }) => name)).toEqual(['Nurse']);
  });

  test('BADGE-3 of somebody who left is told so, and goes to whoever is given it next', async () => {
    await give(badge);
    room.room.recorder.recordRoom({ events: [{ kind: 'access-ended', body: { personId: room.nurseId } }] }, itId);
    expect(await codeOf(read(badge))).toBe('STAFF_ACCESS_ENDED');
    expect(await codeOf(give(badge))).toBe('STAFF_ACCESS_ENDED');
    await give(badge, room.therapistId);
    expect((await read(badge)).personId).toBe(room.therapistId);
  });

  test('BADGE-3 of somebody else, or theirs already, is refused and changes nothing', async () => {
    await give(badge);
    expect(await codeOf(give(badge, room.therapistId))).toBe('STAFF_BADGE_TAKEN');
    expect(await codeOf(give(badge))).toBe('STAFF_BADGE_TAKEN');
    expect((await read(badge)).personId).toBe(room.nurseId);
    expect(kinds().filter((kind) => kind === 'badge-given')).toHaveLength(1);
  });

  test('BADGE-3 ten unknown ones in a row make the reading of badges wait, and no PIN', async () => {
    await give(badge);
    for (let unknown = 0; unknown < 10; unknown += 1) expect(await codeOf(read(`NOBODY-${unknown}`))).toBe('STAFF_BADGE_UNKNOWN');
    expect(await codeOf(read(badge))).toBe('STAFF_BADGE_WAITS');
    expect(wrongPins()).toBe(0);
    expect(await signIn(testPin)).not.toMatch(/^STAFF/);
    await room.pass(minute);
    expect((await read(badge)).personId).toBe(room.nurseId);
  });
});

describe('a badge of digits, where a PIN is asked for', () => {
  test('BADGE-4 is no wrong PIN, of the person who was chosen or of anybody, and says whose it is', async () => {
    await give(digits, room.therapistId);
    const page = openPage(room.host, null).client;
    const refusal = await page.staff.signIn({ personId: room.nurseId, pin: digits }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ data: { code: 'STAFF_BADGE_READ', subject: room.therapistId } });
    for (let again = 0; again < 10; again += 1) await codeOf(page.staff.signIn({ personId: room.nurseId, pin: digits }));
    expect(wrongPins()).toBe(0);
    // Control: any other digits are.
    expect(await signIn('40718236')).toBe('STAFF_WRONG_PIN');
    expect(wrongPins()).toBe(1);
  });

  test('BADGE-5 a PIN that is the badge of its owner opens the choice of another, and nothing else', async () => {
    await give(testPin);
    expect(await signIn(testPin)).toBe('STAFF_PIN_AGED');
    expect(staff().present).toEqual([]);
    expect(await signIn(testPin, room.nurseId, { beside: true })).toBe('STAFF_BADGE_TAKEN');
    expect(await signIn(testPin, room.nurseId, { newPin: '580213' })).not.toMatch(/^STAFF/);
    expect(await signIn('580213')).not.toMatch(/^STAFF/);
    expect(await signIn(testPin)).toBe('STAFF_BADGE_READ');
    // The badge says nothing of the PIN of somebody else.
    expect(await signIn(testPin, room.therapistId)).not.toMatch(/^STAFF/);
  });

  test('BADGE-5 nobody chooses a PIN that is their badge', async () => {
    await give(digits);
    const page = pageOf(room.host, room.nurseId);
    expect(await codeOf(page.staff.changePin({ pin: testPin, newPin: digits }))).toBe('STAFF_PIN_AGED');
    expect(await signIn(testPin)).not.toMatch(/^STAFF/);
    await page.staff.changePin({ pin: testPin, newPin: '580213' });
  });
});
