import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { answerOpenPoints } from '../support/answered-points.ts';
import { testPin } from '../support/test-room.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { openPrivateRoom, otherTherapistPin, type PrivateRoom } from './private-room.ts';
import { readsRecords } from '../support/board-reader.ts';
import { codeOf } from '../support/page.ts';

// A PIN is compared on purpose slowly, and much slower where the machine has else to do.
vi.setConfig({ testTimeout: 120_000 });

let room: PrivateRoom;
beforeEach(async () => {
  room = await openPrivateRoom();
});
afterEach(() => room.close());

const words = 'speaks of the house by the sea';

function marks() {
  return room.test.room.feed.open(readsRecords).next();
}

async function boardSession() {
  const message = await marks();
  if (message?.kind !== 'snapshot') throw new Error('a feed begins with a snapshot');
  return message.board.session;
}

async function texts(page: RoomClient): Promise<readonly (string | null)[]> {
  return (await page.private.read({ sessionId: room.sessionId })).notes.map((note) => note.text);
}

describe('who reads', () => {
  test('PRIVATE-1 the author, after a restart too; nobody else by any call', async () => {
    const author = await room.author();
    await room.note(author, words);
    expect(await texts(author)).toEqual([words]);
    await room.test.restart();
    expect(await texts(await room.author())).toEqual([words]);

    const nurse = room.page(room.test.nurseId);
    const added = addKnownPerson(room.test.room, { name: 'Other Therapist', role: 'therapist', pin: otherTherapistPin });
    const it = addKnownPerson(room.test.room, { name: 'Ida', role: 'it', pin: '604817' });
    const other = room.page(added.personId);
    const ofIt = room.page(it.personId);
    const asked = { sessionId: room.sessionId, pin: testPin, phrase: null };
    for (const page of [nurse, ofIt]) {
      for (const call of [page.private.look(asked), page.private.open(asked), page.private.read(asked)]) {
        expect(await codeOf(call)).toBe('STAFF_NOT_ALLOWED');
      }
    }
    expect(await codeOf(other.private.read(asked))).toBe('PRIVATE_CLOSED');
    // With her own PIN she opens her own side, which is empty.
    expect(await other.private.open({ ...asked, pin: otherTherapistPin })).toEqual({ notes: [], draft: null, sealedBefore: 0 });
    const [note] = (await (await room.author()).private.read(asked)).notes;
    const move = { sessionId: room.sessionId, commandId: room.uuid(), noteId: note?.noteId ?? '' };
    expect(await codeOf(other.private.moveToShared(move))).toBe('PRIVATE_NOTE_NOT_FOUND');
    const again = { sessionId: room.sessionId, noteId: note?.noteId ?? '', draftId: null, text: 'x', begunAt: 0 };
    expect(await codeOf(other.private.record(again))).toBe('PRIVATE_NOTE_NOT_FOUND');
  });

  test('PRIVATE-2 the PIN is asked again, and five wrong ones lock', async () => {
    const page = room.page(room.test.therapistId);
    const open = (pin: string) => codeOf(page.private.open({ sessionId: room.sessionId, pin, phrase: null }));
    expect(await codeOf(page.private.read({ sessionId: room.sessionId }))).toBe('PRIVATE_CLOSED');
    for (let wrong = 0; wrong < 4; wrong += 1) expect(await open('111222')).toBe('STAFF_WRONG_PIN');
    expect(await open('111222')).toBe('STAFF_LOCKED_OUT');
    expect(await open(testPin)).toBe('STAFF_LOCKED_OUT');
    await room.test.pass(61_000);
    expect(await open(testPin)).toBe('accepted');
  });

  test('PRIVATE-6 signing out, another person at the page and a restart close it', async () => {
    const page = await room.author();
    const read = () => codeOf(page.private.read({ sessionId: room.sessionId }));
    expect(await read()).toBe('accepted');
    await page.private.close();
    expect(await read()).toBe('PRIVATE_CLOSED');

    await page.private.open({ sessionId: room.sessionId, pin: testPin, phrase: null });
    await page.staff.signOut();
    expect(await read()).toBe('STAFF_NOT_SIGNED_IN');
    await page.staff.signIn({ personId: room.test.therapistId, pin: testPin });
    expect(await read()).toBe('PRIVATE_CLOSED');

    await page.private.open({ sessionId: room.sessionId, pin: testPin, phrase: null });
    await page.staff.signIn({ personId: room.test.nurseId, pin: testPin });
    expect(await read()).toBe('STAFF_NOT_ALLOWED');
    await page.staff.signIn({ personId: room.test.therapistId, pin: testPin });
    expect(await read()).toBe('PRIVATE_CLOSED');

    await page.private.open({ sessionId: room.sessionId, pin: testPin, phrase: null });
    await room.test.restart();
    expect(await read()).toBe('STAFF_NOT_SIGNED_IN');
  });

  test('PRIVATE-6 five idle minutes close it, and the key is forgotten', async () => {
    const page = await room.author();
    const { privateNotes } = room.test.room;
    await room.test.pass(4 * 60_000);
    expect(await codeOf(page.private.read({ sessionId: room.sessionId }))).toBe('accepted');
    await room.test.pass(5 * 60_000 + 2000);
    expect(await codeOf(page.private.read({ sessionId: room.sessionId }))).toBe('STAFF_NOT_SIGNED_IN');
    expect([...privateNotes.openSeats]).toEqual([]);
  });
});

describe('what others see', () => {
  test('PRIVATE-7 a lock with its time in the board and the record, and no more', async () => {
    const author = await room.author();
    await room.test.pass(60_000);
    const begunAt = room.test.clock.now().utcMs - 30_000;
    const noteId = room.uuid();
    await author.private.record({ sessionId: room.sessionId, noteId, draftId: null, text: words, begunAt });
    expect((await boardSession())?.privateMarks).toEqual([{ noteId, atMs: begunAt }]);
    const nurse = room.page(room.test.nurseId);
    expect((await nurse.session.record({ sessionId: room.sessionId })).session.privateMarks).toEqual([{ noteId, atMs: begunAt }]);
    const [marked] = room.test.room.recorder.session?.log.filter((event) => event.kind === 'private-note-marked') ?? [];
    expect(marked).toMatchObject({ body: { noteId }, actor: { personId: room.test.therapistId }, occurred: { utcMs: begunAt } });
    expect(Object.keys(marked?.body ?? {})).toEqual(['noteId']);
    expect(() => room.test.execute({ type: 'undo', eventId: marked?.eventId ?? '', reason: 'said why' })).toThrow('SESSION_WRONG_STATE');
  });

  test('PRIVATE-7 nothing where the clinic hides that notes exist; the note is there all the same', async () => {
    const nurse = room.page(room.test.nurseId);
    const it = addKnownPerson(room.test.room, { name: 'Ida', role: 'it', pin: '604817' });
    const ofIt = room.page(it.personId);
    expect(await codeOf(nurse.private.configure({ offered: true, marksShown: false }))).toBe('STAFF_NOT_ALLOWED');
    await ofIt.private.configure({ offered: true, marksShown: false });
    const author = await room.author();
    await room.note(author, words);
    expect((await boardSession())?.privateMarks).toEqual([]);
    expect((await nurse.session.record({ sessionId: room.sessionId })).session.privateMarks).toEqual([]);
    expect(await texts(author)).toEqual([words]);
    await ofIt.private.configure({ offered: true, marksShown: true });
    expect((await boardSession())?.privateMarks).toHaveLength(1);
  });

  test('PRIVATE-8 switched off: nothing is written, what exists is still read', async () => {
    const author = await room.author();
    await room.note(author, words);
    const it = addKnownPerson(room.test.room, { name: 'Ida', role: 'it', pin: '604817' });
    const other = addKnownPerson(room.test.room, { name: 'Other Therapist', role: 'therapist', pin: otherTherapistPin });
    await room.page(it.personId).private.configure({ offered: false, marksShown: true });
    expect(await codeOf(room.note(author, 'more'))).toBe('PRIVATE_SWITCHED_OFF');
    expect(await texts(author)).toEqual([words]);
    await author.private.close();
    expect(await codeOf(author.private.open({ sessionId: room.sessionId, pin: testPin, phrase: null }))).toBe('accepted');
    const page = room.page(other.personId);
    expect(await codeOf(page.private.open({ sessionId: room.sessionId, pin: otherTherapistPin, phrase: null }))).toBe(
      'PRIVATE_SWITCHED_OFF',
    );
    expect((await page.private.look({ sessionId: room.sessionId })).closedBecause).toMatch(/no private notes/);
  });
});

describe('drafts', () => {
  const keep = (page: RoomClient, draftId: string, text: string) =>
    page.private.keepDraft({ sessionId: room.sessionId, draftId, text, begunAt: room.test.clock.now().utcMs });

  test('PRIVATE-14 a draft comes back after the seat was left, and is gone once it is recorded or emptied', async () => {
    const first = await room.author();
    const draftId = room.uuid();
    await keep(first, draftId, 'half a sen');
    await first.staff.signOut();
    const second = room.page(room.test.therapistId);
    const opened = await second.private.open({ sessionId: room.sessionId, pin: testPin, phrase: null });
    expect(opened).toMatchObject({ notes: [], draft: { draftId, text: 'half a sen' } });
    const begunAt = opened.draft?.begunAtMs ?? 0;
    await second.private.record({ sessionId: room.sessionId, noteId: room.uuid(), draftId, text: 'half a sentence', begunAt });
    expect(await second.private.read({ sessionId: room.sessionId })).toMatchObject({ notes: [{ text: 'half a sentence' }], draft: null });
    await keep(second, draftId, 'again');
    await keep(second, draftId, ' ');
    expect((await second.private.read({ sessionId: room.sessionId })).draft).toBeNull();
  });

  test('PRIVATE-14 two windows of one author write on drafts of their own, and read the same notes', async () => {
    const [left, right] = [await room.author(), await room.author()];
    const draftId = room.uuid();
    await keep(left, draftId, 'in the left window');
    expect((await right.private.read({ sessionId: room.sessionId })).draft).toBeNull();
    await keep(right, room.uuid(), 'in the right window');
    expect((await left.private.read({ sessionId: room.sessionId })).draft).toMatchObject({ draftId, text: 'in the left window' });
    await room.note(left, 'one');
    await room.note(right, 'two');
    expect(await texts(left)).toEqual(['one', 'two']);
    expect(await texts(right)).toEqual(['one', 'two']);
    await left.private.close();
    expect(await texts(right)).toEqual(['one', 'two']);
  });
});

describe('across', () => {
  const moved = () => room.test.room.recorder.session?.log.filter((event) => event.kind === 'text-moved-across') ?? [];

  test('PRIVATE-9, PRIVATE-10 to the shared side: an observation at its time, one logged act, once', async () => {
    const author = await room.author();
    const noteId = await room.note(author, words);
    const atMs = (await author.private.read({ sessionId: room.sessionId })).notes[0]?.atMs;
    await room.test.pass(90_000);
    const move = { sessionId: room.sessionId, commandId: room.uuid(), noteId };
    await author.private.moveToShared(move);
    await author.private.moveToShared(move);
    await author.private.moveToShared({ ...move, commandId: room.uuid() });
    const session = await boardSession();
    expect(session?.observations).toMatchObject([{ text: words, atMs, authorId: room.test.therapistId }]);
    expect(moved()).toMatchObject([
      { body: { direction: 'to-shared', from: 'record', noteId }, actor: { personId: room.test.therapistId }, commandId: move.commandId },
    ]);
    expect((await author.private.read({ sessionId: room.sessionId })).notes).toMatchObject([{ text: words, movedMs: expect.any(Number) }]);
  });

  test('PRIVATE-9, PRIVATE-11 to the private side: a note at its time, the observation undone, one logged act', async () => {
    const author = await room.author();
    const therapist = room.test.therapistId;
    const begunAt = room.test.clock.now().utcMs;
    const [own] = room.test.execute({ type: 'record-observation', text: words, chips: [], begunAt }, therapist).eventIds;
    const [ofNurse] = room.test.execute({ type: 'record-observation', text: 'cuff moved', chips: [], begunAt }).eventIds;
    const move = { sessionId: room.sessionId, commandId: room.uuid(), eventId: own ?? '' };
    expect(await codeOf(author.private.moveToPrivate({ ...move, eventId: ofNurse ?? '' }))).toBe('PRIVATE_NOTE_NOT_FOUND');
    const note = await author.private.moveToPrivate(move);
    expect(await author.private.moveToPrivate(move)).toEqual(note);
    expect(note).toMatchObject({ text: words, atMs: begunAt });
    const session = await boardSession();
    expect(session?.observations.map(({ text }) => text)).toEqual(['cuff moved']);
    expect(session?.privateMarks).toEqual([{ noteId: note.noteId, atMs: begunAt }]);
    expect(moved()).toMatchObject([{ body: { direction: 'to-private', from: 'record', noteId: note.noteId } }]);
    expect(await texts(author)).toEqual([words]);
  });

  test('PRIVATE-23 on a signed record nothing is moved to the private side and no copy is left, however often it is tried', async () => {
    const author = await room.author();
    const { test: opened, sessionId } = room;
    const record = { type: 'record-observation' as const, text: words, chips: [], begunAt: opened.clock.now().utcMs };
    const [own] = opened.execute(record, opened.therapistId).eventIds;
    opened.execute({ type: 'end-session', reason: 'left before the dose' });
    const nurse = room.page(opened.nurseId);
    await answerOpenPoints(nurse, sessionId, () => opened.room.ids.uuid());
    const { recordHash } = await nurse.signing.read({ sessionId });
    const sign = { type: 'sign-session' as const, recordHash: recordHash ?? '' };
    await nurse.session.execute({ commandId: room.uuid(), sessionId, command: sign, ownPin: testPin });
    const move = () => author.private.moveToPrivate({ sessionId, commandId: room.uuid(), eventId: own ?? '' });
    expect(await codeOf(move())).toBe('SESSION_SIGNED');
    expect(await codeOf(move())).toBe('SESSION_SIGNED');
    expect(await texts(author)).toEqual([]);
    expect((await nurse.session.record({ sessionId })).session).toMatchObject({ privateMarks: [], observations: [{ text: words }] });

    const amend = { type: 'begin-amendment' as const, reason: 'words of the private side' };
    await nurse.session.execute({ commandId: room.uuid(), sessionId, command: amend });
    expect(await codeOf(move())).toBe('accepted');
    expect(await texts(author)).toEqual([words]);
  });

  test('PRIVATE-9 unrecorded words between the lines are logged as well, by direction alone, and only with the side open', async () => {
    const author = await room.author();
    const move = { sessionId: room.sessionId, commandId: room.uuid(), direction: 'to-private' as const };
    await author.private.moveDraft(move);
    await author.private.moveDraft(move);
    await author.private.moveDraft({ ...move, commandId: room.uuid(), direction: 'to-shared' });
    expect(moved().map((event) => event.body)).toEqual([
      { direction: 'to-private', from: 'line', noteId: null },
      { direction: 'to-shared', from: 'line', noteId: null },
    ]);
    await author.private.close();
    expect(await codeOf(author.private.moveDraft({ ...move, commandId: room.uuid() }))).toBe('PRIVATE_CLOSED');
  });
});

test('PRIVATE-19 with the record stopped the note is kept, and its mark is made up for', async () => {
  const author = await room.author();
  const { storage } = room.test.room.recorder;
  const append = storage.appendEvents.bind(storage);
  storage.appendEvents = () => {
    throw new RefusedError({ code: 'STORE_FULL', message: 'The disk is full.' });
  };
  const noteId = await room.note(author, words);
  expect((await boardSession())?.privateMarks).toEqual([]);
  storage.appendEvents = append;
  expect(await texts(author)).toEqual([words]);
  await room.test.restart();
  expect((await boardSession())?.privateMarks.map((mark) => mark.noteId)).toEqual([noteId]);
});
