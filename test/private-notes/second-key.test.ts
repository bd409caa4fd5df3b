import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import type { OpenedNotes } from '../../shared/contract/private-notes.ts';
import { quickPinHash } from '../support/quick-hash.ts';
import { codeOf } from '../support/page.ts';
import { testPin } from '../support/test-room.ts';
import { openPrivateRoom, type PrivateRoom } from './private-room.ts';

const [newPin, thirdPin] = ['604817', '604818'];
const phrase = 'a slow boat, going home';

let room: PrivateRoom;
let authorId: string;
let sessionId: string;
beforeEach(async () => {
  room = await openPrivateRoom();
  authorId = room.test.therapistId;
  sessionId = room.sessionId;
});
afterEach(() => room.close());

/** As after two people gave them a first PIN and they chose their own. */
function losePin(pinHash = newPin): void {
  const events = [{ kind: 'pin-changed', body: { personId: authorId, pinHash: quickPinHash(pinHash) } }] as const;
  room.test.room.recorder.recordRoom({ events }, authorId);
}

const told = ({ notes, sealedBefore }: OpenedNotes): unknown => [notes.map(({ text }) => text), sealedBefore];
const page = (): RoomClient => room.page(authorId);
const open = async (pin: string, withPhrase: string | null = null): Promise<unknown> =>
  told(await page().private.open({ sessionId, pin, phrase: withPhrase }));

test('PRIVATE-32 new notes open with the PIN of today, those sealed with the lost one stay sealed and are counted', async () => {
  await room.note(await room.author(), 'of then');
  losePin();
  expect(await codeOf(open(newPin))).toBe('PRIVATE_KEY_REFUSED');
  const here = page();
  expect(told(await here.private.beginAnew({ sessionId, pin: newPin, phrase: null }))).toEqual([[], 1]);
  await room.note(here, 'of now');
  expect(await open(newPin)).toEqual([['of now'], 1]);
  await room.test.restart();
  expect(await open(newPin)).toEqual([['of now'], 1]);
  expect(await codeOf(open(testPin))).toBe('STAFF_WRONG_PIN');
});

test('PRIVATE-32 whoever can open their notes begins nothing, and whoever has none neither', async () => {
  expect(await codeOf(page().private.beginAnew({ sessionId, pin: testPin, phrase: null }))).toBe('PRIVATE_KEY_REFUSED');
  await room.note(await room.author(), 'of then');
  expect(told(await page().private.beginAnew({ sessionId, pin: testPin, phrase: null }))).toEqual([['of then'], 0]);
  expect(await open(testPin)).toEqual([['of then'], 0]);
});

test('PRIVATE-32 a lost phrase is left behind in the same way, and another may be chosen', async () => {
  await room.note(await room.author(phrase), 'of then');
  const here = page();
  expect(told(await here.private.beginAnew({ sessionId, pin: testPin, phrase: 'another house' }))).toEqual([[], 1]);
  await room.note(here, 'of now');
  expect(await codeOf(open(testPin))).toBe('PRIVATE_PHRASE_MISSING');
  expect(await open(testPin, 'another house')).toEqual([['of now'], 1]);
  const again = page();
  await again.private.open({ sessionId, pin: testPin, phrase: 'another house' });
  expect(await codeOf(again.private.openEarlier({ sessionId, pin: testPin, phrase: null }))).toBe('PRIVATE_KEY_REFUSED');
  expect(told(await again.private.openEarlier({ sessionId, pin: testPin, phrase }))).toEqual([['of then', 'of now'], 0]);
});

test('PRIVATE-33 the lost PIN opens the notes of then once, and from then on they open with the others', async () => {
  await room.note(await room.author(), 'first');
  losePin();
  const here = page();
  await here.private.beginAnew({ sessionId, pin: newPin, phrase: null });
  await room.note(here, 'second');
  losePin(thirdPin);
  const later = page();
  expect(told(await later.private.beginAnew({ sessionId, pin: thirdPin, phrase: null }))).toEqual([[], 2]);
  await room.note(later, 'third');
  // Each with its own; what lies under a key that opens comes with it.
  expect(told(await later.private.openEarlier({ sessionId, pin: newPin, phrase: null }))).toEqual([['second', 'third'], 1]);
  expect(told(await later.private.openEarlier({ sessionId, pin: testPin, phrase: null }))).toEqual([['first', 'second', 'third'], 0]);
  await room.test.restart();
  expect(await open(thirdPin)).toEqual([['first', 'second', 'third'], 0]);
  await page().staff.changePin({ pin: thirdPin, newPin: '739155' });
  expect(await open('739155')).toEqual([['first', 'second', 'third'], 0]);
});

test('PRIVATE-34 a wrong PIN of before opens nothing, and five of them lock as at a sign-in', async () => {
  await room.note(await room.author(), 'of then');
  losePin();
  const here = page();
  await here.private.beginAnew({ sessionId, pin: newPin, phrase: null });
  const codes: string[] = [];
  for (let tries = 0; tries < 5; tries += 1) codes.push(await codeOf(here.private.openEarlier({ sessionId, pin: '314159', phrase: null })));
  expect(codes).toEqual([...Array<string>(4).fill('PRIVATE_KEY_REFUSED'), 'STAFF_LOCKED_OUT']);
  expect(await codeOf(here.private.openEarlier({ sessionId, pin: testPin, phrase: null }))).toBe('STAFF_LOCKED_OUT');
  const events = [...room.test.room.recorder.storage.store.events.readAll()];
  expect(events.filter(({ kind }) => kind === 'sign-in-refused')).toHaveLength(5);
});
