import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardViewOf, openConnection } from '../../electron/service/api/call-context.ts';
import { Seats } from '../../electron/service/api/seats.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { codeOf, openPage, type Page } from '../support/page.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
let sessionId: string;
beforeEach(() => {
  room = openTestRoom();
  sessionId = room.openSession();
  room.execute({ type: 'enter-vitals', values: { 'pulse-rate': 71 } });
});
afterEach(() => room.close());

async function boardOf({ client, connection }: Page): Promise<RoomBoard> {
  for await (const message of await client.live.watch()) {
    connection.reader?.close();
    if (message.kind === 'snapshot') return message.board;
  }
  throw new Error('the feed ended');
}
const signedIn = (personId: string): Page => {
  room.room.recorder.recordRoom({ events: [{ kind: 'signed-in', body: { personId } }] }, null);
  return openPage(room.host, personId);
};
const named = /Demo Patient|1984-03-14/;
const roomEvents = (): string[] =>
  [...room.room.recorder.storage.store.events.readAll()]
    .filter(({ kind }) => ['signed-in', 'signed-out', 'privacy-cover-chosen'].includes(kind))
    .map((event) => `${event.kind} ${JSON.stringify(event.body)}`);

describe('a covered page', () => {
  test('COVER-1 is told nobody’s name but those of the staff, no session and no trend; that one is open it is told', async () => {
    const page = signedIn(room.nurseId);
    expect(JSON.stringify(await boardOf(page))).toMatch(named);
    await page.client.staff.cover();
    const board = await boardOf(page);
    expect(JSON.stringify(board)).not.toMatch(named);
    expect(board).toMatchObject({ session: null, trend: null, here: { people: [], covered: [{ name: 'Nurse' }] } });
    expect(board.cover).not.toBeNull();
  });

  test('COVER-1 five idle minutes cover it as well, and the log says so', async () => {
    const page = signedIn(room.nurseId);
    await room.pass(5 * 60_000 + 2000);
    expect((await boardOf(page)).here).toMatchObject({ people: [], covered: [{ name: 'Nurse' }] });
    expect(roomEvents().at(-1)).toContain('"cause":"idle"');
  });

  test('COVER-1 in the demo, too, where everybody may look until somebody covers it', async () => {
    const context = { host: { ...room.host, room: room.room, demo: true }, connection: openConnection('browser') };
    context.connection.seat = room.room.seats.take(room.nurseId);
    expect(boardViewOf(context).readsRecords).toBe(true);
    room.room.seats.cover(context.connection.seat);
    expect(boardViewOf(context)).toMatchObject({ people: [], covered: [{ name: 'Nurse' }], readsRecords: false });
  });

  test('COVER-2 reads and writes nothing, and its private side is closed', async () => {
    const page = signedIn(room.therapistId);
    await page.client.private.open({ sessionId, pin: testPin, phrase: null });
    const note = { commandId: room.room.ids.uuid(), sessionId, command: { type: 'request-stop' } } as const;
    await page.client.staff.cover();
    expect(await codeOf(page.client.session.record({ sessionId }))).toBe('STAFF_NOT_SIGNED_IN');
    expect(await codeOf(page.client.session.execute(note))).toBe('STAFF_NOT_SIGNED_IN');
    expect(await codeOf(page.client.staff.bringForward({ personId: room.therapistId }))).toBe('STAFF_NOT_SIGNED_IN');
    await page.client.staff.signIn({ personId: room.therapistId, pin: testPin });
    expect((await page.client.private.look({ sessionId })).open).toBe(false);
  });

  test('COVER-3 whoever sat there comes back with their PIN, and somebody else takes the seat with theirs', async () => {
    const page = signedIn(room.nurseId);
    const before = roomEvents().length;
    await page.client.staff.cover();
    expect(await codeOf(page.client.staff.signIn({ personId: room.nurseId, pin: '314159' }))).toBe('STAFF_WRONG_PIN');
    expect((await boardOf(page)).session).toBeNull();
    await page.client.staff.signIn({ personId: room.nurseId, pin: testPin });
    expect((await boardOf(page)).here).toMatchObject({ people: [{ name: 'Nurse' }], covered: [] });
    await page.client.staff.cover();
    await page.client.staff.signIn({ personId: room.therapistId, pin: testPin });
    expect((await boardOf(page)).here).toMatchObject({ people: [{ name: 'Therapist' }], covered: [] });
    expect(roomEvents().slice(before)).toEqual([
      `signed-out {"personId":"${room.nurseId}","cause":"asked"}`,
      `signed-in {"personId":"${room.nurseId}"}`,
      `signed-out {"personId":"${room.nurseId}","cause":"asked"}`,
      `signed-in {"personId":"${room.therapistId}"}`,
    ]);
  });

  test('COVER-3 of two at a page both type their PIN again', async () => {
    const page = signedIn(room.nurseId);
    page.connection.beside = [room.room.seats.take(room.therapistId)];
    await page.client.staff.cover();
    expect((await boardOf(page)).here.covered.map(({ name }) => name)).toEqual(['Nurse', 'Therapist']);
    await page.client.staff.signIn({ personId: room.therapistId, pin: testPin });
    expect((await boardOf(page)).here).toMatchObject({ people: [{ name: 'Therapist' }], covered: [] });
  });

  test('COVER-4 is covered after a reload, and takes no seat by its old ticket', async () => {
    const page = signedIn(room.nurseId);
    const { seat } = page.connection;
    await page.client.staff.cover();
    const reloaded = openPage(room.host);
    expect(await reloaded.client.staff.resume({ seat: seat ?? '' })).toEqual({ person: null, covered: true });
    expect((await boardOf(reloaded)).here).toMatchObject({ people: [], covered: [{ name: 'Nurse' }] });
    expect(await codeOf(reloaded.client.session.record({ sessionId }))).toBe('STAFF_NOT_SIGNED_IN');
  });

  test('COVER-5 shows the figures until the clinic has chosen otherwise; then it is sent none', async () => {
    const [page, nurse] = [signedIn(room.nurseId), signedIn(room.nurseId)];
    await page.client.staff.cover();
    expect((await boardOf(page)).vitals['pulse-rate']).toMatchObject({ value: 71, source: { name: '' } });
    await nurse.client.setup.privacyCover({ figures: false });
    await nurse.client.setup.privacyCover({ figures: false });
    expect(roomEvents().filter((line) => line.startsWith('privacy-cover'))).toEqual(['privacy-cover-chosen {"figures":false}']);
    await room.restart();
    const [covered, shown] = [openPage(room.host), openPage(room.host, room.nurseId)];
    const board = await boardOf(covered);
    expect(new Set(Object.values(board.vitals).map(({ state }) => state))).toEqual(new Set(['covered']));
    expect(board.waves).toEqual([]);
    expect((await boardOf(shown)).vitals['pulse-rate']).toMatchObject({ value: 71 });
  });
});

test('COVER-7 a covered seat makes way before one in which somebody sits', () => {
  const seats = new Seats(createManualClock(), createSeededIds());
  const first = seats.take('first');
  const second = seats.take('second');
  seats.cover(second);
  for (let more = 2; more < 16; more += 1) seats.take(`person ${more}`);
  seats.take('one more');
  expect([seats.holder(first), seats.satHere(second)]).toEqual(['first', null]);
});
