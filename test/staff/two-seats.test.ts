import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { afterRefusal } from '../../renderer/sheets/sign-in/pin-entry.tsx';
import type { FeedMessage, RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { transports, type TestTransport } from '../contract/transports.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { codeOf } from '../support/page.ts';

// A PIN is compared on purpose slowly, and much slower where the machine has else to do.
vi.setConfig({ testTimeout: 120_000 });

let room: TestRoom;
let sessionId: string;
let page: RoomClient;
let opened: TestTransport[] = [];

/** A page of its own, over a real socket. */
async function openPage(): Promise<RoomClient> {
  const transport = await transports['WebSocket']?.(room.host);
  if (transport === undefined) throw new Error('there is no socket');
  opened.push(transport);
  return transport.client;
}

beforeEach(async () => {
  room = openTestRoom();
  sessionId = room.openSession();
  page = await openPage();
});
afterEach(async () => {
  for (const transport of opened) await transport.close();
  opened = [];
  await room.close();
});
const uuid = (): string => room.room.ids.uuid();
const send = (command: SessionCommandInput, from: RoomClient = page) =>
  codeOf(from.session.execute({ commandId: uuid(), sessionId, command }));
const note = (text: string): SessionCommandInput => ({ type: 'record-observation', text, chips: [], begunAt: room.clock.now().utcMs });
const weight: SessionCommandInput = { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } };
const lastActor = (): unknown => room.room.recorder.session?.log.at(-1)?.actor;

async function boardOf(client: RoomClient): Promise<RoomBoard> {
  for await (const message of await client.live.watch()) if (message.kind === 'snapshot') return message.board;
  throw new Error('the feed ended');
}
const namesAt = async (client: RoomClient): Promise<string[]> => (await boardOf(client)).here.people.map(({ name }) => name);

async function bothSit(front: 'nurse' | 'therapist'): Promise<void> {
  const [first, second] = front === 'nurse' ? [room.nurseId, room.therapistId] : [room.therapistId, room.nurseId];
  // As after a reload, without the seconds that comparing a PIN takes.
  const { seats, recorder } = room.room;
  for (const personId of [first, second]) recorder.recordRoom({ events: [{ kind: 'signed-in', body: { personId } }] }, null);
  await page.staff.resume({ seat: seats.take(first), beside: seats.take(second) });
}

describe('two people at one page', () => {
  test('SEAT-1 the second takes their own PIN and sits beside, and the first stays', async () => {
    await page.staff.signIn({ personId: room.nurseId, pin: testPin });
    expect(await codeOf(page.staff.signIn({ personId: room.therapistId, pin: '314159', beside: true }))).toBe('STAFF_WRONG_PIN');
    expect(await namesAt(page)).toEqual(['Nurse']);
    await page.staff.signIn({ personId: room.therapistId, pin: testPin, beside: true });
    expect(await namesAt(page)).toEqual(['Nurse', 'Therapist']);
    expect(room.room.recorder.staff.present).toEqual([room.nurseId, room.therapistId]);
    // A third takes the place beside, never the one in front.
    const { personId } = addKnownPerson(room.room, { name: 'Second Nurse', role: 'nurse', pin: '580213' });
    await page.staff.signIn({ personId, pin: '580213', beside: true });
    expect(await namesAt(page)).toEqual(['Nurse', 'Second Nurse']);
    expect(room.room.recorder.staff.present).toEqual([room.nurseId, personId]);
  });

  test('SEAT-1 nobody sits beside with a first PIN', async () => {
    await page.staff.signIn({ personId: room.nurseId, pin: testPin });
    const { personId } = await page.staff.add({ name: 'Added', role: 'nurse', pin: '604813' });
    expect(await codeOf(page.staff.signIn({ personId, pin: '604813', beside: true }))).toBe('STAFF_FIRST_PIN');
    expect(await codeOf(page.staff.signIn({ personId, pin: '604813', newPin: '271828', beside: true }))).toBe('STAFF_FIRST_PIN');
    expect(await namesAt(page)).toEqual(['Nurse']);
    // Words for the page to say, and not the question for a PIN of their own, which this seat would never take.
    const refusal = await page.staff.signIn({ personId, pin: '604813', beside: true }).then(
      () => null,
      (error: unknown) => refusalOf(error),
    );
    expect(refusal?.subject).toBe('personId');
    expect(refusal?.message).toContain('sign in by themselves once and choose their own');
    if (refusal === null) throw new Error('it was accepted');
    expect(afterRefusal(refusal, '604813', 'the words')).toEqual({ step: { at: 'pin' }, why: 'the words' });
  });

  test('SEAT-2 each act goes to the one whose role it is, and what both may do to the one in front', async () => {
    await bothSit('therapist');
    expect(await send(weight)).toBe('accepted');
    expect(lastActor()).toEqual({ personId: room.nurseId });
    expect(await send(note('calm'))).toBe('accepted');
    expect(lastActor()).toEqual({ personId: room.therapistId });
    await page.staff.bringForward({ personId: room.nurseId });
    expect(await namesAt(page)).toEqual(['Nurse', 'Therapist']);
    expect(await send(note('cuff moved'))).toBe('accepted');
    expect(lastActor()).toEqual({ personId: room.nurseId });
    await page.staff.signOut({ personId: room.nurseId });
    expect(await namesAt(page)).toEqual(['Therapist']);
    expect(await send({ type: 'pause-dose', reason: 'other' })).toBe('STAFF_NOT_ALLOWED');
  });

  test('SEAT-3 nobody comes in front whose seat is not at this page', async () => {
    await page.staff.signIn({ personId: room.therapistId, pin: testPin });
    const other = await openPage();
    await other.staff.signIn({ personId: room.nurseId, pin: testPin });
    expect(await codeOf(page.staff.bringForward({ personId: room.nurseId }))).toBe('STAFF_UNKNOWN');
    expect(await namesAt(page)).toEqual(['Therapist']);
  });

  test('SEAT-4 each signs out by themselves, or all at once; the record says it, and the other stays', async () => {
    await bothSit('nurse');
    await page.staff.signOut({ personId: room.therapistId });
    expect(await namesAt(page)).toEqual(['Nurse']);
    await page.staff.signIn({ personId: room.therapistId, pin: testPin, beside: true });
    await page.staff.signOut({ personId: room.nurseId });
    expect(await namesAt(page)).toEqual(['Therapist']);
    expect(room.room.recorder.staff.present).toEqual([room.therapistId]);
    await page.staff.signIn({ personId: room.nurseId, pin: testPin, beside: true });
    await page.staff.signOut();
    expect(await namesAt(page)).toEqual([]);
    expect(room.room.recorder.staff.present).toEqual([]);
  });

  test('SEAT-5 five idle minutes give up the seat beside, and not the one that is used', async () => {
    await bothSit('nurse');
    for (let minute = 0; minute < 6; minute += 1) {
      await room.pass(60_000);
      await page.staff.stay();
    }
    expect(await namesAt(page)).toEqual(['Nurse']);
    // The one in front goes: whoever is beside, and acts, is in front.
    await page.staff.signOut();
    await bothSit('therapist');
    for (let minute = 0; minute < 6; minute += 1) {
      await room.pass(60_000);
      await send({ type: 'enter-vitals', values: { 'pulse-rate': 70 + minute } });
    }
    expect(await namesAt(page)).toEqual(['Nurse']);
  });

  test('SEAT-6 the page shows what the one in front may see, and reads for nobody else', async () => {
    const it = addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: '917402' });
    await page.staff.signIn({ personId: it.personId, pin: '917402' });
    await page.staff.signIn({ personId: room.nurseId, pin: testPin, beside: true });
    const feed = (await page.live.watch())[Symbol.asyncIterator]();
    const next = async (): Promise<FeedMessage> => (await feed.next()).value as FeedMessage;
    const covered = await next();
    expect(covered.kind === 'snapshot' && covered.board.session).toBeNull();
    expect(JSON.stringify(covered)).not.toContain('Demo Patient');
    expect(await codeOf(page.session.record({ sessionId }))).toBe('STAFF_NOT_ALLOWED');
    await page.staff.bringForward({ personId: room.nurseId });
    expect((await boardOf(page)).session?.patient.name).toBe('Demo Patient');
    expect(await codeOf(page.session.record({ sessionId }))).toBe('accepted');
    await page.staff.bringForward({ personId: it.personId });
    expect((await boardOf(page)).session).toBeNull();
  });

  test('SEAT-7 private notes are for their author in front, and closed as soon as somebody else comes there', async () => {
    await bothSit('nurse');
    const asked = { sessionId, pin: testPin, phrase: null };
    expect(await codeOf(page.private.open(asked))).toBe('STAFF_NOT_ALLOWED');
    await page.staff.bringForward({ personId: room.therapistId });
    expect(await codeOf(page.private.open(asked))).toBe('accepted');
    await page.private.record({ sessionId, noteId: uuid(), draftId: null, text: 'the house by the sea', begunAt: room.clock.now().utcMs });
    await page.staff.bringForward({ personId: room.nurseId });
    for (const call of [page.private.read({ sessionId }), page.private.look({ sessionId })]) {
      expect(await codeOf(call)).toBe('STAFF_NOT_ALLOWED');
    }
    await page.staff.bringForward({ personId: room.therapistId });
    expect(await codeOf(page.private.read({ sessionId }))).toBe('PRIVATE_CLOSED');
  });

  test('SEAT-8 a reload takes both seats again', async () => {
    await page.staff.signIn({ personId: room.nurseId, pin: testPin });
    const { seat: beside } = await page.staff.signIn({ personId: room.therapistId, pin: testPin, beside: true });
    const again = await openPage();
    const { seat } = await page.staff.signIn({ personId: room.nurseId, pin: testPin });
    expect((await again.staff.resume({ seat, beside })).person?.name).toBe('Nurse');
    expect(await namesAt(again)).toEqual(['Nurse', 'Therapist']);
    const forged = await openPage();
    expect((await forged.staff.resume({ seat: 'no such seat', beside })).person?.name).toBe('Therapist');
  });
});

describe('after a handover', () => {
  let second: { readonly personId: string };
  beforeEach(async () => {
    second = addKnownPerson(room.room, { name: 'Second Nurse', role: 'nurse', pin: '580213' });
  });
  const handOver = (commandId: string, pin = '580213') =>
    codeOf(page.session.execute({ commandId, sessionId, command: { type: 'hand-over' }, witness: { personId: second.personId, pin } }));

  test('SEAT-9 whoever took over sits where the other sat, is responsible, and acts in their own name', async () => {
    const { seat } = await page.staff.signIn({ personId: room.nurseId, pin: testPin });
    expect((await boardOf(page)).session?.responsible).toBe('Nurse');
    expect(await handOver(uuid(), '314159')).toBe('STAFF_WRONG_PIN');
    expect(await namesAt(page)).toEqual(['Nurse']);
    const commandId = uuid();
    expect(await handOver(commandId)).toBe('accepted');
    const board = await boardOf(page);
    expect(board.here.people.map(({ name }) => name)).toEqual(['Second Nurse']);
    expect(board.session?.responsible).toBe('Second Nurse');
    expect(board.staff.present).toEqual([second.personId]);
    expect(await send(weight)).toBe('accepted');
    expect(lastActor()).toEqual({ personId: second.personId });
    // The page keeps its ticket, and asks again for an answer that it lost without handing over twice.
    expect(await handOver(commandId)).toBe('accepted');
    expect(room.room.recorder.session?.discharge.handovers).toHaveLength(1);
    const again = await openPage();
    expect((await again.staff.resume({ seat })).person?.name).toBe('Second Nurse');
  });

  test('SEAT-9 a therapist beside, or in front, stays where they are', async () => {
    await bothSit('therapist');
    expect(await handOver(uuid())).toBe('accepted');
    expect(await namesAt(page)).toEqual(['Therapist', 'Second Nurse']);
    expect(room.room.recorder.session?.log.at(-1)?.body).toMatchObject({ from: { name: 'Nurse' }, to: { name: 'Second Nurse' } });
  });
});
