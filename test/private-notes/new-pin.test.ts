import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { codeOf, openPage, pageOf } from '../support/page.ts';
import { quickPinHash } from '../support/quick-hash.ts';
import { testPin } from '../support/test-room.ts';
import { openPrivateRoom, type PrivateRoom } from './private-room.ts';

// A PIN is compared on purpose slowly, and much slower where the machine has else to do.
vi.setConfig({ testTimeout: 120_000 });

const newPin = '580213';
const thirdPin = '917402';
const phrase = 'the house by the sea';
const words = 'speaks of the house by the sea';

let room: PrivateRoom;
let authorId: string;
beforeEach(async () => {
  room = await openPrivateRoom();
  authorId = room.test.therapistId;
});
afterEach(() => room.close());

const change = (page: RoomClient, pin: string, to: string, more: { phrase?: string; leaveNotes?: boolean } = {}): Promise<string> =>
  codeOf(page.staff.changePin({ pin, newPin: to, ...more }));

/** What opens with this PIN at a new page: the author's words, or why not. */
async function opened(pin: string, withPhrase: string | null = null): Promise<string> {
  const page = room.page(authorId);
  try {
    const { notes } = await page.private.open({ sessionId: room.sessionId, pin, phrase: withPhrase });
    return notes.map(({ text }) => text).join();
  } catch (error) {
    return codeOf(Promise.reject(error as Error));
  }
}

/** What `changePin` does for the record alone: the last step before a kill. */
const recordPin = (pin: string): void =>
  room.test.room.recorder.recordRoom(
    { events: [{ kind: 'pin-changed', body: { personId: authorId, pinHash: quickPinHash(pin) } }] },
    authorId,
  );
const prepare = (to: string): Promise<boolean> =>
  room.test.room.privateNotes.keys.prepareNewPin(authorId, { pin: testPin, phrase: null }, to);

describe('whoever changes their own PIN', () => {
  test('PIN-7, PRIVATE-29 signs in with the new one alone, and their private notes open with it, also after a restart', async () => {
    const author = await room.author();
    await room.note(author, words);
    expect(await change(author, testPin, newPin)).toBe('accepted');
    // What is open stays open.
    expect((await author.private.read({ sessionId: room.sessionId })).notes).toHaveLength(1);
    for (const restarts of [0, 1]) {
      if (restarts > 0) await room.test.restart();
      expect(await opened(newPin)).toBe(words);
      expect(await opened(testPin)).toBe('STAFF_WRONG_PIN');
    }
    expect(await change(room.page(authorId), newPin, thirdPin)).toBe('accepted');
    expect(await opened(thirdPin)).toBe(words);
  });

  test('PRIVATE-30 a kill before the record has the new PIN leaves the notes open with the old one', async () => {
    await room.note(await room.author(), words);
    expect(await prepare(newPin)).toBe(true);
    await room.test.restart();
    expect(await opened(testPin)).toBe(words);
    expect(await opened(newPin)).toBe('STAFF_WRONG_PIN');
    expect(await change(room.page(authorId), testPin, thirdPin)).toBe('accepted');
    expect(await opened(thirdPin)).toBe(words);
  });

  test('PRIVATE-30 a kill after it, before the private file has taken it, leaves them open with the new one', async () => {
    await room.note(await room.author(), words);
    await prepare(newPin);
    recordPin(newPin);
    await room.test.restart();
    expect(await opened(newPin)).toBe(words);
    expect(await change(room.page(authorId), newPin, thirdPin)).toBe('accepted');
    expect(await opened(thirdPin)).toBe(words);
  });

  test('PRIVATE-30 what was kept for a PIN that never held replaces nothing that another one opens', async () => {
    await room.note(await room.author(), words);
    await prepare(newPin);
    recordPin(thirdPin);
    expect(await opened(thirdPin)).toBe('PRIVATE_KEY_REFUSED');
    expect(await change(room.page(authorId), thirdPin, '604813')).toBe('accepted');
    expect(await change(room.page(authorId), '604813', testPin)).toBe('accepted');
    expect(await opened(testPin)).toBe(words);
  });

  test('PRIVATE-31 notes with a phrase take the phrase along, or stay sealed where their author says so', async () => {
    await room.note(await room.author(phrase), words);
    const page = room.page(authorId);
    const before = room.test.room.recorder.staff.people.get(authorId)?.pinHash;
    expect(await change(page, testPin, newPin)).toBe('PRIVATE_PHRASE_MISSING');
    expect(await change(page, testPin, newPin, { phrase: 'another house' })).toBe('PRIVATE_KEY_REFUSED');
    expect(room.test.room.recorder.staff.people.get(authorId)?.pinHash).toBe(before);
    expect(await change(page, testPin, newPin, { phrase })).toBe('accepted');
    expect(await opened(newPin, phrase)).toBe(words);
    expect(await change(page, newPin, thirdPin, { leaveNotes: true })).toBe('accepted');
    expect(await opened(thirdPin, phrase)).toBe('PRIVATE_KEY_REFUSED');
    expect(await change(page, thirdPin, newPin, { leaveNotes: true })).toBe('accepted');
    expect(await opened(newPin, phrase)).toBe(words);
  });

  test('PIN-8 a wrong old PIN counts and locks; one that is weak or the same is refused before any is compared', async () => {
    const page = room.page(room.test.nurseId);
    const head = (): number => room.test.room.recorder.storage.store.events.head.seq;
    const before = head();
    expect(await change(page, testPin, testPin)).toBe('STAFF_PIN_SAME');
    expect(await change(page, testPin, '123456')).toBe('STAFF_PIN_WEAK');
    expect(head()).toBe(before);
    const codes: string[] = [];
    for (let tries = 0; tries < 6; tries += 1) codes.push(await change(page, '314159', newPin));
    expect(codes).toEqual([...Array<string>(4).fill('STAFF_WRONG_PIN'), 'STAFF_LOCKED_OUT', 'STAFF_LOCKED_OUT']);
    const logged = JSON.stringify([...room.test.room.recorder.storage.store.events.readAll()]);
    expect(logged).not.toMatch(new RegExp(`314159|${newPin}`));
  });

  test('PIN-9 stays at this page, and signs in again at every other', async () => {
    const { nurseId, host } = room.test;
    const [here, there] = [openPage(host, nurseId), openPage(host, nurseId)];
    expect(await change(here.client, testPin, newPin)).toBe('accepted');
    expect(await codeOf(here.client.session.list())).toBe('accepted');
    expect(await codeOf(there.client.session.list())).toBe('STAFF_NOT_SIGNED_IN');
    expect(room.test.room.recorder.staff.present).toEqual([]);
  });
});

describe('whoever is given a first PIN anew', () => {
  test('PIN-10 is locked out no longer, also after a restart, and private notes stay sealed with the PIN that was lost', async () => {
    await room.note(await room.author(), words);
    const page = room.page(room.test.nurseId);
    for (let tries = 0; tries < 5; tries += 1) await codeOf(pageOf(room.test.host).staff.signIn({ personId: authorId, pin: '314159' }));
    const signIn = (pin: string, own?: string) =>
      codeOf(pageOf(room.test.host).staff.signIn({ personId: authorId, pin, ...(own === undefined ? {} : { newPin: own }) }));
    expect(await signIn(testPin)).toBe('STAFF_LOCKED_OUT');
    expect(await codeOf(page.staff.resetPin({ personId: authorId, pin: '604813' }))).toBe('accepted');
    await room.test.restart();
    expect(await signIn('604813', newPin)).toBe('accepted');
    expect(await opened(newPin)).toBe('PRIVATE_KEY_REFUSED');
    expect(await change(room.page(authorId), newPin, thirdPin)).toBe('accepted');
    expect(await change(room.page(authorId), thirdPin, testPin)).toBe('accepted');
    expect(await opened(testPin)).toBe(words);
  });
});
